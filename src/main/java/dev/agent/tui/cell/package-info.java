/**
 * What a terminal shows, as packed cells. {@link dev.agent.tui.cell.Row} is the vocabulary of those
 * who draw: text with styles; everything below it (cells, pools, differences, bytes) is known here
 * only. {@link dev.agent.tui.cell.CellScreen} makes the bytes of a frame, {@link
 * dev.agent.tui.cell.TerminalPort} owns the terminal, {@link dev.agent.tui.cell.PackedScreen} is
 * both for those who speak Lanterna.
 *
 * <p>Deliberately absent: reading keys ({@code tui.input}), wrapping of anything but words ({@code
 * tui.markup}), and a clock.
 */
@NullMarked
package dev.agent.tui.cell;

import org.jspecify.annotations.NullMarked;
