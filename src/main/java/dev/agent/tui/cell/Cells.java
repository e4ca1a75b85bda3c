package dev.agent.tui.cell;

import org.jline.utils.WCWidth;

/** How many columns text takes. */
public final class Cells {
  private Cells() {}

  /** The columns of a text without control characters. */
  public static int width(String text) {
    int width = 0;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      width += point >= ' ' && point < 0x7F ? 1 : Math.max(0, WCWidth.wcwidth(point));
      at += Character.charCount(point);
    }
    return width;
  }
}
