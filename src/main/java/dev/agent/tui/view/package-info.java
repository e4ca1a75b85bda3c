/**
 * What the screen shows, as data: the {@link dev.agent.tui.view.Transcript} of blocks that {@link
 * dev.agent.tui.view.TranscriptFeed} makes of agent events, and the parts around it, each as rows
 * for a width. Nothing here knows a terminal, a clock or a thread: the UI thread owns every object,
 * and time comes with the call.
 */
@NullMarked
package dev.agent.tui.view;

import org.jspecify.annotations.NullMarked;
