package dev.agent.mode;

import dev.agent.loop.AgentEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Passes events on to all listeners, in the order in which these came. Thread-safe; a listener
 * joins at any time.
 */
public final class EventHub implements Consumer<AgentEvent> {
  private final List<Consumer<AgentEvent>> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener. */
  public void listen(Consumer<AgentEvent> listener) {
    listeners.add(listener);
  }

  @Override
  public void accept(AgentEvent event) {
    for (Consumer<AgentEvent> listener : listeners) {
      listener.accept(event);
    }
  }
}
