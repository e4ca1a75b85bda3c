package dev.agent.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a session in order. Append-only by custom: rewriting earlier messages breaks the
 * prompt cache and the binding of thinking blocks.
 */
public record Conversation(List<Message> messages) {
  public Conversation {
    messages = List.copyOf(messages);
  }

  /** Nothing said yet. */
  public static Conversation empty() {
    return new Conversation(List.of());
  }

  /** This conversation with one more message at its end. */
  public Conversation plus(Message message) {
    List<Message> all = new ArrayList<>(messages.size() + 1);
    all.addAll(messages);
    all.add(message);
    return new Conversation(all);
  }
}
