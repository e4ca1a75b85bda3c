package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsTest {
  @TempDir Path temp;
  private Path project;
  private Path managed;
  private Places places;
  private Path own;

  @BeforeEach
  void places() throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project/.agent")).getParent();
    managed = Files.createDirectories(temp.resolve("etc"));
    places =
        Places.of(Map.of("HOME", temp.resolve("home").toString()), "linux")
            .withManaged(List.of(managed));
    own = Files.createDirectories(places.config()).resolve("settings.json");
  }

  private LiveSettings live() {
    return new LiveSettings(SettingsSources.files(places, project));
  }

  @Test
  void nothingIsReadAgainWhileNothingChanges() throws IOException {
    Files.writeString(own, "{\"model\": \"a\"}");
    LiveSettings live = live();
    Settings before = live.current();
    assertThat(live.refresh()).isEmpty();
    assertThat(live.current()).isSameAs(before);
  }

  @Test
  void aFileThatAppearsChangesOrGoesCountsAtOnce() throws IOException {
    LiveSettings live = live();
    Files.writeString(own, "{\"permissions\": {\"deny\": [\"Bash\"]}, \"model\": \"x\"}");
    assertThat(live.refresh().orElseThrow())
        .isEqualTo(
            new LiveSettings.Change(List.of("permissions.deny"), List.of("model"), List.of()));
    assertThat(live.current().texts("permissions.deny")).hasSize(1);
    Files.writeString(own, "{\"permissions\": {\"deny\": [\"Bash\", \"Edit\"]}}");
    assertThat(live.refresh()).isPresent();
    assertThat(live.current().texts("permissions.deny")).hasSize(2);
    Files.delete(own);
    assertThat(live.refresh()).isPresent();
    assertThat(live.current()).isEqualTo(Settings.none());
  }

  @Test
  void aBrokenFileGoesOnCountingAsItWasAndIsToldOnce() throws IOException {
    Files.writeString(own, "{\"model\": \"good\"}");
    LiveSettings live = live();
    Files.writeString(own, "{\"model\": \"bad\",\n oops");
    LiveSettings.Change change = live.refresh().orElseThrow();
    assertThat(change.said()).hasSize(1);
    assertThat(change.said().getFirst()).contains(own + ", line 2").contains("what it said before");
    assertThat(live.current().text("model")).contains("good");
    assertThat(live.refresh()).isEmpty();

    Files.writeString(project.resolve(".agent/settings.json"), "{\"language\": \"de\"}");
    assertThat(live.refresh().orElseThrow().said()).isEmpty();
    assertThat(live.current().text("model")).contains("good");

    Files.writeString(own, "{\"model\": \"better\"}");
    live.refresh();
    assertThat(live.current().text("model")).contains("better");
    assertThat(live.current().problems()).isEmpty();
  }

  @Test
  void aBrokenPolicyGoesOnCountingInASessionAndStopsANewOne() throws IOException {
    Path policy = managed.resolve("managed-settings.json");
    Files.writeString(policy, "{\"permissions\": {\"deny\": [\"Bash\"]}}");
    LiveSettings live = live();
    Files.writeString(policy, "{");
    assertThat(live.refresh().orElseThrow().said()).hasSize(1);
    assertThat(live.current().texts("permissions.deny")).hasSize(1);
    org.assertj.core.api.Assertions.assertThatThrownBy(this::live)
        .hasMessageContaining("administrator")
        .hasMessageContaining(policy.toString());
  }

  @Test
  void aNewDropInOfTheAdministratorCountsAtOnce() throws IOException {
    LiveSettings live = live();
    Path more = Files.createDirectories(managed.resolve("managed-settings.d"));
    live.refresh();
    Files.writeString(more.resolve("10.json"), "{\"model\": \"theirs\"}");
    Files.writeString(more.resolve(".hidden.json"), "{\"model\": \"hidden\"}");
    Files.writeString(more.resolve("note.txt"), "not json");
    assertThat(live.refresh()).isPresent();
    assertThat(live.current().text("model")).contains("theirs");
  }

  @Test
  void aProjectThatWantsMoreIsToldAndDoesNotGetIt() throws IOException {
    new Trust(places).grant(project, List.of());
    LiveSettings live = live();
    Files.writeString(
        project.resolve(".agent/settings.json"), "{\"permissions\": {\"allow\": [\"Bash\"]}}");
    assertThat(live.refresh().orElseThrow().said().getFirst()).contains("permissions.allow");
    assertThat(live.current().effective("permissions.allow")).isEmpty();

    new Trust(places).grant(project, live.current().contributions());
    assertThat(live.refresh().map(LiveSettings.Change::atOnce))
        .isEqualTo(Optional.of(List.of("permissions.allow")));
    assertThat(live.current().texts("permissions.allow")).hasSize(1);
  }

  private static final LiveSettings.Change NOTHING_TO_LIST =
      new LiveSettings.Change(List.of(), List.of(), List.of());

  private static void deny(LiveSettings live, String rule) {
    live.edit(editor -> editor.add("permissions.deny", List.of(rule), Source.USER));
  }

  @Test
  void whatTheSessionItselfWritesCountsAndIsNotListed() {
    LiveSettings live = live();
    deny(live, "Bash");
    deny(live, "Edit");
    live.edit(editor -> editor.set("model", "x", Source.USER));
    assertThat(live.refresh()).contains(NOTHING_TO_LIST);
    assertThat(live.current().texts("permissions.deny")).hasSize(2);
    assertThat(live.current().text("model")).contains("x");
    live.edit(editor -> editor.remove("permissions.deny", "Bash", Source.USER));
    assertThat(live.refresh()).contains(NOTHING_TO_LIST);
    assertThat(live.refresh()).isEmpty();
  }

  @Test
  void whatOthersChangeIsListedThoughTheSessionWritesToo() throws IOException {
    LiveSettings live = live();
    deny(live, "Bash");
    Files.writeString(own, "{\"permissions\": {\"deny\": [\"Bash\"], \"ask\": [\"Edit\"]}}");
    assertThat(live.refresh().orElseThrow().atOnce()).containsExactly("permissions.ask");
  }

  @Test
  void whatOthersWriteIntoTheSameSettingIsListedWheneverTheyDo() throws IOException {
    String theirs = "{\"permissions\": {\"deny\": [\"%s\"]}}";
    LiveSettings live = live();
    Files.writeString(own, theirs.formatted("WebFetch")); // before
    deny(live, "Bash");
    assertThat(live.refresh().orElseThrow().atOnce()).containsExactly("permissions.deny");
    deny(live, "Edit");
    Files.writeString(own, theirs.formatted("Write")); // between
    deny(live, "Grep");
    assertThat(live.refresh().orElseThrow().atOnce()).containsExactly("permissions.deny");
    deny(live, "Glob");
    Files.writeString(own, theirs.formatted("Read")); // after
    assertThat(live.refresh().orElseThrow().atOnce()).containsExactly("permissions.deny");
  }

  @Test
  void theSameChangeByOthersIsListedLater() throws IOException {
    LiveSettings live = live();
    deny(live, "Bash");
    live.refresh();
    Files.writeString(own, "{}");
    assertThat(live.refresh().orElseThrow().atOnce()).containsExactly("permissions.deny");
    Files.writeString(own, "{\"permissions\": {\"deny\": [\"Bash\"]}}");
    assertThat(live.refresh().orElseThrow().atOnce()).containsExactly("permissions.deny");
  }
}
