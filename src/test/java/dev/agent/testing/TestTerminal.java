package dev.agent.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * A strict terminal emulator: what it does not know is an error, so that nothing is sent that
 * nobody meant. It shares no code with the product. How many columns characters take is an opinion
 * that it is given: terminals differ there.
 */
public final class TestTerminal {
  /** Flags of a cell, as SGR numbers them: bit n stands for SGR n. */
  public static final int BOLD = 1 << 1;

  public static final int DIM = 1 << 2;
  public static final int ITALIC = 1 << 3;
  public static final int UNDERLINE = 1 << 4;
  public static final int INVERSE = 1 << 7;
  public static final int STRIKE = 1 << 9;

  /**
   * A cell. Colours are "", a number of the palette, or "r,g,b".
   *
   * @param text empty for the right half of a wide character
   */
  public record Shown(
      String text, String foreground, String background, int flags, String link, int width) {
    static final Shown BLANK = new Shown(" ", "", "", 0, "", 1);
  }

  private int columns;
  private int rows;
  private final IntUnaryOperator widthOfPoint;
  private final ToIntFunction<String> widthOfCluster;
  private Shown[][] main;
  private Shown[][] screen;
  private int x;
  private int y;
  private boolean wraps = true;
  private boolean pending;
  private int top;
  private int bottom;
  private Shown pen = Shown.BLANK;
  private boolean cursorVisible = true;
  private int cursorShape;
  private final Set<String> modes = new TreeSet<>();
  private final List<String> other = new ArrayList<>();
  private final List<Shown[]> scrolledOut = new ArrayList<>();
  private final Set<Shown[]> wrapped = Collections.newSetFromMap(new IdentityHashMap<>());
  private int synced;

  /**
   * A terminal that draws each code point by itself.
   *
   * @param widthOfPoint columns of a code point; 0 joins the character before it
   */
  public static TestTerminal naive(int columns, int rows, IntUnaryOperator widthOfPoint) {
    return new TestTerminal(columns, rows, widthOfPoint, text -> -1);
  }

  /** A terminal that joins clusters; their widths are those of an opinion. */
  public static TestTerminal clustering(int columns, int rows, ToIntFunction<String> width) {
    return new TestTerminal(
        columns, rows, point -> width.applyAsInt(Character.toString(point)), width);
  }

  private TestTerminal(
      int columns, int rows, IntUnaryOperator widthOfPoint, ToIntFunction<String> widthOfCluster) {
    this.columns = columns;
    this.rows = rows;
    this.widthOfPoint = widthOfPoint;
    this.widthOfCluster = widthOfCluster;
    this.main = blank();
    this.screen = main;
    this.bottom = rows - 1;
  }

  private Shown[][] blank() {
    Shown[][] cells = new Shown[rows][columns];
    for (Shown[] row : cells) {
      Arrays.fill(row, Shown.BLANK);
    }
    return cells;
  }

  /** A cell. */
  public Shown at(int column, int row) {
    return screen[row][column];
  }

  /** The characters of a row. */
  public String text(int row) {
    StringBuilder text = new StringBuilder();
    for (Shown cell : screen[row]) {
      text.append(cell.text());
    }
    return text.toString();
  }

  public int cursorX() {
    return x;
  }

  public int cursorY() {
    return y;
  }

  public boolean isCursorVisible() {
    return cursorVisible;
  }

  public int cursorShape() {
    return cursorShape;
  }

  /** Private modes that are set, and others that were switched on, by name. */
  public Set<String> modes() {
    return modes;
  }

  /** Sequences without an effect on the screen, in order: titles, questions. */
  public List<String> other() {
    return other;
  }

  /** How many frames were bracketed. */
  public int syncedFrames() {
    return synced;
  }

