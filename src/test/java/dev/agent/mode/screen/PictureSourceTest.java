package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.screen.PictureSource.Taken;
import dev.agent.tools.file.InlinePicture;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureSourceTest {
  private static final byte[] PNG =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000");

  private final Map<String, byte[]> outputs = new HashMap<>();

  private Taken take(Map<String, String> environment, String... installed) throws Exception {
    return new PictureSource(
            environment,
            TerminalKind.of(environment),
            Set.of(installed)::contains,
            command -> Optional.ofNullable(outputs.get(String.join(" ", command))))
        .take();
  }

  private static Taken png() {
    return new Taken.Picture(
        new InlinePicture("image/png", Base64.getEncoder().encodeToString(PNG), PNG.length));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void waylandIsAskedForATypeThatTheServiceTakes() throws Exception {
    outputs.put("wl-paste --list-types", text("text/html\nimage/bmp\nimage/png\n"));
    outputs.put("wl-paste --no-newline --type image/png", PNG);

    assertThat(take(Map.of("WAYLAND_DISPLAY", "w"), "wl-paste", "xclip")).isEqualTo(png());
  }

  @Test
  void xIsAskedByItsTargets() throws Exception {
    outputs.put("xclip -selection clipboard -t TARGETS -o", text("TARGETS\nimage/png\n"));
    outputs.put("xclip -selection clipboard -t image/png -o", PNG);

    assertThat(take(Map.of("DISPLAY", ":0"), "xclip")).isEqualTo(png());
  }

  @Test
  void macIsAskedByItsOwnProgramsWhichPrintHexDigits() throws Exception {
    String hex = HexFormat.of().formatHex(PNG).toUpperCase(Locale.ROOT);
    outputs.put("osascript -e get the clipboard as «class PNGf»", text("«data PNGf" + hex + "»\n"));

    assertThat(take(Map.of(), "osascript")).isEqualTo(png());

    outputs.put("pngpaste -", PNG);
    assertThat(take(Map.of(), "osascript", "pngpaste")).isEqualTo(png());
  }

  @Test
  void saysWhyThereIsNone() throws Exception {
    Taken none = new Taken.Nothing("there is no picture in the clipboard");

    assertThat(take(Map.of("DISPLAY", ":0"), "xclip")).isEqualTo(none);
    assertThat(take(Map.of(), "pngpaste")).isEqualTo(none);
    outputs.put("osascript -e get the clipboard as «class PNGf»", text("«data PNGf8»"));
    assertThat(take(Map.of(), "osascript")).isEqualTo(none);
    assertThat(take(Map.of("SSH_TTY", "t"), "pngpaste"))
        .isEqualTo(
            new Taken.Nothing(
                "the clipboard is on another machine; copy the picture here and name its file"));
    assertThat(take(Map.of(), "xclip"))
        .isEqualTo(
            new Taken.Nothing(
                "no tool for the clipboard was found; install wl-clipboard (Wayland) or xclip"
                    + " (X11)"));
  }

  @Test
  void whatIsNoPictureIsNotTaken() throws Exception {
    outputs.put("pngpaste -", text("hello"));

    assertThat(take(Map.of(), "pngpaste"))
        .isEqualTo(
            new Taken.Nothing(
                "the clipboard's content is no PNG, JPEG, GIF or WebP picture (5 bytes)."));
  }
}
