package dev.agent.mode.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
  void whatIsSaidCannotBeWrittenOverButOutputCan() {
    assertThat(PlainText.clean("rm -rf /\rls\r\nx\b\by")).isEqualTo("rm -rf /\nls\nxy");
    assertThat(PlainText.output("10 %\r20 %\n")).isEqualTo("20 %\n");
    assertThat(PlainText.brief("rm -rf /\rls")).isEqualTo("rm -rf / …");
  }

  @Test
  void namesOfToolsAndFilesAreNoOrders() {
    List<String> lines = new ArrayList<>();
    PlainWriter writer = new PlainWriter(lines::add);
    ToolCall call = new ToolCall("t1", "T\u001b]0;x\u0007", Json.object().put("file_path", "a"));
    writer.accept(new InteractiveEvent.Agent(new AgentEvent.ToolStarted(call, Effect.UNKNOWN)));
    assertThat(lines).containsExactly("tool T⟨U+001B⟩]0;x⟨U+0007⟩: a");
    Display.Diff diff = new Display.Diff("\u001b[2Ja", List.of(), true);
    assertThat(PlainText.of(diff, false)).containsExactly("created ⟨U+001B⟩[2Ja");
  }

  @Test
  void whateverIsPrintedNothingIsAnOrder() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StreamInput input = new StreamInput(InputStream.nullInputStream(), out, new Interrupts());
    input.print("a\u001b[2J\rb\u009b\tc\n");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("a⟨U+001B⟩[2J⟨U+000D⟩b⟨U+009B⟩\tc\n");
  }

  @Test
  void rowsWithoutHeadingsArePairs() {
    assertThat(PlainText.table(List.of("", ""), List.of(List.of("Model", "x"))))
        .containsExactly("Model: x");
    assertThat(PlainText.table(List.of("A", "B"), List.of(List.of("1", ""), List.of("2", "3"))))
        .containsExactly("A: 1", "A: 2, B: 3");
  }
}
