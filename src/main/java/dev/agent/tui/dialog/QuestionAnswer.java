package dev.agent.tui.dialog;

import java.util.ArrayList;
import java.util.List;

/** What came of the model's questions to the person. */
public sealed interface QuestionAnswer {
  /** The person would not answer. */
  record Declined() implements QuestionAnswer {}

  /** One reply per question, in their order. */
  record Replied(List<Reply> replies) implements QuestionAnswer {
    public Replied {
      replies = List.copyOf(replies);
    }
  }

  /**
   * A reply to one question.
   *
   * @param chosen labels of options
   * @param other an answer of the person's own; empty = none
   */
  record Reply(String question, List<String> chosen, String other) {
    public Reply {
      chosen = List.copyOf(chosen);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
      return chosen.isEmpty() && other.isEmpty();
    }

    /** All that was chosen or typed. */
    public List<String> all() {
      List<String> all = new ArrayList<>(chosen);
      if (!other.isEmpty()) {
        all.add(other);
      }
      return List.copyOf(all);
    }

    /** The reply as one text. */
    public String inWords() {
      List<String> parts = all();
      return parts.isEmpty() ? "(no answer)" : String.join(", ", parts);
    }
  }
}
