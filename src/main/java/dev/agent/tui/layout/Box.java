package dev.agent.tui.layout;

import java.util.List;
import java.util.Optional;

/**
 * A part of the screen. Immutable; made from a leaf or a group.
 *
 * @param name found again in the result; empty when nobody asks for it
 * @param size along the direction of the group that it stands in
 * @param min cells along that direction that it gets before others get what they want
 * @param max the most it gets
 * @param rank who gets space first when it is short: 0 before 1
 * @param padding around the content
 * @param hideBelow from which size of the whole screen on it is there
 * @param z above 0: it takes no space of the group, but lies over it
 * @param across where it stands across the direction of its group
 */
public record Box(
    String name,
    Size size,
    int min,
    int max,
    int rank,
    Padding padding,
    HideBelow hideBelow,
    int z,
    Across across,
    Kind kind) {

  /** What a box holds. */
  public sealed interface Kind {}

  /**
   * Content that the layout does not look into.
   *
   * @param version changes when the content does: measures are kept until then
   */
  public record Leaf(Measure measure, long version) implements Kind {}

  /** Boxes beside or below one another. */
  public record Group(Direction direction, int gap, Justify justify, List<Box> children)
      implements Kind {
    public Group {
      children = List.copyOf(children);
    }
  }

  /** How a group goes. */
  public enum Direction {
    ROW,
    COLUMN
  }

  /** Where space goes that nobody wants. */
  public enum Justify {
    START,
    CENTER,
    END,
    BETWEEN
  }

  /** How a box stands across its group. */
  public enum Across {
    STRETCH,
    START,
    CENTER,
    END
  }

  /** Blank cells around a content. */
  public record Padding(int top, int right, int bottom, int left) {
    public static final Padding NONE = new Padding(0, 0, 0, 0);
  }

  /** The box is left out on screens with fewer columns or rows. */
  public record HideBelow(int columns, int rows) {
    public static final HideBelow NEVER = new HideBelow(0, 0);
  }

  /** How large a content is. */
  @FunctionalInterface
  public interface Measure {
    /** Rows at a width. */
    int height(int width);

    /** Columns that it would like to have. */
    default int width() {
      return Integer.MAX_VALUE;
    }
  }

  private static Box of(String name, Kind kind) {
    return new Box(
        name,
        new Size.Fit(),
        0,
        Integer.MAX_VALUE,
        0,
        Padding.NONE,
        HideBelow.NEVER,
        0,
        Across.STRETCH,
        kind);
  }

  /** A content of so many rows at any width. */
  public static Box rows(String name, int rows) {
    return of(name, new Leaf(width -> rows, rows));
  }

  /** A content that is measured. */
  public static Box leaf(String name, long version, Measure measure) {
    return of(name, new Leaf(measure, version));
  }

  /** Boxes beside one another. */
  public static Box row(int gap, Box... children) {
    return of("", new Group(Direction.ROW, gap, Justify.START, List.of(children)));
  }

  /** Boxes below one another. */
  public static Box column(int gap, Box... children) {
    return of("", new Group(Direction.COLUMN, gap, Justify.START, List.of(children)));
  }

  /** The same under another name, by which its place is found. */
  public Box named(String newName) {
    return new Box(newName, size, min, max, rank, padding, hideBelow, z, across, kind);
  }

  /** The same with another size along its group. */
  public Box sized(Size newSize) {
    return new Box(name, newSize, min, max, rank, padding, hideBelow, z, across, kind);
  }

  /** The same with other bounds of that size, in cells. */
  public Box limited(int newMin, int newMax) {
    return new Box(name, size, newMin, newMax, rank, padding, hideBelow, z, across, kind);
  }

  /** The same with another rank: who gets space first when it is short. */
  public Box ranked(int newRank) {
    return new Box(name, size, min, max, newRank, padding, hideBelow, z, across, kind);
  }

  /** The same with blanks around its content. */
  public Box padded(Padding newPadding) {
    return new Box(name, size, min, max, rank, newPadding, hideBelow, z, across, kind);
  }

  /** The same, but left out on screens with fewer columns or rows. */
  public Box hiddenBelow(int columns, int rows) {
    HideBelow below = new HideBelow(columns, rows);
    return new Box(name, size, min, max, rank, padding, below, z, across, kind);
  }

  /** The same lying over others, those with a higher number above those with a lower one. */
  public Box above(int newZ) {
    return new Box(name, size, min, max, rank, padding, hideBelow, newZ, across, kind);
  }

  /** The same standing otherwise across its group. */
  public Box standing(Across newAcross) {
    return new Box(name, size, min, max, rank, padding, hideBelow, z, newAcross, kind);
  }

  /** The group with its free space elsewhere; a leaf stays as it is. */
  public Box justified(Justify justify) {
    return kind instanceof Group(Direction direction, int gap, _, List<Box> children)
        ? new Box(
            name,
            size,
            min,
            max,
            rank,
            padding,
            hideBelow,
            z,
            across,
            new Group(direction, gap, justify, children))
        : this;
  }

  /** The boxes of a group. */
  Optional<Group> group() {
    return kind instanceof Group group ? Optional.of(group) : Optional.empty();
  }
}
