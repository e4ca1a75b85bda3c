package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import java.util.function.Supplier;

/** Draws dialogs at every small size. */
final class Sizes {
  static final Canvas CANVAS = new Canvas(100, 26, Golden.theme("dark"), true, Press.KEYMAP);

  private Sizes() {}

  /** Nothing is thrown, and nothing stands out of the canvas. */
  static void assertFits(Supplier<? extends Dialog<?>> dialog) {
    for (int width = 1; width < 90; width += 3) {
      for (int height = 1; height < 24; height++) {
        int most = width;
        Picture picture =
            dialog.get().draw(new Canvas(width, height, Golden.theme("mono"), true, Press.KEYMAP));
        assertThat(picture.rows()).hasSizeBetween(1, height);
        assertThat(picture.rows()).allMatch(row -> row.width() <= most);
      }
    }
  }

  /** What is read on a usual screen. */
  static String text(Dialog<?> dialog) {
    StringBuilder text = new StringBuilder();
    dialog.draw(CANVAS).rows().forEach(row -> text.append(row.text()).append('\n'));
    return text.toString();
  }
}
