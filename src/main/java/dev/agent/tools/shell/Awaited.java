package dev.agent.tools.shell;

import dev.agent.process.BackgroundShells;
import dev.agent.process.RunningProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A command that a call waits for until it ends, its time is over, or the person lets it go on in
 * the background: then its further output is collected for whoever asks. Thread-safe.
 */
final class Awaited implements Consumer<String> {
  private final Consumer<String> progress;
  private final BackgroundShells.Inbox inbox = new BackgroundShells.Inbox();
  private final CompletableFuture<End> end = new CompletableFuture<>();

  /** Why nobody waits any more. */
  enum End {
    ENDED,
    TIMED_OUT,
    LET_GO
  }

  /**
   * @param progress hears the output while the call waits
   */
  Awaited(Consumer<String> progress) {
    this.progress = progress;
  }

  @Override
  public void accept(String text) {
    if (isLetGo()) {
      inbox.accept(text);
    } else {
      progress.accept(text);
    }
  }

  void letGo() {
    end.complete(End.LET_GO);
  }

  boolean isLetGo() {
    return end.getNow(End.ENDED) == End.LET_GO;
  }

  BackgroundShells.Inbox inbox() {
    return inbox;
  }

  /** Waits; what came first counts. */
  End until(RunningProcess process, Duration limit) throws InterruptedException {
    process.onExit(() -> end.complete(End.ENDED));
    try {
      return end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return end.complete(End.TIMED_OUT) ? End.TIMED_OUT : end.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing fails the wait", e);
    }
  }
}
