package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import dev.agent.tui.input.Action;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is pressed, whenever, at whatever size: dialogs go on, and stay in their place. */
class DialogFuzzTest {
  private static final List<String> TEXTS =
      List.of("a", "1", "2", "3", "9", "/", " ", "?", "日", "👩‍💻", "\u0301", "(", "\u202E");

  static Stream<Supplier<Dialog<?>>> dialogs() {
    return Stream.of(
        () -> PermissionDialogTest.dialog(PermissionDialogTest.edit(30)),
        () -> PermissionDialogTest.dialog(PermissionDialogTest.mcp()),
        () ->
            PermissionDialogTest.dialog(
                PermissionDialogTest.command("make x; ".repeat(90), "Bash(make *)")),
        PermissionDialogTest::fetch,
        QuestionDialogTest::both,
        PlanDialogTest::dialog,
        TrustDialogTest::dialog,
        DoomLoopDialogTest::dialog,
        PickListsTest::sessions,
        PickListsTest::models,
        RewindDialogTest::dialog,
        SettingsDialogTest::dialog,
        RulesDialogTest::dialog,
        PanelTest::table,
        PanelTest::help);
  }

  @ParameterizedTest
  @MethodSource("dialogs")
  void nothingThatIsPressedBreaksThem(Supplier<Dialog<?>> fresh) {
    Random random = new Random(7);
    Dialog<?> dialog = fresh.get();
    for (int i = 0; i < 1_500; i++) {
      if (random.nextInt(3) == 0) {
        int width = 1 + random.nextInt(120);
        int height = 1 + random.nextInt(40);
        Picture picture =
            dialog.draw(
                new Canvas(
                    width, height, Golden.theme("dark"), random.nextBoolean(), Press.KEYMAP));
        assertThat(picture.rows()).hasSizeLessThanOrEqualTo(height);
        assertThat(picture.rows()).allMatch(row -> row.width() <= width);
        picture
            .cursor()
            .ifPresent(
                spot -> {
                  assertThat(spot.row()).isLessThan(picture.rows().size());
                  assertThat(spot.column()).isLessThan(width);
                });
      }
      if (dialog.on(input(random)) instanceof Step.Answered) {
        dialog = fresh.get();
      }
    }
  }

  private static Input input(Random random) {
    Action[] actions = Action.values();
    return switch (random.nextInt(8)) {
      case 0, 1 -> Press.key(TEXTS.get(random.nextInt(TEXTS.size())));
      case 2 -> new Input.Wheel(random.nextInt(9) - 4);
      case 3 -> new Input.Clicked(random.nextInt(12) - 1);
      case 4 -> new Input.Pasted(random.nextBoolean() ? "x\ny" : "line\n".repeat(20));
      case 5 -> new Input.Edited(random.nextBoolean() ? "{\"a\":1}" : "[");
      default -> Press.action(actions[random.nextInt(actions.length)]);
    };
  }
}
