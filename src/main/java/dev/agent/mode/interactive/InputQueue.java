package dev.agent.mode.interactive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What waits, most urgent first. Thread-safe. */
final class InputQueue {
  private final List<Queued> waiting = new ArrayList<>();

  /** Puts something behind all that is at least as urgent. */
  synchronized void add(Queued item) {
    int at = waiting.size();
    while (at > 0 && waiting.get(at - 1).priority().compareTo(item.priority()) > 0) {
      at--;
    }
    waiting.add(at, item);
  }

  synchronized List<Queued> all() {
    return List.copyOf(waiting);
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The most urgent one; empty when nothing waits. */
  synchronized Optional<Queued> take() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
  }

  /**
   * The messages at the front that may join a turn which is running: up to the first that has to
   * wait, or that is no message.
   */
  synchronized List<UserInput> takeSteering() {
    List<UserInput> inputs = new ArrayList<>();
    while (!waiting.isEmpty()
        && waiting.getFirst() instanceof Queued.Message(UserInput input, Queued.Priority priority)
        && priority != Queued.Priority.LATER) {
      inputs.add(input);
      waiting.removeFirst();
    }
    return inputs;
  }

  /** Takes everything back that a person wrote; operations stay. */
  synchronized List<Queued> takeBack() {
    Predicate<Queued> written = item -> !(item instanceof Queued.Operation);
    List<Queued> back = waiting.stream().filter(written).toList();
    waiting.removeIf(written);
    return back;
  }
}
