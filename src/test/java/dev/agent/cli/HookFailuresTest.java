package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a hook does wrong is told and costs nothing but its own answer. */
@Timeout(120)
class HookFailuresTest {
  private static final String MARK = "31536042";

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

  private void hook(String script, String timeout) throws IOException {
    run.script("hook.sh", script);
    run.settings(
        RunFixture.group(
            "PreToolUse",
            "Bash",
            "{\"type\":\"command\",\"command\":\".claude/hooks/hook.sh\",\"timeout\":"
                + timeout
                + "}"));
    run.server.reply(call("t1", "Bash", "{\"command\":\"touch x\"}")).reply(Reply.text("done"));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        arguments("bad JSON", "echo '{\"decision\": '", "something that is no JSON"),
        arguments("two values", "echo '{} {}'", "something that is no JSON"),
        arguments(
            "wrong types",
            "echo '{\"systemMessage\":7,\"reason\":[],\"suppressOutput\":\"x\"}'",
            "gave \"systemMessage\" as 7; it must be a string"),
        arguments("huge output", "head -c 40000000 /dev/zero | tr '\\0' '{'", "more than 16 MB"),
        arguments("long output", "echo '{'; head -c 3000000 /dev/zero | tr '\\0' ' '", "no JSON"),
        arguments(
            "invalid UTF-8",
            "printf '{\"systemMessage\":\"caf\\351\"}'",
            "printed bytes that are no UTF-8"),
        arguments("exit 3", "echo oops >&2; exit 3", "ended with exit code 3: oops"),
        arguments("a signal", "kill -9 $$", "was ended by signal 9"),
        arguments(
            "not for this event",
            "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"Stop\"}}'",
            "answered for Stop instead of PreToolUse"),
        arguments("an unknown interpreter", "exec /nonexistent/python", "ended with exit code 12"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void isToldAndTheCallRunsByItsPermissions(String name, String body, String told)
      throws IOException {
    hook("#!/bin/bash\n" + body + "\n", "20");
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash")).as(name).isZero();
    assertThat(run.stdout()).isEqualTo("done\n");
    assertThat(run.project.resolve("x")).exists();
    assertThat(run.stderr())
        .contains("PreToolUse:Bash hook [.claude/hooks/hook.sh]")
        .contains(told)
        .doesNotContain("Exception");
    assertThat(run.stderr().length()).isLessThan(1_000);
    run.server.assertRulesKept();
  }

  @Test
  void aScriptThatIsNotExecutableIsTold() throws IOException {
    hook("#!/bin/bash\n", "20");
    Files.setPosixFilePermissions(
        run.project.resolve(".claude/hooks/hook.sh"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash")).isZero();
    assertThat(run.project.resolve("x")).exists();
    assertThat(run.stderr()).contains("ended with exit code 126").contains("Permission denied");
  }

  static Stream<Arguments> doubtful() {
    return Stream.of(
        arguments("echo '{\"hookSpecificOutput\":{\"permissionDecision\":\"forbid\"}}'"),
        arguments("echo '{\"hookSpecificOutput\":{\"permissionDecision\":1}}'"),
        arguments("echo '{\"hookSpecificOutput\":[\"deny\"]}'"),
        arguments("echo '{\"decision\":\"no\"}'"),
        arguments("echo '{\"hookSpecificOutput\":{\"updatedInput\":\"touch y\"}}'"));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void aPermissionThatCanNotBeReadIsForAPersonToDecide(String body) throws IOException {
    hook("#!/bin/bash\n" + body + "\n", "20");
    assertThat(run.agent("-p", "go", "--permission-mode", "bypassPermissions")).isZero();
    assertThat(run.project.resolve("x")).doesNotExist();
    assertThat(run.stderr()).contains("must be");
    assertThat(run.server.requests().get(1).lastResults())
        .contains("[.claude/hooks/hook.sh] answered with");
  }

  @Test
  void oneThatHangsIsStoppedWithAllThatItStarted() throws IOException {
    hook(
        "#!/bin/bash\nsleep "
            + MARK
            + " &\nsetsid sleep "
            + MARK
            + " &\n(trap '' TERM; sleep "
            + MARK
            + ") &\nsleep "
            + MARK
            + "\n",
        "0.3");
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash")).isZero();
    assertThat(run.project.resolve("x")).exists();
    assertThat(run.stderr()).contains("did not end within 0.3 s and was stopped");
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(MARK)))
        .isEmpty();
  }

  @Test
  void whatAHangingHookForbadeBeforeStillCounts() throws IOException {
    hook("#!/bin/bash\necho '{\"decision\":\"block\",\"reason\":\"no\"}'\nsleep 60\n", "0.3");
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash")).isZero();
    assertThat(run.project.resolve("x")).doesNotExist();
    assertThat(run.stderr()).contains("did not end within");
  }

  @Test
  void whatAHangingHookAllowedBeforeDoesNotCount() throws IOException {
    hook("#!/bin/bash\necho '{\"decision\":\"approve\"}'\nsleep 60\n", "0.3");
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.project.resolve("x")).doesNotExist();
  }

  @Test
  void exitCodeTwoBlocksWhateverTheOutputSays() throws IOException {
    hook("#!/bin/bash\necho '{\"decision\":\"approve\"}'\nprintf 'no \\351' >&2\nexit 2\n", "20");
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash")).isZero();
    assertThat(run.project.resolve("x")).doesNotExist();
  }

  @Test
  void anInputThatDoesNotFitIsNotRun() throws IOException {
    hook(
        "#!/bin/bash\necho '{\"hookSpecificOutput\":{\"updatedInput\":{\"commmand\":\"ls\"}}}'\n",
        "20");
    assertThat(run.agent("-p", "go", "--allowedTools", "Bash")).isZero();
    assertThat(run.project.resolve("x")).doesNotExist();
    assertThat(run.server.requests().get(1).lastResults())
        .contains("a hook of the user changed the input");
  }

  @Test
  void longTextsAreCutAndKeptInAFile() throws IOException {
    run.settings(
        RunFixture.group(
            "SessionStart", "", RunFixture.command("head -c 30000 /dev/zero | tr '\\0' a")));
    run.server.reply(Reply.text("ok"));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.sent(0)).contains("30000 characters; all of them are in ");
    assertThat(run.sent(0).length()).isLessThan(12_000);
  }

  @Test
  void aModelThatDoesNotJudgeIsTold() throws IOException {
    run.settings(RunFixture.group("Stop", "", "{\"type\":\"prompt\",\"prompt\":\"Is it done?\"}"));
    run.server.reply(Reply.text("Done.")).reply(Reply.text("I can not say."));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.stdout()).isEqualTo("Done.\n");
    assertThat(run.stderr()).contains("no judgement: \"I can not say.\"");
  }

