package dev.agent.mode.print;

import dev.agent.loop.AgentEvent;
import java.util.function.Consumer;

/**
 * One of the formats. Hears all events from any thread; {@link #result} comes once per turn, from
 * the thread of the mode.
 */
interface Output extends Consumer<AgentEvent> {
  /** A turn begins. */
  void begin();

  /** A turn ended. */
  void result(TurnResult result);
}
