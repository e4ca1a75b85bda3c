/**
 * What takes the composer's place: questions with few answers, lists to pick from, panels to read.
 * A {@link dev.agent.tui.dialog.Dialog} is a state machine: {@link dev.agent.tui.dialog.Input} goes
 * in, a {@link dev.agent.tui.dialog.Step} comes out, and rows can be drawn at any size at any time.
 * {@link dev.agent.tui.dialog.Armed} keeps keys that were meant for something else from answering.
 * Nothing here touches files, threads or clocks; what a dialog shows is handed in, what was decided
 * is handed back. Owned by the UI thread.
 */
@NullMarked
package dev.agent.tui.dialog;

import org.jspecify.annotations.NullMarked;
