package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.theme.Themes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {
  private static final Preferences DEFAULTS =
      new Preferences(
          "auto",
          "auto",
          Notifier.Setting.AUTO,
          Optional.empty(),
          false,
          DiffRows.Layout.AUTO,
          false,
          "",
          true);

  @TempDir Path dir;

  private static Settings settings(String json) throws Exception {
    return new Settings(
        List.of(
            new Settings.Layer(
                Source.USER,
                "settings.json",
                Path.of("/"),
                (ObjectNode) Json.MAPPER.readTree(json),
                json)),
        List.of(),
        List.of(),
        List.of(),
        false);
  }

  @Test
  void nothingSetIsTheDefault() throws Exception {
    assertThat(Preferences.of(Settings.none())).isEqualTo(DEFAULTS);
    assertThat(Preferences.statusLine(Settings.none())).isEmpty();
  }

  @Test
  void whatCannotBeMeantIsTheDefault() throws Exception {
    assertThat(
            Preferences.of(
                settings(
                    """
                    {"mouse": "x", "notifications": 3, "reduceMotion": "x",
                     "diff": {}, "editorMode": "emacs", "theme": " "}
                    """)))
        .isEqualTo(DEFAULTS);
    assertThat(Preferences.statusLine(settings("{\"statusLine\": \"x\"}"))).isEmpty();
    assertThat(Preferences.statusLine(settings("{\"statusLine\": {\"command\": \" \"}}")))
        .isEmpty();
    assertThat(
            Preferences.statusLine(
                settings("{\"statusLine\": {\"type\": \"x\", \"command\": \"y\"}}")))
        .isEmpty();
  }

  @Test
  void everythingCanBeSet() throws Exception {
    assertThat(
            Preferences.of(
                settings(
                    """
                    {"theme": "mine", "mouse": "Scroll", "notifications": "command",
                     "notificationCommand": "say", "reduceMotion": true,
                     "diff": "split", "editorMode": "vim", "vimInsertEscape": "jk",
                     "respectGitignore": false}
                    """)))
        .isEqualTo(
            new Preferences(
                "mine",
                "scroll",
                Notifier.Setting.COMMAND,
                Optional.of("say"),
                true,
                DiffRows.Layout.SPLIT,
                true,
                "jk",
                false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'notifications': 'bell', 'preferredNotifChannel': 'notifications_disabled'} | BELL",
        "{'preferredNotifChannel': 'notifications_disabled'} | OFF",
        "{'preferredNotifChannel': 'terminal_bell'} | BELL",
        "{'preferredNotifChannel': 'iterm2'} | AUTO",
        "{'notifications': 'command'} | AUTO",
        "{'notifications': 'off'} | OFF",
      })
  void notificationsHaveTwoNames(String json, Notifier.Setting setting) throws Exception {
    assertThat(Preferences.of(settings(json.replace('\'', '"'))).notifications())
        .isEqualTo(setting);
  }

  @Test
  void whatIsSelectedIsCopiedAtOnceIfThatIsWanted() throws Exception {
    assertThat(Preferences.copyOnSelect(settings("{\"copyOnSelect\": true}"))).isTrue();
    assertThat(Preferences.copyOnSelect(settings("{\"copyOnSelect\": []}"))).isFalse();
    assertThat(Preferences.copyOnSelect(Settings.none())).isFalse();
  }

  @Test
  void theStatusLineIsACommandWithWhatBelongsToIt() throws Exception {
    assertThat(
            Preferences.statusLine(
                settings(
                    """
                    {"statusLine": {"type": "command", "command": "x y", "padding": 2,
                     "refreshInterval": 5}}
                    """)))
        .contains(new StatusLine.Command("x y", 2, Optional.of(Duration.ofSeconds(5))));
  }

  @Test
  void ownThemesAndKeysAreFoundAndTheirProblemsTold() throws Exception {
    Files.createDirectory(dir.resolve("themes"));
    Files.writeString(dir.resolve("themes/mine.json"), "{}");
    Files.writeString(dir.resolve("themes/dark.json"), "{}");
    Files.writeString(dir.resolve("keybindings.json"), "{\"nowhere\": {}}");

    PersonalFiles files = PersonalFiles.in(dir);

    assertThat(files.themes().names()).contains("mine");
    assertThat(files.problems())
        .hasSize(2)
        .anyMatch(it -> it.startsWith("keybindings.json: \"nowhere\" is no context"))
        .anyMatch(it -> it.startsWith("theme \"dark\""));
    assertThat(PersonalFiles.in(dir.resolve("missing")).problems()).isEmpty();
  }

  @Test
  void aThemeThatIsNoneIsToldOf() throws Exception {
    Themes themes = new Themes();

    assertThat(Preferences.themeProblem(settings("{\"theme\": \"nosuch\"}"), themes))
        .contains(
            "settings: \"theme\" is \"nosuch\", and there is no such theme. Choose one with"
                + " /theme; until then it is auto.");
    assertThat(Preferences.themeProblem(settings("{\"theme\": \"dark\"}"), themes)).isEmpty();
    assertThat(Preferences.themeProblem(settings("{}"), themes)).isEmpty();
  }
}
