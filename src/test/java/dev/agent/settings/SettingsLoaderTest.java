package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
  private static final Set<Source> ALL = EnumSet.of(Source.USER, Source.PROJECT, Source.LOCAL);

  @TempDir Path temp;
  private Path project;
  private Path managed;
  private Places places;

  @BeforeEach
  void makePlaces() throws IOException {
    project = Files.createDirectories(temp.resolve("project"));
    managed = temp.resolve("etc");
    places =
        Places.of(Map.of("HOME", Files.createDirectories(temp.resolve("home")).toString()), "linux")
            .withManaged(List.of(managed));
  }

  private SettingsSources sources() {
    return SettingsSources.files(places, project);
  }

  /** Trusts the project with all that it wants now, or takes that back. */
  private Settings load(boolean trusted) {
    Trust trust = new Trust(places);
    trust.revoke(project);
    Settings settings = SettingsLoader.load(sources());
    if (!trusted) {
      return settings;
    }
    trust.grant(project, settings.contributions());
    return SettingsLoader.load(sources());
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void project(String text) throws IOException {
    write(project.resolve(".agent/settings.json"), text);
  }

  @Test
  void withoutFilesThereIsNothingAndNoProblem() {
    assertThat(load(false)).isEqualTo(Settings.none());
  }

  @Test
  void onlyTheChosenSourcesAreRead() throws IOException {
    write(places.config().resolve("settings.json"), "{\"model\": \"user\"}");
    project("{\"model\": \"project\"}");
    for (Source source : ALL) {
      Settings settings = SettingsLoader.load(sources().withChosen(Set.of(source)));
      assertThat(settings.text("model"))
          .isEqualTo(source == Source.LOCAL ? Optional.empty() : Optional.of(source.shown()));
    }
  }

  @Test
  void commentsAndTrailingCommasAreFine() throws IOException {
    project("// one\n{ /* two */ \"model\": \"x\", \"permissions\": {\"allow\": [\"A\",],}, }\n");
    assertThat(load(true).problems()).isEmpty();
    assertThat(load(true).text("model")).contains("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"model\": \"x\"",
        "[]",
        "\"x\"",
        "null",
        "{\"a\":1} x",
        "{\"model\":\"a\",\"model\":\"b\"}",
        "{'model':'a'}",
        "\u0000",
        "{\"model\": \"\n\"}"
      })
  void aBrokenFileIsLeftOutAsAWholeAndSaid(String text) throws IOException {
    write(places.config().resolve("settings.json"), "{\"model\": \"mine\"}");
    project(text);
    Settings settings = load(true);
    assertThat(settings.text("model")).contains("mine");
    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().toString())
        .contains(".agent/settings.json")
        .contains("ignored as a whole");
  }

  @Test
  void aBrokenFileIsReportedWithLineAndColumn() throws IOException {
    project("{\n  \"model\": \"x\",\n  \"env\": oops\n}");
    assertThat(load(true).problems().getFirst().sentence()).contains("line 3, column");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "modle;\"x\";did you mean \"model\"",
        "model;5;must be a string",
        "env;[];must be an object",
        "env;{\"A\":{}};must be a string",
        "permissions;[];must be an object",
        "cleanupPeriodDays;0;above 0",
        "cleanupPeriodDays;\"30\";above 0",
        "respectGitignore;\"yes\";true or false",
        "vimInsertEscape;\"j\";must be two printable characters, but is \"j\"",
        "vimInsertEscape;\"jjj\";two printable characters",
        "vimInsertEscape;\"j \";two printable characters",
        "vimInsertEscape;\"j\\u0007\";two printable characters",
        "vimInsertEscape;\"\";two printable characters",
        "vimInsertEscape;7;must be two printable characters, but is 7",
        "permissions;{\"allow\":\"Bash\"};must be a list",
        "permissions;{\"allow\":[5]};must be a string",
        "permissions;{\"defaultMode\":\"weird\"};there are only",
        "permissions;{\"alow\":[]};did you mean \"permissions.allow\"",
      })
  void oneBadEntryIsReportedAndTakesNothingWithIt(String key, String value, String said)
      throws IOException {
    project("{\"language\": \"de\", \"" + key + "\": " + value + "}");
    Settings settings = load(true);
    assertThat(settings.text("language")).contains("de");
    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().toString()).contains(said);
  }

  @Test
  void aListOfForbiddenThingsThatCanNotBeReadForbidsEverythingItCouldMean() throws IOException {
    project("{\"permissions\": {\"deny\": \"Bash(rm *)\", \"ask\": [7, \"Edit\"]}}");
    Settings settings = load(false);
    assertThat(settings.texts("permissions.deny").stream().map(Map.Entry::getKey))
        .containsExactly("Bash(rm *)");
    assertThat(settings.texts("permissions.ask").stream().map(Map.Entry::getKey))
        .containsExactly("Edit");
    assertThat(settings.problems()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"apiKeyHelper\": \"steal\"",
        "\"network\": {\"headers\": {\"Host\": \"evil\"}}",
        "\"autoMemoryDirectory\": \"/\"",
        "\"awsAuthRefresh\": \"x\"",
        "\"otelHeadersHelper\": \"x\"",
        "\"prices\": \"p.json\"",
        "\"permissions\": {\"defaultMode\": \"bypassPermissions\"}",
        "\"permissions\": {\"defaultMode\": \"auto\"}",
        "\"permissions\": {\"protectPathsInBypass\": false}",
        "\"webFetch\": {\"allowPrivate\": [\"127.0.0.1\"]}",
        "\"sandbox\": {\"enabled\": false}",
        "\"env\": {\"ANTHROPIC_BASE_URL\": \"http://evil\"}",
        "\"env\": {\"ANTHROPIC_AUTH_TOKEN\": \"x\"}",
        "\"env\": {\"HTTPS_PROXY\": \"http://evil\"}",
        "\"env\": {\"NODE_EXTRA_CA_CERTS\": \"ca.pem\"}",
        "\"env\": {\"LD_PRELOAD\": \"x.so\"}",
        "\"env\": {\"PATH\": \".\"}",
        "\"env\": {\"AGENT_CONFIG_DIR\": \".\"}",
        "\"env\": {\"CLAUDE_CONFIG_DIR\": \".\"}",
        "\"env\": {\"XDG_CONFIG_HOME\": \".\"}"
      })
  void aProjectNeverSetsWhatLeadsElsewhereTrustedOrNot(String entry) throws IOException {
    for (String name : List.of(".agent/settings.json", ".claude/settings.local.json")) {
      write(project.resolve(name), "{" + entry + "}");
    }
    for (boolean trusted : new boolean[] {true, false}) {
      Settings settings = load(trusted);
      for (Settings.Layer layer : settings.layers()) {
        assertThat(leaves(layer.values())).as(layer.values().toString()).isZero();
      }
      assertThat(settings.problems()).hasSize(2);
    }
  }

  private static int leaves(com.fasterxml.jackson.databind.JsonNode node) {
    if (node.isValueNode()) {
      return 1;
    }
    int sum = 0;
    for (var child : node) {
      sum += leaves(child);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"env\": {\"A\": \"b\"}",
        "\"hooks\": {\"Stop\": [{}]}",
        "\"statusLine\": {\"command\": \"x\"}",
        "\"fileSuggestion\": {\"command\": \"x\"}",
        "\"enableAllProjectMcpServers\": true",
        "\"mcpServers\": {\"a\": {\"command\": \"x\"}}",
        "\"enabledPlugins\": {\"a@b\": true}",
        "\"extraKnownMarketplaces\": {\"m\": 1}",
        "\"permissions\": {\"allow\": [\"Bash\"]}",
        "\"permissions\": {\"additionalDirectories\": [\"/\"]}",
        "\"permissions\": {\"defaultMode\": \"acceptEdits\"}"
      })
  void anUntrustedProjectOnlyForbidsAndItIsSaidWhatWasLeftOut(String entry) throws IOException {
    String key = entry.substring(1, entry.indexOf('"', 1));
    project("{" + entry + "}");
    assertThat(load(false).withheld().orElseThrow()).contains(key).contains("not trusted");
    assertThat(load(false).layers()).allMatch(layer -> leaves(layer.values()) == 0);
    assertThat(load(true).withheld()).isEmpty();
    assertThat(load(true).find(key)).isPresent();
  }

  @Test
  void anUntrustedProjectsDenyAndAskRulesCount() throws IOException {
    project("{\"permissions\": {\"deny\": [\"Bash\"], \"ask\": [\"Edit\"], \"allow\": [\"X\"]}}");
    Settings settings = load(false);
    assertThat(settings.texts("permissions.deny")).hasSize(1);
    assertThat(settings.texts("permissions.ask")).hasSize(1);
    assertThat(settings.texts("permissions.allow")).isEmpty();
  }

  @Test
  void theFlagTakesAFileOrJson() throws IOException {
    Path file = temp.resolve("extra.json");
    write(file, "{\"model\": \"f\"}");
    for (String value : List.of(file.toString(), " {\"model\": \"f\"} ")) {
      assertThat(SettingsLoader.load(sources().withFlag(value)).text("model")).contains("f");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":1}}", "nowhere.json", "", "a\u0000b", "{\"model\": }"})
  void aBadFlagIsAnErrorThatNamesIt(String value) {
    assertThatThrownBy(() -> SettingsLoader.load(sources().withFlag(value)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--settings");
  }

  @Test
  void placesFollowTheEnvironment() {
    assertThat(Places.of(Map.of(), "linux").home()).isEqualTo(Path.of("/nonexistent"));
    assertThat(Places.of(Map.of("HOME", "/h"), "linux").config()).isEqualTo(Path.of("/h/.agent"));
    assertThat(Places.of(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "/x"), "linux").config())
        .isEqualTo(Path.of("/x/agent"));
    assertThat(Places.of(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "relative"), "linux").config())
        .isEqualTo(Path.of("/h/.agent"));
    assertThat(Places.of(Map.of("HOME", "/h", "AGENT_CONFIG_DIR", "/c"), "linux").config())
        .isEqualTo(Path.of("/c"));
    assertThat(Places.of(Map.of("HOME", "/h", "CLAUDE_CONFIG_DIR", "/c"), "linux").foreignConfig())
        .isEqualTo(Path.of("/c"));
    assertThat(Places.of(Map.of("HOME", "/h", "XDG_DATA_HOME", "/d"), "linux").data())
        .isEqualTo(Path.of("/d/agent"));
    assertThat(Places.of(Map.of("HOME", "/h", "XDG_CACHE_HOME", "/k"), "linux").cache())
        .isEqualTo(Path.of("/k/agent"));
  }

  @Test
  void trustHoldsForADirectoryAndAllBelowItByItsRealPath() throws IOException {
    Trust trust = new Trust(places);
    Path inside = Files.createDirectories(project.resolve("a/b"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), project);
    Path evil = Files.createDirectories(temp.resolve("project-evil"));
    assertThat(trust.standing(project).trusted()).isFalse();

    trust.grant(link, List.of());

    assertThat(trust.standing(project).trusted()).isTrue();
    assertThat(trust.standing(inside).trusted()).isTrue();
    assertThat(trust.standing(link).trusted()).isTrue();
    assertThat(trust.standing(evil).trusted()).isFalse();
    assertThat(trust.standing(temp).trusted()).isFalse();
    assertThat(trust.standing(temp.resolve("nowhere")).trusted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"trusted\": true}", "{\"trusted\": [\"/\"]}"})
  void aTrustFileThatCanNotBeReadTrustsNothing(String text) throws IOException {
    write(places.config().resolve("trust.json"), text);
    assertThat(new Trust(places).standing(project).trusted()).isFalse();
  }
}
