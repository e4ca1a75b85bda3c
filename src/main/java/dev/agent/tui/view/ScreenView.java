package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.layout.Box;
import dev.agent.tui.layout.Layout;
import dev.agent.tui.layout.Placed;
import dev.agent.tui.layout.Rect;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.Screen.Region;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts the screen together from its parts. When space is short it goes, in this order, to the
 * dialog or composer, the footer, the rules, the spinner, the task list, the completion list; the
 * transcript takes the rest and keeps three rows as long as it can. Never throws, whatever the
 * size. Owned by the UI thread.
 */
public final class ScreenView {
  private static final int MIN_TRANSCRIPT = 3;
  private static final int MIN_COMPOSER_ROWS = 5;
  private static final int RULES_FROM_ROWS = Arrangement.RULES_FROM_ROWS;
  private static final int MAX_WARNINGS = 3;
  private static final int MAX_QUEUE = 3;
  private static final int MAX_BELOW = 10;
  private static final int MAX_STATUS = 3;

  private final Look look;
  private final VirtualTranscript transcript;
  private final Arrangement arrangement = new Arrangement();
  private final SpinnerRows spinner;
  private final FooterRow footer;
  private Rule rule = new Rule(ScreenModel.InputKind.PROMPT, 0, Row.BLANK);

  public ScreenView(Look look, VirtualTranscript transcript) {
    this.look = look;
    this.transcript = transcript;
    this.spinner = new SpinnerRows(look);
    this.footer = new FooterRow(look);
  }

  /** The rule that was made last: it rarely changes. */
  private record Rule(ScreenModel.InputKind kind, int width, Row row) {}

  /** A part that was drawn, with its claim to space. */
  private record Part(Region region, Pane.Drawn drawn, int rank, int min) {
    Arrangement.Claim claim() {
      return new Arrangement.Claim(region, drawn.rows().size(), rank, min);
    }
  }

  /** The screen at a size. */
  public Screen draw(ScreenModel model, int columns, int rows) {
    int width = Math.max(1, columns);
    int height = Math.max(1, rows);
    List<Part> parts = parts(model, width, height);
    List<Arrangement.Claim> claims = new ArrayList<>(parts.size());
    parts.forEach(part -> claims.add(part.claim()));
    arrangement.arrange(claims, width, height);
    Row[] screen = new Row[height];
    Map<Region, Rect> regions = new EnumMap<>(Region.class);
    Optional<Pane.Cursor> cursor =
        paint(model, parts, arrangement::place, arrangement.rules(), width, screen, regions);
    List<VirtualTranscript.Line> lines =
        transcript(model, arrangement.place(Region.TRANSCRIPT), width, screen, regions);
    return new Screen(List.of(screen), cursor, regions, lines);
  }

  /**
   * The rows below a text that is printed for good: only as many as there is something to show. Of
   * what is open the end is shown where not all of it fits.
   *
   * @param open rows of blocks that may still change
   * @param rows the most that there may be
   */
  public Screen live(ScreenModel model, List<Row> open, int columns, int rows) {
    int width = Math.max(1, columns);
    int most = Math.max(1, rows);
    List<Part> parts = parts(model, width, most);
    boolean rules = most >= RULES_FROM_ROWS;
    int wanted = open.size() + (rules ? 2 : 0);
    for (Part part : parts) {
      wanted += part.drawn().rows().size();
    }
    int height = Math.clamp(wanted, 1, most);
    Box text =
        Box.rows(Region.TRANSCRIPT.name(), open.size())
            .atLeast(Math.min(MIN_TRANSCRIPT, open.size()));
    List<Placed> placed = Layout.place(boxes(text, parts, height, rules), width, height);
    Row[] screen = new Row[height];
    Map<Region, Rect> regions = new EnumMap<>(Region.class);
    List<Integer> ruled = new ArrayList<>();
    for (String rule : List.of("rule above", "rule below")) {
      Layout.find(placed, rule).ifPresent(rect -> ruled.add(rect.row()));
    }
    Optional<Pane.Cursor> cursor =
        paint(
            model,
            parts,
            region -> Layout.find(placed, region.name()),
            ruled,
            width,
            screen,
            regions);
    Layout.find(placed, Region.TRANSCRIPT.name())
        .ifPresent(rect -> open(open, rect, width, screen));
    return new Screen(List.of(screen), cursor, regions, List.of());
  }