  /**
   * All lines of the normal screen and of what was scrolled out of it, without blanks at their
   * ends; rows that a resize broke in two are one line.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Shown[]> all = new ArrayList<>(scrolledOut);
    all.addAll(Arrays.asList(main));
    for (Shown[] row : all) {
      StringBuilder text = new StringBuilder();
      for (Shown cell : row) {
        text.append(cell.text());
      }
      if (wrapped.contains(row) && !lines.isEmpty()) {
        text.insert(0, lines.removeLast());
      }
      lines.add(text.toString());
    }
    lines.replaceAll(String::stripTrailing);
    return lines;
  }

  /**
   * Takes another size, on the normal screen. The cursor stays on its character.
   *
   * @param reflows whether rows that are too long are wrapped, and joined again; else they are cut
   */
  public void resize(int newColumns, int newRows, boolean reflows) {
    List<Shown[]> all = new ArrayList<>(scrolledOut);
    int last = rows - 1;
    while (last > y && Arrays.stream(screen[last]).allMatch(Shown.BLANK::equals)) {
      last--;
    }
    all.addAll(Arrays.asList(screen).subList(0, last + 1));
    int cursorRow = scrolledOut.size() + y;
    List<Shown[]> now = new ArrayList<>();
    int cursor = 0;
    for (int from = 0; from < all.size(); ) {
      int to = from + 1;
      List<Shown> line = new ArrayList<>(List.of(all.get(from)));
      int offset = cursorRow == from ? x : -1;
      for (; reflows && to < all.size() && wrapped.contains(all.get(to)); to++) {
        offset = cursorRow == to ? line.size() + x : offset;
        line.addAll(List.of(all.get(to)));
      }
      if (offset >= 0) {
        cursor = now.size() + (reflows ? offset / newColumns : 0);
        x = reflows ? offset % newColumns : Math.min(x, newColumns - 1);
      }
      now.addAll(broken(line, newColumns, reflows, offset));
      from = to;
    }
    columns = newColumns;
    rows = newRows;
    bottom = rows - 1;
    pending = false;
    main = blank();
    screen = main;
    // Those that keep their lines also bring them back when there is room again.
    int top = Math.max(reflows ? 0 : scrolledOut.size(), Math.max(0, now.size() - newRows));
    top = Math.clamp(cursor, top, Math.max(top, cursor)) == cursor ? top : cursor;
    top = Math.max(top, cursor - newRows + 1);
    scrolledOut.clear();
    scrolledOut.addAll(now.subList(0, top));
    for (int i = top; i < now.size() && i - top < newRows; i++) {
      screen[i - top] = now.get(i);
    }
    y = cursor - top;
  }

  private List<Shown[]> broken(List<Shown> line, int width, boolean reflows, int cursor) {
    int end = line.size();
    while (end > 0 && line.get(end - 1).equals(Shown.BLANK)) {
      end--;
    }
    List<Shown[]> pieces = new ArrayList<>();
    for (int from = 0; from == 0 || (reflows && from < Math.max(end, cursor + 1)); from += width) {
      Shown[] piece = new Shown[width];
      for (int i = 0; i < width; i++) {
        piece[i] = from + i < line.size() ? line.get(from + i) : Shown.BLANK;
      }
      if (from > 0) {
        wrapped.add(piece);
      }
      pieces.add(piece);
    }
    return pieces;
  }

  /** Fills everything with rubbish, as other programs leave it. */
  public void litter() {
    for (Shown[] row : screen) {
      Arrays.fill(row, new Shown("#", "1", "2", BOLD, "", 1));
    }
  }

