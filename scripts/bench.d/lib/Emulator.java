import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a terminal would show: characters with their styles. Knows the sequences that full-screen
 * programs send; every character takes one cell, so texts with wide ones don't belong on it. Its
 * owner guards it.
 */
final class Emulator {
  private static final int TEXT = 0;
  private static final int ESCAPE = 1;
  private static final int CSI = 2;
  private static final int STRING = 3;
  private static final int STRING_ESCAPE = 4;
  private static final int CHARSET = 5;

  private int columns;
  private int rows;
  private int[] glyphs;
  private long[] styles;
  private int x;
  private int y;
  private int top;
  private int bottom;
  private boolean wraps = true;
  private boolean wrapPending;
  private long style;
  private int state;
  private final StringBuilder parameters = new StringBuilder();
  private final byte[] partial = new byte[4];
  private int partialLength;
  private int partialWanted;
  private long frames;

  Emulator(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    this.bottom = rows - 1;
    this.glyphs = new int[columns * rows];
    this.styles = new long[columns * rows];
    Arrays.fill(glyphs, ' ');
  }

  /** How many frames in synchronisation brackets came. */
  long frames() {
    return frames;
  }

  int cursorRow() {
    return y;
  }

  /** A row's text without the blanks at its end. */
  String row(int row) {
    if (row < 0 || row >= rows) {
      return "";
    }
    StringBuilder text = new StringBuilder(columns);
    for (int i = 0; i < columns; i++) {
      text.appendCodePoint(glyphs[row * columns + i]);
    }
    return text.toString().stripTrailing();
  }

