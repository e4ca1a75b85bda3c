/**
 * Every file access of the agent: {@link dev.agent.workspace.Workspace} resolves paths, {@link
 * dev.agent.workspace.TextFile} reads and writes without loss, {@link
 * dev.agent.workspace.ReadState} knows what the model has seen, {@link
 * dev.agent.workspace.FileHistory} can take edits back.
 *
 * <p>Invariants: nothing else in the agent writes to the user's files; a write is atomic, goes
 * through links to their target and keeps encoding, mode and line ends; devices, pipes and sockets
 * are never opened.
 */
@NullMarked
package dev.agent.workspace;

import org.jspecify.annotations.NullMarked;
