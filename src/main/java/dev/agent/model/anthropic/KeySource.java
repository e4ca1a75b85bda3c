package dev.agent.model.anthropic;

/** Runs the command that prints a key; the process itself is another package's business. */
@FunctionalInterface
public interface KeySource {
  /**
   * What the command printed. Blocks.
   *
   * @throws dev.agent.runtime.UserError when it failed; the message never holds its output
   */
  String read() throws InterruptedException;
}
