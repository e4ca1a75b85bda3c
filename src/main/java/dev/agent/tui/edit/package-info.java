/**
 * Writing text: {@link dev.agent.tui.edit.TextEditor} holds text, cursor and what undo needs;
 * {@link dev.agent.tui.edit.VimMode} works on it; {@link dev.agent.tui.edit.Composer} is the whole
 * field in which prompts are written, with history and completion, and answers each event with an
 * {@link dev.agent.tui.edit.Outcome}. Nothing here draws on a screen, reads a file or knows the
 * time; one thread owns each object.
 */
@NullMarked
package dev.agent.tui.edit;

import org.jspecify.annotations.NullMarked;
