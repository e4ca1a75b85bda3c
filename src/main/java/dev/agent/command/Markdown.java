package dev.agent.command;

import dev.agent.context.AttachedFile;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Role;
import dev.agent.text.Ansi;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A conversation as a Markdown document for people. Reminders and thinking are left out. */
final class Markdown {
  private final StringBuilder out = new StringBuilder();

  private Markdown() {}

  /** What stands above the conversation. */
  record Head(String title, String id, String model, String directory, ZonedDateTime time) {}

  static String of(Conversation conversation, Head head) {
    Markdown document = new Markdown();
    document.head(head);
    for (Message message : conversation.messages()) {
      document.message(message);
    }
    return document.out.toString();
  }

  private void head(Head head) {
    out.append("# ")
        .append(head.title().isBlank() ? "Session " + head.id() : head.title())
        .append("\n\n- Session: ")
        .append(head.id())
        .append("\n- Model: ")
        .append(head.model())
        .append("\n- Directory: ")
        .append(head.directory())
        .append("\n- Exported: ")
        .append(
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT).format(head.time()))
        .append('\n');
  }

  private void message(Message message) {
    boolean answer = message.role() == Role.ASSISTANT;
    boolean headed = false;
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.Text(String text, _) -> {
          String shown = answer ? text.strip() : ofPerson(block, text);
          if (!shown.isEmpty()) {
            if (!headed) {
              out.append(answer ? "\n## Agent\n" : "\n## You\n");
              headed = true;
            }
            out.append('\n').append(shown).append('\n');
          }
        }
        case ContentBlock.ToolUse use -> {
          out.append("\n**").append(use.name()).append("**\n");
          fenced(Json.pretty(use.input()), "json");
        }
        case ContentBlock.ToolResult result -> {
          out.append(result.isError() ? "\nFailed:\n" : "\nResult:\n");
          fenced(Ansi.strip(MessageJson.plain(result.content())).stripTrailing(), "");
        }
        case ContentBlock.Image _ -> out.append("\n*(a picture)*\n");
        case ContentBlock.Document _ -> out.append("\n*(a document)*\n");
        case ContentBlock.Thinking _, ContentBlock.RedactedThinking _, ContentBlock.Unknown _ -> {}
      }
    }
  }

  /** A fence that is longer than any inside. */
  private void fenced(String text, String language) {
    int longest = 2;
    for (String line : List.of(text.split("\n", -1))) {
      String stripped = line.stripLeading();
      int count = 0;
      while (count < stripped.length() && stripped.charAt(count) == '`') {
        count++;
      }
      longest = Math.max(longest, count);
    }
    String fence = "`".repeat(longest + 1);
    out.append('\n').append(fence).append(language).append('\n').append(text);
    out.append('\n').append(fence).append('\n');
  }

  /** What a person sees of a user message's text. */
  private static String ofPerson(ContentBlock block, String text) {
    return AttachedFile.nameOf(block)
        .map(name -> "*(attached: " + name + ")*")
        .orElseGet(() -> withoutReminders(text));
  }

  /** The text without what the agent put around it for the model. */
  static String withoutReminders(String text) {
    StringBuilder kept = new StringBuilder();
    int from = 0;
    while (true) {
      int open = text.indexOf("<system-reminder>", from);
      int close = open < 0 ? -1 : text.indexOf("</system-reminder>", open);
      if (close < 0) {
        return kept.append(text.substring(from)).toString().strip();
      }
      kept.append(text, from, open);
      from = close + "</system-reminder>".length();
    }
  }
}
