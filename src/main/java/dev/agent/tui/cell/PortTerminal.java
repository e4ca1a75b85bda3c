package dev.agent.tui.cell;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.AbstractTextGraphics;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.input.InputProvider;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.terminal.ExtendedTerminal;
import com.googlecode.lanterna.terminal.MouseCaptureMode;
import com.googlecode.lanterna.terminal.TerminalResizeListener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A port as Lanterna's terminal. Single calls gather bytes until {@link #flush}; {@link
 * PackedScreen} writes whole frames past them. Keys come from whoever decodes the port's bytes. For
 * one thread.
 */
public final class PortTerminal implements ExtendedTerminal {
  private final TerminalPort port;
  private final InputProvider keys;
  private final List<TerminalMode> modes;
  private final Bytes pending = new Bytes();
  private final Pools pools = new Pools();
  private final Pen pen;
  private final List<TerminalResizeListener> listeners = new CopyOnWriteArrayList<>();
  private Style style = Style.PLAIN;
  private TerminalPosition cursor = TerminalPosition.TOP_LEFT_CORNER;

  /**
   * @param keys decodes what the port reads
   * @param modes what private mode means, in the order of switching on
   */
  public PortTerminal(
      TerminalPort port, InputProvider keys, Capabilities capabilities, List<TerminalMode> modes) {
    this.port = port;
    this.keys = keys;
    this.modes = List.copyOf(modes);
    this.pen = new Pen(capabilities);
  }

  /** Enters private mode and shows a first frame, in one write. */
  void start(Bytes first) throws IOException {
    port.start(modes, first);
  }

  /** Writes a frame, in one write. */
  void write(Bytes frame) throws IOException {
    port.write(frame);
  }

  /** Tells the listeners that the size may have changed. */
  public void resized() {
    TerminalSize size = getTerminalSize();
    listeners.forEach(listener -> listener.onResized(this, size));
  }

  @Override
  public void enterPrivateMode() throws IOException {
    start(new Bytes());
  }

  @Override
  public void exitPrivateMode() {
    port.restore();
  }

  @Override
  public void clearScreen() {
    pen.use(0, pools, pending);
    pending.ascii("\33[2J");
  }

  @Override
  public void setCursorPosition(int column, int row) {
    cursor = new TerminalPosition(column, row);
    pending.ascii("\33[").number(Math.max(0, row) + 1).put(';');
    pending.number(Math.max(0, column) + 1).put('H');
  }

  @Override
  public void setCursorPosition(TerminalPosition position) {
    setCursorPosition(position.getColumn(), position.getRow());
  }

  /** Where the cursor was put last, and what was written since moved it. */
  @Override
  public TerminalPosition getCursorPosition() {
    return cursor;
  }

  @Override
  public void setCursorVisible(boolean visible) {
    pending.ascii(visible ? "\33[?25h" : "\33[?25l");
  }

  @Override
  public void putCharacter(char character) {
    putString(String.valueOf(character));
  }

  @Override
  public void putString(String text) {
    String shown = Cells.visible(text);
    pen.use(pools.style(style), pools, pending);
    pending.text(shown);
    cursor = cursor.withRelativeColumn(Cells.width(shown));
  }

  @Override
  public TextGraphics newTextGraphics() {
    return new AbstractTextGraphics() {
      @Override
      public TextGraphics setCharacter(int column, int row, TextCharacter character) {
        Style kept = style;
        PortTerminal.this.setCursorPosition(column, row);
        style = LanternaStyles.style(character);
        PortTerminal.this.putString(character.getCharacterString());
        style = kept;
        return this;
      }

      // A terminal does not say what it shows.
      @Override
      public @Nullable TextCharacter getCharacter(int column, int row) {
        return null;
      }

      @Override
      public TerminalSize getSize() {
        return getTerminalSize();
      }
    };
  }

  @Override
  public void enableSGR(SGR modifier) {
    style = style.plus(LanternaStyles.flag(modifier));
  }

  @Override
  public void disableSGR(SGR modifier) {
    int flags = style.flags() & ~LanternaStyles.flag(modifier);
    style = new Style(style.foreground(), style.background(), style.underline(), flags);
  }

  @Override
  public void resetColorAndSGR() {
    style = Style.PLAIN;
  }

  @Override
  public void setForegroundColor(TextColor color) {
    style = style.with(LanternaStyles.color(color));
  }

  @Override
  public void setBackgroundColor(TextColor color) {
    style = style.on(LanternaStyles.color(color));
  }

  @Override
  public void addResizeListener(TerminalResizeListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeResizeListener(TerminalResizeListener listener) {
    listeners.remove(listener);
  }

  @Override
  public TerminalSize getTerminalSize() {
    port.measure();
    return new TerminalSize(port.columns(), port.rows());
  }

  /** No answer: hardly any terminal gives one, and waiting would take keys from the decoder. */
  @Override
  public byte[] enquireTerminal(int timeout, TimeUnit unit) {
    return new byte[0];
  }

  @Override
  public void bell() {
    pending.put(7);
  }

  @Override
  public void flush() throws IOException {
    port.write(pending);
    pending.clear();
  }

  @Override
  public void close() {
    port.end();
  }

  @Override
  public @Nullable KeyStroke pollInput() throws IOException {
    return keys.pollInput();
  }

  @Override
  public KeyStroke readInput() throws IOException {
    return keys.readInput();
  }

  @Override
  public void setTerminalSize(int columns, int rows) {
    pending.ascii("\33[8;").number(rows).put(';').number(columns).put('t');
  }

  @Override
  public void setTitle(String title) {
    pending.ascii("\33]0;").text(Cells.visible(title).replace('\n', ' ').replace('\t', ' '));
    pending.put(7);
  }

  @Override
  public void pushTitle() throws IOException {
    port.enable(TerminalMode.TITLE);
  }

  @Override
  public void popTitle() throws IOException {
    port.disable(TerminalMode.TITLE);
  }

  @Override
  public void iconify() {
    pending.ascii("\33[2t");
  }

  @Override
  public void deiconify() {
    pending.ascii("\33[1t");
  }

  @Override
  public void maximize() {
    pending.ascii("\33[9;1t");
  }

  @Override
  public void unmaximize() {
    pending.ascii("\33[9;0t");
  }

  /** Any mode means buttons, drags and the wheel; bare motion is never asked for. */
  @Override
  public void setMouseCaptureMode(@Nullable MouseCaptureMode mode) throws IOException {
    if (mode == null) {
      port.disable(TerminalMode.MOUSE);
    } else {
      port.enable(TerminalMode.MOUSE);
    }
  }

  @Override
  public void scrollLines(int firstLine, int lastLine, int distance) {
    if (distance == 0) {
      return;
    }
    pen.use(0, pools, pending);
    pending.ascii("\33[").number(firstLine + 1).put(';').number(lastLine + 1).put('r');
    pending.ascii("\33[").number(Math.abs(distance)).put(distance > 0 ? 'S' : 'T');
    pending.ascii("\33[r");
    setCursorPosition(cursor);
  }
}
