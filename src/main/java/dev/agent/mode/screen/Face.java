package dev.agent.mode.screen;

import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.FrameSource;
import dev.agent.tui.cell.TerminalMode;
import java.util.ArrayList;
import java.util.List;

/** How what lies on the desk comes onto the terminal. UI thread only. */
interface Face {
  /** Makes one for a terminal. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param next the first block that another face has not shown, by its id
     */
    Face make(int columns, int rows, TerminalAnswers terminal, long next);
  }

  /** Its name among the surfaces. */
  String name();

  /** What the terminal is switched to for it, in this order, besides what concerns the mouse. */
  default List<TerminalMode> modes() {
    List<TerminalMode> modes = new ArrayList<>();
    modes.add(TerminalMode.TITLE);
    if (ownsScreen()) {
      modes.add(TerminalMode.ALTERNATE_SCREEN);
    }
    modes.add(TerminalMode.KITTY_KEYS);
    modes.add(TerminalMode.COLOR_SCHEME);
    modes.add(TerminalMode.PASTE);
    modes.add(TerminalMode.FOCUS);
    return modes;
  }

  /**
   * Whether all of the screen is its own. Then it may be cleared, and the mouse is listened to;
   * else what stands above belongs to the terminal.
   */
  boolean ownsScreen();

  /** How long the terminal's size must stay the same before it is drawn for, in nanoseconds. */
  long calm();

  /** What makes its frames. */
  FrameSource frames();

  /** Columns that it draws for. */
  default int columns() {
    return frames().columns();
  }

  /** Rows of the terminal that it draws for. */
  default int rows() {
    return frames().rows();
  }

  /** The bytes that bring the terminal from what it shows to the desk as it is now. */
  Bytes draw(Desk desk, long now);

  /**
   * What takes away what was drawn, should the terminal be given back after the last frame; empty
   * where modes alone do that.
   */
  byte[] parting();

  /**
   * The last frame before it is left: what stays on the terminal.
   *
   * @param isEnd whether no other face goes on
   */
  Bytes last(Desk desk, boolean isEnd, long now);

  /** All blocks before this one, by its id, need not be shown again. */
  void skip(long first);

  /** The terminal has another size. */
  void resized(int columns, int rows);

  /** Rows that were drawn may look different now. */
  void forget();

  /** The terminal may show anything. */
  void repaint();

  /** The terminal was given away, and is back with nothing on it. */
  void cleared();
}
