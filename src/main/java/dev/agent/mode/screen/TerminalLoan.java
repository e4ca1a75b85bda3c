package dev.agent.mode.screen;

import dev.agent.mode.interactive.Interrupts;
import dev.agent.runtime.Cancellation;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.TerminalPort;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/**
 * Gives the terminal to somebody else for a while and takes it back: an editor, or the person who
 * reads the normal screen. The UI thread waits meanwhile, and what happens waits in its queue.
 */
final class TerminalLoan {
  /** A question that every terminal answers: is all well? */
  private static final String QUESTION = "\33[5n";

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final TerminalPort terminal;
  private final KeyReader keys;
  private final Interrupts interrupts;
  private final Cancellation life;
  private final Runnable back;

  /** What happens while the terminal is another's. */
  @FunctionalInterface
  interface Use<T> {
    T run() throws InterruptedException;
  }

  /**
   * @param life nobody is waited for when this ends
   * @param back the terminal is ours again: everything has to be painted
   */
  TerminalLoan(
      TerminalPort terminal,
      KeyReader keys,
      Interrupts interrupts,
      Cancellation life,
      Runnable back) {
    this.terminal = terminal;
    this.keys = keys;
    this.interrupts = interrupts;
    this.life = life;
    this.back = back;
  }

  /**
   * Lets a program have the terminal as it was before we came.
   *
   * @param last what the terminal gets from us before
   */
  <T> T lend(String last, Use<T> use) throws InterruptedException {
    boolean rests = keys.pause(() -> write(QUESTION), PATIENCE);
    if (!rests) {
      // The terminal is silent: the first key goes to us, and is lost rather than typed here.
      keys.divert(() -> {});
    }
    try {
      return give(last, use);
    } finally {
      keys.restore();
      keys.resume();
    }
  }

  /**
   * Lets the person look at the normal screen until they press Enter.
   *
   * @param last what the terminal gets from us before
   * @param use writes what there is to look at
   */
  void show(String last, Runnable use) throws InterruptedException {
    CountDownLatch pressed = new CountDownLatch(1);
    keys.divert(pressed::countDown);
    try (var _ = life.onCancel(pressed::countDown)) {
      give(
          last,
          () -> {
            use.run();
            pressed.await();
            return pressed;
          });
    } finally {
      keys.restore();
    }
  }

  private <T> T give(String last, Use<T> use) throws InterruptedException {
    write(last);
    terminal.restore();
    // Keys that make signals reach all programs of the terminal: Ctrl+C is the other one's
    // business, and Ctrl+Z stops both.
    interrupts.tell(() -> {});
    Object stops = Signals.registerDefault("TSTP");
    try {
      return use.run();
    } finally {
      Signals.unregister("TSTP", stops);
      interrupts.forget();
      takeBack();
    }
  }

  private void takeBack() {
    try {
      terminal.resume();
    } catch (IOException e) {
      // The terminal is gone, which the end of its input tells as well.
      return;
    }
    back.run();
  }

  private void write(String text) {
    try {
      terminal.write(new Bytes().text(text));
    } catch (IOException e) {
      // The terminal is gone, which the end of its input tells as well.
      return;
    }
  }
}
