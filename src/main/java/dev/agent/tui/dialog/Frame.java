package dev.agent.tui.dialog;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * What all dialogs look like between the rules of the screen: a title with a note at the right, a
 * head, a body that scrolls, what is asked, and a row of hints. Where there is little room, the
 * body gives way first.
 *
 * @param title what happens
 * @param subject what it happens to; where there is little room its end is shown
 * @param note at the right of the title; empty = none
 * @param head rows under the title that never scroll
 * @param body what is to be read
 * @param bottom what is to be answered
 * @param hints keys, the most useful first
 */
record Frame(
    String title,
    String subject,
    String note,
    List<Line> head,
    List<Line> body,
    List<Line> bottom,
    List<String> hints) {
  private static final int MIN_BODY = 3;

  Frame {
    head = List.copyOf(head);
    body = List.copyOf(body);
    bottom = List.copyOf(bottom);
    hints = hints.stream().filter(hint -> !hint.isEmpty()).toList();
  }

  /** The question above the answers. */
  static List<Line> asks(String question, Canvas canvas) {
    Style style = canvas.style(canvas.armed() ? Token.TEXT : Token.DIM).plus(Style.BOLD);
    return paragraph(question, style, canvas);
  }

  /** A text between the margins. */
  static List<Line> paragraph(String text, Style style, Canvas canvas) {
    int room = Math.max(1, canvas.width() - 2 * canvas.margin());
    return Line.indented(Line.of(Text.wrap(text, room, style)), canvas.margin());
  }

  /** A text to be read, further to the right. */
  static List<Line> passage(String text, Style style, Canvas canvas) {
    int indent = canvas.margin() * 3;
    int room = Math.max(1, canvas.width() - indent - canvas.margin());
    return Line.indented(Line.of(Text.wrap(text, room, style)), indent);
  }

  /** How many rows are for whom. */
  private record Shares(int title, int head, int body, int bottom, int hints) {
    int sum() {
      return title + head + body + bottom + hints;
    }
  }

  Picture draw(Canvas canvas, Scroll scroll) {
    Shares shares = shares(canvas.height());
    List<Line> lines = new ArrayList<>();
    if (shares.title > 0) {
      lines.add(titleLine(canvas));
    }
    lines.addAll(head.subList(0, shares.head));
    lines.addAll(scroll.window(body, shares.body, canvas));
    lines.addAll(Line.window(bottom, shares.bottom));
    if (shares.hints > 0) {
      lines.add(hintLine(canvas));
    }
    return Line.picture(lines, canvas.width());
  }

  /** What there is room for: things go in the order of how little they are missed. */
  private Shares shares(int height) {
    int least = Math.min(body.size(), MIN_BODY);
    int few = Math.min(body.size(), 1);
    int oneHead = Math.min(head.size(), 1);
    int answers = bottom.size();
    Shares[] wishes = {
      new Shares(1, head.size(), least, answers, 1),
      new Shares(1, oneHead, least, answers, 1),
      new Shares(1, oneHead, few, answers, 1),
      new Shares(1, 0, few, answers, 1),
      new Shares(1, 0, few, answers, 0),
      new Shares(1, 0, 0, answers, 0),
      new Shares(0, 0, 0, Math.min(answers, height), 0),
    };
    for (Shares wish : wishes) {
      if (wish.sum() <= height) {
        int rest = height - wish.sum() + wish.body;
        return new Shares(
            wish.title, wish.head, Math.min(body.size(), rest), wish.bottom, wish.hints);
      }
    }
    return new Shares(0, 0, 0, height, 0);
  }

  private Line titleLine(Canvas canvas) {
    String margin = " ".repeat(canvas.margin());
    int room = canvas.width() - 2 * margin.length();
    Style bold = canvas.style(Token.HEADING);
    Span noteSpan = Span.of(Text.head(note, room), canvas.style(Token.DIM));
    int full = Cells.width(title) + (subject.isEmpty() ? 0 : 1 + Cells.width(subject));
    int noteRoom = note.isEmpty() ? 0 : noteSpan.width() + 2;
    // Where both don't fit the subject gives way, but not below what tells it from others.
    boolean noted = noteRoom > 0 && Math.min(full, Cells.width(title) + 9) + noteRoom <= room;
    int titleRoom = noted ? room - noteRoom : room;
    String left = Text.head(title, titleRoom);
    if (!subject.isEmpty() && titleRoom > Cells.width(left) + 2) {
      left += " " + Text.tail(subject, titleRoom - Cells.width(left) - 1);
    }
    List<Span> spans = new ArrayList<>(List.of(Span.decoration(margin, Style.PLAIN)));
    spans.add(Span.of(left, bold));
    if (noted) {
      int gap = room - Cells.width(left) - noteSpan.width();
      spans.add(Span.decoration(" ".repeat(gap), Style.PLAIN));
      spans.add(noteSpan);
    }
    return Line.of(new Row(spans, false, Style.PLAIN));
  }

  private Line hintLine(Canvas canvas) {
    String margin = " ".repeat(canvas.margin());
    int room = canvas.width() - 2 * margin.length();
    List<String> shown = new ArrayList<>(hints);
    if (!canvas.armed()) {
      return Line.of(
          margin + Text.head("paused while you type", room), canvas.style(Token.WARNING));
    }
    while (shown.size() > 1 && Cells.width(String.join(" · ", shown)) > room) {
      shown.removeLast();
    }
    return Line.of(margin + Text.head(String.join(" · ", shown), room), canvas.style(Token.DIM));
  }
}
