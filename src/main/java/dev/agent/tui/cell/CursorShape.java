package dev.agent.tui.cell;

/** What the cursor looks like. */
public enum CursorShape {
  /** As the person has set up the terminal. */
  DEFAULT(0),
  BLOCK(2),
  BAR(6);

  private final int code;

  CursorShape(int code) {
    this.code = code;
  }

  /** The parameter of DECSCUSR. */
  int code() {
    return code;
  }
}
