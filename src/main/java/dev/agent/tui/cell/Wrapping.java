package dev.agent.tui.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks styled text into rows at words: behind blanks, and on either side of a wide character. A
 * word that is longer than a row is broken anywhere but inside a cluster. Blanks at a break are
 * dropped and kept as {@link Row#joint}, so that copying gives the text back.
 */
public final class Wrapping {
  private final int columns;
  private final Span hang;
  private final int hangWidth;
  private final List<Row> rows = new ArrayList<>();
  private final List<Piece> line = new ArrayList<>();
  private int lineWidth;
  private boolean continues;
  private String joint = "";

  /** One cluster in its span. */
  private record Piece(Span span, String text, int width) {
    boolean isBlank() {
      return text.equals(" ");
    }
  }

  private Wrapping(int columns, Span hang) {
    this.columns = columns;
    // An indent that leaves no room for text would never come to an end.
    boolean fits = hang.width() < columns - 1;
    this.hang = fits ? hang : new Span("", hang.style(), "", true);
    this.hangWidth = this.hang.width();
  }

  /**
   * The rows of a text; at least one. LF in a span begins a new line.
   *
   * @param columns the most that a row takes; at least 1 (a wide character in a row of 1 is dropped
   *     when painted)
   * @param hang stands in front of every row that continues a line; left out where it would take
   *     all the room
   */
  public static List<Row> wrap(List<Span> spans, int columns, Span hang) {
    Wrapping wrapping = new Wrapping(Math.max(1, columns), hang);
    Clusters clusters = new Clusters();
    for (Span span : spans) {
      clusters.reset(span.text());
      while (clusters.next()) {
        if (clusters.codePoint() == '\n') {
          wrapping.breakLine();
        } else {
          wrapping.add(new Piece(span, clusters.text(), clusters.width()));
        }
      }
    }
    wrapping.breakLine();
    return wrapping.rows;
  }

  private int room() {
    return continues ? columns - hangWidth : columns;
  }

  private void add(Piece piece) {
    line.add(piece);
    lineWidth += piece.width();
    while (lineWidth > room() && !onlyBlanksHang()) {
      breakSoftly();
    }
  }

  /** Blanks may stand beyond the edge: they are dropped at the break, or at the end of the line. */
  private boolean onlyBlanksHang() {
    int width = lineWidth;
    int last = line.size() - 1;
    while (last >= 0 && line.get(last).isBlank()) {
      width -= line.get(last--).width();
    }
    return width <= room() && last >= 0;
  }

  private void breakSoftly() {
    int fitting = 0;
    int width = 0;
    while (fitting < line.size() && width + line.get(fitting).width() <= room()) {
      width += line.get(fitting++).width();
    }
    int at = opportunity(fitting);
    if (at == 0) {
      // Nothing fits when a wide character meets a single column: it gets the row all the same.
      at = Math.max(1, fitting);
    }
    int end = at;
    while (end > 0 && line.get(end - 1).isBlank()) {
      end--;
    }
    int next = at;
    while (next < line.size() && line.get(next).isBlank()) {
      next++;
    }
    // A line that begins with nothing but blanks keeps them: an indent is content.
    if (end == 0) {
      end = at;
    }
    StringBuilder dropped = new StringBuilder();
    for (Piece piece : line.subList(end, next)) {
      dropped.append(piece.text());
    }
    emit(line.subList(0, end));
    joint = dropped.toString();
    continues = true;
    line.subList(0, next).clear();
    lineWidth = 0;
    for (Piece piece : line) {
      lineWidth += piece.width();
    }
  }

  /** The last place for a break among the first pieces; 0 if there is none. */
  private int opportunity(int fitting) {
    for (int at = fitting; at > 0; at--) {
      if (at < line.size() && mayBreak(line.get(at - 1), line.get(at)) && !isIndent(at)) {
        return at;
      }
    }
    return 0;
  }

  /** Whether only blanks stand before: breaking there would leave an empty row. */
  private boolean isIndent(int at) {
    for (Piece piece : line.subList(0, at)) {
      if (!piece.isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayBreak(Piece before, Piece after) {
    if (before.isBlank() || after.isBlank()) {
      return true;
    }
    return (before.width() == 2 || after.width() == 2)
        && "、。，．！？：；）」』】〉》”’,.!?:;)]}".indexOf(after.text().charAt(0)) < 0
        && "（「『【〈《“‘([{".indexOf(before.text().charAt(0)) < 0;
  }

  private void breakLine() {
    int end = line.size();
    int width = lineWidth;
    while (width > room() && end > 0) {
      width -= line.get(--end).width();
    }
    emit(line.subList(0, end));
    line.clear();
    lineWidth = 0;
    continues = false;
    joint = "";
  }

  private void emit(List<Piece> pieces) {
    List<Span> spans = new ArrayList<>();
    if (continues && !hang.text().isEmpty()) {
      spans.add(hang);
    }
    int at = 0;
    while (at < pieces.size()) {
      Span span = pieces.get(at).span();
      StringBuilder text = new StringBuilder();
      while (at < pieces.size() && pieces.get(at).span().equals(span)) {
        text.append(pieces.get(at++).text());
      }
      spans.add(new Span(text.toString(), span.style(), span.link(), span.decoration()));
    }
    rows.add(new Row(spans, continues, joint, Style.PLAIN));
  }
}
