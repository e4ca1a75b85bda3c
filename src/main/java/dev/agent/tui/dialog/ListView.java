package dev.agent.tui.dialog;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Entries in columns, one of them selected, those that fit a filter in sight. Mutable, owned by its
 * dialog.
 */
final class ListView<T> {
  private static final int GAP = 2;
  private static final int MIN_FIRST = 24;
  private static final int MIN_OTHER = 8;
  private static final int MAX_NUMBERED = 9;

  private final String alignment;
  private List<Entry<T>> all;
  private List<Entry<T>> shown;
  private List<String> words = List.of();
  private int selected;
  private int page = 1;

  /**
   * @param alignment for each column {@code <} or {@code >}
   */
  ListView(List<Entry<T>> entries, String alignment) {
    this.all = List.copyOf(entries);
    this.shown = all;
    this.alignment = alignment;
  }

  /** Other entries; the selected place stays. */
  void entries(List<Entry<T>> entries) {
    all = List.copyOf(entries);
    sift();
  }

  /** Shows entries that contain each word of a text; what it is the name of goes first. */
  void filter(String text) {
    List<String> wanted =
        text.isBlank() ? List.of() : List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    if (!wanted.equals(words)) {
      words = wanted;
      selected = 0;
      sift();
    }
  }

  private void sift() {
    String text = String.join(" ", words);
    shown =
        all.stream()
            .filter(entry -> entry.contains(words))
            .sorted(Comparator.comparingInt(entry -> entry.rank(text)))
            .toList();
    selected = Math.clamp(selected, 0, Math.max(0, shown.size() - 1));
  }

  Optional<T> selected() {
    return shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(selected).value());
  }

  /** Selects the first entry with that value, if it is in sight. */
  void select(T value) {
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).value().equals(value)) {
        selected = i;
        return;
      }
    }
  }

  /** Selects the entry at a place; whether it was selected before. */
  boolean selectAt(int index) {
    boolean was = index == selected;
    selected = Math.clamp(index, 0, Math.max(0, shown.size() - 1));
    return was && !shown.isEmpty();
  }

  /** Where the selected entry stands, as "3 of 41". */
  String place() {
    return shown.size() == all.size() && all.size() <= MAX_NUMBERED
        ? ""
        : shown.isEmpty()
            ? "0 of " + all.size()
            : selected
                + 1
                + " of "
                + shown.size()
                + (shown.size() < all.size() ? " (" + all.size() + ")" : "");
  }

  /** Moves; whether the key means that. */
  boolean on(Input input) {
    switch (input) {
      case Input.Pressed pressed when pressed.means(Action.UP) -> turn(-1);
      case Input.Pressed pressed when pressed.means(Action.DOWN) -> turn(1);
      case Input.Pressed pressed when pressed.means(Action.PAGE_UP) -> move(-page);
      case Input.Pressed pressed when pressed.means(Action.PAGE_DOWN) -> move(page);
      case Input.Pressed pressed when pressed.means(Action.TOP) -> move(-shown.size());
      case Input.Pressed pressed when pressed.means(Action.BOTTOM) -> move(shown.size());
      case Input.Wheel(int rows) -> move(rows);
      case Input.Pressed _, Input.Pasted _, Input.Clicked _, Input.Edited _ -> {
        return false;
      }
    }
    return true;
  }

  /** The place that a digit means; -1 when it means none. */
  int numbered(Input.Pressed pressed) {
    String text = pressed.key().types() ? pressed.key().text() : "";
    int digit = text.length() == 1 ? text.charAt(0) - '1' : -1;
    return isNumbered() && digit >= 0 && digit < shown.size() ? digit : -1;
  }

  private boolean isNumbered() {
    return all.size() <= MAX_NUMBERED;
  }

  /** Moves so many rows, from the end to the start. */
  void turn(int rows) {
    if (!shown.isEmpty()) {
      selected = (selected + rows + shown.size()) % shown.size();
    }
  }

  private void move(int rows) {
    selected = Math.clamp((long) selected + rows, 0, Math.max(0, shown.size() - 1));
  }

  /** As many rows as fit, the selected one among them. */
  List<Line> lines(Canvas canvas, int height, String nothing) {
    page = Math.max(1, height - 1);
    if (shown.isEmpty()) {
      String text = all.isEmpty() ? nothing : "nothing fits \"" + String.join(" ", words) + "\"";
      return Line.indented(
          Line.of(Text.wrap(text, Math.max(1, canvas.width() - 4), canvas.style(Token.DIM))),
          canvas.margin() * 3);
    }
    int[] widths = widths(canvas);
    int from = Math.clamp(selected - height / 2L, 0, Math.max(0, shown.size() - height));
    List<Line> lines = new ArrayList<>();
    for (int i = from; i < Math.min(shown.size(), from + Math.max(1, height)); i++) {
      lines.add(line(canvas, i, widths).target(i).focus(i == selected));
    }
    return lines;
  }

  /** The columns' widths; 0 where a column is left out. */
  private int[] widths(Canvas canvas) {
    int[] widths = new int[alignment.length()];
    for (Entry<T> entry : shown) {
      for (int i = 0; i < widths.length; i++) {
        String cell = i < entry.cells().size() ? entry.cells().get(i) : "";
        widths[i] = Math.max(widths[i], Cells.width(cell));
      }
    }
    int front = canvas.margin() + 2 + (isNumbered() ? 3 : 0);
    int room = Math.max(1, canvas.width() - front - canvas.margin());
    for (int last = widths.length - 1; last > 0; last--) {
      int missing = Math.min(widths[0], MIN_FIRST) + others(widths) - room;
      if (missing <= 0) {
        break;
      }
      widths[last] = widths[last] - missing >= MIN_OTHER ? widths[last] - missing : 0;
    }
    widths[0] = Math.max(1, Math.min(widths[0], room - others(widths)));
    return widths;
  }

  private static int others(int[] widths) {
    int sum = 0;
    for (int i = 1; i < widths.length; i++) {
      sum += widths[i] == 0 ? 0 : widths[i] + GAP;
    }
    return sum;
  }

  private Line line(Canvas canvas, int index, int[] widths) {
    boolean here = index == selected;
    Style dim = canvas.style(Token.DIM);
    Style style = !canvas.armed() ? dim : canvas.style(here ? Token.SELECTED : Token.TEXT);
    String number = isNumbered() ? (index + 1) + ". " : "";
    List<Span> spans = new ArrayList<>();
    spans.add(Span.decoration(" ".repeat(canvas.margin()) + (here ? "> " : "  ") + number, style));
    List<String> cells = shown.get(index).cells();
    StringBuilder columns = new StringBuilder();
    for (int i = 1; i < widths.length; i++) {
      if (widths[i] > 0) {
        String cell = i < cells.size() ? Text.tail(cells.get(i), widths[i]) : "";
        String padding = " ".repeat(Math.max(0, widths[i] - Cells.width(cell)));
        columns.append(" ".repeat(GAP));
        columns.append(alignment.charAt(i) == '>' ? padding + cell : cell + padding);
      }
    }
    String first = Text.head(cells.getFirst(), widths[0]);
    String rest = columns.toString().stripTrailing();
    spans.add(Span.of(rest.isEmpty() ? first : Text.padded(first, widths[0]), style));
    if (!rest.isEmpty()) {
      spans.add(Span.of(rest, here && canvas.armed() ? style : dim));
    }
    return Line.of(new Row(spans, false, Style.PLAIN));
  }
}
