package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.theme.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws calls: a title, and below it what comes of it. */
final class CallRenderer {
  private static final int FOLDED_TITLE_ROWS = 2;

  private final Look look;
  private final ResultRenderer results;

  CallRenderer(Look look, ResultRenderer results) {
    this.look = look;
    this.results = results;
  }

  List<Row> call(Content.Call call, int width, boolean unfolded) {
    if (!unfolded
        && call.result() instanceof Content.Result.Tasks(Display.Todos todos)
        && !isBad(call.state())) {
      return List.of(noted(call, ResultRenderer.count(todos), width));
    }
    List<Row> rows = new ArrayList<>(title(call, width, unfolded));
    rows.addAll(
        outcome(call.state(), call.elapsed(), call.progress(), call.result(), width, unfolded));
    return rows;
  }

  List<Row> run(Content.Run run, int width, boolean unfolded) {
    List<Content.Call> calls = run.calls();
    if (!unfolded) {
      boolean alone = calls.size() == 1;
      return alone && isBad(calls.getFirst().state())
          ? call(calls.getFirst(), width, false)
          : List.of(alone ? single(calls.getFirst(), width) : summary(calls));
    }
    List<Row> rows = new ArrayList<>();
    for (Content.Item item : run.items()) {
      switch (item) {
        case Content.Call call -> rows.addAll(call(call, width, true));
        case Content.Thought(Source text, Duration took) ->
            rows.addAll(thought(text, took, width, true));
      }
    }
    return rows;
  }

  /** One reading call on one row: its result is a number, not a text. */
  private Row single(Content.Call call, int width) {
    String said =
        call.result() instanceof Content.Result.Lines(String headline, Source text, _)
            ? headline.isEmpty()
                ? text.lines() == 1 ? text.text() : Amounts.count(text.lines(), "line", "lines")
                : headline
            : "";
    String verb = call.title().name().toLowerCase(Locale.ROOT) + " ";
    if (said.toLowerCase(Locale.ROOT).startsWith(verb)) {
      said = said.substring(verb.length());
    }
    String note = call.state().isOver() ? said : runningNote(call.elapsed(), "");
    return noted(call, note, width);
  }

  /** A title with a note behind it, on one row. */
  private Row noted(Content.Call call, String note, int width) {
    String tail = note.isEmpty() ? "" : "  " + Cells.visible(note);
    Row title =
        Rows.cut(
            titleRow(call), Math.max(8, width - Cells.width(tail)), look.glyphs().ellipsis() + ")");
    List<Span> spans = new ArrayList<>(title.spans());
    spans.add(Span.of(tail, look.style(Token.DIM)));
    return Row.of(spans.toArray(Span[]::new));
  }

  private Row summary(List<Content.Call> calls) {
    long failed = calls.stream().filter(call -> isBad(call.state())).count();
    boolean over = calls.stream().allMatch(call -> call.state().isOver());
    Token token = !over ? Token.PENDING : failed > 0 ? Token.ERROR : Token.SUCCESS;
    String text = ReadOnlyTools.summary(calls);
    List<Span> spans = new ArrayList<>();
    spans.add(sign(token));
    spans.add(Span.of(text, look.style(Token.TEXT)));
    if (failed > 0) {
      spans.add(
          Span.of((text.isEmpty() ? "" : ", ") + failed + " failed", look.style(Token.ERROR)));
    }
    spans.add(Span.decoration("  " + ResultRenderer.UNFOLD, look.style(Token.DIM)));
    return Row.of(spans.toArray(Span[]::new));
  }

