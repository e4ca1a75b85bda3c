package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import dev.agent.tui.markup.AnsiText;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.markup.Markdown;
import dev.agent.tui.markup.StreamingMarkdown;
import dev.agent.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws texts with the markup of {@code tui.markup}. The answer that still comes in is understood
 * piece by piece, all others at once. Owned by the UI thread.
 */
public final class MarkupBody implements BodyRows {
  /** Wider than any line: whoever shows lines cuts or wraps them. */
  private static final int UNWRAPPED = Integer.MAX_VALUE;

  private final Markdown markdown;
  private final DiffRows diffs;
  private final Theme theme;
  private Optional<Growing> growing = Optional.empty();

  /**
   * The one text that grows.
   *
   * @param read how much of it was understood
   * @param framed its rows that never change any more at the width, with what stands in front
   */
  private record Growing(
      long id, String read, StreamingMarkdown stream, int width, List<Row> framed) {}

  public MarkupBody(Markdown markdown, DiffRows diffs, Theme theme) {
    this.markdown = markdown;
    this.diffs = diffs;
    this.theme = theme;
  }

  @Override
  public List<Row> answer(Answer answer, int width) {
    int inside = Math.max(1, width - answer.first().width());
    if (!answer.isOpen()) {
      List<Row> rows = markdown.rows(answer.text(), inside, theme);
      return fitted(Rows.prefixed(rows, answer.first(), answer.rest()), width);
    }
    Growing known =
        growing
            .filter(it -> it.id == answer.id() && answer.text().startsWith(it.read))
            .orElseGet(() -> new Growing(answer.id(), "", markdown.stream(), 0, List.of()));
    known.stream.append(answer.text().substring(known.read.length()));
    List<Row> rows = known.stream.rows(inside, theme);
    // A long answer costs no more than a short one: only what is new gets a frame.
    List<Row> framed = new ArrayList<>(known.width == width ? known.framed : List.of());
    for (int i = framed.size(); i < known.stream.stableRows(); i++) {
      framed.addAll(framed(rows, i, answer, width));
    }
    growing = Optional.of(new Growing(answer.id(), answer.text(), known.stream, width, framed));
    List<Row> all = new ArrayList<>(framed);
    for (int i = framed.size(); i < rows.size(); i++) {
      all.addAll(framed(rows, i, answer, width));
    }
    return all;
  }

  private static List<Row> framed(List<Row> rows, int index, Answer answer, int width) {
    Row row = rows.get(index).after(index == 0 ? answer.first() : answer.rest());
    return fitted(List.of(row), width);
  }

  /** On a screen of a few columns even what stands in front is too wide. */
  private static List<Row> fitted(List<Row> rows, int width) {
    return Rows.cut(rows, width, "");
  }

  @Override
  public List<Row> lines(String text) {
    return AnsiText.rows(text, UNWRAPPED, theme);
  }

  @Override
  public List<Row> diff(Display.Diff diff, int width) {
    return diffs.rows(diff, width, theme);
  }
}
