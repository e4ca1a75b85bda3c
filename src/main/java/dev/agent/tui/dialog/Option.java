package dev.agent.tui.dialog;

import java.util.Optional;

/**
 * An answer that can be chosen.
 *
 * @param label the answer
 * @param hint a key that chooses it too, or a remark; empty = none
 * @param detail what follows from it; empty = nothing to say
 * @param enabled whether it can be chosen now
 * @param mark a box in front of it
 * @param words a text row that opens when it is chosen, and what stands before the text
 */
record Option(
    String label, String hint, String detail, boolean enabled, Mark mark, Optional<Words> words) {
  /** A box that is ticked or not. */
  enum Mark {
    NONE(""),
    OFF("[ ] "),
    ON("[x] ");

    final String shown;

    Mark(String shown) {
      this.shown = shown;
    }
  }

  /** A text row in an option's place. */
  record Words(String prefix, Field field) {}

  static Option of(String label) {
    return new Option(label, "", "", true, Mark.NONE, Optional.empty());
  }

  /** One that takes words. */
  static Option words(String label, String prefix, Field field) {
    return new Option(label, "", "", true, Mark.NONE, Optional.of(new Words(prefix, field)));
  }

  Option hint(String newHint) {
    return new Option(label, newHint, detail, enabled, mark, words);
  }

  Option detail(String newDetail) {
    return new Option(label, hint, newDetail, enabled, mark, words);
  }

  Option mark(boolean on) {
    return new Option(label, hint, detail, enabled, on ? Mark.ON : Mark.OFF, words);
  }

  Option disabled(String why) {
    return new Option(label, why, detail, false, mark, words);
  }
}
