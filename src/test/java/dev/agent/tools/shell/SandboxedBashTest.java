package dev.agent.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.process.BackgroundShells;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.runtime.Cancellation;
import dev.agent.sandbox.Confinement;
import dev.agent.sandbox.NoSandbox;
import dev.agent.sandbox.Sandbox;
import dev.agent.sandbox.SandboxProbe;
import dev.agent.sandbox.SandboxSettings;
import dev.agent.sandbox.SessionSandbox;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool with a real sandbox around its commands. */
class SandboxedBashTest {
  @TempDir Path dir;
  private final Processes processes = new Processes(System.getenv(), UUID.randomUUID().toString());
  private final BackgroundShells background = new BackgroundShells();
  private Path project;
  private Path scratch;
  private ShellPlace place;
  private SandboxSettings settings;

  @BeforeEach
  void begin() throws Exception {
    project = Files.createDirectories(dir.toRealPath().resolve("project"));
    scratch = Files.createDirectories(dir.toRealPath().resolve("scratch"));
    place = new ShellPlace(project, List.of(project), project);
    ObjectNode values = Json.object();
    values.putObject("sandbox").put("enabled", true).put("required", true);
    settings =
        SandboxSettings.of(
            new Settings(
                List.of(new Settings.Layer(Source.USER, "test", dir, values, "")),
                List.of(),
                List.of(),
                List.of(),
                false),
            dir.resolve("home"));
  }

  @AfterEach
  void end() {
    processes.killAll();
  }

  private Confinement real() throws Exception {
    SandboxProbe probe =
        new SandboxProbe(
            processes,
            System.getenv(),
            dir.resolve("cache"),
            System.getProperty("os.name").toLowerCase(Locale.ROOT),
            "test",
            false);
    SandboxProbe.Found found = probe.look();
    assumeTrue(found.level() == Sandbox.Level.FULL, () -> "no sandbox works here: " + found.why());
    return new Confinement(
        settings,
        false,
        new SessionSandbox(
            settings,
            false,
            probe,
            System.getenv(),
            List.of(project),
            dir.resolve("home"),
            List.of(),
            scratch,
            dir.resolve("cache")),
        _ -> {});
  }

  private Bash bash(Confinement confinement, OutputSink sink) {
    return new Bash(
        processes,
        background,
        place,
        scratch,
        _ -> sink,
        ShellLimits.of(Map.of()),
        new ShellGuards(confinement, new Keepsakes(Optional.empty(), processes, List.of())));
  }

  private static ToolResult call(Tool tool, ObjectNode input) throws Exception {
    return tool.run(
        new ToolCall("1", tool.spec().name(), input),
        new ToolContext() {
          @Override
          public Cancellation cancellation() {
            return Cancellation.root();
          }

          @Override
          public void progress(String text) {}
        });
  }

  private static String text(ToolResult result) {
    return ((ContentBlock.Text) result.forModel().getFirst()).text();
  }

  private static ObjectNode command(String text) {
    return Json.object().put("command", text);
  }

  @Test
  void the_working_directory_lives_on_and_fences_are_explained() throws Exception {
    Bash bash = bash(real(), OutputSink.NONE);
    assertThat(text(call(bash, command("mkdir sub && cd sub && touch f && pwd"))))
        .isEqualTo(project.resolve("sub").toString());
    assertThat(place.cwd()).isEqualTo(project.resolve("sub"));
    ToolResult refused = call(bash, command("touch /usr/f"));
    assertThat(refused.isError()).isTrue();
    assertThat(text(refused)).contains("ran in a sandbox").contains("dangerouslyDisableSandbox");
  }

  @Test
  void a_command_may_be_asked_for_outside() throws Exception {
    Path outside = dir.toRealPath().resolve("outside");
    Bash bash = bash(real(), OutputSink.NONE);
    call(bash, command("touch " + outside));
    assertThat(outside).doesNotExist();
    call(bash, command("touch " + outside).put("dangerouslyDisableSandbox", true));
    assertThat(outside).exists();
  }

  @Test
  void a_pipe_in_place_of_the_answer_about_the_directory_holds_nobody() throws Exception {
    Bash bash = bash(real(), OutputSink.NONE);
    String script = "trap - EXIT; rm -f \"$AGENT_CWD_FILE\"; mkfifo \"$AGENT_CWD_FILE\"; echo done";
    assertThat(text(call(bash, command(script)))).isEqualTo("done");
    assertThat(place.cwd()).isEqualTo(project);
  }

  @Test
  void what_appears_and_must_not_is_said_in_the_result() throws Exception {
    Bash bash = bash(real(), OutputSink.NONE);
    assertThat(text(call(bash, command("echo {} > .mcp.json; echo ok"))))
        .startsWith("ok\n")
        .contains("The command made " + project.resolve(".mcp.json"));
  }

  @Test
  void an_endless_printer_in_the_background_stops_at_the_cap() throws Exception {
    long[] taken = {0};
    OutputSink capped =
        new OutputSink() {
          @Override
          public synchronized boolean append(byte[] bytes, int offset, int length) {
            if (taken[0] + length > 1_000_000) {
              return false;
            }
            taken[0] += length;
            return true;
          }

          @Override
          public Optional<Path> path() {
            return Optional.empty();
          }

          @Override
          public void close() {}
        };
    Bash bash = bash(real(), capped);
    call(bash, command("yes & yes").put("run_in_background", true));
    var shell = background.find("bash_1").orElseThrow();
    assertThat(shell.process().await(java.time.Duration.ofSeconds(30))).isTrue();
    assertThat(shell.process().isCapped()).isTrue();
    assertThat(taken[0]).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void where_a_sandbox_is_required_and_missing_nothing_runs() {
    Confinement missing =
        new Confinement(
            settings,
            false,
            () ->
                new Confinement.Made(
                    new NoSandbox(),
                    "It is missing.",
                    Optional.empty(),
                    Optional.empty(),
                    () -> {}),
            _ -> {});
    assertThatThrownBy(
            () -> call(bash(missing, OutputSink.NONE), command("touch " + project + "/f")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("require a sandbox")
        .hasMessageContaining("It is missing.");
    assertThat(project).isEmptyDirectory();
  }
}
