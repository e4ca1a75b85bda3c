package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import java.util.List;

/** Draws the texts that have a form of their own. */
public interface BodyRows {
  /** Markdown of an answer. {@code id} is that of its block: an open one only grows. */
  List<Row> markdown(long id, String text, boolean isOpen, int width);

  /** Lines of a program with their colours, each on one row, not wrapped. */
  List<Row> lines(String text);

  /** The changes of one file. */
  List<Row> diff(Display.Diff diff, int width);
}
