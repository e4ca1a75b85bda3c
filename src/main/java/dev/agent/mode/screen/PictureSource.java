package dev.agent.mode.screen;

import dev.agent.tool.ToolException;
import dev.agent.tools.file.InlinePicture;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes pictures out of the clipboard of this machine, by the tools that are there. Blocks: not for
 * the UI thread. Immutable.
 */
final class PictureSource {
  /** What the service takes, the best first. */
  private static final List<String> TYPES =
      List.of("image/png", "image/jpeg", "image/webp", "image/gif");

  private static final String NONE = "there is no picture in the clipboard";

  private final Map<String, String> environment;
  private final TerminalKind terminal;
  private final Predicate<String> installed;
  private final Programs programs;

  /** Runs programs for what they print. */
  @FunctionalInterface
  interface Programs {
    /** All that it printed; empty when it failed. */
    Optional<byte[]> output(List<String> command) throws InterruptedException;
  }

  /** What was in the clipboard. */
  sealed interface Taken {
    record Picture(InlinePicture picture) implements Taken {}

    /** Nothing that could be taken, because of this. */
    record Nothing(String why) implements Taken {}
  }

  /**
   * @param installed whether there is a program of this name
   */
  PictureSource(
      Map<String, String> environment,
      TerminalKind terminal,
      Predicate<String> installed,
      Programs programs) {
    this.environment = Map.copyOf(environment);
    this.terminal = terminal;
    this.installed = installed;
    this.programs = programs;
  }

  /** The picture that is in the clipboard now. */
  Taken take() throws InterruptedException {
    if (terminal.remote()) {
      return new Taken.Nothing(
          "the clipboard is on another machine; copy the picture here and name its file");
    }
    Optional<byte[]> bytes;
    if (installed.test("pngpaste")) {
      bytes = programs.output(List.of("pngpaste", "-"));
    } else if (installed.test("osascript")) {
      bytes =
          programs
              .output(List.of("osascript", "-e", "get the clipboard as «class PNGf»"))
              .flatMap(PictureSource::fromAppleScript);
    } else if (environment.containsKey("WAYLAND_DISPLAY") && installed.test("wl-paste")) {
      bytes =
          byType(
              List.of("wl-paste", "--list-types"),
              type -> List.of("wl-paste", "--no-newline", "--type", type));
    } else if (environment.containsKey("DISPLAY") && installed.test("xclip")) {
      bytes =
          byType(
              List.of("xclip", "-selection", "clipboard", "-t", "TARGETS", "-o"),
              type -> List.of("xclip", "-selection", "clipboard", "-t", type, "-o"));
    } else {
      return new Taken.Nothing(
          "no tool for the clipboard was found; install wl-clipboard (Wayland) or xclip (X11)");
    }
    return bytes
        .filter(it -> it.length > 0)
        .map(PictureSource::checked)
        .orElse(new Taken.Nothing(NONE));
  }

  private interface Getter {
    List<String> command(String type);
  }

  private Optional<byte[]> byType(List<String> list, Getter getter) throws InterruptedException {
    List<String> offered =
        programs
            .output(list)
            .map(it -> new String(it, StandardCharsets.UTF_8).lines().map(String::strip).toList())
            .orElse(List.of());
    for (String type : TYPES) {
      if (offered.contains(type)) {
        return programs.output(getter.command(type));
      }
    }
    return Optional.empty();
  }

  /** {@code «data PNGf89504E47…»} as bytes. */
  private static Optional<byte[]> fromAppleScript(byte[] output) {
    String text = new String(output, StandardCharsets.ISO_8859_1);
    int start = text.indexOf("PNGf") + 4;
    int end = start;
    while (end < text.length() && HexFormat.isHexDigit(text.charAt(end))) {
      end++;
    }
    return start < 4 || (end - start) % 2 != 0
        ? Optional.empty()
        : Optional.of(HexFormat.of().parseHex(text, start, end));
  }

  private static Taken checked(byte[] bytes) {
    try {
      return new Taken.Picture(InlinePicture.of(bytes, "the clipboard's content"));
    } catch (ToolException e) {
      return new Taken.Nothing(String.valueOf(e.getMessage()));
    }
  }
}
