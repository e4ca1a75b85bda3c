package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.theme.Theme;
import java.util.function.Supplier;

/** Pictures of dialogs at the usual sizes and in the usual themes. */
final class Golden {
  /** Rows that others have: three of the transcript, two rules, the footer. */
  private static final int OTHERS = 6;

  private final Class<?> test;

  Golden(Class<?> test) {
    this.test = test;
  }

  /** Compares a dialog at the usual sizes; the supplier makes it in the wanted state. */
  void check(String name, Supplier<? extends Dialog<?>> dialog) {
    check(name, dialog, 100, 30);
    check(name, dialog, 60, 20);
  }

  /** Compares a dialog on a screen of this size. */
  void check(String name, Supplier<? extends Dialog<?>> dialog, int width, int height) {
    check(name, dialog, width, height, true);
  }

  void check(
      String name, Supplier<? extends Dialog<?>> dialog, int width, int height, boolean armed) {
    for (Theme theme : TestThemes.ALL) {
      Dialog<?> drawn = dialog.get();
      int most = drawn.isFullScreen() ? height - 1 : height - OTHERS;
      Picture picture = drawn.draw(new Canvas(width, most, theme, armed, Press.KEYMAP));
      assertThat(picture.rows()).hasSizeLessThanOrEqualTo(most);
      assertThat(picture.rows()).allMatch(row -> row.width() <= width);
      String place = name + "-" + width + "x" + height + "-" + theme.name();
      dev.agent.testing.Golden.check(test, place, picture.rows(), width, theme);
    }
  }
}
