package dev.agent.tui.input;

/** One thing that the terminal said. */
public sealed interface InputEvent {

  /** A key was pressed. */
  record Pressed(Key key) implements InputEvent {}

  /**
   * A paste, whole, cleaned: LF line ends, no controls but TAB and LF.
   *
   * @param dropped how many bytes were cut off its end because it was too long; 0 = it is whole.
   *     Whoever shows the paste says so.
   */
  record Pasted(String text, long dropped) implements InputEvent {
    /** A paste that is whole. */
    public Pasted(String text) {
      this(text, 0);
    }
  }

  /**
   * The mouse.
   *
   * @param column from 0
   * @param row from 0
   */
  record Mouse(MouseKind kind, int column, int row, boolean shift, boolean alt, boolean ctrl)
      implements InputEvent {}

  /** The terminal's window came to the front or left it. */
  record Focused(boolean gained) implements InputEvent {}

  /**
   * The terminal answered a question about itself.
   *
   * @param kind which question
   * @param value the answer, as the kind defines it
   */
  record Reported(ReportKind kind, String value) implements InputEvent {}

  /** What the mouse did. Motion without a button says nothing. */
  enum MouseKind {
    PRESS_LEFT,
    PRESS_MIDDLE,
    PRESS_RIGHT,
    DRAG,
    RELEASE,
    WHEEL_UP,
    WHEEL_DOWN
  }

  /** What was asked. */
  enum ReportKind {
    /** The flags of the kitty keyboard protocol that are on, a decimal number. */
    KITTY_FLAGS,
    /**
     * A mode and its state as in DECRPM, {@code 2026;2}: 0 unknown, 1 set, 2 reset, 3 always set, 4
     * never.
     */
    MODE,
    /** The background colour, {@code rrggbb} in lower-case hexadecimal digits. */
    BACKGROUND,
    /** The answer to XTVERSION, such as {@code WezTerm 20240203}. */
    NAME_AND_VERSION,
    /** The answer to DA1, numbers between semicolons. */
    PRIMARY_ATTRIBUTES,
    /** Where the cursor is, {@code row;column}, both from 1. */
    CURSOR,
    /** {@code dark} or {@code light}: what the person prefers now. */
    COLOR_SCHEME
  }
}
