package dev.agent.mode.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plain surface makes of Markdown, results and text from outside. */
class PlainTextTest {
  private static List<String> markdown(String text) {
    PlainMarkdown markdown = new PlainMarkdown();
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> lines.addAll(markdown.line(line)));
    lines.addAll(markdown.end());
    return lines;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "## Head ##;Head",
        "a **bold** and __strong__ word;a bold and strong word",
        "call `x.y()` now;call x.y() now",
        "2 * 3 * 4;2 * 3 * 4",
        "a ** b ** c;a ** b ** c",
        "#42 is open;#42 is open",
        "- item;- item"
      })
  void marksThatOnlyShapeTheTextAreLeftOut(String line, String plain) {
    assertThat(markdown(line)).containsExactly(plain);
  }

  @Test
  void tablesBecomeHeadingAndValue() {
    assertThat(markdown("| Name | Size |\n|:--|--:|\n| a | 1 |\n| b\\|c | 2 |\nend"))
        .containsExactly("Name: a", "Size: 1", "Name: b|c", "Size: 2", "end");
  }

  @Test
  void aBarAloneIsNoTable() {
    assertThat(markdown("| just text |\nnext")).containsExactly("| just text |", "next");
  }

  @Test
  void codeIsSaidToBeCodeAndLeftAsItIs() {
    assertThat(markdown("```sh\n# **x** `y`\n| a |\n```\n---\nafter"))
        .containsExactly("code sh:", "# **x** `y`", "| a |", "end of code", "after");
  }

  @Test
  void changesAreToldByLine() {
    Display.Diff diff =
        new Display.Diff(
            "a.txt",
            List.of(new Display.Hunk(5, 3, 5, 3, List.of(" same", "-old", "+new", " same"))),
            false);
    assertThat(PlainText.of(diff, false))
        .containsExactly("changed a.txt", "removed line 6: old", "added line 6: new");
  }

  @Test
  void longOutputShowsItsBeginningAndFailuresTheirEnd() {
    String output = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
    assertThat(PlainText.excerpt(output, false)).containsExactly("1", "2", "3", "(9 more lines)");
    assertThat(PlainText.excerpt(output, true))
        .containsExactly("(4 more lines before)", "5", "6", "7", "8", "9", "10", "11", "12");
    assertThat(PlainText.excerpt("1\n2\n3\n4", false)).hasSize(4);
  }

  @Test
  void nothingFromOutsideReachesTheTerminalAsAnOrder() {
    assertThat(PlainText.clean("a\u001b[2Jb\u0007c\u202Ed\u009be"))
        .isEqualTo("abc⟨U+202E⟩d⟨U+009B⟩e");
  }

  @Test
  void rowsWithoutHeadingsArePairs() {
    assertThat(PlainText.table(List.of("", ""), List.of(List.of("Model", "x"))))
        .containsExactly("Model: x");
    assertThat(PlainText.table(List.of("A", "B"), List.of(List.of("1", ""), List.of("2", "3"))))
        .containsExactly("A: 1", "A: 2, B: 3");
  }
}
