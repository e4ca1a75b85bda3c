package dev.agent.tui.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.agent.testing.FakeClock;
import dev.agent.tui.theme.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighlighterTest {
  private final Highlighter highlighter = new Highlighter(new FakeClock());

  /** {@code highlight.txt}: the language, a line, and below it a letter for each class. */
  @TestFactory
  Stream<DynamicTest> knows() throws IOException {
    List<String> lines;
    try (InputStream in = getClass().getResourceAsStream("highlight.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(lines.size() % 3).isZero();
    return IntStream.range(0, lines.size() / 3)
        .mapToObj(
            i ->
                dynamicTest(
                    lines.get(3 * i) + ": " + lines.get(3 * i + 1),
                    () ->
                        assertThat(
                                classes(highlighter.session(lines.get(3 * i)), lines.get(3 * i + 1))
                                    .stripTrailing())
                            .isEqualTo(lines.get(3 * i + 2).stripTrailing())));
  }

  @Test
  void whatGoesOnInTheNextLineGoesOn() {
    Highlighter.Session java = highlighter.session("java");
    assertThat(classes(java, "a /* b")).isEqualTo("  CCCC");
    assertThat(classes(java, "int x")).isEqualTo("CCCCC");
    assertThat(classes(java, "c */ int")).isEqualTo("CCCC TTT");

    Highlighter.Session rust = highlighter.session("rust");
    assertThat(classes(rust, "/* a /* b */")).isEqualTo("CCCCCCCCCCCC");
    assertThat(classes(rust, "c */ fn")).isEqualTo("CCCC KK");

    Highlighter.Session xml = highlighter.session("xml");
    assertThat(classes(xml, "<a")).isEqualTo(" K");
    assertThat(classes(xml, "b=\"1\">c")).isEqualTo("T SSS  ");
  }

  @Test
  void aPreviewIsNotRead() {
    Highlighter.Session java = highlighter.session("java");
    assertThat(java.preview("/* open")).hasSize(1);
    assertThat(classes(java, "int x")).isEqualTo("TTT  ");
  }

  @ParameterizedTest
  @CsvSource({
    "src/Main.java, int, TTT",
    "Cargo.toml, a = 1, T   N",
    "a/b/.bashrc, fi, KK",
    "pom.xml, <a>, ' K '",
    "README, int, '   '",
    "no.such, int, '   '",
  })
  void aFilesNameTellsItsLanguage(String path, String line, String expected) {
    assertThat(classes(highlighter.sessionForPath(path), line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", " Java ", "java {1,3}", "java:Main.java", "jav"})
  void theFirstWordBehindAFenceIsTheLanguage(String info) {
    assertThat(classes(highlighter.session(info), "int")).isEqualTo("TTT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java",
        "kotlin",
        "js",
        "ts",
        "python",
        "go",
        "rust",
        "c",
        "cpp",
        "sh",
        "bash",
        "json",
        "yaml",
        "xml",
        "html",
        "css",
        "sql",
        "markdown",
        "diff",
        "toml",
        "properties"
      })
  void everyLanguageReadsAnythingInOrderAndInFewClasses(String name) {
    String letters = "ab1 \"'`/*#<>!-=:;()[]{}$@\\|.,&~_é\uD83D\uDE00";
    Random random = new Random(name.hashCode());
    Set<Token> seen = EnumSet.noneOf(Token.class);
    Highlighter.Session session = highlighter.session(name);
    for (int i = 0; i < 300; i++) {
      StringBuilder line = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        line.append(letters.charAt(random.nextInt(letters.length())));
      }
      int at = 0;
      for (Highlighter.Run run : session.line(line.toString())) {
        assertThat(run.start()).isGreaterThanOrEqualTo(at);
        assertThat(run.end()).isGreaterThan(run.start()).isLessThanOrEqualTo(line.length());
        at = run.end();
        seen.add(run.token());
      }
    }
    assertThat(seen).isNotEmpty().hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void beyondItsTimeTextIsPlain() {
    FakeClock still = new FakeClock();
    InstantSource slow =
        new InstantSource() {
          @Override
          public Instant instant() {
            return still.advance(Duration.ofMillis(1)).instant();
          }
        };
    Highlighter.Session session = new Highlighter(slow).session("java");
    int coloured = 0;
    while (!session.line("int x;").isEmpty()) {
      coloured++;
    }
    assertThat(coloured).isEqualTo(64 + 6);
    assertThat(session.preview("int x;")).isEmpty();
  }

  @Test
  void beyondItsSizeTextIsPlain() {
    Highlighter.Session session = highlighter.session("java");
    String line = "int x; ".repeat(100);
    int coloured = 0;
    while (!session.line(line).isEmpty()) {
      coloured++;
    }
    assertThat(coloured).isEqualTo(200_000 / (line.length() + 1));
  }

  private static String classes(Highlighter.Session session, String line) {
    StringBuilder classes = new StringBuilder(" ".repeat(line.length()));
    for (Highlighter.Run run : session.line(line)) {
      for (int i = run.start(); i < run.end(); i++) {
        classes.setCharAt(i, letter(run.token()));
      }
    }
    return classes.toString();
  }

  private static char letter(Token token) {
    return switch (token) {
      case SYNTAX_KEYWORD -> 'K';
      case SYNTAX_STRING -> 'S';
      case SYNTAX_NUMBER -> 'N';
      case SYNTAX_COMMENT -> 'C';
      case SYNTAX_TYPE -> 'T';
      case SYNTAX_FUNCTION -> 'F';
      case SYNTAX_CONSTANT -> 'O';
      case SYNTAX_PUNCTUATION -> ' ';
      case DIFF_ADDED -> '+';
      case DIFF_REMOVED -> '-';
      default -> '?';
    };
  }
}