  /** What the model thought. */
  List<Row> thought(Source text, Duration took, int width, boolean unfolded) {
    Style dim = look.style(Token.DIM);
    String words = took.toSeconds() > 0 ? "Thought for " + Amounts.time(took) : "Thought";
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(
            Span.decoration(look.glyphs().work() + " ", dim),
            Span.of(words, dim),
            Span.decoration(unfolded ? "" : "  " + ResultRenderer.UNFOLD, dim)));
    if (unfolded) {
      rows.addAll(
          Rows.prefixed(
              Rows.wrap(
                  width - 2,
                  Span.of(Cells.expandTabs(Cells.visible(text.text()), 4), dim.plus(Style.ITALIC))),
              Span.decoration("  ", Style.PLAIN),
              Span.decoration("  ", Style.PLAIN)));
    }
    return rows;
  }

  private List<Row> title(Content.Call call, int width, boolean unfolded) {
    Row line = titleRow(call);
    List<Row> rows = Wrapping.wrap(line.spans(), width, Span.decoration("  ", Style.PLAIN));
    if (unfolded || rows.size() <= FOLDED_TITLE_ROWS) {
      return indented(rows);
    }
    List<Row> head = new ArrayList<>(rows.subList(0, FOLDED_TITLE_ROWS));
    Row last = head.removeLast();
    List<Span> spans = new ArrayList<>(last.spans());
    spans.add(Span.of(look.glyphs().ellipsis() + ")", look.style(Token.DIM)));
    Row cut = new Row(spans, last.continues(), last.joint(), last.fill());
    head.add(Rows.cut(cut, width, look.glyphs().ellipsis() + ")"));
    return indented(head);
  }

  /** Lines of a command of several lines stand below its first one. */
  private static List<Row> indented(List<Row> rows) {
    List<Row> all = new ArrayList<>(rows);
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).continues()) {
        all.set(i, all.get(i).after(Span.decoration("  ", Style.PLAIN)));
      }
    }
    return all;
  }

  private Row titleRow(Content.Call call) {
    Span name = Span.of(call.title().name(), look.bold(Token.TEXT));
    String argument = call.title().argument();
    return argument.isEmpty()
        ? Row.of(sign(token(call.state())), name)
        : Row.of(
            sign(token(call.state())), name, Span.of("(" + argument + ")", look.style(Token.TEXT)));
  }

  private Span sign(Token token) {
    return Span.decoration(look.glyphs().block() + " ", look.sign(token));
  }

  private static Token token(Content.State state) {
    return switch (state) {
      case WAITING -> Token.DIM;
      case RUNNING -> Token.PENDING;
      case DONE -> Token.SUCCESS;
      case FAILED, DENIED -> Token.ERROR;
      case CANCELLED, ABANDONED -> Token.WARNING;
    };
  }

  private static boolean isBad(Content.State state) {
    return state == Content.State.FAILED || state == Content.State.DENIED;
  }

  /** What stands below the title. */
  List<Row> outcome(
      Content.State state,
      Duration elapsed,
      String progress,
      Content.Result result,
      int width,
      boolean unfolded) {
    Style dim = look.style(Token.DIM);
    return switch (state) {
      case WAITING -> result(List.of(Row.of("Waiting" + look.glyphs().ellipsis(), dim)), width);
      case RUNNING -> result(List.of(Row.of(runningNote(elapsed, progress), dim)), width);
      case DONE, FAILED, DENIED, CANCELLED, ABANDONED ->
          result(results.rows(result, state, resultWidth(width), unfolded), width);
    };
  }

  private String runningNote(Duration elapsed, String progress) {
    StringBuilder text = new StringBuilder("Running").append(look.glyphs().ellipsis());
    if (elapsed.toSeconds() > 0) {
      text.append(' ').append(Amounts.time(elapsed));
    }
    if (!progress.isEmpty()) {
      text.append(look.separator()).append(Cells.expandTabs(Cells.visible(progress), 4));
    }
    return text.toString();
  }

  int resultWidth(int width) {
    return Math.max(1, width - indent(width));
  }

  private static int indent(int width) {
    return width >= 24 ? 5 : 2;
  }

  /** Rows below a title, behind the sign for results. */
  List<Row> result(List<Row> rows, int width) {
    int indent = indent(width);
    String sign = Cells.pad((indent == 5 ? "  " : "") + look.glyphs().result(), indent);
    return Rows.prefixed(
        rows,
        Span.decoration(sign, look.style(Token.DIM)),
        Span.decoration(" ".repeat(indent), Style.PLAIN));
  }
}
