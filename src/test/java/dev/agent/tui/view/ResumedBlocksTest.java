package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResumedBlocksTest {
  private final Stage stage = new Stage();

  private String shown(Message... messages) {
    stage.feed.resume(new Conversation(List.of(messages)), stage.now());
    return TranscriptFeedTest.rows(stage, 60, false).stream()
        .map(row -> row.text().stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static ContentBlock.ToolUse use(String id, String tool, String key, String value) {
    ObjectNode input = Json.object();
    input.put(key, value);
    return new ContentBlock.ToolUse(id, tool, input);
  }

  @Test
  void aStoredConversationLooksAsItDid() {
    assertThat(
            shown(
                Message.user(
                    List.of(
                        new ContentBlock.Text("<system-reminder>\nrules\n</system-reminder>"),
                        new ContentBlock.Text("fix it"))),
                Message.assistant(
                    List.of(
                        new ContentBlock.Thinking("hm", "sig"),
                        new ContentBlock.Text("I look first."),
                        use("1", "Read", "file_path", "/home/me/proj/a"),
                        use("2", "Read", "file_path", "/home/me/proj/b"),
                        use("3", "Bash", "command", "make"))),
                Message.user(
                    List.of(
                        ContentBlock.ToolResult.text("1", "1\n2\n3", false),
                        ContentBlock.ToolResult.text("2", "1", false),
                        ContentBlock.ToolResult.text("3", "exit 2\nno targets", true))),
                Message.assistant(List.of(new ContentBlock.Text("It is *done*.")))))
        .isEqualTo(
            """
            > fix it

            ● I look first.

            ● Read 2 files  (ctrl+o)
            ● Bash(make)
              ⎿  Error: exit 2
                 no targets

            ● It is *done*.\
            """);
  }

  @Test
  void aCallWithoutAResultIsNotShownAsRunning() {
    assertThat(
            shown(
                Message.user("go"),
                Message.assistant(List.of(use("1", "Bash", "command", "sleep 9"))),
                Message.user(List.of(new ContentBlock.Text("[Request interrupted by user]")))))
        .isEqualTo("> go\n\n● Bash(sleep 9)\n  ⎿  Interrupted by you");
    assertThat(stage.feed.openCalls()).isEmpty();
  }

  @Test
  void theLastTaskListIsTakenUp() {
    ObjectNode input = Json.object();
    input
        .putArray("todos")
        .addObject()
        .put("content", "Run the tests")
        .put("activeForm", "Running the tests")
        .put("status", "in_progress");
    shown(
        Message.user("go"),
        Message.assistant(List.of(new ContentBlock.ToolUse("1", "TodoWrite", input))));

    assertThat(stage.feed.todos())
        .containsExactly(new Display.Todo("Run the tests", "Running the tests", "in_progress"));
  }

  @Test
  void eventsGoOnBelowIt() {
    shown(Message.user("go"), Message.assistant(List.of(new ContentBlock.Text("Done."))));
    stage.prompt("more").request().says("More.");

    assertThat(
            TranscriptFeedTest.rows(stage, 60, false).stream()
                .map(Row::text)
                .map(String::stripTrailing))
        .containsExactly("> go", "", "● Done.", "", "> more", "", "● More.");
  }
}
