package dev.agent.tui.cell;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver of a terminal, whose native calls are loaded when they are first needed: raw mode and
 * the way back from it, and the size. Thread-safe.
 */
final class TerminalDriver {
  private static final long LOADING_MILLIS = 5000;

  private final Optional<TerminalHandover> handover;
  private final FutureTask<Tty> tty;
  private byte @Nullable [] before;

  /**
   * @param handover says how it was before the launcher changed it
   * @param tty loads the calls
   */
  TerminalDriver(Optional<TerminalHandover> handover, Supplier<Tty> tty) {
    this.handover = handover;
    this.tty = new FutureTask<>(tty::get);
  }

  /** Loads the calls, unless somebody has begun to. */
  void load() {
    tty.run();
  }

  private Tty loaded() throws IOException {
    load();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return tty.get(LOADING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("terminal: its driver cannot be reached: " + e.getMessage(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Columns and rows, 16 bits each; 0 while the calls are not loaded, and if nobody knows. */
  int size() {
    if (!tty.isDone()) {
      return 0;
    }
    try {
      return tty.get().size();
    } catch (ExecutionException e) {
      return 0; // without native calls the size stays what the launcher said
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /**
   * The attributes of raw mode, for {@link #set}; what holds now is what {@link #reset} leads back
   * to.
   */
  byte[] raw() throws IOException {
    Tty driver = loaded();
    byte[] now = driver.attributes();
    byte[] raw = driver.raw(now);
    synchronized (this) {
      // Each time anew: a shell may have set something else while the program was stopped.
      before = now;
    }
    return raw;
  }

  void set(byte[] attributes) throws IOException {
    loaded().set(attributes);
  }

  /** Sets it as it was before us; nothing where the terminal is gone. */
  void reset() {
    try {
      Tty driver = loaded();
      byte[] wanted;
      synchronized (this) {
        wanted = before;
      }
      if (wanted == null) {
        byte[] now = driver.attributes();
        wanted = handover.map(note -> note.before(now)).orElse(now);
        synchronized (this) {
          before = wanted;
        }
      }
      driver.set(wanted);
    } catch (IOException e) {
      // The terminal is gone: there is nothing left to restore.
      return;
    }
  }

  /** Stops the whole job. */
  void stop() throws IOException {
    loaded().stop();
  }
}
