/**
 * From bytes to meaning: the decoder makes {@link dev.agent.tui.input.InputEvent}s of what the
 * terminal sends, the keymap makes {@link dev.agent.tui.input.Action}s of keys.
 */
@NullMarked
package dev.agent.tui.input;

import org.jspecify.annotations.NullMarked;
