package dev.agent.tui.cell;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.AbstractTextGraphics;
import com.googlecode.lanterna.graphics.TextGraphics;

/**
 * Lanterna's way to draw, on packed cells: lines, rectangles, styled strings. What lies outside of
 * the buffer is left out. For one thread.
 */
public final class CellGraphics extends AbstractTextGraphics {
  private final CellBuffer buffer;

  /** Draws into a buffer. */
  public CellGraphics(CellBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public TextGraphics setCharacter(int column, int row, TextCharacter character) {
    if (column >= 0 && column < buffer.columns()) {
      String text = character.getCharacterString();
      int width = Cells.width(text);
      buffer.paint(text, LanternaStyles.style(character), column, row, width);
    }
    return this;
  }

  @Override
  public TextCharacter getCharacter(int column, int row) {
    return LanternaStyles.character(buffer.textAt(column, row), buffer.styleAt(column, row));
  }

  @Override
  public TerminalSize getSize() {
    return new TerminalSize(buffer.columns(), buffer.rows());
  }
}
