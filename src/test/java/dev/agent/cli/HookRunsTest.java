package dev.agent.cli;

import static dev.agent.cli.RunFixture.command;
import static dev.agent.cli.RunFixture.group;
import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.agent.json.Json;
import dev.agent.mode.replay.Reply;
import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with hooks that were written for the public contract. */
@Timeout(120)
class HookRunsTest {
  private @TempDir Path temp;
  private RunFixture run;

  @BeforeEach
  void begin() throws IOException {
    run = new RunFixture(temp);
  }

  @AfterEach
  void end() {
    run.close();
  }

  // The six kinds of the guide.

  @Test
  void aFormatterAfterAnEditIsTheAgentsOwnDoing() throws IOException {
    run.script(
        "format.sh",
        """
        #!/bin/bash
        file=$(sed -n 's/.*"file_path":"\\([^"]*\\)".*/\\1/p')
        case "$file" in *.txt) sed -i 's/[ ]*$//; s/\\t/  /g' "$file";; esac
        """);
    run.settings(
        group(
            "PostToolUse",
            "Edit|Write",
            command("\"$CLAUDE_PROJECT_DIR\"/.claude/hooks/format.sh")));
    run.server
        .reply(call("t1", "Write", "{\"file_path\":\"a.txt\",\"content\":\"one   \\n\\ttwo\\n\"}"))
        .reply(call("t2", "Write", "{\"file_path\":\"a.txt\",\"content\":\"three  \\n\"}"))
        .reply(Reply.text("done"));
    assertThat(run.agent("-p", "go", "--permission-mode", "acceptEdits")).isZero();
    assertThat(run.server.requests().get(2).lastResults()).contains("Wrote ");
    assertThat(run.project.resolve("a.txt")).hasContent("three\n");
    assertThat(run.sent(1)).contains("was changed by a hook after you wrote it");
    assertThat(run.stderr()).isEmpty();
    run.server.assertPrefixStable();
  }

  @Test
  void anAuditLogHearsEveryCallAndCostsNoContext() throws IOException {
    Files.writeString(run.project.resolve("a.txt"), "alpha\n");
    run.server.reply(call("t1", "Read", "{\"file_path\":\"a.txt\"}")).reply(Reply.text("ok"));
    run.agent("-p", "read", "--session-id", "123e4567-e89b-12d3-a456-426614174000");
    run.settings(
        """
        {"hooks": {
          "PreToolUse": [{"hooks": [{"type": "command", "command": "cat >> \\"$AGENT_PROJECT_DIR/log\\""}]}],
          "PostToolUse": [{"matcher": "*", "hooks": [{"type": "command", "command": "cat >> log"}]}]}}
        """);
    run.server.reply(call("t1", "Read", "{\"file_path\":\"a.txt\"}")).reply(Reply.text("ok"));
    assertThat(run.agent("-p", "read", "--permission-mode", "default")).isZero();
    List<JsonNode> log = RunFixture.lines(run.project.resolve("log"));
    assertThat(log)
        .extracting(line -> line.path("hook_event_name").asText())
        .containsExactly("PreToolUse", "PostToolUse");
    JsonNode before = log.getFirst();
    assertThat(before.path("tool_name").asText()).isEqualTo("Read");
    assertThat(before.path("tool_input").path("file_path").asText())
        .isEqualTo(run.project.resolve("a.txt").toString());
    assertThat(before.path("tool_use_id").asText()).isEqualTo("t1");
    assertThat(before.path("permission_mode").asText()).isEqualTo("default");
    assertThat(before.path("cwd").asText()).isEqualTo(run.project.toString());
    assertThat(Path.of(before.path("transcript_path").asText())).exists();
    assertThat(before.path("session_id").asText()).hasSize(36);
    assertThat(log.get(1).path("tool_response").toString()).contains("alpha");
    assertThat(run.sent(3)).isEqualTo(run.sent(1));
  }

