package dev.agent.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A one-way stop signal, arranged as a tree: session → turn → tool group → call. Cancelling a node
 * cancels everything below it and nothing above it.
 *
 * <p>Whoever blocks registers how to stop the blocking call:
 *
 * <pre>{@code
 * try (var _ = cancellation.onCancel(call::cancel)) { call.execute(); }
 * }</pre>
 *
 * <p>Thread-safe. Stop actions run on the thread that cancels, outside any lock; an action
 * registered after the fact runs at once on the registering thread. An action that throws never
 * keeps the others from running.
 */
public final class Cancellation {

  /** Why work was stopped; it decides what the model and the person are told. */
  public enum Reason {
    /** The person pressed Esc or Ctrl+C, or a host sent an interrupt. */
    INTERRUPTED,
    /** A call that ran beside this one failed in a way that makes this one pointless. */
    SIBLING_FAILED,
    /** The answer that asked for this work was thrown away (stream fault, other model). */
    DISCARDED,
    /** A time limit of the work itself passed. */
    TIMED_OUT,
    /** The process is going down. */
    SHUTDOWN
  }

  /** Takes a stop action back; closing twice is harmless. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final @Nullable Cancellation parent;
  private final Set<Runnable> actions = new LinkedHashSet<>();
  private @Nullable Reason reason;

  private Cancellation(@Nullable Cancellation parent) {
    this.parent = parent;
  }

  /** A new tree. */
  public static Cancellation root() {
    return new Cancellation(null);
  }

  /**
   * A node below this one; already cancelled when this one is. A child that outlives its work must
   * be {@linkplain #detach() detached}, or be garbage with its parent.
   */
  public Cancellation child() {
    Cancellation child = new Cancellation(this);
    Runnable passOn = child::cancelFromParent;
    child.link = onCancel(passOn);
    return child;
  }

  private @Nullable Registration link;

  private void cancelFromParent() {
    Cancellation above = parent;
    cancel(above == null ? Reason.SHUTDOWN : above.reason().orElse(Reason.SHUTDOWN));
  }

  /**
   * Forgets the parent's interest in this node, so that a long-lived parent does not collect
   * finished children.
   */
  public void detach() {
    Registration current = link;
    if (current != null) {
      current.close();
    }
  }

  /** Stops this node and all below it. Only the first reason counts. */
  public void cancel(Reason why) {
    List<Runnable> toRun;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      toRun = new ArrayList<>(actions);
      actions.clear();
    }
    RuntimeException first = null;
    for (Runnable action : toRun) {
      try {
        action.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Whether work below this node has to end. */
  public synchronized boolean isCancelled() {
    return reason != null;
  }

  /** Why it was cancelled; empty while it is not. */
  public synchronized java.util.Optional<Reason> reason() {
    return java.util.Optional.ofNullable(reason);
  }

  /** Registers how to stop something that blocks; runs at once when already cancelled. */
  public Registration onCancel(Runnable action) {
    // A wrapper gives each registration its own identity, so that the same lambda may be registered
    // twice.
    Runnable entry =
        new Runnable() {
          @Override
          public void run() {
            action.run();
          }
        };
    synchronized (this) {
      if (reason == null) {
        actions.add(entry);
        return () -> {
          synchronized (this) {
            actions.remove(entry);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /**
   * Ends the caller when cancelled.
   *
   * @throws InterruptedException when this node is cancelled
   */
  public void check() throws InterruptedException {
    if (isCancelled()) {
      throw new InterruptedException("cancelled: " + reason().orElseThrow());
    }
  }
}
