package dev.agent.command;

import dev.agent.runtime.UserError;
import java.util.List;

/**
 * Something that a person can ask for with a line that begins with a slash. Implementations have no
 * state of their own; whatever lasts belongs to the session.
 */
public interface SlashCommand {
  /** Names, summary and kind. Always the same value. */
  CommandInfo info();

  /**
   * Does what it is for. May block (a model is asked, a program runs): front-ends call it on a
   * thread of its own, never on the one that draws.
   *
   * @param arguments what stands behind the name, stripped; empty when nothing does
   * @throws UserError when it can't be done: what is wrong and what to do, shown as it is
   * @throws InterruptedException when cancelled
   */
  CommandResult run(String arguments, CommandContext context) throws InterruptedException;

  /** What may stand behind the name, for completion; empty when anything may. Quick. */
  default List<Choice> choices(CommandContext context) {
    return List.of();
  }

  /**
   * One possible argument.
   *
   * @param value what is typed
   * @param description one line; may be empty
   */
  record Choice(String value, String description) {}
}
