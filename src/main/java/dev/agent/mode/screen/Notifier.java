package dev.agent.mode.screen;

import dev.agent.text.Clip;
import dev.agent.tui.UiLoop;
import java.util.Optional;

/**
 * Decides when somebody who does not look is told: a turn of more than 10 seconds has ended, or a
 * question waits for 6. Times are nanoseconds of the UI's clock. UI thread only; does nothing
 * itself.
 */
final class Notifier {
  /** A shorter turn is waited for. */
  static final long LONG_TURN = 10_000_000_000L;

  /** A question is not told of before. */
  static final long PATIENCE = 6_000_000_000L;

  private static final int MAX_TEXT = 120;
  private static final String NAME = "agent";

  private final TerminalKind terminal;
  private final Setting setting;
  private Focus focus = Focus.UNKNOWN;
  private long workSince = UiLoop.NEVER;
  private long questionSince = UiLoop.NEVER;
  private String question = "";

  /** What the person wants. */
  enum Setting {
    /** As the terminal can: by a message, or the bell. */
    AUTO,
    BELL,
    /** By the person's own command. */
    COMMAND,
    OFF
  }

  private enum Focus {
    /** The terminal has never said. */
    UNKNOWN,
    GAINED,
    LOST
  }

  /** How the person is told. */
  sealed interface Notice {
    /** The terminal does it. */
    record Sequence(String bytes) implements Notice {}

    /** The person's command gets the text. */
    record Command(String text) implements Notice {}
  }

  Notifier(TerminalKind terminal, Setting setting) {
    this.terminal = terminal;
    this.setting = setting;
  }

  /** The terminal says whether it has the focus. */
  void focused(boolean gained) {
    focus = gained ? Focus.GAINED : Focus.LOST;
  }

  /** Work begins, unless it has begun. */
  void begins(long now) {
    workSince = workSince == UiLoop.NEVER ? now : workSince;
  }

  /**
   * Work has ended.
   *
   * @param task what was worked on
   */
  Optional<Notice> ends(String task, long now) {
    boolean isLong = workSince != UiLoop.NEVER && now - workSince >= LONG_TURN;
    workSince = UiLoop.NEVER;
    return isLong ? notice("Done" + (task.isBlank() ? "" : ": " + task)) : Optional.empty();
  }

  /** A question waits. */
  void asks(String about, long now) {
    if (questionSince == UiLoop.NEVER) {
      questionSince = now;
      question = about;
    }
  }

  /** No question waits any more. */
  void answered() {
    questionSince = UiLoop.NEVER;
  }

  /** When {@link #take} has something to decide; {@link UiLoop#NEVER} while nothing waits. */
  long due() {
    return questionSince == UiLoop.NEVER ? UiLoop.NEVER : questionSince + PATIENCE;
  }

  /** What is due by now; a question is told of once. */
  Optional<Notice> take(long now) {
    if (questionSince == UiLoop.NEVER || now < due()) {
      return Optional.empty();
    }
    questionSince = UiLoop.NEVER;
    return notice(question.isBlank() ? "A question waits" : "Waiting for you: " + question);
  }

  private Optional<Notice> notice(String text) {
    String clean = clean(text);
    return switch (setting) {
      case OFF -> Optional.empty();
      case AUTO ->
          focus == Focus.LOST
              ? Optional.of(new Notice.Sequence(sequence(clean)))
              : Optional.empty();
      // Who wants these is also told where the terminal does not say whether it has the focus.
      case BELL ->
          focus == Focus.GAINED ? Optional.empty() : Optional.of(new Notice.Sequence("\7"));
      case COMMAND ->
          focus == Focus.GAINED ? Optional.empty() : Optional.of(new Notice.Command(clean));
    };
  }

  /** The text comes from models and files: nothing in it may end or begin a sequence. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(
            c ->
                !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.SURROGATE)
        .forEach(out::appendCodePoint);
    return Clip.head(out.toString().replaceAll(" +", " ").strip(), MAX_TEXT);
  }

  private String sequence(String text) {
    return switch (terminal.family()) {
      // The name in front also keeps texts from being taken for the commands 9;1 to 9;12.
      case ITERM, WEZTERM, WINDOWS, CONEMU, GHOSTTY -> "\33]9;" + NAME + ": " + text + "\7";
      case VTE, VTE_WITH_PROGRESS, FOOT ->
          "\33]777;notify;" + NAME + ";" + text.replace(';', ',') + "\33\\";
      case KITTY ->
          "\33]99;i=agent:d=0:o=unfocused;" + NAME + "\33\\\33]99;i=agent:p=body;" + text + "\33\\";
      case OTHER -> "\7";
    };
  }
}