  /** Whether a text stands in one of the rows. */
  boolean contains(String text) {
    for (int row = rows - 1; row >= 0; row--) {
      if (row(row).contains(text)) {
        return true;
      }
    }
    return false;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append(row(row)).append('\n');
    }
    return text.toString();
  }

  /** Characters, styles and the cursor: equal pictures look the same. */
  String picture() {
    StringBuilder text = new StringBuilder(text());
    for (int row = 0; row < rows; row++) {
      long last = -1;
      text.append(row).append(':');
      for (int i = 0; i < columns; i++) {
        int at = row * columns + i;
        long present = styles[at];
        // The foreground of a blank can't be seen.
        present = glyphs[at] == ' ' && (present >>> 59) == 0 ? present & 0xFFFFFFFL << 28 : present;
        if (present != last) {
          text.append(' ').append(i).append('=').append(Long.toHexString(present));
          last = present;
        }
      }
      text.append('\n');
    }
    return text.append(x).append(',').append(y).toString();
  }

  /** Another size, with what both have. */
  void resize(int newColumns, int newRows) {
    int[] oldGlyphs = glyphs;
    long[] oldStyles = styles;
    glyphs = new int[newColumns * newRows];
    styles = new long[newColumns * newRows];
    Arrays.fill(glyphs, ' ');
    int width = Math.min(columns, newColumns);
    for (int row = 0; row < Math.min(rows, newRows); row++) {
      System.arraycopy(oldGlyphs, row * columns, glyphs, row * newColumns, width);
      System.arraycopy(oldStyles, row * columns, styles, row * newColumns, width);
    }
    columns = newColumns;
    rows = newRows;
    top = 0;
    bottom = rows - 1;
    moveTo(x, y);
  }

  void feed(byte[] data, int count) {
    for (int i = 0; i < count; i++) {
      feed(data[i] & 0xFF);
    }
  }

  private void feed(int b) {
    switch (state) {
      case TEXT -> text(b);
      case ESCAPE -> escape(b);
      case CSI -> {
        if (b >= 0x40 && b <= 0x7E) {
          state = TEXT;
          sequence(b);
        } else {
          parameters.append((char) b);
        }
      }
      case STRING -> state = b == 7 ? TEXT : b == 27 ? STRING_ESCAPE : STRING;
      case STRING_ESCAPE -> state = TEXT;
      default -> state = TEXT;
    }
  }

  private void escape(int b) {
    parameters.setLength(0);
    state =
        switch (b) {
          case '[' -> CSI;
          case ']', 'P', '_', '^' -> STRING;
          case '(', ')' -> CHARSET;
          default -> TEXT;
        };
  }

  private void text(int b) {
    if (partialWanted > 0) {
      partial[partialLength++] = (byte) b;
      if (partialLength == partialWanted) {
        partialWanted = 0;
        print(new String(partial, 0, partialLength, StandardCharsets.UTF_8).codePointAt(0));
      }
    } else if (b >= 0xC0) {
      partial[0] = (byte) b;
      partialLength = 1;
      partialWanted = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
    } else if (b >= ' ') {
      print(b);
    } else if (b == 27) {
      state = ESCAPE;
    } else if (b == '\r') {
      moveTo(0, y);
    } else if (b == '\n') {
      lineFeed();
    } else if (b == '\b') {
      moveTo(x - 1, y);
    } else if (b == '\t') {
      moveTo((x / 8 + 1) * 8, y);
    }
  }

  private void lineFeed() {
    wrapPending = false;
    if (y == bottom) {
      scroll(1);
    } else {
      moveTo(x, y + 1);
    }
  }

  private void print(int codePoint) {
    if (wrapPending && wraps) {
      x = 0;
      lineFeed();
    }
    wrapPending = false;
    glyphs[y * columns + x] = codePoint;
    styles[y * columns + x] = style;
    if (x == columns - 1) {
      wrapPending = true;
    } else {
      x++;
    }
  }

  private void moveTo(int column, int row) {
    x = Math.clamp(column, 0, columns - 1);
    y = Math.clamp(row, 0, rows - 1);
    wrapPending = false;
  }

  private void sequence(int last) {
    String all = parameters.toString();
    if (all.startsWith("?")) {
      if (all.equals("?2026") && last == 'h') {
        frames++;
      } else if (all.equals("?7")) {
        wraps = last == 'h';
      } else if (all.equals("?1049")) {
        erase(0, columns * rows);
        moveTo(0, 0);
      }
      return;
    }
    if (!all.isEmpty() && (all.charAt(0) > ';' || all.endsWith(" "))) {
      return;
    }
    int first = parameter(all, 0);
    int count = Math.max(1, first);
    switch (last) {
      case 'A' -> moveTo(x, y - count);
      case 'B' -> moveTo(x, y + count);
      case 'C' -> moveTo(x + count, y);
      case 'D' -> moveTo(x - count, y);
      case 'G' -> moveTo(count - 1, y);
      case 'd' -> moveTo(x, count - 1);
      case 'H', 'f' -> moveTo(Math.max(1, parameter(all, 1)) - 1, count - 1);
      case 'J' ->
          erase(
              first == 0 ? y * columns + x : 0, first == 1 ? y * columns + x + 1 : columns * rows);
      case 'K' ->
          erase(y * columns + (first == 0 ? x : 0), y * columns + (first == 1 ? x + 1 : columns));
      case 'X' -> erase(y * columns + x, y * columns + Math.min(columns, x + count));
      case 'S' -> scroll(count);
      case 'T' -> scroll(-count);
      case 'r' -> {
        top = Math.clamp(count - 1, 0, rows - 1);
        int to = parameter(all, 1);
        bottom = to == 0 ? rows - 1 : Math.clamp(to - 1, top, rows - 1);
        moveTo(0, 0);
      }
      case 'm' -> style(all);
      default -> {}
    }
  }

  private void erase(int from, int to) {
    Arrays.fill(glyphs, from, to, ' ');
    Arrays.fill(styles, from, to, style & 0xFFFFFFFL << 28);
  }

  private void scroll(int by) {
    int lines = bottom - top + 1;
    int distance = Math.clamp(by, -lines, lines);
    int from = top * columns;
    int kept = (lines - Math.abs(distance)) * columns;
    int moved = Math.abs(distance) * columns;
    if (distance > 0) {
      System.arraycopy(glyphs, from + moved, glyphs, from, kept);
      System.arraycopy(styles, from + moved, styles, from, kept);
      erase(from + kept, from + kept + moved);
    } else {
      System.arraycopy(glyphs, from, glyphs, from + moved, kept);
      System.arraycopy(styles, from, styles, from + moved, kept);
      erase(from, from + moved);
    }
  }

  /** Bits 0 to 27 foreground, 28 to 55 background, from 56 on flags; 0 is the terminal's own. */
  private void style(String all) {
    String[] parts = all.isEmpty() ? new String[] {"0"} : all.split(";", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (part.contains(":")) {
        String[] inner = part.split(":");
        switch (inner[0]) {
          case "38" -> color(0, extended(inner, 1).color);
          case "48" -> color(28, extended(inner, 1).color);
          case "4" -> style |= 1L << 59;
          default -> {}
        }
        continue;
      }
      int code = part.isEmpty() ? 0 : Integer.parseInt(part);
      if (code == 38 || code == 48 || code == 58) {
        Extended read = extended(parts, i + 1);
        i += read.taken;
        if (code != 58) {
          color(code == 38 ? 0 : 28, read.color);
        }
      } else {
        simple(code);
      }
    }
  }

  private record Extended(long color, int taken) {}

  private static Extended extended(String[] parts, int at) {
    if (at < parts.length && parts[at].equals("5")) {
      return new Extended(0x1000100L | Integer.parseInt(parts[at + 1]), 2);
    }
    int first = at + 1 < parts.length && parts[at + 1].isEmpty() ? at + 2 : at + 1;
    long color = 0x2000000L;
    for (int i = 0; i < 3 && first + i < parts.length; i++) {
      color |= Long.parseLong(parts[first + i]) << 16 - 8 * i;
    }
    return new Extended(color, 4);
  }

  private void color(int shift, long color) {
    style = style & ~(0xFFFFFFFL << shift) | color << shift;
  }

  private void simple(int code) {
    switch (code) {
      case 0 -> style = 0;
      case 1, 2, 3, 4, 7 -> style |= 1L << 55 + code;
      case 9 -> style |= 1L << 60;
      case 22 -> style &= ~(3L << 56);
      case 23 -> style &= ~(1L << 58);
      case 24 -> style &= ~(1L << 59);
      case 27 -> style &= ~(1L << 62);
      case 29 -> style &= ~(1L << 60);
      case 39 -> color(0, 0);
      case 49 -> color(28, 0);
      default -> {
        if (code >= 30 && code <= 37 || code >= 90 && code <= 97) {
          color(0, 0x1000000L | code % 10 + (code >= 90 ? 8 : 0));
        } else if (code >= 40 && code <= 47 || code >= 100 && code <= 107) {
          color(28, 0x1000000L | code % 10 + (code >= 100 ? 8 : 0));
        }
      }
    }
  }

  private static int parameter(String all, int index) {
    String[] parts = all.split(";", -1);
    if (index >= parts.length || parts[index].isEmpty()) {
      return 0;
    }
    return Integer.parseInt(parts[index]);
  }
}
