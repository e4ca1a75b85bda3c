package dev.agent.tui.cell;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TabBehaviour;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lanterna's screen on packed cells: the same painting, but a refresh is one comparison of arrays
 * and one write. Who draws rows paints them into {@link #buffer} directly. For one thread.
 */
public final class PackedScreen implements Screen {
  private final PortTerminal terminal;
  private final CellScreen cells;
  private final LongSupplier nanos;
  private TabBehaviour tabs = TabBehaviour.ALIGN_TO_COLUMN_4;
  private @Nullable TerminalPosition cursor = TerminalPosition.TOP_LEFT_CORNER;
  private boolean isStarted;

  /**
   * @param nanos the time, on any clock that runs evenly
   */
  public PackedScreen(PortTerminal terminal, Capabilities capabilities, LongSupplier nanos) {
    TerminalSize size = terminal.getTerminalSize();
    this.terminal = terminal;
    this.cells = new CellScreen(size.getColumns(), size.getRows(), capabilities);
    this.nanos = nanos;
  }

  /** Where rows are painted. Another one after {@link #doResizeIfNecessary}. */
  public CellBuffer buffer() {
    return cells.buffer();
  }

  /** What is known of the terminal; may be replaced when it has answered. */
  public CellScreen cells() {
    return cells;
  }

  /** Takes the terminal and shows what has been painted so far, in one write. */
  @Override
  public void startScreen() throws IOException {
    if (!isStarted) {
      isStarted = true;
      cells.isCleared();
      terminal.start(frame());
    }
  }

  @Override
  public void stopScreen() {
    if (isStarted) {
      isStarted = false;
      terminal.exitPrivateMode();
    }
  }

  @Override
  public void close() {
    isStarted = false;
    terminal.close();
  }

  @Override
  public void clear() {
    CellBuffer buffer = buffer();
    buffer.fill(0, 0, buffer.columns(), buffer.rows(), Style.PLAIN);
  }

  @Override
  public @Nullable TerminalPosition getCursorPosition() {
    return cursor;
  }

  /** Null hides the cursor. */
  @Override
  public void setCursorPosition(@Nullable TerminalPosition position) {
    cursor = position;
  }

  @Override
  public TabBehaviour getTabBehaviour() {
    return tabs;
  }

  @Override
  public void setTabBehaviour(TabBehaviour behaviour) {
    tabs = behaviour;
  }

  @Override
  public TerminalSize getTerminalSize() {
    return new TerminalSize(buffer().columns(), buffer().rows());
  }

  @Override
  public void setCharacter(int column, int row, TextCharacter character) {
    if (character.is('\t')) {
      String blanks = tabs.getTabReplacement(column);
      buffer().paint(blanks, LanternaStyles.style(character), column, row, blanks.length());
    } else {
      new CellGraphics(buffer()).setCharacter(column, row, character);
    }
  }

  @Override
  public void setCharacter(TerminalPosition position, TextCharacter character) {
    setCharacter(position.getColumn(), position.getRow(), character);
  }

  @Override
  public TextGraphics newTextGraphics() {
    CellGraphics graphics = new CellGraphics(buffer());
    graphics.setTabBehaviour(tabs);
    return graphics;
  }

  @Override
  public TextCharacter getFrontCharacter(int column, int row) {
    return LanternaStyles.character(cells.shownText(column, row), cells.shownStyle(column, row));
  }

  @Override
  public TextCharacter getFrontCharacter(TerminalPosition position) {
    return getFrontCharacter(position.getColumn(), position.getRow());
  }

  @Override
  public TextCharacter getBackCharacter(int column, int row) {
    return new CellGraphics(buffer()).getCharacter(column, row);
  }

  @Override
  public TextCharacter getBackCharacter(TerminalPosition position) {
    return getBackCharacter(position.getColumn(), position.getRow());
  }

  @Override
  public void refresh() throws IOException {
    refresh(RefreshType.AUTOMATIC);
  }

  @Override
  public void refresh(RefreshType type) throws IOException {
    if (type == RefreshType.COMPLETE) {
      cells.repaint();
    }
    if (isStarted) {
      terminal.write(frame());
    }
  }

  private Bytes frame() {
    TerminalPosition place = cursor;
    if (place == null) {
      cells.hideCursor();
    } else {
      cells.cursor(place.getColumn(), place.getRow(), CursorShape.DEFAULT);
    }
    return cells.frame(nanos.getAsLong());
  }

  /** The new size if there is one; what was painted stays where both sizes have it. */
  @Override
  public @Nullable TerminalSize doResizeIfNecessary() {
    TerminalSize size = terminal.getTerminalSize();
    if (size.equals(getTerminalSize())) {
      return null;
    }
    cells.resize(size.getColumns(), size.getRows());
    return size;
  }

  @Override
  public void scrollLines(int firstLine, int lastLine, int distance) {
    CellBuffer buffer = buffer();
    int height = lastLine - firstLine + 1;
    int moved = Math.min(Math.abs(distance), height);
    int from = distance > 0 ? firstLine + moved : firstLine;
    int to = distance > 0 ? firstLine : firstLine + moved;
    buffer.blit(buffer, 0, from, buffer.columns(), height - moved, 0, to);
    int vacated = distance > 0 ? lastLine + 1 - moved : firstLine;
    buffer.fill(0, vacated, buffer.columns(), moved, Style.PLAIN);
  }

  @Override
  public @Nullable KeyStroke pollInput() throws IOException {
    return terminal.pollInput();
  }

  @Override
  public KeyStroke readInput() throws IOException {
    return terminal.readInput();
  }
}
