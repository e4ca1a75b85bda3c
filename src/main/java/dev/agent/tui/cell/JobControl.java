package dev.agent.tui.cell;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Stops of the whole job and going on behind them, whoever asked for the stop: the terminal is
 * given back before and taken again afterwards. Thread-safe.
 */
final class JobControl {
  /** How long a stop may take to happen. */
  private static final long PATIENCE_MILLIS = 300;

  private final TerminalPort port;
  private final TerminalDriver driver;
  private final Runnable resumed;
  private final Object state = new Object();

  /** Of the stop that goes on; guarded by state. */
  private @Nullable CountDownLatch continued;

  /**
   * @param resumed called when the terminal was taken again: everything must be painted again
   */
  JobControl(TerminalPort port, TerminalDriver driver, Runnable resumed) {
    this.port = port;
    this.driver = driver;
    this.resumed = resumed;
  }

  /** Listens to the signals of stopping and going on. */
  void listen() {
    Signals.register("CONT", this::continued);
    Signals.register("TSTP", () -> Thread.ofPlatform().start(() -> suspend(() -> {})));
  }

  /**
   * Gives the terminal back, stops the whole job, and takes the terminal again when it is
   * continued; then tells of it. Blocks until then. Nothing while the terminal is not ours.
   *
   * @param left done before the job stops, while the terminal is the shell's
   */
  void suspend(Runnable left) {
    CountDownLatch latch = new CountDownLatch(1);
    synchronized (state) {
      if (!port.isStarted() || continued != null) {
        return;
      }
      continued = latch;
    }
    port.restore();
    left.run();
    Object ours = Signals.registerDefault("TSTP");
    try {
      driver.stop();
      // The signal may come a moment after the call; where a job has nobody who could continue it,
      // the system does not stop it at all.
      if (!latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        continued();
      }
    } catch (IOException e) {
      continued();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Signals.unregister("TSTP", ours);
    }
  }

  /** After a stop by {@link #suspend}, or by somebody who did not ask. */
  private void continued() {
    CountDownLatch waiting;
    synchronized (state) {
      waiting = continued;
      continued = null;
    }
    if (waiting == null) {
      // Whoever had the terminal meanwhile may have changed anything: all of it is done again.
      if (!port.isStarted()) {
        return;
      }
      // The cursor is where somebody else left it.
      port.parting(new byte[0]);
      port.restore();
    }
    try {
      port.resume();
    } catch (IOException e) {
      // The terminal went away meanwhile; reading from it ends and says so.
      return;
    }
    if (waiting != null) {
      waiting.countDown();
    }
    resumed.run();
  }
}
