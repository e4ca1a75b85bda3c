package dev.agent.mode.interactive;

import dev.agent.command.CommandShell;
import dev.agent.command.Commands;
import dev.agent.command.Place;
import dev.agent.context.Instructions.InstructionFile;
import dev.agent.context.PromptExpander;
import dev.agent.hook.HookSettings;
import dev.agent.model.Catalog;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.permission.ScopedPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What slash commands find around a session.
 *
 * @param commands those of this place
 * @param place directories, settings, programs
 * @param prompts attaches what prompts name
 * @param shell runs command lines of custom commands
 * @param catalog the models that are known
 * @param policy the permission rules that count
 * @param hooks that count; empty when there are none
 * @param systemPrompt as it is sent
 * @param instructions the files that were sent at the beginning
 * @param journal the session's file; empty when nothing is kept
 */
public record Workplace(
    Commands commands,
    Place place,
    PromptExpander prompts,
    CommandShell shell,
    Catalog catalog,
    ScopedPolicy policy,
    Supplier<Optional<HookSettings>> hooks,
    Supplier<List<SystemText>> systemPrompt,
    List<InstructionFile> instructions,
    Optional<Path> journal) {
  public Workplace {
    instructions = List.copyOf(instructions);
  }
}
