package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** Draws blocks as rows. Depends on nothing but the block, the width and the look. */
public final class BlockRenderer implements BlockRows {
  private static final int FOLDED_PROMPT_ROWS = 10;

  private final Look look;
  private final BodyRows body;
  private final ResultRenderer results;
  private final CallRenderer calls;

  public BlockRenderer(Look look, BodyRows body) {
    this.look = look;
    this.body = body;
    this.results = new ResultRenderer(look, body);
    this.calls = new CallRenderer(look, results);
  }

  @Override
  public List<Row> rows(Block block, int width) {
    int columns = Math.max(1, width);
    List<Row> rows = draw(block, columns, block.isUnfolded());
    if (!(block.content() instanceof Content.Answer)) {
      rows = Rows.cut(rows, columns, look.glyphs().ellipsis());
    }
    if (!block.spaced() || rows.isEmpty()) {
      return rows;
    }
    List<Row> spaced = new ArrayList<>(rows.size() + 1);
    spaced.add(Row.BLANK);
    spaced.addAll(rows);
    return spaced;
  }

  private List<Row> draw(Block block, int width, boolean unfolded) {
    return switch (block.content()) {
      case Content.Header header -> header(header);
      case Content.Prompt prompt -> prompt(prompt, width, unfolded);
      case Content.Answer(Source text, boolean isOpen) ->
          body.answer(
              new BodyRows.Answer(
                  block.id(),
                  text.text(),
                  isOpen,
                  Span.decoration(look.glyphs().block() + " ", look.style(Token.TEXT)),
                  Span.decoration("  ", Style.PLAIN)),
              width);
      case Content.Thinking thinking -> thinking(thinking, width, unfolded);
      case Content.Call call -> calls.call(call, width, unfolded);
      case Content.Run run -> calls.run(run, width, unfolded);
      case Content.Notice notice -> notice(notice, width);
      case Content.Interrupted _ ->
          calls.result(List.of(Row.of("Interrupted by you", look.style(Token.WARNING))), width);
      case Content.Summary summary -> List.of(summary(summary, width));
      case Content.Shell shell -> shell(shell, width, unfolded);
      case Content.Memory(String text, String where) -> memory(text, where, width);
      case Content.Aside(String question, Source answer) -> aside(question, answer, width);
      case Content.Gone _ -> List.of();
    };
  }

  private List<Row> header(Content.Header header) {
    Style dim = look.style(Token.DIM);
    Row first =
        Row.of(
            Span.decoration("  ", Style.PLAIN),
            Span.of(header.product(), look.bold(Token.ACCENT)),
            Span.of("   " + header.model(), look.style(Token.TEXT)),
            Span.of(look.separator() + header.place(), dim));
    return header.facts().isEmpty()
        ? List.of(first)
        : List.of(
            first,
            Row.of(
                Span.decoration("  ", Style.PLAIN),
                Span.of(String.join(look.separator(), header.facts()), dim)));
  }

  private List<Row> prompt(Content.Prompt prompt, int width, boolean unfolded) {
    Style user = look.style(Token.USER);
    List<Row> rows = new ArrayList<>();
    if (!prompt.text().isEmpty()) {
      rows.addAll(userText(prompt.text(), width, unfolded));
    }
    if (!prompt.attachments().isEmpty()) {
      rows.addAll(
          Rows.wrap(
              width - 2, Span.of(String.join(" ", prompt.attachments()), look.style(Token.DIM))));
    }
    Span sign = Span.decoration(look.glyphs().prompt() + " ", look.style(Token.DIM));
    return Rows.prefixed(rows, sign, Span.decoration("  ", Style.PLAIN)).stream()
        .map(row -> Rows.on(row, user))
        .toList();
  }

  private List<Row> userText(Source text, int width, boolean unfolded) {
    boolean folds = !unfolded && text.lines() > FOLDED_PROMPT_ROWS + 1;
    String shown = folds ? text.firstLines(FOLDED_PROMPT_ROWS) : text.text();
    List<Row> rows =
        new ArrayList<>(
            Rows.wrap(
                width - 2,
                Span.of(Cells.expandTabs(Cells.visible(shown), 4), look.style(Token.TEXT))));
    if (folds) {
      rows.add(results.more(text.lines() - FOLDED_PROMPT_ROWS));
    }
    return rows;
  }

