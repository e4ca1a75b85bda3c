/**
 * Child processes: the only place that starts them. {@link dev.agent.process.Processes} starts,
 * {@link dev.agent.process.RunningProcess} is one command with its time limit, its output and its
 * end, {@link dev.agent.process.BackgroundShells} keeps those that run beside the conversation.
 *
 * <p>Invariants: every child runs in a session of its own without terminal or input, carries our
 * marker in its environment, and is ended with all its descendants; memory is bounded whatever it
 * prints; our own secrets are not in its environment.
 */
@NullMarked
package dev.agent.process;

import org.jspecify.annotations.NullMarked;
