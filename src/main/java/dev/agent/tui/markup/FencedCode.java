package dev.agent.tui.markup;

import dev.agent.tui.cell.Row;
import java.util.ArrayList;
import java.util.List;

/** A code block of the top level that is drawn while it grows: each line once. */
final class FencedCode {
  private final Lines.Fence fence;
  private final CodeRows code;
  private int read = -1;

  FencedCode(Lines.Fence fence, CodeRows code) {
    this.fence = fence;
    this.code = code;
  }

  /**
   * Reads what is new.
   *
   * @param text the block from the opening fence on, whole lines with LF between them
   */
  void read(CharSequence text) {
    if (read < 0) {
      read = lineEnd(text, 0);
    }
    while (read < text.length()) {
      int end = lineEnd(text, read + 1);
      String line = text.subSequence(read + 1, end).toString();
      if (!fence.isClosedBy(line)) {
        code.line(fence.content(line));
      }
      read = end;
    }
  }

  /** The rows of all lines, and of one that may still grow. */
  List<Row> rows(String partial) {
    if (partial.isEmpty()) {
      return code.rows();
    }
    List<Row> rows = new ArrayList<>(code.rows());
    rows.addAll(code.preview(fence.content(partial)));
    return rows;
  }

  /** The index of the next LF, or the end. */
  static int lineEnd(CharSequence text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }
}
