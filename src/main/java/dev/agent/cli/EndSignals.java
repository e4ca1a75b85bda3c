package dev.agent.cli;

import dev.agent.mode.interactive.Interrupts;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Signals that end the process. The first one asks everything to end in order. A later one does not
 * wait for that: only the terminal is given back and children are ended. What hangs for too long,
 * such as a terminal that takes no bytes, is left behind.
 */
final class EndSignals {
  /**
   * Signals that come within this time are one wish: a terminal that is closed sends HUP itself,
   * and so does its shell.
   */
  private static final Duration SAME = Duration.ofSeconds(1);

  private static final Duration ORDERLY = Duration.ofSeconds(10);
  private static final Duration HASTY = Duration.ofSeconds(4);

  private final Cancellation cancellation;
  private final AtomicInteger code = new AtomicInteger();
  private volatile long first;

  private EndSignals(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /**
   * Listens from now on.
   *
   * @param interrupts may take Ctrl+C for themselves
   */
  static EndSignals listen(Cancellation cancellation, Interrupts interrupts) {
    EndSignals signals = new EndSignals(cancellation);
    signals.on(
        "INT",
        () -> {
          if (!interrupts.raise()) {
            signals.asked(ExitCode.INTERRUPTED, Cancellation.Reason.INTERRUPTED, Duration.ZERO);
          }
        });
    signals.on(
        "TERM", () -> signals.asked(ExitCode.TERMINATED, Cancellation.Reason.SHUTDOWN, SAME));
    signals.on("HUP", () -> signals.asked(ExitCode.HUNG_UP, Cancellation.Reason.SHUTDOWN, SAME));
    return signals;
  }

  private void on(String name, Runnable action) {
    try {
      Signal.handle(new Signal(name), _ -> action.run());
    } catch (IllegalArgumentException e) {
      // This JVM keeps the signal for itself; the default is to end, which is right as well.
      return;
    }
  }

  private void asked(int with, Cancellation.Reason reason, Duration same) {
    long now = System.nanoTime();
    if (code.get() == 0) {
      first = now;
    }
    if (code.compareAndSet(0, with)) {
      after(ORDERLY, () -> leave(with));
      cancellation.cancel(reason);
    } else if (now - first >= same.toNanos()) {
      leave(with);
    }
  }

  /** Ends now, with what the end of the JVM itself sets in order. */
  private static void leave(int code) {
    after(HASTY, () -> Runtime.getRuntime().halt(code));
    Runtime.getRuntime().exit(code);
  }

  private static void after(Duration time, Runnable action) {
    Thread.ofPlatform()
        .daemon()
        .name("end")
        .start(
            () -> {
              try {
                Thread.sleep(time);
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** The exit code of the signal that came; 0 when none did. */
  int code() {
    return code.get();
  }
}
