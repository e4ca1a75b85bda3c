package dev.agent.tui.cell;

/**
 * Something that a terminal is switched to while it shows the user interface, and how that is
 * undone. Modes are undone in the reverse order of their switching on, so those that belong to the
 * alternate screen come after it.
 */
public enum TerminalMode {
  /** The screen without scrollback, which leaves the person's own as it is. */
  ALTERNATE_SCREEN("\33[?1049h", "\33[?1049l"),
  /** The title on the terminal's stack. */
  TITLE("\33[22;0t", "\33[23;0t"),
  /** No wheel that becomes arrow keys; only where the mouse is not asked for. */
  WHEEL_WITHOUT_KEYS("\33[?1007s\33[?1007l", "\33[?1007r"),
  /** Modified keys told apart, where kitty's keys are not known. */
  MODIFIED_KEYS("\33[>4;1m", "\33[>4;0m"),
  /** Keys told apart by kitty's protocol; each screen has its own stack. */
  KITTY_KEYS("\33[>1u", "\33[<u"),
  /** Clusters measured as a whole. */
  CLUSTERS("\33[?2027h", "\33[?2027l"),
  /** Reports of a change between dark and light. */
  COLOR_SCHEME("\33[?2031h", "\33[?2031l"),
  /** Pastes told from typing. */
  PASTE("\33[?2004h", "\33[?2004l"),
  /** Reports of focus. */
  FOCUS("\33[?1004h", "\33[?1004l"),
  /** Buttons, drags and the wheel, never bare motion. */
  MOUSE("\33[?1002h\33[?1006h", "\33[?1006l\33[?1003l\33[?1002l\33[?1000l");

  private final String on;
  private final String off;

  TerminalMode(String on, String off) {
    this.on = on;
    this.off = off;
  }

  /** The bytes that switch it on. */
  public String on() {
    return on;
  }

  /** The bytes that undo {@link #on}. */
  public String off() {
    return off;
  }
}
