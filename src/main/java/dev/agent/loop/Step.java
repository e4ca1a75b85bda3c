package dev.agent.loop;

/** What one round of the loop came to. */
public sealed interface Step {

  /** Go round again from here. */
  record GoOn(TurnState next) implements Step {}

  /**
   * The run is over; {@code end} is where it stands, always a conversation that can be gone on
   * with.
   */
  record Stop(TurnState end, Outcome outcome) implements Step {}
}
