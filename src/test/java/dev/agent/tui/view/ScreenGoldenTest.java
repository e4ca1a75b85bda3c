package dev.agent.tui.view;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.agent.testing.Golden;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.markup.Highlighter;
import dev.agent.tui.markup.Markdown;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every state of the screen at every size and theme, as it is kept in the golden files. */
class ScreenGoldenTest {
  private record Size(int columns, int rows) {}

  private static final List<Size> SIZES =
      List.of(new Size(100, 30), new Size(60, 20), new Size(200, 50));

  @TestFactory
  Stream<DynamicTest> looksAsItWasApproved() {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, ScreenStates.State> states = new TreeMap<>(ScreenStates.all());
    for (String themeName : List.of("dark", "light", "mono")) {
      Theme theme = new Themes().find(themeName, Background.DARK).orElseThrow();
      Look look = new Look(theme, Glyphs.UNICODE, ZoneOffset.UTC);
      states.forEach(
          (name, state) ->
              SIZES.forEach(
                  size -> {
                    String file = name + "-" + size.columns + "x" + size.rows + "-" + themeName;
                    tests.add(
                        dynamicTest(
                            file,
                            () -> {
                              Screen screen =
                                  state.draw(look, body(theme), size.columns, size.rows);
                              Golden.check(
                                  ScreenGoldenTest.class, file, screen.rows(), size.columns, theme);
                            }));
                  }));
    }
    return tests.stream();
  }

  static MarkupBody body(Theme theme) {
    Highlighter highlighter = new Highlighter(() -> Instant.EPOCH);
    return new MarkupBody(
        new Markdown(highlighter, true), new DiffRows(highlighter, DiffRows.Layout.AUTO), theme);
  }
}
