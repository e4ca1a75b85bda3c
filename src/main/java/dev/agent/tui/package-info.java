/**
 * The terminal UI's engine: {@link dev.agent.tui.UiLoop} is the one thread that owns the screen,
 * {@link dev.agent.tui.FrameWriter} takes its frames to the terminal. What is drawn lives in the
 * packages below, what it is drawn from in the modes.
 */
@NullMarked
package dev.agent.tui;

import org.jspecify.annotations.NullMarked;
