/**
 * The full screen: {@link dev.agent.mode.screen.FullScreen} draws an interactive session with the
 * packages of {@code tui} and passes on what the person does. Everything here belongs to the UI
 * thread unless it says otherwise; what the session does reaches it as posted events.
 */
@NullMarked
package dev.agent.mode.screen;

import org.jspecify.annotations.NullMarked;
