package dev.agent.session;

/**
 * Hears when a session can't be saved, and when it can again. Called on the writer's thread; must
 * return at once.
 */
@FunctionalInterface
public interface LogListener {
  /** A sentence for the person. Each change of state is told once. */
  void notice(String text);
}
