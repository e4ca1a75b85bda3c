package dev.agent.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.runtime.Cancellation;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BashTest {
  @TempDir Path dir;
  private ShellFixture shell;

  @BeforeEach
  void start() throws IOException {
    shell = new ShellFixture(dir);
    Files.createDirectories(shell.project.resolve("a/b"));
    Files.createDirectories(shell.project.resolve("with blank "));
  }

  @AfterEach
  void leaveNothing() {
    shell.processes.killAll();
  }

  @Test
  void output_of_both_streams_comes_in_order_and_success_has_no_note() throws Exception {
    ToolResult result = shell.run("echo one; echo two >&2; echo three");
    assertThat(ShellFixture.text(result)).isEqualTo("one\ntwo\nthree");
    assertThat(result.isError()).isFalse();
    assertThat(shell.text("true")).isEqualTo("(no output)");
  }

  /** Where the next command runs, relative to the project, and what the first one's code is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "cd a                              @ a @ 0",
        "cd a/b && cd ..                   @ a @ 0",
        "cd a; exit 3                      @ a @ 3",
        "cd a && false                     @ a @ 1",
        "set -e; cd a; false; cd b         @ a @ 1",
        "set -eu; cd a; echo $nothing      @ a @ 1",
        "set -C; cd a                      @ a @ 0",
        "set -o pipefail; cd a; false|true @ a @ 1",
        "(cd a)                            @  @ 0",
        "cd a & wait                       @  @ 0",
        "cd a | cat                        @  @ 0",
        "cd nowhere                        @  @ 1",
        "unset PWD; cd a                   @ a @ 0",
        "PWD=/tmp; cd a                    @ a @ 0",
        "unset HOME PATH; cd a             @ a @ 0",
        "pwd() { echo /tmp; }; cd a        @ a @ 0",
        "cd() { :; }; cd a                 @  @ 0",
        "trap 'echo bye' INT; cd a         @ a @ 0",
        "cd a; trap 'echo bye' EXIT        @  @ 0",
        "cd a; exec true                   @  @ 0",
        "cd a; kill -KILL $$               @  @ 137",
        "exec >/dev/null 2>&1; cd a        @ a @ 0",
        "exec 1>&- 2>&-; cd a              @ a @ 0",
        "cd a; bash -c 'cd b'              @ a @ 0",
        "pushd a >/dev/null                @ a @ 0",
        "f() { cd a; return 4; }; f        @ a @ 4",
        "cd a; if then                     @  @ 1",
        "echo 'unclosed                    @  @ 1",
        "shopt -s extdebug; cd a           @ a @ 0",
        "cd a; set --                      @ a @ 0",
      })
  void the_working_directory_lives_on(String command, String where, int code) throws Exception {
    ToolResult result = shell.run(command);
    int got = ((Display.Command) result.forPerson()).exitCode();
    if (command.contains("unclosed") || command.contains("if then")) {
      assertThat(got).isNotZero(); // versions of bash differ
    } else {
      assertThat(got).isEqualTo(code);
    }
    Path expected = where == null ? shell.project : shell.project.resolve(where);
    assertThat(shell.place.cwd()).isEqualTo(expected);
    assertThat(shell.text("pwd -P")).isEqualTo(expected.toString());
  }

  @Test
  void directories_with_strange_names_are_followed() throws Exception {
    for (String name : new String[] {"with blank ", "new\nline\n", "-dash", "ünï", "q'uo\"te$x"}) {
      Files.createDirectories(shell.project.resolve(name));
      shell.call(
          shell.bash,
          "command",
          "cd \"$D\"".replace("$D", "./" + name.replace("\"", "\\\"").replace("$x", "\\$x")));
      assertThat(shell.place.cwd()).as(name).isEqualTo(shell.project.resolve(name));
      shell.text("cd " + shell.project);
    }
  }

  @Test
  void an_answer_of_an_earlier_command_is_not_taken_for_that_of_a_later_one() throws Exception {
    shell.text("cd a");
    shell.text("cd /");
    assertThat(shell.place.cwd()).isEqualTo(shell.project);
    assertThat(shell.text("exec true")).doesNotContain("outside");
    assertThat(shell.place.cwd()).isEqualTo(shell.project);
  }

  @Test
  void leaving_the_workspace_leads_back_with_a_note() throws Exception {
    String text = shell.text("cd a && cd / && pwd");
    assertThat(text).startsWith("/\n").contains("outside of the workspace");
    assertThat(shell.place.cwd()).isEqualTo(shell.project);
  }

  @Test
  void a_workspace_that_is_reached_through_a_link_is_no_other_place() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), shell.project);
    ShellPlace place = new ShellPlace(link, java.util.List.of(link), link);
    assertThat(place.moveTo(shell.project.resolve("a"))).isTrue();
    assertThat(place.cwd()).isEqualTo(link.resolve("a"));
    assertThat(place.moveTo(dir)).isFalse();
    assertThat(place.cwd()).isEqualTo(link);
    Files.createSymbolicLink(shell.project.resolve("out"), dir);
    assertThat(place.moveTo(link.resolve("out"))).isFalse();
  }

  @Test
  void a_working_directory_that_vanished_is_said_and_nothing_runs_elsewhere() throws Exception {
    shell.text("cd a/b");
    Files.delete(shell.project.resolve("a/b"));
    assertThatThrownBy(() -> shell.run("touch here"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("does not exist any more");
    assertThat(shell.project.resolve("here")).doesNotExist();
    assertThat(shell.text("pwd -P")).isEqualTo(shell.project.toString());
  }

  @Test
  void a_command_that_deletes_its_own_directory_makes_no_noise() throws Exception {
    assertThat(shell.text("mkdir gone; cd gone; rmdir ../gone; echo ok")).isEqualTo("ok");
    assertThat(shell.place.cwd()).isEqualTo(shell.project);
  }

  @Test
  void nothing_but_the_directory_lives_on() throws Exception {
    shell.text("export X=1; f() { echo f; }; alias g=f; set -x; umask 077");
    assertThat(shell.text("echo \"<$X>\"; type f g 2>/dev/null; echo $-"))
        .startsWith("<>")
        .doesNotContain("is a function");
  }

  @Test
  void commands_get_no_stray_arguments_and_may_begin_with_a_dash() throws Exception {
    assertThat(shell.text("echo \"$#:$1:$*\"")).isEqualTo("0::");
    assertThat(shell.text("-x")).contains("-x: command not found").contains("Exit code 127");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false                         | true  | 1",
        "exit 2                        | true  | 2",
        "grep nothing /dev/null        | false | 1",
        "grep x /no/such/file          | true  | 2",
        "test -e /no/such              | false | 1",
        "diff /dev/null /etc/hostname  | false | 1",
        "grep nothing /dev/null; false | true  | 1",
        "no-such-program-at-all        | true  | 127",
        "kill -TERM $$                 | true  | 143",
      })
  void exit_codes_are_reported(String command, boolean error, int code) throws Exception {
    ToolResult result = shell.run(command);
    assertThat(result.isError()).isEqualTo(error);
    assertThat(ShellFixture.text(result)).endsWith("Exit code " + code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat",
        "read -p 'Sure? ' x; echo \"<$x>\"",
        "python3 -c 'input()' 2>/dev/null || true",
        "bash",
        "sort | uniq",
        "setsid sleep 300 &",
        "sleep 300 &",
        "nohup sleep 300 & disown",
        "git -c core.editor= --version",
        "passwd </dev/null >/dev/null 2>&1 || true"
      })
  void commands_that_would_ask_or_stay_come_back(String command) throws Exception {
    assertThat(shell.run(command).isError()).isIn(false, true);
    assertThat(shell.text("echo still here")).isEqualTo("still here");
  }

  @Test
  void a_time_limit_gives_what_was_printed_and_ends_all() throws Exception {
    ToolResult result =
        shell.call(
            shell.bash,
            "command",
            "echo begun; (trap '' TERM; echo $BASHPID > pid; setsid sleep 300 & sleep 300) & wait",
            "timeout",
            700);
    assertThat(result.isError()).isTrue();
    assertThat(ShellFixture.text(result))
        .startsWith("begun")
        .contains("did not end within 0.7 seconds")
        .contains("run_in_background");
    assertThat(((Display.Command) result.forPerson()).timedOut()).isTrue();
    assertThat(isGone(Files.readString(shell.project.resolve("pid")).strip())).isTrue();
  }

  /** Ended, though perhaps not collected: such a one has no environment any more. */
  private static boolean isGone(String pid) throws IOException {
    Path environment = Path.of("/proc", pid, "environ");
    try {
      return !Files.exists(environment) || Files.readAllBytes(environment).length == 0;
    } catch (java.nio.file.FileSystemException e) {
      return true;
    }
  }

  @Test
  void limits_come_from_the_environment_and_nonsense_is_passed_over() {
    ShellLimits limits =
        ShellLimits.of(Map.of("BASH_DEFAULT_TIMEOUT_MS", "900000", "BASH_MAX_TIMEOUT_MS", "60000"));
    assertThat(limits.usual().toMillis()).isEqualTo(60_000);
    assertThat(
            ShellLimits.of(Map.of("BASH_DEFAULT_TIMEOUT_MS", "-1", "BASH_MAX_OUTPUT_LENGTH", "x")))
        .isEqualTo(ShellLimits.of(Map.of()));
  }

  @Test
  void an_interrupt_ends_the_command_before_the_call_returns() throws Exception {
    CountDownLatch up = new CountDownLatch(1);
    shell.progress = _ -> up.countDown();
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    shell.run("setsid sleep 300 & echo $! > pid; echo up; wait");
                  } catch (InterruptedException | ToolException e) {
                    end.set(e);
                  }
                });
    assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
    shell.cancellation.cancel(Cancellation.Reason.values()[0]);
    caller.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(isGone(Files.readString(shell.project.resolve("pid")).strip())).isTrue();
  }

  @Test
  void a_call_that_is_cancelled_already_starts_nothing_that_stays() {
    shell.cancellation.cancel(Cancellation.Reason.values()[0]);
    assertThatThrownBy(() -> shell.run("sleep 300; touch late"))
        .isInstanceOf(InterruptedException.class);
    assertThat(shell.project.resolve("late")).doesNotExist();
  }

  @Test
  void long_output_keeps_both_ends_and_names_the_file_with_all() throws Exception {
    String text = shell.text("seq 1 100000");
    assertThat(text).startsWith("1\n2\n").contains("bytes left out").contains("\n100000\n");
    assertThat(text.length()).isLessThan(31_000);
    Path file = dir.resolve("call-1.txt");
    assertThat(text).contains("588895 bytes are in " + file);
    assertThat(file).hasSize(588_895);
  }

  @Test
  void output_without_end_is_stopped_at_the_cap() throws Exception {
    ToolResult result = shell.run("yes");
    assertThat(result.isError()).isTrue();
    assertThat(ShellFixture.text(result)).contains("printed more than").hasSizeLessThan(31_000);
  }

  @Test
  void colours_progress_bars_and_bytes_that_are_no_text_are_cleaned() throws Exception {
    assertThat(shell.text("printf '\\033[31mred\\033[0m \\033]0;title\\007ok\\n'"))
        .isEqualTo("red ok");
    assertThat(shell.text("printf '10%%\\r50%%\\r100%%\\n'")).isEqualTo("100%");
    assertThat(shell.text("head -c 4000 /dev/zero"))
        .isEqualTo("(4000 bytes of output that are no text)");
    assertThat(shell.text("printf 'caf\\xe9 ol\\xe9'")).isEqualTo("caf\uFFFD ol\uFFFD");
  }

  @Test
  void wrong_calls_are_refused_in_words() {
    for (String command : new String[] {"", "   ", "\n"}) {
      assertThatThrownBy(() -> shell.run(command)).hasMessageContaining("empty");
    }
    assertThatThrownBy(() -> shell.call(shell.bash)).isInstanceOf(ToolException.class);
    assertThatThrownBy(() -> shell.call(shell.bash, "command", "ls", "timeout", "soon"))
        .isInstanceOf(ToolException.class);
  }

  @Test
  void the_tool_declares_what_it_is() {
    ToolSpec spec = shell.bash.spec();
    assertThat(spec.onFailure()).isEqualTo(ToolSpec.OnFailure.CANCELS_SIBLINGS);
    assertThat(spec).isSameAs(shell.bash.spec());
    assertThat(spec.description().length()).isLessThan(6_000);
    assertThat(shell.bash.effect(ShellFixture.input("command", "rm x"))).isEqualTo(Effect.UNKNOWN);
    assertThat(shell.bash.effect(ShellFixture.input("command", "ls", "run_in_background", true)))
        .isEqualTo(Effect.UNKNOWN);
    assertThat(shell.bashOutput.spec().aliases()).contains("TaskOutput");
    assertThat(shell.killShell.spec().aliases()).contains("KillBash", "TaskStop");
  }

  @Test
  void a_background_command_is_read_in_pieces_and_stopped() throws Exception {
    String started =
        ShellFixture.text(
            shell.call(
                shell.bash,
                "command",
                "echo first; while [ ! -e go ]; do sleep 0.01; done; echo second; sleep 300",
                "run_in_background",
                true));
    assertThat(started).contains("bash_1");
    assertThat(readUntil("first")).contains("Status: running").doesNotContain("second");
    Files.createFile(shell.project.resolve("go"));
    assertThat(readUntil("second")).doesNotContain("first");
    assertThat(ShellFixture.text(shell.call(shell.bashOutput, "bash_id", "bash_1")))
        .contains("(nothing new)");
    assertThat(ShellFixture.text(shell.call(shell.killShell, "shell_id", "bash_1")))
        .isEqualTo("Stopped bash_1.");
    assertThat(ShellFixture.text(shell.call(shell.bashOutput, "bash_id", "bash_1")))
        .contains("ended with exit code");
    assertThat(ShellFixture.text(shell.call(shell.killShell, "shell_id", "bash_1")))
        .contains("had ended already");
  }

  private String readUntil(String wanted) throws Exception {
    String text = "";
    while (!text.contains(wanted)) {
      text = ShellFixture.text(shell.call(shell.bashOutput, "bash_id", "bash_1"));
    }
    return text;
  }

  @Test
  void a_command_that_is_said_to_have_ended_has_given_all_its_output() throws Exception {
    for (int i = 1; i <= 15; i++) {
      shell.call(shell.bash, "command", "echo last words; exit 9", "run_in_background", true);
      StringBuilder all = new StringBuilder();
      do {
        all.append(ShellFixture.text(shell.call(shell.bashOutput, "bash_id", "bash_" + i)));
      } while (!all.toString().contains("ended"));
      assertThat(all).contains("last words").contains("exit code 9");
    }
  }

  @Test
  void only_the_lines_asked_for_are_returned() throws Exception {
    shell.call(
        shell.bash, "command", "printf 'an error\\nfine\\nerror 2\\n'", "run_in_background", true);
    shell.background.find("bash_1").orElseThrow().process().await(java.time.Duration.ofMinutes(1));
    assertThatThrownBy(
            () -> shell.call(shell.bashOutput, "bash_id", "bash_1", "filter", "(unclosed"))
        .hasMessageContaining("regular expression");
    assertThat(
            ShellFixture.text(
                shell.call(shell.bashOutput, "bash_id", "bash_1", "filter", "^error|an e")))
        .as("a wrong pattern did not cost the output")
        .endsWith("\nan error\nerror 2");
  }

  @Test
  void an_unknown_id_names_those_that_exist() throws Exception {
    assertThatThrownBy(() -> shell.call(shell.bashOutput, "bash_id", "bash_7"))
        .hasMessageContaining("None is running");
    shell.call(shell.bash, "command", "sleep 300", "run_in_background", true);
    assertThatThrownBy(() -> shell.call(shell.killShell, "shell_id", "bash_7"))
        .hasMessageContaining("bash_1");
  }
}
