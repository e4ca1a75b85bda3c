package dev.agent.command;

import dev.agent.context.PromptExpander;
import dev.agent.runtime.Cancellation;

/**
 * What a command may use. Put together by a front-end for each run of a command.
 *
 * @param session what is known of the session
 * @param control what can be done with it
 * @param screen how things are shown
 * @param place where the session lives: directories, settings, programs
 * @param prompts attaches what prompts name
 * @param shell runs command lines of custom commands
 * @param commands all commands, for help
 * @param cancellation fires when the person gives the command up
 */
public record CommandContext(
    SessionFacts session,
    SessionControl control,
    Screen screen,
    Place place,
    PromptExpander prompts,
    CommandShell shell,
    Commands commands,
    Cancellation cancellation) {}