  private void open(List<Row> open, Rect rect, int width, Row[] screen) {
    int hidden = open.size() - rect.height();
    for (int i = 0; i < rect.height(); i++) {
      screen[rect.row() + i] = open.get(hidden + i);
    }
    if (hidden > 0 && rect.height() > 1) {
      // Its own row hides one more.
      String above = " +" + Amounts.count(hidden + 1, "line", "lines") + " above";
      screen[rect.row()] = dim("  " + look.glyphs().ellipsis() + above, width);
    }
  }

  private Optional<Pane.Cursor> paint(
      ScreenModel model,
      List<Part> parts,
      Function<Region, Optional<Rect>> place,
      List<Integer> rules,
      int width,
      Row[] screen,
      Map<Region, Rect> regions) {
    java.util.Arrays.fill(screen, Row.BLANK);
    Optional<Pane.Cursor> cursor = Optional.empty();
    for (Part part : parts) {
      Optional<Rect> rect = place.apply(part.region());
      if (rect.isPresent()) {
        regions.put(part.region(), rect.get());
        Optional<Pane.Cursor> shown = paint(part.region(), part.drawn(), rect.get(), width, screen);
        cursor = shown.isPresent() ? shown : cursor;
      }
    }
    if (rule.width != width || rule.kind != model.input()) {
      rule = new Rule(model.input(), width, rule(model.input(), width));
    }
    for (int row : rules) {
      screen[row] = rule.row;
    }
    return cursor;
  }

  private List<Part> parts(ScreenModel model, int width, int height) {
    List<Part> parts = new ArrayList<>();
    add(parts, Region.SPINNER, spinner(model, width), 3);
    if (model.showsTodos() && height >= RULES_FROM_ROWS) {
      add(parts, Region.TODOS, TodoRows.rows(model.todos(), width, look), 4);
    }
    add(parts, Region.QUEUE, queue(model.queue(), width), 4);
    add(parts, Region.WARNINGS, warnings(model.warnings(), width), 5);
    if (model.dialog().isPresent()) {
      // Around it stand two rules, where there are any, and the footer.
      int most = Math.max(1, height - (height >= RULES_FROM_ROWS ? 3 : 1) - MIN_TRANSCRIPT);
      Pane.Drawn drawn = model.dialog().get().draw(width, most);
      parts.add(new Part(Region.DIALOG, drawn, 0, Math.min(most, drawn.rows().size())));
    } else {
      int most = Math.min(height, Math.max(MIN_COMPOSER_ROWS, height / 3));
      Pane.Drawn drawn = model.composer().draw(width, most);
      parts.add(new Part(Region.COMPOSER, drawn, 0, Math.min(1, drawn.rows().size())));
      int room = Math.max(0, Math.min(MAX_BELOW, height / 2 - 1));
      parts.add(new Part(Region.BELOW, model.below().draw(width, room), 6, 0));
    }
    add(parts, Region.FOOTER, footer(model, width), 1);
    return parts;
  }

  private static void add(List<Part> parts, Region region, List<Row> rows, int rank) {
    parts.add(new Part(region, Pane.Drawn.of(rows), rank, 0));
  }

  private static List<Box> boxes(Box text, List<Part> parts, int height, boolean rules) {
    List<Box> boxes = new ArrayList<>();
    boxes.add(text.ranked(7));
    for (Part part : parts) {
      boolean input = part.region() == Region.COMPOSER || part.region() == Region.DIALOG;
      if (input && rules) {
        boxes.add(Box.rows("rule above", 1).ranked(2));
      }
      boxes.add(
          Box.rows(part.region().name(), part.drawn().rows().size())
              .atLeast(Math.min(part.min(), height))
              .ranked(part.rank()));
      if (input && rules) {
        boxes.add(Box.rows("rule below", 1).ranked(2));
      }
    }
    return boxes;
  }

  /** Paints what fits; where it does not, the rows around the cursor. */
  private Optional<Pane.Cursor> paint(
      Region region, Pane.Drawn drawn, Rect rect, int width, Row[] screen) {
    int hidden = drawn.rows().size() - rect.height();
    int first =
        hidden <= 0
            ? 0
            : Math.clamp(
                drawn.cursor().map(it -> it.row() - rect.height() + 1).orElse(firstOf(region)),
                0,
                hidden);
    for (int i = 0; i < rect.height() && first + i < drawn.rows().size(); i++) {
      screen[rect.row() + i] =
          Rows.cut(drawn.rows().get(first + i), width, look.glyphs().ellipsis());
    }
    return drawn
        .cursor()
        .filter(it -> it.row() >= first && it.row() < first + rect.height())
        .map(
            it ->
                new Pane.Cursor(
                    rect.row() + it.row() - first, Math.clamp(it.column(), 0, width - 1)));
  }

