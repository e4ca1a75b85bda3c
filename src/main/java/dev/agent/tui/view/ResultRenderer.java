package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** Draws what came of calls: texts, changes, tables and task lists, folded or whole. */
final class ResultRenderer {
  static final int FOLDED_DIFF_ROWS = 16;
  private static final int FIRST_LINES = 3;
  private static final int LAST_LINES = 8;

  /** Above this many lines even the unfolded form leaves the middle out. */
  private static final int MAX_LINES = 10_000;

  /** Stands behind whatever hides something. */
  static final String UNFOLD = "(ctrl+o)";

  private final Look look;
  private final BodyRows body;

  ResultRenderer(Look look, BodyRows body) {
    this.look = look;
    this.body = body;
  }

  /** The rows of a result, without the sign that stands before them. */
  List<Row> rows(Content.Result result, Content.State state, int width, boolean unfolded) {
    return switch (result) {
      case Content.Result.Lines lines -> lines(lines, state, width, unfolded);
      case Content.Result.Change(Display.Diff diff) -> diff(diff, width, unfolded);
      case Content.Result.Grid(Display.Table table) -> Grids.rows(table, width, look);
      case Content.Result.Tasks(Display.Todos todos) -> tasks(todos, unfolded);
    };
  }

  private List<Row> lines(
      Content.Result.Lines lines, Content.State state, int width, boolean unfolded) {
    List<Row> rows = new ArrayList<>();
    Source text = lines.text();
    if (!lines.headline().isEmpty()) {
      rows.addAll(headline(lines, state, width, unfolded));
    }
    if (unfolded) {
      rows.addAll(all(text, width));
    } else if (!text.isEmpty()) {
      switch (lines.folded()) {
        case HEADLINE -> {}
        case FIRST -> rows.addAll(first(text, width));
        case LAST -> rows.addAll(last(text, width));
      }
    }
    return rows;
  }

  private List<Row> headline(
      Content.Result.Lines lines, Content.State state, int width, boolean unfolded) {
    Style style =
        switch (state) {
          case FAILED, DENIED -> look.style(Token.ERROR);
          case CANCELLED, ABANDONED -> look.style(Token.WARNING);
          case WAITING, RUNNING, DONE -> look.style(Token.DIM);
        };
    boolean hides = !unfolded && lines.folded() == Content.Part.HEADLINE && !lines.text().isEmpty();
    return Rows.wrap(
        width,
        Span.of(lines.headline(), style),
        Span.decoration(hides ? "  " + UNFOLD : "", look.style(Token.DIM)));
  }

  private List<Row> first(Source text, int width) {
    boolean folds = text.lines() > FIRST_LINES + 1;
    List<Row> rows =
        new ArrayList<>(oneRowEach(text.firstLines(folds ? FIRST_LINES : text.lines()), width));
    if (folds) {
      rows.add(more(text.lines() - FIRST_LINES));
    }
    return rows;
  }

  private List<Row> last(Source text, int width) {
    boolean folds = text.lines() > LAST_LINES + 1;
    List<Row> rows = new ArrayList<>();
    if (folds) {
      rows.add(more(text.lines() - LAST_LINES));
    }
    rows.addAll(oneRowEach(text.lastLines(folds ? LAST_LINES : text.lines()), width));
    return rows;
  }

  private List<Row> oneRowEach(String text, int width) {
    return Rows.cut(body.lines(text), width, look.glyphs().ellipsis());
  }

  private List<Row> all(Source text, int width) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<Row> lines = body.lines(text.text());
    List<Row> rows = new ArrayList<>();
    Span hang = Span.decoration("", Style.PLAIN);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.size() > MAX_LINES && i == MAX_LINES / 2) {
        rows.add(
            Row.of(
                Span.decoration(
                    look.glyphs().ellipsis()
                        + " "
                        + (lines.size() - MAX_LINES)
                        + " lines left out here (v opens all of it)",
                    look.style(Token.DIM))));
        i = lines.size() - MAX_LINES / 2;
      }
      Row line = lines.get(i);
      rows.addAll(line.width() <= width ? List.of(line) : Wrapping.wrap(line.spans(), width, hang));
    }
    return rows;
  }

  private List<Row> diff(Display.Diff diff, int width, boolean unfolded) {
    DiffRows.Count count = DiffRows.count(diff);
    List<Row> rows = new ArrayList<>();
    rows.add(
        diff.created()
            ? Row.of(
                "Created, " + Amounts.count(count.added(), "line", "lines"), look.style(Token.DIM))
            : Row.of(
                Span.of("+" + count.added(), look.style(Token.SUCCESS)),
                Span.of(" ", look.style(Token.TEXT)),
                Span.of("-" + count.removed(), look.style(Token.ERROR))));
    List<Row> changes = body.diff(diff, width);
    boolean folds = !unfolded && changes.size() > FOLDED_DIFF_ROWS + 1;
    rows.addAll(folds ? changes.subList(0, FOLDED_DIFF_ROWS) : changes);
    if (folds) {
      rows.add(more(changes.size() - FOLDED_DIFF_ROWS));
    }
    return rows;
  }

  private List<Row> tasks(Display.Todos todos, boolean unfolded) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(count(todos), look.style(Token.DIM)));
    if (unfolded) {
      todos.items().forEach(item -> rows.add(TodoRows.row(item, look)));
    }
    return rows;
  }

  /** {@code 2 of 3 done}. */
  static String count(Display.Todos todos) {
    long done = todos.items().stream().filter(it -> it.status().equals(TodoRows.DONE)).count();
    return done + " of " + todos.items().size() + " done";
  }

  /** {@code … +297 lines (ctrl+o)}. */
  Row more(int lines) {
    return Row.of(
        Span.decoration(
            look.glyphs().ellipsis() + " +" + Amounts.count(lines, "line", "lines") + " " + UNFOLD,
            look.style(Token.DIM)));
  }
}
