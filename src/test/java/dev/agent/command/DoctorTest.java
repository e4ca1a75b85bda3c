package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.Doctor.Finding;
import dev.agent.command.Doctor.State;
import dev.agent.hook.HookSettings;
import dev.agent.settings.Problem;
import dev.agent.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path temp;
  private Stage stage;
  private final Map<String, String> environment = new HashMap<>();
  private Machine machine = new Machine("linux", "25.0.1", "/jdk", List.of("-XX:AOTCache=/a"));
  private Settings settings = Settings.none();
  private List<String> commandProblems = List.of();
  private Programs programs = (command, _, _) -> Optional.of(new Programs.Finished(0, "v 1\nx"));

  @BeforeEach
  void allIsWell() throws IOException {
    stage = new Stage(temp);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    for (String program : List.of("git", "rg", "bwrap")) {
      Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    environment.putAll(
        Map.of(
            "PATH", bin.toString(),
            "TERM", "xterm-256color",
            "LANG", "en_US.UTF-8",
            "ANTHROPIC_API_KEY", "sk-secret"));
  }

  private Doctor.Report examine() throws InterruptedException {
    return Doctor.examine(
        new Doctor.World(
            machine,
            "1.2.3",
            environment,
            stage.places,
            stage.project,
            true,
            settings,
            new HookSettings(List.of(), List.of(), List.of()),
            commandProblems,
            programs),
        false);
  }

  private Finding finding(String name) throws InterruptedException {
    return examine().findings().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void standsAs(String name, State state) throws InterruptedException {
    assertThat(finding(name).state()).as(finding(name).toString()).isEqualTo(state);
  }

  @Test
  void theChecksComeInThisOrder() throws Exception {
    assertThat(examine().findings())
        .extracting(Finding::name)
        .containsExactly(
            "Version",
            "Java",
            "Start-up cache",
            "Terminal",
            "Text encoding",
            "API key",
            "Settings",
            "Trust",
            "Hooks",
            "Custom commands",
            "git",
            "ripgrep",
            "Sandbox",
            "Data directory",
            "Disk");
  }

  @Test
  void wellEquippedMeansHealthy() throws Exception {
    Doctor.Report report = examine();

    assertThat(report.isHealthy()).isTrue();
    assertThat(report.findings()).noneMatch(it -> it.state() == State.BAD);
    assertThat(report.json().toString()).doesNotContain("sk-secret");
    assertThat(finding("git")).isEqualTo(new Finding("git", State.GOOD, "v 1", ""));
  }

  @Test
  void whatIsMissingIsToldWithARemedy() throws Exception {
    environment.clear();
    machine = new Machine("linux", "21.0.4", "/jdk", List.of("-cp", "x"));

    standsAs("Java", State.BAD);
    standsAs("Start-up cache", State.WARNING);
    standsAs("Terminal", State.WARNING);
    standsAs("API key", State.BAD);
    standsAs("git", State.WARNING);
    standsAs("ripgrep", State.NOTE);
    standsAs("Sandbox", State.NOTE);
    assertThat(examine().isHealthy()).isFalse();
    assertThat(examine().findings())
        .filteredOn(it -> it.state() == State.BAD)
        .allMatch(it -> !it.remedy().isEmpty());
  }

  @Test
  void aSandboxThatIsWantedAndMissingIsAnError() throws Exception {
    environment.put("PATH", "");
    settings =
        new Settings(
            List.of(
                new Settings.Layer(
                    dev.agent.settings.Source.USER,
                    "settings.json",
                    stage.home,
                    (com.fasterxml.jackson.databind.node.ObjectNode)
                        dev.agent.json.Json.parse("{\"sandbox\":{\"enabled\":true}}"),
                    "")),
            List.of(),
            List.of(),
            List.of(),
            true);

    standsAs("Sandbox", State.BAD);
  }

  @Test
  void problemsOfSettingsAndCommandsAreShown() throws Exception {
    settings =
        new Settings(
            List.of(), List.of(new Problem("s.json", 3, "is odd.")), List.of(), List.of(), false);
    commandProblems = List.of("a.md, line 2: odd", "b", "c", "d", "e", "f", "g");

    assertThat(finding("Settings").text()).isEqualTo("s.json, line 3: is odd.");
    assertThat(finding("Custom commands").text()).endsWith("e\n2 more.");
    standsAs("Custom commands", State.WARNING);
  }

  @Test
  void aCheckThatFailsIsAFindingOfItsOwn() throws Exception {
    programs =
        (_, _, _) -> {
          throw new IllegalStateException("broken");
        };

    standsAs("git", State.WARNING);
    assertThat(finding("git").text()).contains("broken");
    assertThat(examine().findings()).hasSize(15);
  }

  @Test
  void aRelativeEntryOfThePathIsNotLookedAt() throws Exception {
    environment.put("PATH", "bin:.");

    standsAs("git", State.WARNING);
  }

  @Test
  void aPersonAndAProgramReadTheSame() throws Exception {
    commandProblems = List.of("a.md: odd");
    Doctor.Report report = examine();

    assertThat(PanelText.of(report.panel()))
        .contains("[ok] Version: agent 1.2.3 on linux\n")
        .contains("[warning] Custom commands: a.md: odd\n")
        .endsWith("0 errors, 1 warning.\n");
    assertThat(report.json().path("findings")).hasSize(15);
    assertThat(report.json().path("healthy").asBoolean()).isTrue();
  }

  @Test
  void whatWasToldAtTheStartAndIsNotAmongTheFindingsIsAdded() throws InterruptedException {
    commandProblems = List.of("a.md: no text");
    Doctor.Report report = examine();

    List<Finding> more =
        report.with(List.of("a.md: no text", "keybindings.json: no such action")).findings();

    assertThat(more.subList(report.findings().size(), more.size()))
        .containsExactly(
            new Finding(
                "Told at the start", State.WARNING, "keybindings.json: no such action", ""));
  }
}
