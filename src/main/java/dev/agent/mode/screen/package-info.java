/**
 * Surfaces that draw: a {@link dev.agent.mode.screen.Stage} shows an interactive session with the
 * packages of {@code tui} and passes on what the person does. What lies on the {@link
 * dev.agent.mode.screen.Desk} comes onto the terminal by a {@link dev.agent.mode.screen.Face}: all
 * of the screen, or a region below what is printed. Everything here belongs to the UI thread unless
 * it says otherwise; what the session does reaches it as posted events.
 */
@NullMarked
package dev.agent.mode.screen;

import org.jspecify.annotations.NullMarked;
