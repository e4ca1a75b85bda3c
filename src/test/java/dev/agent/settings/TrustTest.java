package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository wants counts thing by thing, as it was when a person approved it. */
class TrustTest {
  private static final String WANTS =
      """
      {"permissions": {"allow": ["Bash(npm test)", "Bash(ls)"]},
       "env": {"A": "1", "B": "2"},
       "hooks": {"Stop": [{"command": "x"}], "SessionStart": [{"command": "y"}]},
       "statusLine": {"type": "command", "command": "s"}}
      """;

  @TempDir Path temp;
  private Path project;
  private Places places;

  @BeforeEach
  void places() throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project/.agent")).getParent();
    places =
        Places.of(Map.of("HOME", temp.resolve("home").toString()), "linux").withManaged(List.of());
  }

  private Settings load() {
    return SettingsLoader.load(SettingsSources.files(places, project));
  }

  private void project(String text) throws IOException {
    Files.writeString(project.resolve(".agent/settings.json"), text);
  }

  private void trust() {
    new Trust(places).grant(project, load().contributions());
  }

  @Test
  void everyThingIsListedByItself() throws IOException {
    project(WANTS);
    assertThat(load().contributions().stream().map(Contribution::key))
        .containsExactlyInAnyOrder(
            "permissions.allow",
            "permissions.allow",
            "env.A",
            "env.B",
            "hooks.Stop",
            "hooks.SessionStart",
            "statusLine");
    assertThat(load().contributions()).noneMatch(Contribution::approved);
  }

  @Test
  void whatChangedIsAskedAboutAgainAndTheRestGoesOnCounting() throws IOException {
    project(WANTS);
    trust();
    assertThat(load().dropped()).isEmpty();

    project(WANTS.replace("\"x\"", "\"evil\"").replace("Bash(ls)", "Bash(*)").replace("2", "3"));

    Settings changed = load();
    assertThat(changed.dropped().stream().map(Settings.Dropped::key))
        .containsExactlyInAnyOrder("hooks.Stop", "permissions.allow", "env.B");
    assertThat(changed.effective("permissions.allow").orElseThrow().toString())
        .isEqualTo("[\"Bash(npm test)\"]");
    assertThat(changed.effective("hooks").orElseThrow().has("SessionStart")).isTrue();
    assertThat(changed.withheld().orElseThrow())
        .contains("Since you trusted")
        .contains("hooks")
        .contains("agent trust");
  }

  @Test
  void whatWasTakenAwayAndComesBackIsAskedAboutAgain() throws IOException {
    project(WANTS);
    trust();
    project("{}");
    trust();
    project(WANTS);
    assertThat(load().dropped()).hasSize(7);
  }

  @Test
  void anApprovedValueDoesNotCountUnderAnotherKey() throws IOException {
    project("{\"env\": {\"A\": \"x\"}}");
    trust();
    project("{\"env\": {\"B\": \"x\"}, \"permissions\": {\"allow\": [\"x\"]}}");
    assertThat(load().dropped()).hasSize(2);
  }

  @Test
  void trustInTheDirectoryAboveHoldsOnlyForTheSameThings() throws IOException {
    project(WANTS);
    new Trust(places).grant(temp, List.of());
    assertThat(load().trusted()).isTrue();
    assertThat(load().dropped()).hasSize(7);
  }

  @Test
  void revokedTrustIsGone() throws IOException {
    project(WANTS);
    trust();
    assertThat(new Trust(places).list()).containsExactly(Map.entry(project.toString(), 7));
    assertThat(new Trust(places).revoke(project)).isTrue();
    assertThat(new Trust(places).revoke(project)).isFalse();
    assertThat(load().trusted()).isFalse();
    assertThat(load().dropped()).hasSize(7);
  }

  @Test
  void theToolServersOfMcpJsonAreApprovedOneByOne() throws IOException {
    Files.writeString(
        project.resolve(".mcp.json"),
        "{\"mcpServers\": {\"a\": {\"command\": \"x\"}, \"b\": {\"command\": \"y\"}}}");
    assertThat(load().withheld().orElseThrow()).contains("mcpServers of").contains(".mcp.json");
    trust();
    Files.writeString(
        project.resolve(".mcp.json"),
        "{\"mcpServers\": {\"a\": {\"command\": \"x\"}, \"b\": {\"command\": \"changed\"}}}");
    assertThat(load().effective("mcpServers").orElseThrow().toString())
        .isEqualTo("{\"a\":{\"command\":\"x\"}}");
  }

  @Test
  void localSettingsOfATrustedDirectoryCountWithoutBeingAskedAboutEachTime() throws IOException {
    trust();
    Files.writeString(project.resolve(".agent/settings.local.json"), WANTS);
    assertThat(load().dropped()).isEmpty();
    new Trust(places).revoke(project);
    assertThat(load().dropped()).hasSize(7);
  }

  @Test
  void localSettingsBehindALinkedDirectoryCountAsTheRepositorys() throws IOException {
    trust();
    Path elsewhere = Files.createDirectories(project.resolve("sub"));
    Files.writeString(elsewhere.resolve("settings.local.json"), WANTS);
    Files.createSymbolicLink(project.resolve(".claude"), elsewhere);
    assertThat(load().dropped()).hasSize(7);
    assertThat(load().contributions()).hasSize(7);
  }

  @Test
  void localSettingsThatAreALinkCountAsTheRepositorys() throws IOException {
    trust();
    Path file = Files.writeString(project.resolve("wants.json"), WANTS);
    Files.createSymbolicLink(project.resolve(".agent/settings.local.json"), file);
    assertThat(load().dropped()).hasSize(7);
  }

  @Test
  void inTheHomeDirectoryThePersonsOwnSettingsAreNoProjects() throws IOException {
    Path own = Files.createDirectories(places.config());
    Files.writeString(own.resolve("settings.json"), "{\"apiKeyHelper\": \"mine\"}");
    Settings settings = SettingsLoader.load(SettingsSources.files(places, places.home()));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.layers()).hasSize(1);
    assertThat(settings.text("apiKeyHelper")).contains("mine");
  }
}
