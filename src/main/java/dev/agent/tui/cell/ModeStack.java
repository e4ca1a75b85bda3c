package dev.agent.tui.cell;

import java.util.ArrayList;
import java.util.List;

/** The modes that a terminal is switched to, in their order. Not thread-safe. */
final class ModeStack {
  private final List<TerminalMode> modes = new ArrayList<>();

  void addAll(List<TerminalMode> wanted) {
    modes.addAll(wanted);
  }

  /** Adds one; false when it is there already. */
  boolean add(TerminalMode mode) {
    return !modes.contains(mode) && modes.add(mode);
  }

  /** Takes one away; false when it is not there. */
  boolean remove(TerminalMode mode) {
    return modes.remove(mode);
  }

  void clear() {
    modes.clear();
  }

  /** The bytes that switch all of them on. */
  Bytes on() {
    return on(modes);
  }

  /** The bytes that switch these on, in their order. */
  static Bytes on(List<TerminalMode> wanted) {
    Bytes bytes = new Bytes();
    wanted.forEach(mode -> bytes.ascii(mode.on()));
    return bytes;
  }

  /** The bytes that undo all of them, the last one first, and what frames changed meanwhile. */
  Bytes undo() {
    Bytes bytes = new Bytes().ascii("\33[?2026l");
    boolean alternate = modes.contains(TerminalMode.ALTERNATE_SCREEN);
    boolean cursorDone = false;
    for (TerminalMode mode : modes.reversed()) {
      // Cursor, region and style were changed by frames, on the screen below the other modes.
      if (!cursorDone && isOfTheScreen(mode)) {
        undoFrames(alternate, bytes);
        cursorDone = true;
      }
      bytes.ascii(mode.off());
    }
    if (!cursorDone) {
      undoFrames(alternate, bytes);
    }
    return bytes;
  }

  private static boolean isOfTheScreen(TerminalMode mode) {
    return mode == TerminalMode.ALTERNATE_SCREEN || mode == TerminalMode.TITLE;
  }

  private static void undoFrames(boolean alternate, Bytes bytes) {
    bytes.ascii("\33[?25h\33[0 q");
    if (alternate) {
      // It sends the cursor home, which only the alternate screen can bear.
      bytes.ascii("\33[r");
    }
    bytes.ascii("\33[m");
  }
}
