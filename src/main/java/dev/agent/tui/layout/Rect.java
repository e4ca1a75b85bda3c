package dev.agent.tui.layout;

/** A rectangle of cells; width and height may be 0. */
public record Rect(int column, int row, int width, int height) {

  /** Whether nothing fits in. */
  public boolean isEmpty() {
    return width <= 0 || height <= 0;
  }

  /** Whether a cell lies in it. */
  public boolean contains(int atColumn, int atRow) {
    return atColumn >= column && atColumn < column + width && atRow >= row && atRow < row + height;
  }

  /** Whether all of another one lies in it; an empty one lies everywhere. */
  public boolean contains(Rect other) {
    return other.isEmpty()
        || (other.column >= column
            && other.row >= row
            && other.column + other.width <= column + width
            && other.row + other.height <= row + height);
  }
}