  private List<Row> thinking(Content.Thinking thinking, int width, boolean unfolded) {
    if (!unfolded && !Spacing.isVisible(thinking)) {
      return List.of();
    }
    return calls.thought(thinking.text(), thinking.took(), width, unfolded);
  }

  private List<Row> notice(Content.Notice notice, int width) {
    Token token =
        switch (notice.level()) {
          case INFO -> Token.DIM;
          case WARNING -> Token.WARNING;
          case ERROR -> Token.ERROR;
        };
    Style style = look.style(token);
    List<Row> rows =
        new ArrayList<>(
            Rows.prefixed(
                Rows.wrap(width - 2, Span.of(Cells.visible(notice.text()), style)),
                Span.decoration(look.glyphs().block() + " ", look.sign(token)),
                Span.decoration("  ", Style.PLAIN)));
    if (!notice.hint().isEmpty()) {
      rows.addAll(
          calls.result(
              Rows.wrap(calls.resultWidth(width), Span.of(notice.hint(), look.style(Token.DIM))),
              width));
    }
    return rows;
  }

  private Row summary(Content.Summary summary, int width) {
    var usage = summary.usage();
    String time = Amounts.time(summary.took());
    String cached =
        usage.cacheReadTokens() > 0
            ? " (" + Amounts.tokens(usage.cacheReadTokens()) + " cached)"
            : "";
    String in = look.glyphs().up() + " " + Amounts.tokens(usage.totalInputTokens());
    String out = look.glyphs().down() + " " + Amounts.tokens(usage.outputTokens());
    String dot = look.separator();
    String cost = summary.cost().map(it -> dot + Amounts.cost(it)).orElse("");
    String sign = look.glyphs().work() + " ";
    for (String text :
        List.of(
            time + dot + in + cached + " " + out + cost,
            time + dot + in + " " + out + cost,
            time + cost)) {
      if (Cells.width(sign + text) <= width) {
        return line(sign, text);
      }
    }
    return line(sign, time);
  }

  private Row line(String sign, String text) {
    Style dim = look.style(Token.DIM);
    return Row.of(Span.decoration(sign, dim), Span.of(text, dim));
  }

  private List<Row> shell(Content.Shell shell, int width, boolean unfolded) {
    List<Row> rows = new ArrayList<>(said("! ", Token.SHELL, shell.command(), width));
    rows.addAll(
        calls.outcome(
            shell.state(), shell.elapsed(), shell.progress(), shell.result(), width, unfolded));
    return rows;
  }

  private List<Row> memory(String text, String where, int width) {
    List<Row> rows = new ArrayList<>(said("# ", Token.MEMORY, text, width));
    if (!where.isEmpty()) {
      rows.addAll(
          calls.result(
              List.of(Row.of("Saved to " + Cells.visible(where), look.style(Token.DIM))), width));
    }
    return rows;
  }

  private List<Row> aside(String question, Source answer, int width) {
    Style dim = look.style(Token.DIM);
    List<Row> rows =
        new ArrayList<>(
            Rows.wrap(
                width - 2,
                Span.of("aside: ", look.bold(Token.DIM)),
                Span.of(Cells.visible(question), dim)));
    rows.addAll(
        Rows.wrap(width - 2, Span.of(Cells.expandTabs(Cells.visible(answer.text()), 4), dim)));
    return Rows.prefixed(
        rows,
        Span.decoration(look.glyphs().block() + " ", dim),
        Span.decoration("  ", Style.PLAIN));
  }

  private List<Row> said(String sign, Token token, String text, int width) {
    return Rows.prefixed(
            Rows.wrap(width - 2, Span.of(Cells.visible(text), look.style(Token.TEXT))),
            Span.decoration(sign, look.bold(token)),
            Span.decoration("  ", Style.PLAIN))
        .stream()
        .map(row -> Rows.on(row, look.style(Token.USER)))
        .toList();
  }

  @Override
  public int estimate(Transcript transcript, int place, int width) {
    return BlockSize.rows(transcript.size(place), width);
  }
}
