/**
 * Slash commands: what a person can ask of the agent besides a prompt. {@link
 * dev.agent.command.Commands} lists the built-in ones, {@link dev.agent.command.CommandRouter}
 * finds the one that a line means, each is one {@link dev.agent.command.SlashCommand}.
 *
 * <p>Invariants: a command returns what is to happen or to be seen as data ({@link
 * dev.agent.command.CommandResult}, {@link dev.agent.command.Panel}) and draws nothing. What it
 * needs of the session comes through {@link dev.agent.command.CommandContext}, which front-ends
 * implement. A line that is no known command is never sent to the model by accident. Text of
 * projects that nobody trusts runs nothing.
 */
@NullMarked
package dev.agent.command;

import org.jspecify.annotations.NullMarked;
