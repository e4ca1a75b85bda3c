package dev.agent.mode.interactive;

import dev.agent.message.ContentBlock;
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
}
