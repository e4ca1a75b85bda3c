package dev.agent.tui.layout;

/**
 * A part of the screen, as wide as the screen. Immutable.
 *
 * @param name found again in the result
 * @param rows that it would like to have
 * @param min rows that it gets before others get what they want
 * @param rank who gets rows first when they are short: 0 before 1
 * @param fills whether it takes what nobody wants; the first one that does gets all of it
 * @param fromRows the least rows of a screen that it is shown on
 */
public record Box(String name, int rows, int min, int rank, boolean fills, int fromRows) {

  /** A content of so many rows. */
  public static Box rows(String name, int rows) {
    return new Box(name, rows, 0, 0, false, 0);
  }

  /** The same with rows that it gets before others get what they want. */
  public Box atLeast(int newMin) {
    return new Box(name, rows, newMin, rank, fills, fromRows);
  }

  /** The same with another rank: who gets rows first when they are short. */
  public Box ranked(int newRank) {
    return new Box(name, rows, min, newRank, fills, fromRows);
  }

  /** The same taking what nobody wants. */
  public Box filling() {
    return new Box(name, rows, min, rank, true, fromRows);
  }

  /** The same, but left out on screens with fewer rows. */
  public Box hiddenBelow(int newFromRows) {
    return new Box(name, rows, min, rank, fills, newFromRows);
  }
}
