package dev.agent.tools.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that makes more work, shared by several threads until there is none left. What came last is
 * done first, so that little waits at any time. Any thread.
 *
 * @param <T> a piece of work
 */
final class Frontier<T> {
  private final Deque<T> waiting = new ArrayDeque<>();
  private int unfinished = 1;
  private @Nullable Throwable failure;

  Frontier(T first) {
    waiting.push(first);
  }

  /**
   * Runs workers, each on a thread of its own, until no work is left; blocks. An interrupt ends the
   * work early and stays set; what a worker throws ends it too and is thrown here.
   *
   * @param workers makes a worker, on its thread; it calls {@link #take} until that gives null
   */
  void work(int threads, Supplier<Runnable> workers) {
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofPlatform()
              .name("search-" + i)
              .daemon()
              .start(
                  () -> {
                    try {
                      workers.get().run();
                    } catch (RuntimeException | Error e) {
                      fail(e);
                    }
                  }));
    }
    boolean interrupted = false;
    for (Thread thread : running) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          end();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow();
  }

  /** The next piece; waits for it; null when nothing is left to do. */
  synchronized @Nullable T take() {
    while (waiting.isEmpty() && unfinished > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        end(); // nobody interrupts these threads but to end them
      }
    }
    return waiting.poll();
  }

  /** Ends a piece that was taken; what it made comes next. */
  synchronized void done(List<T> more) {
    if (unfinished == 0) {
      return; // ended from outside
    }
    unfinished += more.size() - 1;
    for (T piece : more) {
      waiting.push(piece);
    }
    if (more.size() > 1 || unfinished == 0) {
      notifyAll();
    }
  }

  /** Leaves undone what waits. */
  synchronized void end() {
    unfinished = 0;
    waiting.clear();
    notifyAll();
  }

  private synchronized void fail(Throwable thrown) {
    failure = failure == null ? thrown : failure;
    end();
  }

  private synchronized void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
