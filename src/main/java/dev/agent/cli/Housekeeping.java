package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.process.Leftovers;
import dev.agent.session.Cleaning;
import dev.agent.session.Retention;
import dev.agent.workspace.CommandJudge;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What a run does beside its work, once the first part of an answer is there: the start has no time
 * for it.
 */
final class Housekeeping implements AutoCloseable {
  /** How long the end of a run waits for a clean-up that goes on; there is one a day at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RunBasis run;
  private final CompletableFuture<Void> cleaned = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  Housekeeping(RunBasis run) {
    this.run = run;
  }

  /**
   * Listens for the first part: then what killed agents left behind is ended, what judging commands
   * takes is read, and old sessions are removed.
   */
  Consumer<AgentEvent> afterTheFirstBlock(boolean commands) {
    return event -> {
      if (event instanceof AgentEvent.BlockCompleted && !begun.getAndSet(true)) {
        Thread.ofVirtual().name("leftovers").start(Leftovers::sweep);
        Thread.ofVirtual().name("clean-up").start(this::clean);
        if (commands) {
          // Whatever goes wrong there goes wrong again at the first command, and is told then.
          Thread.ofVirtual()
              .name("command facts")
              .uncaughtExceptionHandler((_, _) -> {})
              .start(CommandJudge::warmUp);
        }
      }
    };
  }

  private void clean() {
    try {
      // Runs that shall leave no trace remove none either.
      if (run.launch().persist() && !run.launch().readOnly()) {
        new Cleaning(run.places().data(), run.setup().sessions(), run.world().time())
            .run(
                run.live().current().number("cleanupPeriodDays").orElse(Retention.DEFAULT_DAYS),
                this::tell);
      }
    } finally {
      cleaned.complete(null);
    }
  }

  /** Nothing is printed behind the result of a run that nobody sits in front of. */
  private void tell(String text) {
    if (run.person().present()) {
      run.events().accept(new AgentEvent.Notice(AgentEvent.Level.INFO, text));
    }
  }

  @Override
  public void close() {
    if (!begun.get()) {
      return;
    }
    try {
      cleaned.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // the next run goes on with it
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it is only ever completed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
