package dev.agent.hook;

/** Runs hooks of one kind. Thread-safe. */
@FunctionalInterface
public interface ActionRunner<A extends Handler.Action> {
  /**
   * Runs to the end, at most for the run's limit. Blocks.
   *
   * @throws InterruptedException when cancelled
   */
  HookAnswer run(A action, HookRun run) throws InterruptedException;
}
