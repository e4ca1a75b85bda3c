package dev.agent.tui.view;

import dev.agent.text.Clip;
import dev.agent.tui.cell.Cells;

/** What the terminal's window is called. */
public final class WindowTitle {
  private static final int MAX_TASK = 60;

  private WindowTitle() {}

  /**
   * {@code ✻ fix the loop — proj}.
   *
   * @param task what is worked on; empty before the first prompt
   */
  public static String of(Look look, boolean isWorking, String task, String project) {
    String sign = isWorking ? look.glyphs().work() : "*";
    String name = Cells.visible(project);
    String what =
        Clip.head(Cells.visible(task.replace('\n', ' ').replace('\t', ' ').strip()), MAX_TASK)
            .replace("…", look.glyphs().ellipsis());
    String dash = look.glyphs().equals(Glyphs.ASCII) ? " - " : " — ";
    return sign + " " + (what.isEmpty() ? name : what + dash + name);
  }
}