  @Test
  void exitCodeTwoBlocksACallEvenWhenPermissionsAreBypassed() throws IOException {
    run.script(
        "guard.sh",
        """
        #!/bin/bash
        if grep -q 'rm -rf'; then echo "Blocked: use trash instead" >&2; exit 2; fi
        exit 0
        """);
    run.settings(group("PreToolUse", "Bash", command(".claude/hooks/guard.sh")));
    Files.createDirectories(run.project.resolve("build"));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"rm -rf build\"}"))
        .reply(call("t2", "Bash", "{\"command\":\"touch fine\"}"))
        .reply(Reply.text("ok"));
    assertThat(
            run.agent(
                "-p", "go", "--permission-mode", "bypassPermissions", "--output-format", "json"))
        .isZero();
    assertThat(run.project.resolve("build")).exists();
    assertThat(run.project.resolve("fine")).exists();
    assertThat(run.server.requests().get(1).lastResults())
        .contains(
            "PreToolUse:Bash hook error: [.claude/hooks/guard.sh]: Blocked: use trash instead");
    assertThat(Json.parse(run.stdout()).path("permission_denials")).hasSize(1);
  }

  @Test
  void aRewrittenInputIsWhatRunsAndWhatPermissionsJudge() throws IOException {
    run.script(
        "rewrite.sh",
        """
        #!/bin/sh
        cat >/dev/null
        echo '{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"allow",'
        echo '"updatedInput":{"command":"touch changed"}}}'
        """);
    run.settings(group("PreToolUse", "Bash", command(".claude/hooks/rewrite.sh")));
    run.server.reply(call("t1", "Bash", "{\"command\":\"ls\"}")).reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.project.resolve("changed")).exists();
    Files.delete(run.project.resolve("changed"));
    run.server.reply(call("t1", "Bash", "{\"command\":\"ls\"}")).reply(Reply.text("ok"));
    run.agent("-p", "go", "--disallowedTools", "Bash(touch *)");
    assertThat(run.project.resolve("changed")).doesNotExist();
    assertThat(run.server.requests().get(3).lastResults())
        .contains("Permission to use Bash with command touch changed has been denied");
  }

  @Test
  void aPromptHookAsksASmallModelAndItsNoCounts() throws IOException {
    run.settings(
        group(
            "PreToolUse",
            "Bash",
            "{\"type\":\"prompt\",\"prompt\":\"No deployments on Fridays: $ARGUMENTS\"}"));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"./deploy\"}"))
        .reply(Reply.text("```json\n{\"ok\": false, \"reason\": \"It is Friday.\"}\n```"))
        .reply(Reply.text("Then not."));
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash", "--output-format", "json")).isZero();
    JsonNode question = run.server.requests().get(1).body();
    assertThat(question.path("model").asText()).isEqualTo("claude-haiku-5-5");
    assertThat(question.path("tools")).isEmpty();
    assertThat(question.path("messages").toString())
        .contains("No deployments on Fridays: {")
        .contains("./deploy");
    assertThat(run.server.requests().get(2).lastResults()).contains("It is Friday.");
    assertThat(Json.parse(run.stdout()).path("modelUsage").has("claude-haiku-5-5")).isTrue();
    run.server.assertRulesKept();
  }

  @Test
  void aStopHookSendsTheModelBackUntilItIsContent() throws IOException {
    run.script(
        "tests.sh",
        """
        #!/bin/bash
        tee -a stops >/dev/null
        echo >> stops
        [ -e fixed ] && exit 0
        echo '{"decision":"block","reason":"The tests fail: fix them."}'
        """);
    run.settings(group("Stop", "", command(".claude/hooks/tests.sh")));
    run.server
        .reply(Reply.text("Done."))
        .reply(call("t1", "Bash", "{\"command\":\"touch fixed\"}"))
        .reply(Reply.text("Now it is done."));
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash(touch *)")).isZero();
    assertThat(run.stdout()).isEqualTo("Now it is done.\n");
    assertThat(run.server.requests().get(1).lastUserText()).isEqualTo("The tests fail: fix them.");
    List<JsonNode> stops =
        RunFixture.lines(
            Files.write(
                temp.resolve("stops"),
                Files.readAllLines(run.project.resolve("stops")).stream()
                    .filter(line -> !line.isBlank())
                    .toList()));
    assertThat(stops)
        .extracting(stop -> stop.path("stop_hook_active").asBoolean())
        .containsExactly(false, true);
    assertThat(stops.getFirst().path("last_assistant_message").asText()).isEqualTo("Done.");
  }

  @Test
  void aStopHookThatIsNeverContentIsOverruledAfterEightTimes() throws IOException {
    run.settings(group("Stop", "", command("echo again >&2; exit 2")));
    run.server.respond(_ -> Reply.text("Done."));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.server.requests()).hasSize(9);
    assertThat(run.stderr()).contains("8 times");
  }

  // What they may and may not.

  @Test
  void anApprovalStandsForARuleThatAllowsAndForNoMore() throws IOException {
    run.settings(
        group(
            "PreToolUse",
            "Bash",
            command("echo '{\"hookSpecificOutput\":{\"permissionDecision\":\"allow\"}}'")));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"touch allowed\"}"))
        .reply(call("t2", "Bash", "{\"command\":\"touch asked\"}"))
        .reply(call("t3", "Bash", "{\"command\":\"touch denied\"}"))
        .reply(call("t4", "Bash", "{\"command\":\"rm -rf ~\"}"))
        .reply(Reply.text("ok"));
    run.agent(
        "-p",
        "go",
        "--disallowedTools",
        "Bash(touch denied)",
        "--settings",
        "{\"permissions\":{\"ask\":[\"Bash(touch asked)\"]}}");
    assertThat(run.project.resolve("allowed")).exists();
    assertThat(run.project.resolve("asked")).doesNotExist();
    assertThat(run.project.resolve("denied")).doesNotExist();
    assertThat(run.home).exists();
    assertThat(run.server.requests().get(4).lastResults()).contains("denied");
  }

  @Test
  void oneNoOutweighsEveryYes() throws IOException {
    run.settings(
        group(
            "PreToolUse",
            "Bash",
            command("echo '{\"decision\":\"approve\"}'"),
            command(
                "echo '{\"hookSpecificOutput\":{\"permissionDecision\":\"deny\","
                    + "\"permissionDecisionReason\":\"not today\"}}'")));
    run.server.reply(call("t1", "Bash", "{\"command\":\"touch x\"}")).reply(Reply.text("ok"));
    run.agent("-p", "go", "--allowedTools", "Bash");
    assertThat(run.project.resolve("x")).doesNotExist();
    assertThat(run.server.requests().get(1).lastResults()).contains("not today");
  }

  @Test
  void aPermissionRequestHookAnswersInThePlaceOfAPerson() throws IOException {
    run.settings(
        group(
            "PermissionRequest",
            "Bash",
            command(
                "cat >> asked; echo"
                    + " '{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\","
                    + "\"decision\":{\"behavior\":\"allow\",\"updatedPermissions\":[{\"type\":\"addRules\",\"rules\":[{\"toolName\":\"Bash\",\"ruleContent\":\"touch"
                    + " *\"}],\"behavior\":\"allow\",\"destination\":\"session\"}]}}}'")));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"touch one\"}"))
        .reply(call("t2", "Bash", "{\"command\":\"touch two\"}"))
        .reply(call("t3", "Write", "{\"file_path\":\".git/hooks/pre-commit\",\"content\":\"x\"}"))
        .reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.project.resolve("one")).exists();
    assertThat(run.project.resolve("two")).exists();
    List<JsonNode> asked = RunFixture.lines(run.project.resolve("asked"));
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().path("permission_suggestions").toString())
        .contains("\"ruleContent\":\"touch one\"");
  }

  @Test
  void whatNothingSwitchesOffNoHookSwitchesOffEither() throws IOException {
    run.settings(
        group(
            "PermissionRequest",
            "",
            command("echo '{\"hookSpecificOutput\":{\"decision\":{\"behavior\":\"allow\"}}}'")));
    run.server
        .reply(call("t1", "Write", "{\"file_path\":\".git/hooks/pre-commit\",\"content\":\"x\"}"))
        .reply(call("t2", "Write", "{\"file_path\":\"plain\",\"content\":\"x\"}"))
        .reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.project.resolve(".git")).doesNotExist();
    assertThat(run.project.resolve("plain")).exists();
  }

  @Test
  void anAnswerMayChangeTheInputButNotPastWhatForbids() throws IOException {
    run.script(
        "answer.sh",
        """
        #!/bin/bash
        if grep -q one; then to=fine; else to=forbidden; fi
        echo '{"hookSpecificOutput":{"decision":{"behavior":"allow","updatedInput":{"command":"touch '$to'"}}}}'
        """);
    run.settings(group("PermissionRequest", "Bash", command(".claude/hooks/answer.sh")));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"touch one\"}"))
        .reply(call("t2", "Bash", "{\"command\":\"touch two\"}"))
        .reply(Reply.text("ok"));
    run.agent("-p", "go", "--disallowedTools", "Bash(touch forbidden)");
    assertThat(run.project.resolve("fine")).exists();
    assertThat(run.project.resolve("one")).doesNotExist();
    assertThat(run.project.resolve("forbidden")).doesNotExist();
    assertThat(run.server.requests().get(2).lastResults()).contains("denied");
  }

  @Test
  void aDenialIsHeardAndMayBeTriedAgain() throws IOException {
    run.settings(
        group(
            "PermissionDenied",
            "Bash",
            command(
                "cat >> denied; echo"
                    + " '{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionDenied\","
                    + "\"retry\":true}}'")));
    run.server.reply(call("t1", "Bash", "{\"command\":\"touch x\"}")).reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(RunFixture.lines(run.project.resolve("denied")).getFirst().path("reason").asText())
        .contains("denied");
    assertThat(run.server.requests().get(1).lastResults()).contains("you may try it again");
  }

  // Prompts, sessions, stops.

  @Test
  void aPromptCanBeRejectedAndNothingIsSent() throws IOException {
    run.settings(group("UserPromptSubmit", "ignored", command("echo 'no secrets' >&2; exit 2")));
    assertThat(run.agent("-p", "my password is x")).isEqualTo(1);
    assertThat(run.server.requests()).isEmpty();
    assertThat(run.stdout() + run.stderr()).contains("no secrets");
  }

  @Test
  void whatStartAndPromptHooksPrintReachesTheModelOnce() throws IOException {
    run.settings(
        """
        {"hooks": {
          "SessionStart": [{"matcher": "startup", "hooks": [{"type": "command", "command": "echo Branch: main"}]}],
          "UserPromptSubmit": [{"hooks": [{"type": "command", "command":
            "echo '{\\"hookSpecificOutput\\":{\\"hookEventName\\":\\"UserPromptSubmit\\",\\"additionalContext\\":\\"It is Monday.\\"}}'"}]}]}}
        """);
    run.server.reply(call("t1", "Glob", "{\"pattern\":\"*\"}")).reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.sent(1)).containsOnlyOnce("Branch: main").containsOnlyOnce("It is Monday.");
    run.server.reply(Reply.text("ok"));
    run.agent("-p", "more", "-c");
    assertThat(run.sent(2)).containsOnlyOnce("Branch: main");
    run.server.assertRulesKept();
  }

  @Test
  void variablesExportedAtTheStartReachCommandsButNotOurKeys() throws IOException {
    run.settings(
        group(
            "SessionStart",
            "",
            command(
                "echo 'export COLOUR=\"deep blue\"; export PATH=\"/opt/x:$PATH\"' >>"
                    + " \"$CLAUDE_ENV_FILE\"; echo 'export ANTHROPIC_X=1' >>"
                    + " \"$AGENT_ENV_FILE\"")));
    run.server
        .reply(
            call(
                "t1",
                "Bash",
                "{\"command\":\"env | grep -E '^(COLOUR|PATH|ANTHROPIC_X)=' | sort\"}"))
        .reply(Reply.text("ok"));
    run.agent("-p", "go", "--allowedTools", "Bash");
    assertThat(run.server.requests().get(1).lastResults())
        .isEqualTo("COLOUR=deep blue\nPATH=/opt/x:/usr/bin:/bin\n");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void continueFalseStopsTheRunAtOnce() throws IOException {
    run.settings(
        group(
            "PostToolUse",
            "Glob",
            command("echo '{\"continue\":false,\"stopReason\":\"enough\"}'")));
    run.server.reply(call("t1", "Glob", "{\"pattern\":\"*\"}"));
    assertThat(run.agent("-p", "go", "--output-format", "json")).isEqualTo(1);
    JsonNode result = Json.parse(run.stdout());
    assertThat(result.path("terminal_reason").asText()).isEqualTo("stopped_by_hook");
    assertThat(result.path("errors").toString()).contains("enough");
    assertThat(run.server.requests()).hasSize(1);
  }

  @Test
  void aResultCanBeReplacedAndCommentedOn() throws IOException {
    run.settings(
        group(
            "PostToolUse",
            "Bash",
            command(
                "echo '{\"decision\":\"block\",\"reason\":\"look at the log\","
                    + "\"hookSpecificOutput\":{\"hookEventName\":\"PostToolUse\",\"updatedToolOutput\":\"(masked)\"}}'")));
    run.server.reply(call("t1", "Bash", "{\"command\":\"echo hidden\"}")).reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.server.requests().get(1).lastResults().strip()).isEqualTo("(masked)");
    assertThat(run.server.requests().get(1).lastUserText()).contains("look at the log");
  }

  @Test
  void oneScriptedTurnRaisesItsEventsInOrder() throws IOException {
    StringBuilder hooks = new StringBuilder();
    for (String event :
        List.of(
            "SessionStart",
            "UserPromptSubmit",
            "PreToolUse",
            "PostToolUse",
            "PostToolUseFailure",
            "PostToolBatch",
            "CwdChanged",
            "Stop",
            "SessionEnd")) {
      hooks
          .append(hooks.isEmpty() ? "" : ",")
          .append(
              "\""
                  + event
                  + "\":[{\"hooks\":["
                  + command("cat >> " + run.project + "/log")
                  + "]}]");
    }
    run.settings("{\"hooks\":{" + hooks + "}}");
    Files.createDirectories(run.project.resolve("sub"));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"cd sub\"}"))
        .reply(call("t2", "Read", "{\"file_path\":\"nowhere\"}"))
        .reply(Reply.text("ok"));
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash(cd *)")).isZero();
    assertThat(RunFixture.lines(run.project.resolve("log")))
        .extracting(line -> line.path("hook_event_name").asText())
        .containsExactly(
            "SessionStart",
            "UserPromptSubmit",
            "PreToolUse",
            "PostToolUse",
            "PostToolBatch",
            "CwdChanged",
            "PreToolUse",
            "PostToolUseFailure",
            "PostToolBatch",
            "Stop",
            "SessionEnd");
  }

  @Test
  void eventsThatNobodyCanAnswerAreHeard() throws IOException {
    StringBuilder hooks = new StringBuilder();
    for (String event : List.of("InstructionsLoaded", "PostModelSwitch", "StopFailure")) {
      hooks
          .append(hooks.isEmpty() ? "" : ",")
          .append("\"" + event + "\":[{\"hooks\":[" + command("cat >> log" + event) + "]}]");
    }
    run.settings("{\"hooks\":{" + hooks + "}}");
    Files.writeString(run.project.resolve("AGENTS.md"), "Use tabs.");
    run.environment.put("CLAUDE_CODE_MAX_RETRIES", "3");
    run.server.respond(
        exchange ->
            exchange.body().path("model").asText().contains("haiku")
                ? Reply.failure(400, "invalid_request_error")
                : new Reply.Failure(
                    529, "overloaded_error", "busy", Map.of("retry-after-ms", "1")));
    assertThat(run.agent("-p", "go", "--fallback-model", "haiku")).isEqualTo(1);
    JsonNode loaded = RunFixture.lines(run.project.resolve("logInstructionsLoaded")).getFirst();
    assertThat(loaded.path("file_path").asText()).endsWith("/AGENTS.md");
    assertThat(loaded.path("load_reason").asText()).isEqualTo("session_start");
    JsonNode switched = RunFixture.lines(run.project.resolve("logPostModelSwitch")).getFirst();
    assertThat(switched.path("to_model").asText()).isEqualTo("claude-haiku-5-5");
    JsonNode failed = RunFixture.lines(run.project.resolve("logStopFailure")).getFirst();
    assertThat(failed.path("error").asText()).isEqualTo("invalid_request");
  }

  @Test
  void anInterruptEndsAHookThatHangsAndKeepsWhatWasDone() throws Exception {
    Path reached = run.project.resolve("reached");
    run.settings(group("PostToolUse", "Write", command("touch reached; sleep 31536043")));
    run.server.reply(call("t1", "Write", "{\"file_path\":\"a\",\"content\":\"x\"}"));
    String id = "123e4567-e89b-12d3-a456-426614174000";
    Cancellation cancellation = Cancellation.root();
    Thread session =
        Thread.ofPlatform()
            .start(
                () ->
                    run.agent(
                        cancellation,
                        "-p",
                        "go",
                        "--permission-mode",
                        "acceptEdits",
                        "--session-id",
                        id));
    while (!Files.exists(reached)) {
      LockSupport.parkNanos(5_000_000);
    }
    cancellation.cancel(Cancellation.Reason.INTERRUPTED);
    session.join();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("31536043")))
        .isEmpty();
    run.settings("{}");
    run.server.reply(Reply.text("ok"));
    run.agent("-p", "on", "--resume", id);
    assertThat(run.sent(1)).contains("Created ");
    run.server.assertRulesKept();
  }

  @Test
  void aHookThatRunsBesideMayWakeTheModel() throws IOException {
    Path asked = temp.resolve("asked");
    run.settings(
        group(
            "PostToolUse",
            "Write",
            "{\"type\":\"command\",\"command\":\"until [ -e "
                + asked
                + " ]; do sleep 0.02; done; echo 'tests fail' >&2; exit"
                + " 2\",\"asyncRewake\":true}"));
    run.server
        .reply(call("t1", "Write", "{\"file_path\":\"a\",\"content\":\"x\"}"))
        .replyBy(
            _ -> {
              assertThat(asked.toFile().mkdir()).isTrue();
              return Reply.text("done");
            })
        .reply(Reply.text("mended"));
    run.agent("-p", "go", "--permission-mode", "acceptEdits");
    assertThat(run.stdout()).isEqualTo("mended\n");
    assertThat(run.server.requests().get(2).lastUserText()).contains("tests fail");
  }

  @Test
  void nobodyWaitsForAnAsyncHookWhateverWayItSaysSo() throws IOException {
    Path gate = temp.resolve("gate");
    new ProcessBuilder("mkfifo", gate.toString()).start().onExit().join();
    run.settings(
        group(
            "PreToolUse",
            "Glob",
            "{\"type\":\"command\",\"command\":\"cat " + gate + "\",\"async\":true}",
            command("echo '{\"async\":true}'; cat " + gate)));
    run.server.reply(call("t1", "Glob", "{\"pattern\":\"*\"}")).reply(Reply.text("ok"));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.server.requests()).hasSize(2);
  }

  @Test
  void onceIsOncePerSession() throws IOException {
    run.settings(
        group(
            "PreToolUse",
            "Glob",
            "{\"type\":\"command\",\"command\":\"echo x >> count\",\"once\":true}",
            command("echo y >> count"),
            command("echo y >> count")));
    run.server
        .reply(call("t1", "Glob", "{\"pattern\":\"a*\"}"))
        .reply(call("t2", "Glob", "{\"pattern\":\"b*\"}"))
        .reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(Files.readAllLines(run.project.resolve("count")))
        .containsExactlyInAnyOrder("x", "y", "y");
  }

  @Test
  void aConditionIsAPermissionRuleThatLooksIntoCommands() throws IOException {
    run.settings(
        group(
            "PreToolUse",
            "Bash",
            "{\"type\":\"command\",\"command\":\"echo no >&2; exit 2\",\"if\":\"Bash(git *)\"}"));
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"echo a && git status\"}"))
        .reply(call("t2", "Bash", "{\"command\":\"echo git\"}"))
        .reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.server.requests().get(1).lastResults()).contains("hook error");
    assertThat(run.server.requests().get(2).lastResults()).doesNotContain("hook error");
  }

  @Test
  void anAgentHookReadsFilesAndJudges() throws IOException {
    Files.writeString(run.project.resolve("notes"), "release is frozen\n");
    run.settings(group("Stop", "", "{\"type\":\"agent\",\"prompt\":\"Is the release frozen?\"}"));
    run.server
        .reply(Reply.text("Released."))
        .reply(call("h1", "Read", "{\"file_path\":\"notes\"}"))
        .reply(call("h2", "StructuredOutput", "{\"ok\":false,\"reason\":\"frozen\"}"))
        .reply(Reply.text("Taken back."))
        .reply(call("h3", "StructuredOutput", "{\"ok\":true}"));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.stdout()).isEqualTo("Taken back.\n");
    assertThat(run.server.requests().get(1).body().path("tools").findValuesAsText("name"))
        .containsExactlyInAnyOrder("Glob", "Grep", "Read", "StructuredOutput");
    assertThat(run.server.requests().get(3).lastUserText()).isEqualTo("frozen");
    run.server.assertRulesKept();
  }

  // Web addresses.

  @Test
  void aWebHookNeedsAnAddressThatIsPublicOrListed() throws IOException {
    List<String> bodies = new CopyOnWriteArrayList<>();
    List<String> headers = new CopyOnWriteArrayList<>();
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          headers.add(exchange.getRequestHeaders().getFirst("X-Token"));
          byte[] answer = "{\"decision\":\"block\",\"reason\":\"the web says no\"}".getBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    web.start();
    try {
      String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/hook";
      String hooks =
          group(
              "PreToolUse",
              "Glob",
              "{\"type\":\"http\",\"url\":\""
                  + url
                  + "\",\"headers\":{\"X-Token\":"
                  + "\"$TOKEN/${ANTHROPIC_API_KEY}/$HOME\"},"
                  + "\"allowedEnvVars\":[\"TOKEN\",\"ANTHROPIC_API_KEY\"]}");
      run.environment.put("TOKEN", "abc");
      run.settings(hooks);
      run.server.reply(call("t1", "Glob", "{\"pattern\":\"*\"}")).reply(Reply.text("ok"));
      run.agent("-p", "go");
      assertThat(bodies).isEmpty();
      assertThat(run.stderr()).contains("public addresses only").contains("httpHooks.allowPrivate");
      run.settings(
          hooks.substring(0, hooks.length() - 1)
              + ",\"httpHooks\":{\"allowPrivate\":[\"127.0.0.1\"]}}");
      run.server.reply(call("t2", "Glob", "{\"pattern\":\"*\"}")).reply(Reply.text("ok"));
      run.agent("-p", "go");
      assertThat(bodies).hasSize(1);
      assertThat(headers).containsExactly("abc//");
      assertThat(Json.parse(bodies.getFirst()).path("tool_name").asText()).isEqualTo("Glob");
      assertThat(run.server.requests().get(3).lastResults()).contains("the web says no");
    } finally {
      web.stop(0);
    }
  }

  // Trust, environment, switches.

  @Test
  void hooksOfAProjectRunOnlyOnceItIsTrusted() throws IOException {
    for (String directory : List.of(".claude", ".agent")) {
      Files.createDirectories(run.project.resolve(directory));
      Files.writeString(
          run.project.resolve(directory).resolve("settings.json"),
          group("SessionStart", "", command("touch ran" + directory)));
    }
    run.server.reply(Reply.text("ok")).reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.project.resolve("ran.claude")).doesNotExist();
    assertThat(run.stderr()).contains("not trusted").contains("hooks of ");
    run.agent("trust");
    run.agent("-p", "go");
    assertThat(run.project.resolve("ran.claude")).exists();
    assertThat(run.project.resolve("ran.agent")).exists();
  }

  @Test
  void ourKeyIsNotInAHooksEnvironment() throws IOException {
    run.settings(group("SessionStart", "", command("env > env.txt")));
    run.server.reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.project.resolve("env.txt"))
        .content()
        .contains("CLAUDE_PROJECT_DIR=" + run.project)
        .contains("AGENT_PROJECT_DIR=" + run.project)
        .doesNotContain("sk-test-canary");
  }

  @Test
  void aProjectCanNotSwitchThePersonsHooksOff() throws IOException {
    Path theirs = Files.createDirectories(run.project.resolve(".claude")).resolve("settings.json");
    Files.writeString(theirs, "{\"disableAllHooks\":true}");
    run.settings(group("SessionStart", "", command("touch ran")));
    run.server.reply(Reply.text("ok")).reply(Reply.text("ok"));
    run.agent("-p", "go");
    assertThat(run.project.resolve("ran")).exists();
    Files.delete(run.project.resolve("ran"));
    run.agent("-p", "go", "--settings", "{\"disableAllHooks\":true}");
    assertThat(run.project.resolve("ran")).doesNotExist();
  }

  @Test
  void manyReadsWithAHookThatMakesThemWritesStillRunOneByOne() throws IOException {
    run.script(
        "rewrite.sh",
        """
        #!/bin/bash
        n=$(sed -n 's/.*"command":"ls \\([0-9]*\\)".*/\\1/p')
        echo '{"hookSpecificOutput":{"permissionDecision":"allow","updatedInput":{"command":"mkdir lock && sleep 0.02 && rmdir lock && echo '$n' >> order"}}}'
        """);
    run.settings(group("PreToolUse", "Bash", command(".claude/hooks/rewrite.sh")));
    List<com.fasterxml.jackson.databind.node.ObjectNode> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(call("t" + i, "Bash", "{\"command\":\"ls " + i + "\"}"));
    }
    run.server
        .reply(calls.toArray(com.fasterxml.jackson.databind.node.ObjectNode[]::new))
        .reply(Reply.text("ok"));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(Files.readAllLines(run.project.resolve("order")))
        .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5");
  }

  private List<JsonNode> streamed(String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of("-p", "go", "--output-format", "stream-json"));
    line.addAll(List.of("--verbose", "--allowedTools", "Bash"));
    line.addAll(List.of(more));
    assertThat(run.agent(line.toArray(String[]::new))).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String text : run.stdout().strip().split("\n")) {
      lines.add(Json.parse(text));
    }
    return lines;
  }

  @Test
  void streamedOutputTellsOfHooksWhereThatIsAskedFor() throws IOException {
    run.settings(
        """
        {"hooks": {
          "PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "echo fine; echo note >&2"}]}],
          "PostToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "exit 3"}]}]}}
        """);
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"touch x\"}"))
        .reply(Reply.text("done"))
        .reply(call("t1", "Bash", "{\"command\":\"touch x\"}"))
        .reply(Reply.text("done"));

    List<JsonNode> told = streamed("--include-hook-events");
    List<JsonNode> hooks =
        told.stream().filter(it -> it.path("subtype").asText().startsWith("hook_")).toList();

    assertThat(told.getFirst().path("subtype").asText()).isEqualTo("init");
    assertThat(hooks)
        .extracting(it -> it.path("subtype").asText() + " " + it.path("hook_name").asText())
        .containsExactly(
            "hook_started PreToolUse:Bash",
            "hook_response PreToolUse:Bash",
            "hook_started PostToolUse:Bash",
            "hook_response PostToolUse:Bash");
    JsonNode first = hooks.get(1);
    assertThat(first.path("type").asText()).isEqualTo("system");
    assertThat(first.path("hook_id")).isEqualTo(hooks.getFirst().path("hook_id"));
    assertThat(first.path("hook_id")).isNotEqualTo(hooks.get(2).path("hook_id"));
    assertThat(first.path("hook_event").asText()).isEqualTo("PreToolUse");
    assertThat(first.path("stdout").asText()).isEqualTo("fine\n");
    assertThat(first.path("stderr").asText()).isEqualTo("note\n");
    assertThat(first.path("output").asText()).contains("fine", "note");
    assertThat(first.path("exit_code").asInt(-1)).isZero();
    assertThat(first.path("outcome").asText()).isEqualTo("success");
    assertThat(first.path("session_id").asText()).hasSize(36);
    assertThat(first.path("uuid").asText()).hasSize(36);
    assertThat(hooks.get(3).path("exit_code").asInt()).isEqualTo(3);
    assertThat(hooks.get(3).path("outcome").asText()).isEqualTo("error");
    assertThat(streamed()).noneMatch(it -> it.path("subtype").asText().startsWith("hook_"));
  }
}
