package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  private static String body(Message... messages) {
    String all =
        Markdown.of(
            new Conversation(List.of(messages)),
            new Markdown.Head(
                "Title", "id", "model", "/dir", ZonedDateTime.parse("2026-11-20T12:00:00Z")));
    assertThat(all).startsWith("# Title\n\n- Session: id\n");
    return all.substring(all.indexOf("\n- Exported"));
  }

  @Test
  void callsAndResultsStandInFencesThatHold() {
    String text =
        body(
            Message.assistant(
                List.of(
                    new ContentBlock.Thinking("secret thoughts", "s"),
                    new ContentBlock.Text("I look."),
                    new ContentBlock.ToolUse("1", "Read", Json.object().put("file_path", "a")))),
            Message.user(
                List.of(ContentBlock.ToolResult.text("1", "```\n\u001b[31mred\u001b[0m", true))));

    assertThat(text)
        .contains("## Agent\n\nI look.\n\n**Read**\n\n```json\n")
        .contains("Failed:\n\n````\n```\nred\n````\n")
        .doesNotContain("secret thoughts")
        .doesNotContain("## You");
  }

  @Test
  void remindersAndAttachedFilesAreLeftOut() {
    String text =
        body(
            Message.user(
                List.of(
                    new ContentBlock.Text("<system-reminder>\nrules\n</system-reminder>"),
                    new ContentBlock.Text("look at @a.txt"),
                    new ContentBlock.Text(
                        "<attached-file name=\"a.txt\">\nlong\n</attached-file>"))));

    assertThat(text)
        .contains("## You\n\nlook at @a.txt\n\n*(attached: a.txt)*\n")
        .doesNotContain("rules")
        .doesNotContain("long");
  }
}
