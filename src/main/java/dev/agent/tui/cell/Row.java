package dev.agent.tui.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the screen as text with styles: what views produce and the screen paints. Immutable.
 *
 * @param continues whether it goes on with the paragraph of the row above (a soft wrap): the two
 *     are one line when copied
 * @param joint what stands between the row above and this one when they are joined: the blanks at
 *     which the line was broken
 * @param fill the style of the cells behind the last span, to the right edge
 */
public record Row(List<Span> spans, boolean continues, String joint, Style fill) {
  /** Nothing. */
  public static final Row BLANK = new Row(List.of(), false, Style.PLAIN);

  public Row {
    spans = List.copyOf(spans);
  }

  /** A row that is joined to the one above, if it continues it, without anything between them. */
  public Row(List<Span> spans, boolean continues, Style fill) {
    this(spans, continues, "", fill);
  }

  /** A row of these pieces that begins a line of its own. */
  public static Row of(Span... spans) {
    return new Row(List.of(spans), false, Style.PLAIN);
  }

  /** A row of one text. */
  public static Row of(String text, Style style) {
    return of(Span.of(text, style));
  }

  /** How many columns its text takes. */
  public int width() {
    int width = 0;
    for (Span span : spans) {
      width += span.width();
    }
    return width;
  }

  /** The row with a piece in front of it. */
  public Row after(Span first) {
    List<Span> all = new ArrayList<>(spans.size() + 1);
    all.add(first);
    all.addAll(spans);
    return new Row(all, continues, joint, fill);
  }

  /** The characters alone, decorations included. */
  public String text() {
    StringBuilder text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString();
  }
}
