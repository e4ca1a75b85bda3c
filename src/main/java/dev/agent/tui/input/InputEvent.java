package dev.agent.tui.input;

/** One thing that the terminal said. */
public sealed interface InputEvent {

  /** A key was pressed. */
  record Pressed(Key key) implements InputEvent {}

  /** A paste, whole, cleaned: LF line ends, no controls but TAB and LF. */
  record Pasted(String text) implements InputEvent {}

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

  /** What the mouse did. */
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
    KITTY_FLAGS,
    MODE,
    BACKGROUND,
    NAME_AND_VERSION,
    PRIMARY_ATTRIBUTES,
    CURSOR,
    COLOR_SCHEME
  }
}
