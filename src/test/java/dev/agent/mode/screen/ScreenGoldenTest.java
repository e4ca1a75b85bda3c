package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.agent.testing.Golden;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Screen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every state of the screen at every size and theme, as it is kept in the golden files. */
class ScreenGoldenTest {
  private final Golden golden = new Golden(getClass());

  @TestFactory
  Stream<DynamicTest> looksAsItWasApproved() {
    Map<String, Consumer<Scene>> scenes = new LinkedHashMap<>(TalkScenes.all());
    scenes.putAll(DialogScenes.all());
    List<DynamicTest> tests = new ArrayList<>();
    scenes.forEach(
        (name, scene) ->
            Golden.SCREENS.forEach(
                size ->
                    Golden.THEMES.forEach(
                        theme ->
                            tests.add(
                                dynamicTest(
                                    name + "-" + size + "-" + theme.name(),
                                    () -> check(name, scene, size, theme))))));
    return tests.stream();
  }

  private void check(String name, Consumer<Scene> set, Golden.Size size, Theme theme) {
    WholeScreen whole = new WholeScreen(size.columns(), size.rows(), Scene.CAPABLE);
    Scene scene = new Scene(theme.name(), whole, Glyphs.UNICODE);
    set.accept(scene);

    Screen screen = scene.draw();

    assertThat(screen.rows()).hasSize(size.rows());
    for (int y = 0; y < size.rows(); y++) {
      // What lies on the cells is what was meant: nothing is cut at the edge, nothing left over.
      assertThat(whole.cells().text(y).stripTrailing())
          .isEqualTo(screen.rows().get(y).text().stripTrailing());
    }
    golden.check(
        name + "-" + size + "-" + theme.name(),
        screen.rows(),
        screen.cursor(),
        size.columns(),
        theme);
  }
}
