package dev.agent.tui.cell;

/** What makes the frames of one terminal: how large and how able it takes the terminal to be. */
public sealed interface FrameSource permits CellScreen, LiveRegion {
  /** Columns of the terminal. */
  int columns();

  /** Rows of the terminal. */
  int rows();

  /** What the terminal is taken to be able to do. */
  Capabilities capabilities();

  /** The terminal can do more or less than thought; the next frame writes all of it again. */
  void capabilities(Capabilities now);
}
