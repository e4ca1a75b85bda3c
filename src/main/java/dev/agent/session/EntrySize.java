package dev.agent.session;

import dev.agent.message.ContentBlock;
import java.util.List;

/**
 * A rough number of characters of an entry, without encoding it: what the queue's bound is measured
 * in.
 */
final class EntrySize {
  private static final int OVERHEAD = 300;

  private EntrySize() {}

  static long of(Entry entry) {
    return OVERHEAD
        + switch (entry) {
          case Entry.User e -> of(e.message().content());
          case Entry.Assistant e -> of(e.message().content());
          case Entry.ToolOutcome e -> of(e.result().content());
          case Entry.Notice e -> e.text().length();
          case Entry.ToolIntent e -> 500;
          default -> 1000;
        };
  }

  private static long of(List<ContentBlock> blocks) {
    long sum = 0;
    for (ContentBlock block : blocks) {
      sum +=
          switch (block) {
            case ContentBlock.Text text -> text.text().length();
            case ContentBlock.Thinking thinking ->
                thinking.thinking().length() + thinking.signature().length();
            case ContentBlock.RedactedThinking redacted -> redacted.data().length();
            case ContentBlock.ToolResult result -> of(result.content());
            case ContentBlock.Image image -> image.source().path("data").asText("").length();
            case ContentBlock.Document document ->
                document.source().path("data").asText("").length();
            case ContentBlock.ToolUse _, ContentBlock.Unknown _ -> 500;
          };
    }
    return sum;
  }
}
