package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.sandbox.Confinement;
import dev.agent.sandbox.Sandbox;
import dev.agent.sandbox.SandboxSettings;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sandbox changes about who is asked, and what it does not. */
class ConfinedCommandsTest {
  @TempDir Path dir;

  private Confinement confinement(boolean on, Sandbox.Level level, boolean readOnly) {
    ObjectNode values = Json.object();
    values.putObject("sandbox").put("enabled", on);
    Settings settings =
        new Settings(
            List.of(new Settings.Layer(Source.USER, "test", dir, values, "")),
            List.of(),
            List.of(),
            List.of(),
            false);
    Sandbox sandbox =
        new Sandbox() {
          @Override
          public Level level() {
            return level;
          }

          @Override
          public Confined wrap(List<String> command, Path cwd) {
            return new Confined(command, Set.of(), List::of);
          }
        };
    return new Confinement(
        SandboxSettings.of(settings, dir),
        readOnly,
        () -> new Confinement.Made(sandbox, "", Optional.empty(), Optional.empty(), () -> {}),
        _ -> {});
  }

  private String decide(Confinement confinement, String tool, ObjectNode input, Effect effect) {
    return decide(confinement, tool, input, effect, Mode.DEFAULT);
  }

  private String decide(
      Confinement confinement, String tool, ObjectNode input, Effect effect, Mode mode) {
    Workspace workspace = new Workspace(dir, List.of(), dir.resolve("home"), () -> dir);
    Policy policy =
        new Policy(
            List.of(),
            List.of(new Rule("Bash", "git push *", "test", dir)),
            List.of(new Rule("Bash", "curl *", "test", dir)),
            dir.resolve("home"));
    Permissions permissions =
        new Permissions(
            Layers.all(() -> policy, workspace, confinement), Asker.NOBODY, _ -> {}, _ -> {});
    return switch (permissions.decide(
        new PermissionRequest(new ToolCall("1", tool, input), effect, mode, dir))) {
      case Decision.Allow(Reason why) -> "allow by " + why.layer();
      case Decision.Ask(Reason why, _) -> "ask by " + why.layer();
      case Decision.Deny(Reason why) -> "deny by " + why.layer();
      case Decision.Pass() -> "pass";
    };
  }

  private String bash(Confinement confinement, String command) {
    return decide(confinement, "Bash", Json.object().put("command", command), Effect.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "make test; allow by sandbox",
        "python3 -c 'print(1)'; allow by sandbox",
        "curl https://example.com; deny by deny rules",
        "git push origin; ask by ask rules",
        "rm -rf /; ask by danger patterns",
        "echo x > .git/hooks/pre-commit; ask by safety floor",
        "cat .env; ask by reads",
        "python3 -c 'open(\".env\")'; ask by mode"
      })
  void confined_commands_need_no_question_unless_something_else_wants_one(
      String command, String expected) {
    assertThat(bash(confinement(true, Sandbox.Level.FULL, false), command)).isEqualTo(expected);
  }

  @Test
  void without_a_complete_sandbox_everything_is_as_before() {
    assertThat(bash(confinement(false, Sandbox.Level.FULL, false), "make")).startsWith("ask");
    assertThat(bash(confinement(true, Sandbox.Level.FILES, false), "make")).startsWith("ask");
    assertThat(bash(confinement(true, Sandbox.Level.NONE, false), "make")).startsWith("ask");
    ObjectNode outside =
        Json.object().put("command", "make").put("dangerouslyDisableSandbox", true);
    assertThat(
            decide(confinement(true, Sandbox.Level.FULL, false), "Bash", outside, Effect.UNKNOWN))
        .startsWith("ask");
  }

  @Test
  void plan_mode_stays_plan_mode() {
    assertThat(
            decide(
                confinement(true, Sandbox.Level.FULL, false),
                "Bash",
                Json.object().put("command", "make"),
                Effect.UNKNOWN,
                Mode.PLAN))
        .isEqualTo("deny by plan mode");
  }

  @Test
  void a_session_that_only_reads_forbids_what_could_change_something_whoever_allows_it() {
    Confinement confinement = confinement(false, Sandbox.Level.FULL, true);
    ObjectNode file = Json.object().put("file_path", dir.resolve("a").toString());
    for (Mode mode : Mode.values()) {
      assertThat(decide(confinement, "Write", file, Effect.writes(dir.resolve("a")), mode))
          .isEqualTo("deny by read-only session");
      assertThat(decide(confinement, "mcp__x__y", Json.object(), Effect.UNKNOWN, mode))
          .isEqualTo("deny by read-only session");
    }
    assertThat(decide(confinement, "Read", file, Effect.reads(dir.resolve("a"))))
        .isEqualTo("allow by reads");
    assertThat(bash(confinement, "make")).isEqualTo("allow by sandbox");
  }
}