  /** Where not all of a part fits: the spinner can do without the blank row above it. */
  private static int firstOf(Region region) {
    return region == Region.SPINNER ? Integer.MAX_VALUE : 0;
  }

  private List<VirtualTranscript.Line> transcript(
      ScreenModel model, Optional<Rect> place, int width, Row[] screen, Map<Region, Rect> regions) {
    if (place.isEmpty()) {
      return List.of();
    }
    Rect rect = place.get();
    List<VirtualTranscript.Line> lines = transcript.view(width, rect.height());
    // The row that leads back takes the place of the last one, which is not read yet.
    boolean away = !transcript.isFollowing() && rect.height() > 1;
    int shown = away ? rect.height() - 1 : rect.height();
    lines = lines.subList(0, Math.min(shown, lines.size()));
    Style marked = look.style(Token.SELECTION);
    for (int i = 0; i < lines.size(); i++) {
      VirtualTranscript.Line line = lines.get(i);
      screen[rect.row() + i] =
          model.selection().map(it -> it.mark(line, marked)).orElse(line.row());
    }
    regions.put(Region.TRANSCRIPT, new Rect(0, rect.row(), width, shown));
    if (away) {
      int row = rect.row() + rect.height() - 1;
      screen[row] = newLines(width);
      regions.put(Region.NEW_LINES, new Rect(0, row, width, 1));
    }
    return lines;
  }

  private Row newLines(int width) {
    int count = transcript.newLines();
    String text =
        look.glyphs().down()
            + " "
            + (count > 0
                ? Amounts.count(count, "new line", "new lines") + look.separator() + "end"
                : "end");
    Row row = Row.of(Span.decoration(text, look.style(count > 0 ? Token.ACCENT : Token.DIM)));
    int gap = Math.max(0, width - row.width() - (width >= 80 ? 2 : 0));
    return Rows.cut(
        row.after(Span.decoration(" ".repeat(gap), Style.PLAIN)), width, look.glyphs().ellipsis());
  }

  private Row rule(ScreenModel.InputKind kind, int width) {
    Token token =
        switch (kind) {
          case PROMPT -> Token.RULE;
          case SHELL -> Token.SHELL;
          case MEMORY -> Token.MEMORY;
        };
    return Row.of(Span.decoration(look.glyphs().rule().repeat(width), look.style(token)));
  }

  private List<Row> spinner(ScreenModel model, int width) {
    List<Row> rows =
        spinner.rows(
            model.activity(), model.openCalls(), model.todos(), model.now(), model.still(), width);
    // A blank row above it, as between blocks.
    return rows.isEmpty() ? rows : List.of(Row.BLANK, rows.getFirst());
  }

  private List<Row> queue(List<String> queue, int width) {
    List<Row> rows = new ArrayList<>();
    int shown = queue.size() > MAX_QUEUE ? MAX_QUEUE - 1 : queue.size();
    for (String text : queue.subList(0, shown)) {
      String line = text.strip().lines().findFirst().orElse("");
      rows.add(dim("  queued: " + Cells.visible(line.replace('\t', ' ')), width));
    }
    if (shown < queue.size()) {
      rows.add(dim("  " + look.glyphs().ellipsis() + " +" + (queue.size() - shown), width));
    }
    return rows;
  }

  private Row dim(String text, int width) {
    return Rows.cut(Row.of(text, look.style(Token.DIM)), width, look.glyphs().ellipsis());
  }

  private List<Row> warnings(List<String> warnings, int width) {
    List<Row> rows = new ArrayList<>();
    for (String text : warnings.subList(0, Math.min(MAX_WARNINGS, warnings.size()))) {
      Row row =
          Row.of(
              Span.decoration("  ", Style.PLAIN),
              Span.of(Cells.visible(text.replace('\n', ' ')), look.style(Token.WARNING)));
      rows.add(Rows.cut(row, width, look.glyphs().ellipsis()));
    }
    if (warnings.size() > MAX_WARNINGS) {
      rows.add(
          Row.of("  +" + (warnings.size() - MAX_WARNINGS) + " (/doctor)", look.style(Token.DIM)));
    }
    return rows;
  }

  private List<Row> footer(ScreenModel model, int width) {
    if (model.statusLine().isEmpty() || !model.footer().flash().isEmpty()) {
      return List.of(footer.row(model.footer(), width));
    }
    return Rows.cut(
        model.statusLine().subList(0, Math.min(MAX_STATUS, model.statusLine().size())),
        width,
        look.glyphs().ellipsis());
  }
}
