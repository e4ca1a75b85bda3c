package dev.agent.mode.interactive;

import dev.agent.runtime.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Questions that wait for the person, in the order in which they came. Thread-safe. */
final class Questions {
  private final Consumer<InteractiveEvent> events;
  private final AtomicLong count = new AtomicLong();
  private final List<Pending> pending = new ArrayList<>();

  private record Pending(Question question, CompletableFuture<Reply> reply) {}

  Questions(Consumer<InteractiveEvent> events) {
    this.events = events;
  }

  /**
   * Asks and waits.
   *
   * @param question makes the question from its number
   * @throws InterruptedException when cancelled
   */
  Reply ask(LongFunction<? extends Question> question, Cancellation cancellation)
      throws InterruptedException {
    Pending asked = new Pending(question.apply(count.incrementAndGet()), new CompletableFuture<>());
    synchronized (pending) {
      pending.add(asked);
    }
    try (var _ = cancellation.onCancel(() -> asked.reply().cancel(false))) {
      if (!asked.reply().isDone()) {
        events.accept(new InteractiveEvent.QuestionAsked(asked.question()));
      }
      return asked.reply().get();
    } catch (CancellationException e) {
      throw new InterruptedException("cancelled while a person was asked");
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing fails a reply", e);
    } finally {
      synchronized (pending) {
        pending.remove(asked);
      }
      events.accept(new InteractiveEvent.QuestionSettled(asked.question()));
    }
  }

  /** All that wait, the first one first. */
  List<Question> all() {
    synchronized (pending) {
      return pending.stream().map(Pending::question).toList();
    }
  }

  /** Answers a question; false when it waits no more. */
  boolean answer(Question question, Reply reply) {
    Optional<Pending> found;
    synchronized (pending) {
      found = pending.stream().filter(it -> it.question().id() == question.id()).findFirst();
    }
    return found.isPresent() && found.get().reply().complete(reply);
  }

  /** Answers those for which there is an answer by now. */
  void settle(Function<Question, Optional<Reply>> answers) {
    for (Question question : all()) {
      answers.apply(question).ifPresent(reply -> answer(question, reply));
    }
  }
}
