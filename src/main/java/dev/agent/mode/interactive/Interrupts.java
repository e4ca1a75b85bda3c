package dev.agent.mode.interactive;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of Ctrl+C where the terminal makes a signal of it. Until somebody wants to know, it
 * ends the process as everywhere. Thread-safe.
 */
public final class Interrupts {
  private final AtomicReference<@Nullable Runnable> listener = new AtomicReference<>();

  /** From now on it is this one's business; an earlier one is replaced. */
  public void tell(Runnable action) {
    listener.set(action);
  }

  /** Nobody wants to know any more. */
  public void forget() {
    listener.set(null);
  }

  /** Ctrl+C was pressed; false when it is nobody's business. */
  public boolean raise() {
    Runnable action = listener.get();
    if (action != null) {
      action.run();
    }
    return action != null;
  }
}
