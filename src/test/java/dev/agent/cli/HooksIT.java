package dev.agent.cli;

import static dev.agent.cli.RunFixture.command;
import static dev.agent.cli.RunFixture.group;
import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.mode.replay.Reply;
import dev.agent.testing.Agent;
import dev.agent.testing.Agent.Result;
import dev.agent.testing.ModelServer;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks as people have them, in runs of the packaged product. */
class HooksIT {
  @TempDir Path temp;
  private final ModelServer server = ModelServer.start();
  private final Map<String, String> environment = new HashMap<>();
  private Path project;
  private Path home;

  @BeforeEach
  void machine() throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    home = Files.createDirectories(temp.toRealPath().resolve("home"));
    environment.put("HOME", home.toString());
    environment.put("AGENT_JAVA_HOME", System.getProperty("java.home"));
    environment.put("ANTHROPIC_BASE_URL", server.url());
    environment.put("ANTHROPIC_API_KEY", "sk-test-canary-0123456789");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Result run(String... arguments) {
    Agent agent = Agent.packaged().in(project);
    for (var variable : environment.entrySet()) {
      agent = agent.with(variable.getKey(), variable.getValue());
    }
    return agent.run(arguments);
  }

  private void settings(String json) throws IOException {
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }

  private Path script(String name, String text) throws IOException {
    Path file = Files.createDirectories(project.resolve(".claude/hooks")).resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  @Test
  void aFormatterAfterAnEditChangesTheFileAndTheNextEditNeedsNoRead() throws Exception {
    Path format =
        script(
            "format.sh",
            """
            #!/bin/bash
            file=$(sed -n 's/.*"file_path":"\\([^"]*\\)".*/\\1/p')
            sed -i 's/[ ]*$//' "$file"
            """);
    settings(group("PostToolUse", "Edit|Write", command(format.toString())));
    server
        .reply(call("t1", "Write", "{\"file_path\":\"a.txt\",\"content\":\"one   \\n\"}"))
        .reply(
            call(
                "t2",
                "Edit",
                "{\"file_path\":\"a.txt\",\"old_string\":\"one\",\"new_string\":\"two  \"}"))
        .reply(Reply.text("done"));
    Result result = run("-p", "go", "--permission-mode", "acceptEdits");
    assertThat(result).isEqualTo(new Result(0, "done\n", ""));
    assertThat(project.resolve("a.txt")).hasContent("two\n");
  }

  @Test
  void anAuditLogHearsEachCall() throws Exception {
    Files.writeString(project.resolve("a.txt"), "alpha\n");
    Path log = home.resolve("audit.jsonl");
    settings(group("PreToolUse", "", command("cat >> '" + log + "'")));
    server.reply(call("t1", "Read", "{\"file_path\":\"a.txt\"}")).reply(Reply.text("ok"));
    assertThat(run("-p", "read").exitCode()).isZero();
    JsonNode line = RunFixture.lines(log).getFirst();
    assertThat(line.path("tool_name").asText()).isEqualTo("Read");
    assertThat(Path.of(line.path("transcript_path").asText())).exists();
  }

  @Test
  void exitCodeTwoForbidsAndTheModelReadsWhy() throws Exception {
    settings(group("PreToolUse", "Bash", command("echo 'Use trash instead' >&2; exit 2")));
    server
        .reply(call("t1", "Bash", "{\"command\":\"touch made\"}"))
        .reply(Reply.text("I will not."));
    assertThat(run("-p", "go", "--allowedTools", "Bash").exitCode()).isZero();
    assertThat(project.resolve("made")).doesNotExist();
    assertThat(server.requests().get(1).lastResults()).contains("Use trash instead");
  }

  @Test
  void aRewrittenInputIsWhatRuns() throws Exception {
    settings(
        group(
            "PreToolUse",
            "Bash",
            command(
                "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
                    + "\"permissionDecision\":\"allow\","
                    + "\"updatedInput\":{\"command\":\"touch changed\"}}}'")));
    server.reply(call("t1", "Bash", "{\"command\":\"touch made\"}")).reply(Reply.text("ok"));
    assertThat(run("-p", "go").exitCode()).isZero();
    assertThat(project.resolve("made")).doesNotExist();
    assertThat(project.resolve("changed")).exists();
  }

  @Test
  void aPromptHookAsksASmallModelAndRefuses() throws Exception {
    settings(
        group(
            "UserPromptSubmit", "", "{\"type\":\"prompt\",\"prompt\":\"Is it safe? $ARGUMENTS\"}"));
    server.reply(Reply.text("{\"ok\": false, \"reason\": \"It holds a password.\"}"));
    Result result = run("-p", "my password is hunter2");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout() + result.stderr()).contains("It holds a password.");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().body().toString())
        .contains("Is it safe?", "hunter2", "haiku");
  }

  @Test
  void aStopHookSendsTheModelBackOnce() throws Exception {
    Path stop =
        script(
            "stop.sh",
            """
            #!/bin/bash
            if grep -q '"stop_hook_active":true'; then exit 0; fi
            echo 'The tests fail.' >&2
            exit 2
            """);
    settings(group("Stop", "", command(stop.toString())));
    server.reply(Reply.text("Finished.")).reply(Reply.text("Now they pass."));
    assertThat(run("-p", "go")).isEqualTo(new Result(0, "Now they pass.\n", ""));
    assertThat(server.requests().get(1).lastUserText()).contains("The tests fail.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo '{\"decision\": '",
        "echo '{} trailing'",
        "echo '[1, 2'; exit 1",
        "printf '{\"systemMessage\": 7}'",
        "printf '{\"reason\": [\"no\"], \"suppressOutput\": \"x\"}'",
        "head -c 300000 /dev/zero | tr '\\0' '{'",
        "printf '\\377\\376{\\000'; exit 3",
        "kill -9 $$",
        "/nonexistent/program"
      })
  void whatMakesNoSenseIsToldAndTheRunGoesOn(String line) throws Exception {
    Files.writeString(project.resolve("a.txt"), "alpha\n");
    settings(group("PreToolUse", "Read", command(line)));
    server.reply(call("t1", "Read", "{\"file_path\":\"a.txt\"}")).reply(Reply.text("read"));
    Result result = run("-p", "go");
    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).isEqualTo("read\n");
    assertThat(result.stderr()).contains("PreToolUse:Read hook").doesNotContain("\tat ");
    assertThat(server.requests().get(1).lastResults()).contains("alpha");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf '{\"hookSpecificOutput\": 7}'",
        "printf '{\"hookSpecificOutput\":{\"permissionDecision\":\"forbid\"}}'",
        "printf '{\"hookSpecificOutput\":{\"updatedInput\":[]}}'"
      })
  void whatMayHaveBeenAnObjectionIsTakenAsOne(String line) throws Exception {
    Files.writeString(project.resolve("a.txt"), "alpha\n");
    settings(group("PreToolUse", "Read", command(line)));
    server.reply(call("t1", "Read", "{\"file_path\":\"a.txt\"}")).reply(Reply.text("so be it"));
    assertThat(run("-p", "go").stdout()).isEqualTo("so be it\n");
    assertThat(server.requests().get(1).lastResults())
        .contains("nobody can be asked in this run (the hook")
        .doesNotContain("alpha");
  }

  @Test
  void anAnswerThatMayMeanStopStops() throws Exception {
    settings(group("PreToolUse", "Read", command("printf '{\"continue\": \"perhaps\"}'")));
    server.reply(call("t1", "Read", "{\"file_path\":\"a.txt\"}"));
    assertThat(run("-p", "go").exitCode()).isEqualTo(1);
    assertThat(server.requests()).hasSize(1);
  }

  /** The one that takes its time: a question has to stand for 6 seconds. */
  @Test
  void aQuestionThatStandsReachesANotificationHookAndAnAddedHookCountsAtOnce() throws Exception {
    try (ScreenFixture machine = new ScreenFixture(temp)) {
      Path log = machine.home.resolve("notified.jsonl");
      Path file = machine.home.resolve(".claude/settings.json");
      Files.createDirectories(file.getParent());
      machine
          .server
          .reply(call("t1", "Bash", "{\"command\":\"touch one\"}"))
          .reply(call("t2", "Bash", "{\"command\":\"touch two\"}"))
          .reply(Reply.text("done"));
      Files.writeString(file, group("Notification", "", command("cat >> '" + log + "'")));
      try (Tmux terminal = machine.start()) {
        terminal.await(ScreenFixture.READY);
        terminal.type("go\n");
        terminal.await("Allow this command?");
        awaitFile(log);
        Files.writeString(
            file, group("PreToolUse", "Bash", command("echo 'not any more' >&2; exit 2")));
        terminal.press("1");
        terminal.await("done");
        terminal.type("/exit\n");
        machine.assertLeft(terminal, 0);
      }
      assertThat(RunFixture.lines(log))
          .extracting(
              it -> it.path("notification_type").asText() + ": " + it.path("message").asText())
          .containsExactly("permission_prompt: Agent needs your permission to use Bash");
      assertThat(machine.project.resolve("one")).exists();
      assertThat(machine.project.resolve("two")).doesNotExist();
    }
  }

  /** The screen does not change when a hook was told. */
  private static void awaitFile(Path file) throws InterruptedException {
    for (int i = 0; i < 1_200 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
    assertThat(file).exists();
  }
}
