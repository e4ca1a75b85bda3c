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
}
