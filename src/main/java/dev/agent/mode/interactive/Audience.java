package dev.agent.mode.interactive;

import dev.agent.loop.AgentEvent;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who hears what happens in a session. Thread-safe. */
final class Audience {
  private final List<Consumer<InteractiveEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Queue<InteractiveEvent> untold = new ConcurrentLinkedQueue<>();

  /** Adds a listener; it hears what nobody could be told before, and what happens from now on. */
  Controller.Listening listen(Consumer<InteractiveEvent> listener) {
    listeners.add(listener);
    for (var event = untold.poll(); event != null; event = untold.poll()) {
      listener.accept(event);
    }
    return () -> listeners.remove(listener);
  }

  /** Tells all listeners. */
  void publish(InteractiveEvent event) {
    for (Consumer<InteractiveEvent> listener : listeners) {
      listener.accept(event);
    }
  }

  /** Tells the person something; while nobody listens, that waits for who does next. */
  void tell(AgentEvent.Level level, String text) {
    InteractiveEvent.Told told = new InteractiveEvent.Told(level, text);
    if (listeners.isEmpty()) {
      untold.add(told);
    } else {
      publish(told);
    }
  }
}
