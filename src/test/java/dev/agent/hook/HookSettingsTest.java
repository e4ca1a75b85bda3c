package dev.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HookSettingsTest {
  private static Settings.Layer layer(Source source, String more) throws IOException {
    String hooks =
        "\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\""
            + source.shown()
            + "\"}]}]}";
    return new Settings.Layer(
        source,
        source.shown() + ".json",
        Path.of("/"),
        (ObjectNode) Json.parse("{" + hooks + more + "}"),
        "");
  }

  private static List<String> commands(Settings.Layer... layers) {
    return HookSettings.of(new Settings(List.of(layers), List.of(), List.of(), List.of(), false))
        .handlers()
        .stream()
        .map(handler -> handler.action().text())
        .toList();
  }

  @Test
  void hooksOfAllSourcesCountTogether() throws IOException {
    assertThat(
            commands(layer(Source.USER, ""), layer(Source.PROJECT, ""), layer(Source.POLICY, "")))
        .containsExactly("user", "project", "policy");
  }

  @Test
  void aSwitchReachesNoFurtherThanItsSource() throws IOException {
    String off = ",\"disableAllHooks\":true";
    assertThat(
            commands(
                layer(Source.USER, ""),
                layer(Source.PROJECT, off),
                layer(Source.LOCAL, ""),
                layer(Source.POLICY, "")))
        .containsExactly("user", "policy");
    assertThat(
            commands(layer(Source.USER, off), layer(Source.PROJECT, ""), layer(Source.POLICY, "")))
        .containsExactly("policy");
    assertThat(commands(layer(Source.USER, ""), layer(Source.POLICY, off))).isEmpty();
  }

  @Test
  void onlyTheAdministratorCanLeaveOutAllButTheAdministratorsHooks() throws IOException {
    String only = ",\"allowManagedHooksOnly\":true";
    assertThat(commands(layer(Source.USER, only), layer(Source.POLICY, "")))
        .containsExactly("user", "policy");
    assertThat(commands(layer(Source.USER, ""), layer(Source.POLICY, only)))
        .containsExactly("policy");
  }

  @Test
  void limitsAreThoseOfTheEventWhereNothingElseIsSaid() throws IOException {
    ObjectNode values =
        (ObjectNode)
            Json.parse(
                """
                {"hooks": {
                  "Stop": [{"hooks": [{"type": "command", "command": "a"},
                                      {"type": "command", "command": "b", "timeout": 0.25}]}],
                  "UserPromptSubmit": [{"hooks": [{"type": "command", "command": "c"}]}],
                  "SessionEnd": [{"hooks": [{"type": "command", "command": "d", "timeout": 60}]}],
                  "PreToolUse": [{"hooks": [{"type": "prompt", "prompt": "e"}]}]}}
                """);
    Settings.Layer layer = new Settings.Layer(Source.USER, "f", Path.of("/"), values, "");
    assertThat(
            HookSettings.of(new Settings(List.of(layer), List.of(), List.of(), List.of(), false))
                .handlers()
                .stream()
                .map(Handler::limit))
        .containsExactly(
            Duration.ofSeconds(600),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(30));
  }

  @Test
  void theExamplesOfTheGuideAreUnderstood() throws IOException {
    Matcher blocks =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/guide/hooks.md")));
    List<Handler> handlers = new ArrayList<>();
    while (blocks.find()) {
      Settings.Layer layer =
          new Settings.Layer(
              Source.USER, "guide", Path.of("/"), (ObjectNode) Json.parse(blocks.group(1)), "");
      HookSettings read =
          HookSettings.of(new Settings(List.of(layer), List.of(), List.of(), List.of(), false));
      assertThat(read.problems()).isEmpty();
      handlers.addAll(read.handlers());
    }
    assertThat(handlers).hasSize(6);
  }
}
