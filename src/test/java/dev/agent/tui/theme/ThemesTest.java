package dev.agent.tui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemesTest {
  private static final double READABLE = 4.5;

  /** Lines and grounds are not read. */
  private static final Set<Token> NOT_TEXT = EnumSet.of(Token.RULE);

  private static final Set<Token> CODE =
      EnumSet.of(
          Token.TEXT,
          Token.DIFF_GUTTER,
          Token.SYNTAX_KEYWORD,
          Token.SYNTAX_STRING,
          Token.SYNTAX_NUMBER,
          Token.SYNTAX_COMMENT,
          Token.SYNTAX_TYPE,
          Token.SYNTAX_FUNCTION,
          Token.SYNTAX_CONSTANT,
          Token.SYNTAX_PUNCTUATION);

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light", "dark-daltonized", "light-daltonized"})
  void everyTextIsReadableOnItsGround(String name) {
    Theme theme = theme(name);
    List<String> pale = new ArrayList<>();
    for (Token token : Token.values()) {
      if (!NOT_TEXT.contains(token)) {
        judge(theme, name + " " + token, theme.style(token), pale);
      }
    }
    for (Token token : CODE) {
      for (Token ground : List.of(Token.DIFF_ADDED, Token.DIFF_REMOVED, Token.USER)) {
        Style style = theme.style(token).over(theme.style(ground));
        judge(theme, name + " " + token + " on " + ground, style, pale);
      }
    }
    assertThat(pale).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light", "dark-daltonized", "light-daltonized", "ansi16", "mono"})
  void bodyTextHasTheTerminalsOwnColours(String name) {
    assertThat(theme(name).style(Token.TEXT)).isEqualTo(Style.PLAIN);
    assertThat(theme(name).style(Token.CODE_BLOCK).background()).isEqualTo(Color.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light", "dark-daltonized", "light-daltonized", "ansi16", "mono"})
  void addedAndRemovedNeverLookTheSame(String name) {
    Theme theme = theme(name);
    assertThat(theme.style(Token.DIFF_ADDED)).isNotEqualTo(theme.style(Token.DIFF_REMOVED));
    assertThat(theme.style(Token.DIFF_ADDED_WORD)).isNotEqualTo(theme.style(Token.DIFF_ADDED));
    assertThat(theme.style(Token.DIFF_REMOVED_WORD)).isNotEqualTo(theme.style(Token.DIFF_REMOVED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark-daltonized", "light-daltonized"})
  void daltonizedDiffsAreBlueAndOrange(String name) {
    for (Token token : List.of(Token.DIFF_ADDED, Token.DIFF_ADDED_WORD)) {
      int[] added = channels(theme(name).style(token).background());
      assertThat(added[2]).as(token + " is most of all blue").isGreaterThan(added[0]);
      assertThat(added[2]).isGreaterThan(added[1]);
    }
    for (Token token : List.of(Token.DIFF_REMOVED, Token.DIFF_REMOVED_WORD)) {
      int[] removed = channels(theme(name).style(token).background());
      assertThat(removed[0]).as(token + " is orange").isGreaterThan(removed[1]);
      assertThat(removed[1]).isGreaterThan(removed[2]);
    }
  }

  @Test
  void monoHasNoColourAnywhere() {
    assertThat(theme("mono").isMonochrome()).isTrue();
    assertThat(theme("ansi16").isMonochrome()).isFalse();
  }

  @Test
  void ansi16UsesTheSixteenNamedColoursOnly() {
    Theme theme = theme("ansi16");
    for (Token token : Token.values()) {
      for (Color color :
          List.of(theme.style(token).foreground(), theme.style(token).background())) {
        assertThat(color.isDefault() || (color.isPalette() && color.value() < 16))
            .as(token + " " + color)
            .isTrue();
      }
    }
  }

  @Test
  void autoFollowsTheBackground() {
    Themes themes = new Themes();
    assertThat(themes.find("auto", Background.LIGHT).orElseThrow().name()).isEqualTo("light");
    assertThat(themes.find("auto", Background.DARK).orElseThrow().name()).isEqualTo("dark");
    assertThat(themes.find("sepia", Background.DARK)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rgb:ffff/ffff/ffff|''|LIGHT",
        "rgb:0000/0000/0000|0;15|DARK",
        "rgb:1e/1e/1e|''|DARK",
        "rgb:0/f/0|''|LIGHT",
        "rgb:ffff/0000/ffff|''|DARK",
        "rgba:ffff/ffff/e0e0/8000|''|LIGHT",
        "#fafafa|''|LIGHT",
        "#000|''|DARK",
        "nonsense|0;15|LIGHT",
        "''|15;0|DARK",
        "''|0;default;15|LIGHT",
        "''|12;7|LIGHT",
        "''|7;8|DARK",
        "''|0;default|DARK",
        "''|0;230|DARK",
        "''|''|DARK",
      })
  void theGroundIsKnownFromTheAnswerThenTheVariableThenDark(
      String answer, String variable, Background expected) {
    assertThat(Background.of(answer, variable)).isEqualTo(expected);
  }

  @Test
  void aThemeOfTheUserChangesWhatItNames() {
    Themes themes =
        new Themes(
            Map.of(
                "mine",
                """
                {"base": "light", "tokens": {
                  "accent": "brightRed", "dim": 244, "diffAdded": {"bg": "#ddffdd", "bold": true},
                  "heading": "default"}}
                """));

    Theme mine = themes.find("mine", Background.DARK).orElseThrow();

    assertThat(themes.names()).endsWith("mono", "mine");
    assertThat(mine.style(Token.ACCENT)).isEqualTo(Style.PLAIN.with(Color.palette(9)));
    assertThat(mine.style(Token.DIM)).isEqualTo(Style.PLAIN.with(Color.palette(244)));
    assertThat(mine.style(Token.DIFF_ADDED))
        .isEqualTo(Style.PLAIN.on(Color.rgb(0xddffdd)).plus(Style.BOLD));
    assertThat(mine.style(Token.HEADING)).isEqualTo(Style.PLAIN);
    assertThat(mine.style(Token.LINK)).isEqualTo(theme("light").style(Token.LINK));
    assertThat(themes.problems()).isEmpty();
  }

  @Test
  void badEntriesAreToldAndCostOnlyThemselves() {
    Themes themes =
        new Themes(
            Map.of(
                "mine",
                """
                {"tokens": {"acent": "red", "dim": "greyish", "error": "#ff0000",
                  "code": {"fg": 256, "bold": "yes", "blink": true}}, "colour": 1}
                """));

    Theme mine = themes.find("mine", Background.DARK).orElseThrow();

    assertThat(mine.style(Token.ERROR)).isEqualTo(Style.PLAIN.with(Color.rgb(0xff0000)));
    assertThat(mine.style(Token.DIM)).isEqualTo(theme("dark").style(Token.DIM));
    assertThat(themes.problems())
        .hasSize(6)
        .contains(
            "theme \"mine\": names an unknown token \"acent\". Did you mean \"accent\"? It is"
                + " ignored until then.")
        .contains(
            "theme \"mine\": dim is not a colour: \"greyish\". Write \"#rrggbb\", a number from 0"
                + " to 255, \"default\", or a name such as \"red\" or \"brightRed\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{\"base\": \"sepia\"}", "{\"tokens\": 3}", "{\"tokens\": {"})
  void whatIsNoThemeLooksDark(String json) {
    Themes themes = new Themes(Map.of("mine", json));
    Theme mine = themes.find("mine", Background.LIGHT).orElseThrow();
    for (Token token : Token.values()) {
      assertThat(mine.style(token)).isEqualTo(theme("dark").style(token));
    }
    assertThat(themes.problems()).isNotEmpty();
  }

  @Test
  void nobodyPutsColoursIntoMono() {
    Themes themes = new Themes(Map.of("mono", "{\"tokens\": {\"accent\": \"red\"}}"));
    assertThat(themes.find("mono", Background.DARK).orElseThrow().isMonochrome()).isTrue();
    assertThat(themes.problems()).hasSize(1);
  }

  @Test
  void everyFileOfADirectoryIsATheme(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("mine.json"), "{\"tokens\": {\"accent\": \"red\"}}");
    Files.writeString(directory.resolve("notes.txt"), "no theme");
    Files.write(directory.resolve("broken.json"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    Files.writeString(directory.resolve("large.json"), " ".repeat(300_000));

    Themes themes = Themes.of(directory);

    assertThat(themes.names()).hasSize(8).endsWith("mono", "mine");
    assertThat(themes.find("mine", Background.DARK).orElseThrow().style(Token.ACCENT))
        .isEqualTo(Style.PLAIN.with(Color.palette(1)));
    assertThat(themes.problems()).hasSize(2);
    assertThat(Themes.of(directory.resolve("none")).problems()).isEmpty();
  }

  @Test
  void theGuideNamesEveryTokenAndEveryTheme() throws IOException {
    String guide = Files.readString(Path.of("docs/guide/themes.md"));
    for (Token token : Token.values()) {
      assertThat(guide).contains("`" + token.key() + "`");
    }
    for (String name : new Themes().names()) {
      assertThat(guide).contains("`" + name + "`");
    }
  }

  private static Theme theme(String name) {
    return new Themes().find(name, Background.DARK).orElseThrow();
  }

  private static void judge(Theme theme, String what, Style style, List<String> pale) {
    Color foreground =
        style.foreground().isDefault() ? theme.assumedForeground() : style.foreground();
    Color background =
        style.background().isDefault() ? theme.assumedBackground() : style.background();
    double contrast = contrast(foreground, background);
    if (contrast < READABLE) {
      pale.add(what + ": " + contrast);
    }
  }

  /** The contrast of WCAG 2, from 1 to 21. */
  private static double contrast(Color a, Color b) {
    double first = luminance(a) + 0.05;
    double second = luminance(b) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(Color color) {
    assertThat(color.isRgb()).as("measurable: " + color).isTrue();
    int[] channels = channels(color);
    return 0.2126 * linear(channels[0])
        + 0.7152 * linear(channels[1])
        + 0.0722 * linear(channels[2]);
  }

  private static int[] channels(Color color) {
    int value = color.value();
    return new int[] {value >> 16, (value >> 8) & 0xFF, value & 0xFF};
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
