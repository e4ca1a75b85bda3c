package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import dev.agent.tui.markup.AnsiText;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.view.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pictures of the guide are made of golden screens. {@code made-from.properties} holds what the
 * golden file of each was when it was drawn; {@code scripts/golden --update} draws those anew whose
 * screen has changed since.
 */
class GuidePicturesTest {
  private static final Path PICTURES = Path.of("docs/pictures");
  private static final Path STAMPS = PICTURES.resolve("made-from.properties");

  /** A screen of the true agent, which scripts/record took. */
  private static final String RECORDED = "session";

  private static final Path RECORDING = PICTURES.resolve("session.ansi");
  private static final int RECORDED_COLUMNS = 100;

  private static final Pattern SHOWN = Pattern.compile("pictures/([a-z0-9-]+)\\.png");

  private record Drawn(String scene, String theme, Golden.Size size) {
    String golden() {
      return scene + "-" + size + "-" + theme;
    }
  }

  private static Map<String, Drawn> pictures() {
    Map<String, Drawn> drawn = new LinkedHashMap<>();
    for (String scene :
        List.of(
            "start",
            "working",
            "completion-commands",
            "completion-files",
            "help",
            "shell-mode",
            "folded",
            "answer",
            "permission-edit",
            "permission-command",
            "question-several",
            "plan",
            "trust",
            "resume",
            "settings",
            "panel-context",
            "scrolled-up",
            "transcript-search")) {
      drawn.put(scene, new Drawn(scene, "dark", new Golden.Size(100, 30)));
    }
    drawn.put("light", new Drawn("after-turn", "light", new Golden.Size(100, 30)));
    drawn.put("mono", new Drawn("after-turn", "mono", new Golden.Size(100, 30)));
    drawn.put("narrow", new Drawn("permission-edit", "dark", new Golden.Size(60, 20)));
    return drawn;
  }

  @Test
  void picturesShowWhatTheScreensShow() throws IOException {
    Properties stamps = new Properties();
    if (Files.exists(STAMPS)) {
      stamps.load(Files.newBufferedReader(STAMPS));
    }
    Map<String, String> made = new TreeMap<>();
    for (Map.Entry<String, Drawn> entry : pictures().entrySet()) {
      String name = entry.getKey();
      String stamp = stamp(entry.getValue());
      if (!isFresh(name, stamp, stamps)) {
        draw(name, entry.getValue());
      }
      made.put(name, stamp);
    }
    String recorded = "session.ansi " + hash(Files.readString(RECORDING));
    if (!isFresh(RECORDED, recorded, stamps)) {
      drawRecording();
    }
    made.put(RECORDED, recorded);
    if (Boolean.getBoolean("golden.update")) {
      StringBuilder text = new StringBuilder("# Which golden file each picture was drawn from.\n");
      made.forEach((name, stamp) -> text.append(name).append('=').append(stamp).append('\n'));
      Files.writeString(STAMPS, text.toString());
    }
  }

  @Test
  void everyPictureIsShownAndNoOther() throws IOException {
    Set<String> kept = new TreeSet<>(pictures().keySet());
    kept.add(RECORDED);
    Set<String> shown = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      for (Path page :
          Stream.concat(pages, Stream.of(Path.of("README.md")))
              .filter(it -> it.toString().endsWith(".md"))
              .toList()) {
        Matcher matcher = SHOWN.matcher(Files.readString(page));
        while (matcher.find()) {
          shown.add(matcher.group(1));
        }
      }
    }
    assertThat(shown).isEqualTo(kept);
  }

  /** Whether a picture need not be drawn; fails when it has to be and nobody asked for that. */
  private static boolean isFresh(String name, String stamp, Properties stamps) {
    boolean fresh = stamp.equals(stamps.getProperty(name)) && Files.exists(png(name));
    if (!Boolean.getBoolean("golden.update")) {
      assertThat(fresh)
          .as("%s no longer shows the screen; run: scripts/golden --update", png(name))
          .isTrue();
    }
    return fresh;
  }

  private static void drawRecording() throws IOException {
    Theme theme = Golden.theme("dark");
    Golden.picture(
        png(RECORDED),
        AnsiText.rows(Files.readString(RECORDING), RECORDED_COLUMNS, theme),
        Optional.empty(),
        RECORDED_COLUMNS,
        theme);
  }

  private static Path png(String name) {
    return PICTURES.resolve(name + ".png");
  }

  private static void draw(String name, Drawn drawn) throws IOException {
    Map<String, Consumer<Scene>> scenes = new LinkedHashMap<>(TalkScenes.all());
    scenes.putAll(DialogScenes.all());
    Scene scene = new Scene(drawn.theme, drawn.size.columns(), drawn.size.rows());
    scenes.get(drawn.scene).accept(scene);
    Screen screen = scene.draw();
    Golden.picture(
        png(name), screen.rows(), screen.cursor(), drawn.size.columns(), Golden.theme(drawn.theme));
  }

  /** The name of the golden file, and what is in it, in short. */
  private static String stamp(Drawn drawn) throws IOException {
    String golden =
        Files.readString(
            new Golden(ScreenGoldenTest.class).file(drawn.golden()), StandardCharsets.UTF_8);
    return drawn.golden() + " " + hash(golden);
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
