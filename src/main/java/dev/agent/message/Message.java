package dev.agent.message;

import java.util.List;

/** One message of a conversation. */
public record Message(Role role, List<ContentBlock> content) {
  public Message {
    content = List.copyOf(content);
  }

  /** A user message with one text block. */
  public static Message user(String text) {
    return new Message(Role.USER, List.of(new ContentBlock.Text(text)));
  }

  /** A user message of these blocks. */
  public static Message user(List<ContentBlock> content) {
    return new Message(Role.USER, content);
  }

  /** An assistant message of these blocks. */
  public static Message assistant(List<ContentBlock> content) {
    return new Message(Role.ASSISTANT, content);
  }

  /** The text blocks joined without a separator; empty when there are none. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (ContentBlock block : content) {
      if (block instanceof ContentBlock.Text(String part, _)) {
        text.append(part);
      }
    }
    return text.toString();
  }

  /** The tool calls in this message, in order. */
  public List<ContentBlock.ToolUse> toolUses() {
    return content.stream()
        .filter(ContentBlock.ToolUse.class::isInstance)
        .map(ContentBlock.ToolUse.class::cast)
        .toList();
  }
}
