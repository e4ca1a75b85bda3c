package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import dev.agent.tui.dialog.RulesDialog.Item;
import dev.agent.tui.dialog.RulesDialog.Tab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesDialogTest {
  private static final Item TEST = new Item(Tab.ALLOW, "Bash(npm test *)", "session", true);
  private static final Item DENIED =
      new Item(Tab.DENIED, "Bash(curl *)", "the user said no", false);

  private final Golden golden = new Golden(getClass());

  static RulesDialog dialog() {
    return new RulesDialog(
        List.of(
            TEST,
            new Item(Tab.ALLOW, "Edit(/src/**)", ".agent/settings.json, line 7", true),
            new Item(Tab.DENY, "Read(.env)", "/etc/agent/settings.json", false),
            new Item(Tab.DIRECTORIES, "/home/me/shared", "--add-dir", true),
            DENIED),
        Path.of("/home/me/proj"));
  }

  private static RulesDialog after(Input... inputs) {
    RulesDialog dialog = dialog();
    Press.all(dialog, inputs);
    return dialog;
  }

  private static Step<RuleChange> told(RuleChange change) {
    return new Step.Told<>(change);
  }

  @Test
  void looksCalm() {
    golden.check("rules", RulesDialogTest::dialog);
    golden.check("removing", () -> after(Press.key("2")));
    golden.check(
        "adding-wrong",
        () -> {
          RulesDialog dialog = after(Press.key("1"));
          Press.type(dialog, "Bash(git");
          dialog.on(Press.ENTER);
          return dialog;
        });
    golden.check("denied", () -> after(Press.SHIFT_TAB));
  }

  @Test
  void rulesAreAddedOnceTheyCanBeRead() {
    RulesDialog dialog = after(Press.ENTER);
    assertThat(dialog.isTyping()).isTrue();
    Press.type(dialog, "Bash(git");
    assertThat(dialog.on(Press.ENTER)).isEqualTo(new Step.Open<>());
    assertThat(Sizes.text(dialog)).contains("This is no rule");
    Press.type(dialog, " log)");

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(told(new RuleChange.Add(Tab.ALLOW, "Bash(git log)")));
    assertThat(dialog.isTyping()).isFalse();
  }

  @Test
  void removingIsConfirmed() {
    assertThat(after(Press.key("2")).on(Press.ENTER)).isEqualTo(told(new RuleChange.Remove(TEST)));
    RulesDialog kept = after(Press.key("2"), Press.key("n"));
    assertThat(Sizes.text(kept)).doesNotContain("Remove");
  }

  @Test
  void whatIsSettledElsewhereStays() {
    RulesDialog dialog = after(Press.TAB, Press.TAB, Press.key("2"));

    assertThat(Sizes.text(dialog)).contains("/etc/agent/settings.json and can't be removed here");
    assertThat(dialog.on(Press.ENTER)).isEqualTo(new Step.Open<>());
  }

  @Test
  void aDeniedCallBecomesTheBeginningOfARule() {
    RulesDialog dialog = after(Press.LEFT, Press.ENTER);

    assertThat(Sizes.text(dialog)).contains("+ Bash(curl *)");
    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(told(new RuleChange.Add(Tab.ALLOW, "Bash(curl *)")));
  }

  @Test
  void aDirectoryIsNoRule() {
    RulesDialog dialog = after(Press.RIGHT, Press.RIGHT, Press.RIGHT, Press.ENTER);
    Press.type(dialog, "/srv/(data");

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(told(new RuleChange.Add(Tab.DIRECTORIES, "/srv/(data")));
  }

  @Test
  void escapeGoesBackThenCloses() {
    RulesDialog dialog = after(Press.ENTER, Press.ESC);

    assertThat(dialog.on(Press.ESC))
        .isEqualTo(new Step.Answered<RuleChange>(new RuleChange.Done()));
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(RulesDialogTest::dialog);
    Sizes.assertFits(() -> after(Press.ENTER));
    Sizes.assertFits(() -> after(Press.key("2")));
  }
}
