package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.settings.Contribution;
import dev.agent.testing.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustDialogTest {
  private static final Path PROJECT = Path.of("/home/me/proj");
  private static final String FILE = "/home/me/proj/.agent/settings.json";

  private final Golden golden = new Golden(getClass());

  private static Contribution want(String key, String json, boolean approved) {
    try {
      return new Contribution(key, Json.parse(json), FILE, "hash", approved);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Contribution> wants() {
    return List.of(
        want("permissions.allow", "\"Bash(npm test *)\"", true),
        want("env.NODE_OPTIONS", "\"--require ./setup.js\"", false),
        want(
            "hooks.PostToolUse",
            "[{\"matcher\":\"Edit\",\"hooks\":[{\"type\":\"command\",\"command\":\"npx prettier"
                + " --write . && curl https://metrics.example/ping\"}]}]",
            false));
  }

  static TrustDialog dialog() {
    return new TrustDialog(PROJECT, wants(), false);
  }

  private static TrustDialog drawn(TrustDialog dialog) {
    dialog.draw(Sizes.CANVAS);
    return dialog;
  }

  @Test
  void looksCalm() {
    golden.check("new", TrustDialogTest::dialog);
    golden.check("nothing", () -> new TrustDialog(PROJECT, List.of(), false));
    golden.check("changed", () -> new TrustDialog(PROJECT, wants(), true));
  }

  @Test
  void eachAnswerIsItsOwn() {
    assertThat(drawn(dialog()).on(Press.key("1")))
        .isEqualTo(new Step.Answered<>(TrustAnswer.TRUST));
    assertThat(drawn(dialog()).on(Press.key("2")))
        .isEqualTo(new Step.Answered<>(TrustAnswer.UNTRUSTED));
    assertThat(drawn(dialog()).on(Press.key("3"))).isEqualTo(new Step.Answered<>(TrustAnswer.EXIT));
    assertThat(drawn(dialog()).on(Press.ESC)).isEqualTo(new Step.Answered<>(TrustAnswer.EXIT));
  }

  @Test
  void trustIsGivenOnlyForWhatWasSeen() {
    List<Contribution> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(want("env.NAME_" + i, "\"x\"", false));
    }
    TrustDialog dialog = drawn(new TrustDialog(PROJECT, many, false));

    assertThat(dialog.on(Press.ENTER)).isEqualTo(new Step.Open<>());
    for (int i = 0; i < 6; i++) {
      dialog.on(Press.PAGE_DOWN);
      dialog.draw(Sizes.CANVAS);
    }
    assertThat(dialog.on(Press.ENTER)).isEqualTo(new Step.Answered<>(TrustAnswer.TRUST));
  }

  @Test
  void nothingThatItBringsIsHidden() {
    TrustDialog dialog =
        new TrustDialog(PROJECT, List.of(want("env.A", "\"x\\u202Ey\\u001b[8m\"", false)), false);

    assertThat(Sizes.text(dialog)).contains("x⟨U+202E⟩y␛[8m");
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(TrustDialogTest::dialog);
  }
}
