package dev.agent.command;

import dev.agent.permission.Rule;
import dev.agent.runtime.Cancellation;
import java.util.List;

/**
 * Runs a command line that stands in a custom command: as a Bash call of the model would run, with
 * hooks, permission rules, questions and the sandbox.
 */
@FunctionalInterface
public interface CommandShell {
  /**
   * Runs a line to its end. Blocks.
   *
   * @param allowed permission rules that allow, for this line only
   * @throws InterruptedException when cancelled
   */
  Answer run(String line, List<Rule> allowed, Cancellation cancellation)
      throws InterruptedException;

  /** What came of it. */
  sealed interface Answer {
    /** It ran; {@code output} as the model would see it, a failure's exit code included. */
    record Ran(String output, boolean failed) implements Answer {}

    /** It was not run. */
    record Denied(String reason) implements Answer {}
  }
}
