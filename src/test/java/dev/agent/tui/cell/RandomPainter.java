package dev.agent.tui.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes a buffer at random, in the ways of a user interface. */
final class RandomPainter {
  private static final String[] NARROW = {
    "a", "b", "fox", " ", "   ", "-", "é", "│", "─", "●", "word ", "123", "        ", "{", "}"
  };
  private static final String[] ANY = {
    "漢",
    "字",
    "한",
    "ア",
    "😀",
    "🚀",
    "e\u0301",
    "ก\u0E49",
    "❤\uFE0F",
    "👩\u200D🌾",
    "👍🏽",
    "🇩🇪",
    "1\uFE0F\u20E3",
    "🫠",
    "👨\u200D👩\u200D👧\u200D👦",
    "\u0915\u093E",
    "\7",
    "\u202E"
  };

  private final Random random;
  private final boolean everything;

  RandomPainter(Random random, boolean everything) {
    this.random = random;
    this.everything = everything;
  }

  void paint(CellBuffer buffer) {
    int columns = buffer.columns();
    int rows = buffer.rows();
    for (int times = random.nextInt(4); times >= 0; times--) {
      switch (random.nextInt(7)) {
        case 0 -> {
          for (int y = 0; y < rows; y++) {
            buffer.paint(row(columns + 4), 0, y, columns);
          }
        }
        case 1 -> scroll(buffer);
        case 2 ->
            buffer.fill(
                random.nextInt(columns) - 2,
                random.nextInt(rows),
                1 + random.nextInt(columns),
                1 + random.nextInt(rows),
                style());
        case 3 -> buffer.paint("x", style(), random.nextInt(columns), random.nextInt(rows), 1);
        default ->
            buffer.paint(
                row(1 + random.nextInt(columns)),
                random.nextInt(columns) - 1,
                random.nextInt(rows),
                1 + random.nextInt(columns));
      }
    }
  }

  private void scroll(CellBuffer buffer) {
    int top = random.nextInt(buffer.rows());
    int height = 1 + random.nextInt(buffer.rows() - top);
    int by = 1 + random.nextInt(3);
    int columns = buffer.columns();
    if (by >= height) {
      return;
    }
    boolean up = random.nextInt(3) > 0;
    buffer.blit(buffer, 0, up ? top + by : top, columns, height - by, 0, up ? top : top + by);
    for (int i = 0; i < by; i++) {
      buffer.paint(row(columns), 0, up ? top + height - 1 - i : top + i, columns);
    }
  }

  private Row row(int length) {
    List<Span> spans = new ArrayList<>();
    int width = 0;
    while (width < length && random.nextInt(9) > 0) {
      StringBuilder text = new StringBuilder();
      for (int words = random.nextInt(8); words >= 0; words--) {
        boolean any = everything && random.nextInt(3) == 0;
        text.append(any ? ANY[random.nextInt(ANY.length)] : NARROW[random.nextInt(NARROW.length)]);
      }
      String link = random.nextInt(9) == 0 ? "https://example.org/" + random.nextInt(3) : "";
      Span span = new Span(text.toString(), style(), link, false);
      spans.add(span);
      width += span.width();
    }
    return new Row(spans, false, random.nextInt(5) == 0 ? style() : Style.PLAIN);
  }

  private Style style() {
    if (random.nextInt(3) == 0) {
      return Style.PLAIN;
    }
    return new Style(
        color(), random.nextInt(3) == 0 ? color() : Color.DEFAULT, color(), random.nextInt(64));
  }

  private Color color() {
    return switch (random.nextInt(4)) {
      case 0 -> Color.palette(random.nextInt(16));
      case 1 -> Color.palette(random.nextInt(256));
      case 2 -> Color.rgb(random.nextInt(1 << 24));
      default -> Color.DEFAULT;
    };
  }
}
