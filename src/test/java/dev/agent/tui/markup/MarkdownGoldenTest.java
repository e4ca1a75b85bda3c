package dev.agent.tui.markup;

import dev.agent.testing.FakeClock;
import dev.agent.testing.Golden;
import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer with everything in it, as people see it. */
class MarkdownGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "40, dark, true", "40, light, true", "40, mono, true",
    "60, dark, false", "60, light, false", "60, mono, false",
    "100, dark, true", "100, light, true", "100, mono, true",
    "200, dark, false", "200, light, false", "200, mono, false"
  })
  void looksAsItLooked(int columns, String name, boolean links) throws IOException {
    Theme theme = new Themes().find(name, Background.DARK).orElseThrow();
    Markdown markdown = new Markdown(new Highlighter(new FakeClock()), links);

    List<Row> rows = markdown.rows(sample(), columns, theme);

    Golden.check(getClass(), name + "-" + columns, rows, columns, theme);
  }

  static String sample() throws IOException {
    try (InputStream in = MarkdownGoldenTest.class.getResourceAsStream("answer.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
