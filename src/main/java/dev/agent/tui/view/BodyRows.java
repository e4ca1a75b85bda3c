package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import java.util.List;

/** Draws the texts that have a form of their own. */
public interface BodyRows {

  /**
   * The text of an answer.
   *
   * @param id of its block
   * @param isOpen whether more comes: until then the text of an id only grows
   * @param first in front of the first row
   * @param rest in front of all others, as wide
   */
  record Answer(long id, String text, boolean isOpen, Span first, Span rest) {}

  /** Markdown; no row is wider than the width. */
  List<Row> answer(Answer answer, int width);

  /** Lines of a program with their colours, each on one row, not wrapped. */
  List<Row> lines(String text);

  /** The changes of one file. */
  List<Row> diff(Display.Diff diff, int width);
}