  @Test
  void hooksThatCanNotBeReadAreNamedAndTheOthersRun() throws IOException {
    run.settings(
        """
        {"hooks": {
          "PreToolUze": [],
          "Stop": {"hooks": []},
          "SessionStart": [
            {"matcher": "(", "hooks": [{"type": "command", "command": "touch a"}]},
            {"hooks": [{"type": "shell", "command": "touch b"}]},
            {"hooks": [{"type": "command"}]},
            {"hooks": [{"type": "command", "command": "touch c", "timeout": "soon"}]},
            {"hooks": [{"type": "mcp_tool", "server": "x", "tool": "y"}]},
            {"hooks": [{"type": "command", "command": "touch good"}]}]}}
        """);
    run.server.reply(Reply.text("ok"));
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(run.project.resolve("good")).exists();
    for (String name : List.of("a", "b", "c")) {
      assertThat(run.project.resolve(name)).doesNotExist();
    }
    assertThat(run.stderr())
        .contains("\"hooks.PreToolUze\" is no event; did you mean \"PreToolUse\"?")
        .contains("\"hooks.Stop\" must be a list")
        .contains("\"hooks.SessionStart[0].matcher\" is \"(\", no regular expression")
        .contains("\"hooks.SessionStart[1].hooks[0].type\" is \"shell\"")
        .contains("\"hooks.SessionStart[2].hooks[0].command\" must be a string")
        .contains("\"hooks.SessionStart[3].hooks[0].timeout\" must be a number of seconds")
        .contains("needs tool servers");
  }

  @Test
  void theCommandListsAndTestsHooks() throws IOException {
    run.settings(
        RunFixture.group(
            "PreToolUse",
            "Edit|Bash",
            RunFixture.command("grep -q 'rm x' && { echo no >&2; exit 2; }; exit 0")));
    assertThat(run.agent("hooks", "list")).isZero();
    assertThat(run.stdout())
        .startsWith("PreToolUse\n  Edit|Bash  command [grep -q 'rm x'")
        .contains("600.0 s")
        .contains("settings.json");
    assertThat(
            run.agent("hooks", "test", "PreToolUse", "Bash", "--input", "{\"command\":\"rm x\"}"))
        .isZero();
    assertThat(run.stdout()).contains("blocks: PreToolUse:Bash hook error: [");
    assertThat(run.agent("hooks", "test", "PreToolUse", "Bash", "--input", "{\"command\":\"ls\"}"))
        .isZero();
    assertThat(run.stdout()).contains("has no objection");
    assertThat(run.agent("hooks", "test", "PreToolUse", "Read")).isZero();
    assertThat(run.stdout()).isEqualTo("No hook matches.\n");
    assertThat(run.agent("hooks", "test", "PreTolUse")).isEqualTo(1);
    assertThat(run.stderr()).contains("Did you mean PreToolUse?");
    assertThat(run.agent("hooks")).isEqualTo(1);
    assertThat(run.server.requests()).isEmpty();
  }
}
