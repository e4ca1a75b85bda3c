package dev.agent.tui.markup;

import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;

/** Cuts one text into spans from left to right; neighbours that look alike become one. */
final class SpanBuilder {
  private final String text;
  private final List<Span> spans = new ArrayList<>();
  private Style style = Style.PLAIN;
  private int start;
  private int end;

  SpanBuilder(String text) {
    this.text = text;
  }

  /** What is not covered yet, up to here, looks like this. */
  void to(int newEnd, Style look) {
    if (newEnd <= end) {
      return;
    }
    if (!look.equals(style)) {
      flush();
      style = look;
    }
    end = newEnd;
  }

  /** The spans of what was covered. */
  List<Span> done() {
    flush();
    return spans;
  }

  private void flush() {
    if (end > start) {
      spans.add(Span.of(text.substring(start, end), style));
    }
    start = end;
  }
}
