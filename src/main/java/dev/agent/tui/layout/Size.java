package dev.agent.tui.layout;

/** How much of the space of its row or column a box wants. */
public sealed interface Size {

  /** So many cells. */
  record Fixed(int cells) implements Size {}

  /** As much as its content takes. */
  record Fit() implements Size {}

  /** A share of what the others leave. */
  record Flex(int weight) implements Size {
    public Flex {
      if (weight < 1) {
        throw new IllegalArgumentException("weight " + weight + " is less than 1");
      }
    }
  }

  /** A part of the whole, rounded down. */
  record Percent(int of100) implements Size {}
}
