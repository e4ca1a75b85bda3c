/**
 * What a terminal shows, as packed cells. {@link dev.agent.tui.cell.Row} is the vocabulary of those
 * who draw: text with styles; everything below it (cells, pools, differences, bytes) is known here
 * only.
 */
@NullMarked
package dev.agent.tui.cell;

import org.jspecify.annotations.NullMarked;
