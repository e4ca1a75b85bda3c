package dev.agent.mode.screen;

import dev.agent.tui.UiLoop;
import java.util.Optional;

/**
 * The window's title and the progress in the task bar: written when they change, but at most once a
 * second. Times are nanoseconds of the UI's clock. UI thread only.
 */
final class TitleLine {
  /** The shortest time between two changes, in nanoseconds. */
  static final long PAUSE = 1_000_000_000;

  private final boolean showsProgress;
  private State written = new State("", Progress.REST);
  private State wanted = written;
  private long next = Long.MIN_VALUE;

  /** What goes on. */
  enum Progress {
    REST("0;0"),
    WORKING("3;0"),
    /** A question waits: the bar is full, and yellow. */
    ASKING("4;100");

    private final String code;

    Progress(String code) {
      this.code = code;
    }
  }

  private record State(String title, Progress progress) {}

  TitleLine(TerminalKind terminal) {
    // Others show these sequences as messages, so only those that are known to read them get them.
    this.showsProgress =
        switch (terminal.family()) {
          case WINDOWS, CONEMU, GHOSTTY, VTE_WITH_PROGRESS -> true;
          case ITERM, WEZTERM, KITTY, VTE, FOOT, OTHER -> false;
        };
  }

  /**
   * From now on this is to be seen.
   *
   * @param title without controls
   */
  void want(String title, Progress progress) {
    wanted = new State(title, progress);
  }

  /** When {@link #take} has something to write; {@link UiLoop#NEVER} while all is as wanted. */
  long due(long now) {
    return wanted.equals(written) ? UiLoop.NEVER : Math.max(now, next);
  }

  /** What to write now. */
  Optional<String> take(long now) {
    if (wanted.equals(written) || now < next) {
      return Optional.empty();
    }
    StringBuilder bytes = new StringBuilder();
    if (!wanted.title().equals(written.title())) {
      bytes.append("\33]0;").append(wanted.title()).append('\7');
    }
    if (wanted.progress() != written.progress()) {
      bytes.append(progress(wanted.progress()));
    }
    written = wanted;
    next = now + PAUSE;
    return bytes.isEmpty() ? Optional.empty() : Optional.of(bytes.toString());
  }

  /** What to write before the terminal is given away; the title is on the terminal's own stack. */
  String give() {
    String bytes = written.progress() == Progress.REST ? "" : progress(Progress.REST);
    forget();
    return bytes;
  }

  /** The terminal knows nothing of it any more: it is written again. */
  void forget() {
    written = new State("", Progress.REST);
    next = Long.MIN_VALUE;
  }

  private String progress(Progress progress) {
    return showsProgress ? "\33]9;4;" + progress.code + "\7" : "";
  }
}
