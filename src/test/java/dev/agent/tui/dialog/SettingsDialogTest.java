package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsDialogTest {
  private final Golden golden = new Golden(getClass());

  private static Settings.Layer layer(Source source, String file, String json) {
    try {
      return new Settings.Layer(source, file, Path.of("/"), (ObjectNode) Json.parse(json), "");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<SettingItem> items() {
    return SettingItem.of(
        new Settings(
            List.of(
                layer(
                    Source.USER,
                    "~/.config/agent/settings.json",
                    "{\"model\":\"middle-model\",\"permissions\":{\"allow\":[\"Bash(npm"
                        + " test)\"]}}"),
                layer(
                    Source.PROJECT,
                    ".agent/settings.json",
                    "{\"model\":\"large-model\",\"permissions\":{\"defaultMode\":\"plan\"}}"),
                layer(
                    Source.POLICY,
                    "/etc/agent/settings.json",
                    "{\"permissions\":{\"defaultMode\":\"default\"}}")),
            List.of(),
            List.of(),
            List.of(),
            true));
  }

  static SettingsDialog dialog() {
    return new SettingsDialog(items());
  }

  private static SettingsDialog at(String search) {
    SettingsDialog dialog = dialog();
    Press.type(dialog, search);
    return dialog;
  }

  private static Step<SettingChange> told(String key, String json, Source target) {
    return new Step.Told<>(new SettingChange.Set(key, json, target));
  }

  @Test
  void looksCalm() {
    golden.check("all", SettingsDialogTest::dialog);
    golden.check("search", () -> at("default"));
    golden.check(
        "sources",
        () -> {
          SettingsDialog dialog = at("model");
          dialog.on(Press.CTRL_O);
          return dialog;
        });
    golden.check(
        "editing",
        () -> {
          SettingsDialog dialog = at("model");
          dialog.on(Press.ENTER);
          Press.type(dialog, "-5");
          return dialog;
        });
  }

  @Test
  void theSourceIsShown() {
    assertThat(Sizes.text(at("model"))).containsPattern("model +large-model +project");
    assertThat(Sizes.text(at("permissions.allow")))
        .containsPattern("permissions.allow +\\[\"Bash\\(npm test\\)\"] +user");
  }

  @Test
  void textIsTypedAndGoesToTheChosenTarget() {
    SettingsDialog dialog = at("model");
    dialog.on(Press.TAB);
    dialog.on(Press.ENTER);
    Press.type(dialog, "-5");

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(told("model", "\"large-model-5\"", Source.PROJECT));
    dialog.refresh(items(), "Git ignores this file.");
    assertThat(Sizes.text(dialog)).contains("Git ignores this file.");
  }

  @Test
  void whatTheAdministratorSettledStays() {
    SettingsDialog dialog = at("permissions.defaultMode");

    assertThat(dialog.on(Press.ENTER)).isEqualTo(new Step.Open<>());
    assertThat(Sizes.text(dialog)).contains("The administrator settled");
  }

  @Test
  void listsAreEditedAsJson() {
    SettingsDialog dialog = at("permissions.allow");

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(new Step.Edit<>("[ \"Bash(npm test)\" ]", ".json"));
    assertThat(dialog.on(new Input.Edited("[\"Bash(make)\"]\n")))
        .isEqualTo(told("permissions.allow", "[\"Bash(make)\"]", Source.USER));
    assertThat(dialog.on(new Input.Edited("[oops"))).isEqualTo(new Step.Open<>());
    assertThat(Sizes.text(dialog)).contains("is no JSON value");
  }

  @Test
  void flagsTurnOver() {
    SettingItem flag = items().stream().filter(SettingItem::isFlag).findFirst().orElseThrow();
    SettingsDialog dialog = at(flag.setting().key());

    assertThat(dialog.on(Press.ENTER))
        .isInstanceOfSatisfying(
            Step.Told.class,
            it -> assertThat(((SettingChange.Set) it.value()).json()).isIn("true", "false"));
  }

  @Test
  void escapeClearsTheSearchThenCloses() {
    SettingsDialog dialog = at("model");

    assertThat(dialog.on(Press.ESC)).isEqualTo(new Step.Open<>());
    assertThat(dialog.on(Press.ESC))
        .isEqualTo(new Step.Answered<SettingChange>(new SettingChange.Done()));
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(SettingsDialogTest::dialog);
    Sizes.assertFits(
        () -> {
          SettingsDialog dialog = at("model");
          dialog.on(Press.ENTER);
          return dialog;
        });
  }

  @Test
  void whatMayHoldKeysIsNotShown() {
    List<SettingItem> items =
        SettingItem.of(
            new Settings(
                List.of(layer(Source.USER, "s.json", "{\"env\":{\"TOKEN\":\"secret-1\"}}")),
                List.of(),
                List.of(),
                List.of(),
                true));
    SettingItem env =
        items.stream().filter(it -> it.setting().key().equals("env")).findFirst().orElseThrow();

    assertThat(env.shown()).isEqualTo("(not shown)");
    assertThat(env.origins()).hasSize(1).noneMatch(it -> it.contains("secret-1"));
  }
}
