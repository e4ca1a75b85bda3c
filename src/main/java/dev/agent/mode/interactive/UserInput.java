package dev.agent.mode.interactive;

import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person sends.
 *
 * @param text as it was typed
 * @param attachments pictures, documents and quoted files that go with it
 */
public record UserInput(String text, List<ContentBlock> attachments) {
  public UserInput {
    attachments = List.copyOf(attachments);
  }

  /** Text alone. */
  public static UserInput of(String text) {
    return new UserInput(text, List.of());
  }

  /** Whether there is nothing to send. */
  public boolean isBlank() {
    return text.isBlank() && attachments.isEmpty();
  }

  /** For the model: attachments in front of the words that speak of them. */
  List<ContentBlock> blocks() {
    List<ContentBlock> blocks = new ArrayList<>(attachments);
    if (!text.isBlank()) {
      blocks.addAll(MessageJson.text(text));
    }
    return blocks;
  }
}