  /** Takes bytes; sequences must be whole. */
  public void feed(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      if (point == 0x1B) {
        at = escape(text, at + 1);
        continue;
      }
      at += Character.charCount(point);
      switch (point) {
        case '\r' -> {
          x = 0;
          pending = false;
        }
        case '\n' -> {
          pending = false;
          if (y == bottom) {
            scrollUp(1);
          } else if (y < rows - 1) {
            y++;
          }
        }
        case '\b' -> {
          x = Math.max(0, x - 1);
          pending = false;
        }
        default -> {
          if (point < ' ' || (point >= 0x7F && point < 0xA0)) {
            throw new AssertionError("control character " + point);
          }
          print(point);
        }
      }
    }
  }

  private void print(int point) {
    int before = pending ? x : x - 1;
    if (before >= 0 && screen[y][before].width() == 0) {
      before--;
    }
    if (before >= 0 && joins(screen[y][before].text(), point)) {
      join(before, screen[y][before].text() + Character.toString(point));
      return;
    }
    int width = widthOfPoint.applyAsInt(point);
    if (width == 0) {
      return;
    }
    if (pending && wraps) {
      wrap();
    }
    if (x + width > columns) {
      if (wraps) {
        wrap();
      } else {
        x = columns - width;
      }
    }
    set(x, Character.toString(point), width);
    advance(width);
  }

  private boolean joins(String cluster, int point) {
    if (widthOfCluster.applyAsInt("x") < 0) {
      return widthOfPoint.applyAsInt(point) == 0;
    }
    String joined = cluster + Character.toString(point);
    java.text.BreakIterator breaks = java.text.BreakIterator.getCharacterInstance();
    breaks.setText(joined);
    return breaks.next() == joined.length();
  }

  private void join(int column, String cluster) {
    int old = screen[y][column].width();
    int width = widthOfCluster.applyAsInt(cluster);
    width = width < 0 ? old : Math.max(1, width);
    if (column + width > columns) {
      width = columns - column;
    }
    set(column, cluster, width);
    x = column;
    pending = false;
    advance(width);
    if (old == 2 && width == 1) {
      screen[y][column + 1] = blankOf(pen);
    }
  }

  private void wrap() {
    x = 0;
    pending = false;
    if (y == bottom) {
      scrollUp(1);
    } else {
      y++;
    }
  }

  private void advance(int width) {
    x += width;
    pending = x >= columns;
    if (pending) {
      x = columns - 1;
    }
  }

  private void set(int column, String text, int width) {
    breakWide(column);
    screen[y][column] =
        new Shown(text, pen.foreground(), pen.background(), pen.flags(), pen.link(), width);
    if (width == 2) {
      breakWide(column + 1);
      screen[y][column + 1] =
          new Shown("", pen.foreground(), pen.background(), pen.flags(), pen.link(), 0);
    }
  }

  private void breakWide(int column) {
    Shown old = screen[y][column];
    if (old.width() == 0 && column > 0 && screen[y][column - 1].width() == 2) {
      screen[y][column - 1] = blankOf(screen[y][column - 1]);
    }
    if (old.width() == 2 && column + 1 < columns) {
      screen[y][column + 1] = blankOf(old);
    }
  }

  private static Shown blankOf(Shown like) {
    return new Shown(" ", like.foreground(), like.background(), like.flags(), "", 1);
  }

  private Shown erased() {
    return new Shown(" ", "", pen.background(), 0, "", 1);
  }

  private void scrollUp(int count) {
    for (int row = 0; screen == main && top == 0 && row < Math.min(count, bottom + 1); row++) {
      scrolledOut.add(screen[row]);
    }
    for (int row = top; row <= bottom; row++) {
      screen[row] = row + count <= bottom ? screen[row + count] : blankRow();
    }
  }

  private void scrollDown(int count) {
    for (int row = bottom; row >= top; row--) {
      screen[row] = row - count >= top ? screen[row - count] : blankRow();
    }
  }

  private Shown[] blankRow() {
    Shown[] row = new Shown[columns];
    Arrays.fill(row, erased());
    return row;
  }

  private int escape(String text, int at) {
    char kind = text.charAt(at);
    if (kind == ']') {
      int end = text.indexOf("\33\\", at);
      int bell = text.indexOf('\7', at);
      boolean bells = bell >= 0 && (end < 0 || bell < end);
      operatingSystem(text.substring(at + 1, bells ? bell : end));
      return bells ? bell + 1 : end + 2;
    }
    if (kind != '[') {
      throw new AssertionError("unknown escape " + kind);
    }
    int end = at + 1;
    while (text.charAt(end) < '@') {
      end++;
    }
    control(text.substring(at + 1, end), text.charAt(end));
    return end + 1;
  }

  private void operatingSystem(String command) {
    if (command.startsWith("8;")) {
      String target = command.substring(command.indexOf(';', 2) + 1);
      pen = new Shown(" ", pen.foreground(), pen.background(), pen.flags(), target, 1);
    } else {
      other.add("]" + command);
    }
  }

  private void eraseTail() {
    breakWide(x);
    Arrays.fill(screen[y], x, columns, erased());
    if (x == 0) {
      wrapped.remove(screen[y]);
    }
  }

  private void control(String parameters, char kind) {
    if (parameters.startsWith("?") && (kind == 'h' || kind == 'l')) {
      for (String mode : parameters.substring(1).split(";")) {
        mode(Integer.parseInt(mode), kind == 'h');
      }
      return;
    }
    if (parameters.endsWith(" ") && kind == 'q') {
      cursorShape = Integer.parseInt(parameters.trim());
      return;
    }
    if (!parameters.matches("[0-9;:]*")) {
      other.add("[" + parameters + kind);
      return;
    }
    int first = kind == 'm' ? 0 : number(parameters, 0, 0);
    switch (kind) {
      case 'm' -> style(parameters);
      case 'H' -> {
        y = Math.clamp(number(parameters, 0, 1) - 1, 0, rows - 1);
        x = Math.clamp(number(parameters, 1, 1) - 1, 0, columns - 1);
      }
      case 'G' -> x = Math.clamp(Math.max(1, first) - 1, 0, columns - 1);
      case 'A' -> y = Math.max(0, y - Math.max(1, first));
      case 'B' -> y = Math.min(rows - 1, y + Math.max(1, first));
      case 'C' -> x = Math.min(columns - 1, x + Math.max(1, first));
      case 'D' -> x = Math.max(0, x - Math.max(1, first));
      case 'K' -> {
        if (first != 0) {
          throw new AssertionError("unknown EL " + first);
        }
        eraseTail();
      }
      case 'J' -> {
        if (first != 2 && first != 0) {
          throw new AssertionError("unknown ED " + first);
        }
        if (first == 0) {
          eraseTail();
        }
        for (int row = first == 0 ? y + 1 : 0; row < rows; row++) {
          screen[row] = blankRow();
        }
      }
      case 'r' -> {
        top = number(parameters, 0, 1) - 1;
        bottom = number(parameters, 1, rows) - 1;
        if (top >= bottom) {
          throw new AssertionError("no region: " + parameters);
        }
        x = 0;
        y = 0;
      }
      case 'S' -> scrollUp(Math.max(1, first));
      case 'T' -> scrollDown(Math.max(1, first));
      case 'c', 'n', 't' -> other.add("[" + parameters + kind);
      default -> throw new AssertionError("unknown sequence CSI " + parameters + kind);
    }
    if (kind != 'm') {
      pending = false;
    }
  }

  private static int number(String parameters, int index, int otherwise) {
    String[] parts = parameters.split(";", -1);
    return index < parts.length && !parts[index].isEmpty()
        ? Integer.parseInt(parts[index])
        : otherwise;
  }

  private void mode(int mode, boolean on) {
    switch (mode) {
      case 7 -> wraps = on;
      case 25 -> cursorVisible = on;
      case 2026 -> synced += on ? 1 : 0;
      case 1049 -> {
        screen = on ? blank() : main;
        x = 0;
        y = 0;
      }
      default -> {}
    }
    if (mode != 7 && mode != 25) {
      if (on) {
        modes.add("?" + mode);
      } else {
        modes.remove("?" + mode);
      }
    }
  }

  private void style(String parameters) {
    String foreground = pen.foreground();
    String background = pen.background();
    int flags = pen.flags();
    String[] parts = parameters.isEmpty() ? new String[] {"0"} : parameters.split(";");
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].indexOf(':') >= 0 || parts[i].equals("59")) {
        continue; // the colour of underlines is not looked at
      }
      int code = Integer.parseInt(parts[i]);
      if (code == 38 || code == 48) {
        boolean indexed = parts[i + 1].equals("5");
        String color =
            indexed ? parts[i + 2] : parts[i + 2] + "," + parts[i + 3] + "," + parts[i + 4];
        i += indexed ? 2 : 4;
        foreground = code == 38 ? color : foreground;
        background = code == 48 ? color : background;
        continue;
      }
      switch (code) {
        case 0 -> {
          foreground = "";
          background = "";
          flags = 0;
        }
        case 1, 2, 3, 4, 7, 9 -> flags |= 1 << code;
        case 22 -> flags &= ~(BOLD | DIM);
        case 23, 24, 27, 29 -> flags &= ~(1 << code - 20);
        case 39 -> foreground = "";
        case 49 -> background = "";
        default -> {
          if (code >= 30 && code < 38) {
            foreground = String.valueOf(code - 30);
          } else if (code >= 40 && code < 48) {
            background = String.valueOf(code - 40);
          } else if (code >= 90 && code < 98) {
            foreground = String.valueOf(code - 82);
          } else if (code >= 100 && code < 108) {
            background = String.valueOf(code - 92);
          } else {
            throw new AssertionError("unknown SGR " + code + " in " + parameters);
          }
        }
      }
    }
    pen = new Shown(" ", foreground, background, flags, pen.link(), 1);
  }
}
