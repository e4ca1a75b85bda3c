package dev.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real commands; a census over the markers counts what is left of them. */
class ProcessesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final String session = UUID.randomUUID().toString();
  private final Processes processes = new Processes(System.getenv(), session);
  @TempDir Path dir;

  @AfterEach
  void leaveNothing() {
    processes.killAll();
  }

  private RunningProcess start(String script, Consumer<String> progress) throws IOException {
    return start(script, OutputSink.NONE, progress);
  }

  private RunningProcess start(String script, OutputSink sink, Consumer<String> progress)
      throws IOException {
    return processes.start(
        new Processes.Launch(
            List.of("bash", "--noprofile", "--norc", "-c", script),
            dir,
            Map.of(),
            30_000,
            sink,
            progress));
  }

  private String run(String script) throws Exception {
    RunningProcess process = start(script, _ -> {});
    assertThat(process.await(LONG)).isTrue();
    return process.output();
  }

  private RunningProcess feed(String script, byte[] input) throws IOException {
    return processes.startFed(
        new Processes.Launch(
            List.of("bash", "-c", script), dir, Map.of(), 30_000, OutputSink.NONE, _ -> {}),
        input);
  }

  @Test
  void whatIsFedIsReadAndErrorsAreKeptApart() throws Exception {
    byte[] input = "x".repeat(300_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    RunningProcess process = feed("wc -c; echo oops >&2", input);
    assertThat(process.await(LONG)).isTrue();
    assertThat(process.output().strip()).isEqualTo("300000");
    assertThat(process.errors()).isEqualTo("oops\n");
  }

  @Test
  void aProgramThatReadsNothingEndsAllTheSame() throws Exception {
    RunningProcess process = feed("exec <&-; exit 7", new byte[10_000_000]);
    assertThat(process.await(LONG)).isTrue();
    assertThat(process.exitCode()).isEqualTo(7);
  }

  private List<ProcessHandle> census() {
    return ProcessTree.marked(Processes.MARKER + "=" + session + ":");
  }

  /** Shapes in which processes slip away from their parent; each says "up" when all is running. */
  private static String tree(String shape) {
    return switch (shape) {
      case "background" -> "sleep 300 & sleep 300 & echo up; wait";
      case "double fork" -> "( (sleep 300 & sleep 300 &) & ) ; echo up; sleep 300";
      case "nohup" -> "nohup sleep 300 >/dev/null 2>&1 & disown; echo up; sleep 300";
      case "own session" -> "setsid -f sleep 300; setsid sleep 300 & echo up; sleep 300";
      case "nested" -> "bash -c 'bash -c \"sleep 300 & echo up; wait\" & wait'";
      case "deaf to TERM" ->
          "trap '' TERM HUP INT; (trap '' TERM; sleep 300) & setsid -f bash -c \"trap '' TERM;"
              + " sleep 300; :\"; echo up; sleep 300; :";
      default -> throw new IllegalArgumentException(shape);
    };
  }

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({
    "background, kill",
    "double fork, kill",
    "nohup, kill",
    "own session, kill",
    "nested, kill",
    "deaf to TERM, kill",
    "background, exit",
    "double fork, exit",
    "nohup, exit",
    "own session, exit",
    "nested, exit",
    "deaf to TERM, exit",
    "background, next start",
    "double fork, next start",
    "nohup, next start",
    "own session, next start",
    "nested, next start",
    "deaf to TERM, next start"
  })
  void no_process_of_any_tree_outlives_its_end(String shape, String end) throws Exception {
    CountDownLatch up = new CountDownLatch(1);
    RunningProcess process = start(tree(shape), _ -> up.countDown());
    assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(census()).as("the tree stands").isNotEmpty();
    switch (end) {
      case "kill" -> process.kill();
      case "exit" -> processes.killAll();
      default -> ProcessTree.sweep(Processes.MARKER + "=" + session + ":");
    }
    assertThat(census()).isEmpty();
    assertThat(process.await(LONG)).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ending_one_command_leaves_its_neighbours_alone() throws Exception {
    CountDownLatch up = new CountDownLatch(12);
    List<RunningProcess> all = new java.util.ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(start("echo up; setsid sleep 300 & wait", _ -> up.countDown()));
    }
    assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
    all.getFirst().kill(); // the mark of the 1st is a beginning of those of the 10th to the 12th
    assertThat(all.subList(1, 12)).allMatch(RunningProcess::isAlive);
    processes.killAll();
    assertThat(census()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void two_that_end_a_command_at_once_both_see_it_gone() throws Exception {
    CountDownLatch up = new CountDownLatch(1);
    RunningProcess process = start(tree("own session"), _ -> up.countDown());
    assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
    Thread other = Thread.ofVirtual().start(process::kill);
    process.kill();
    assertThat(census()).isEmpty();
    other.join();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_fork_bomb_in_its_bounds_ends_with_nothing_left() throws Exception {
    CountDownLatch up = new CountDownLatch(1);
    RunningProcess process =
        start(
            "n=0; bomb() { [ $1 -gt 5 ] && { echo up; sleep 300; }; bomb $(($1+1)) & bomb $(($1+1))"
                + " & wait; }; bomb 0",
            _ -> up.countDown());
    assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
    process.kill();
    processes.killAll();
    assertThat(census()).isEmpty();
  }

  @Test
  void a_grandchild_that_holds_the_pipe_does_not_hold_the_command() throws Exception {
    RunningProcess process = start("sleep 300 & echo done", _ -> {});
    assertThat(process.await(LONG)).isTrue();
    assertThat(process.exitCode()).isZero();
    assertThat(process.output()).isEqualTo("done\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cat", "read x; echo \"got<$x>\"", "head -c 1", "cat < /dev/stdin", "sort"})
  void a_command_that_reads_its_input_finds_none_and_ends(String script) throws Exception {
    assertThat(run(script)).isIn("", "got<>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec < /dev/tty", "echo x > /dev/tty", "stty -a < /dev/tty"})
  void there_is_no_terminal_to_ask_at(String script) throws Exception {
    RunningProcess process = start(script, _ -> {});
    assertThat(process.await(LONG)).isTrue();
    assertThat(process.exitCode()).isNotZero();
  }

  @Test
  void a_program_that_does_not_exist_is_an_error_not_a_hang() throws Exception {
    Optional<Processes.Output> output = processes.run(List.of("/no/such/program"), dir, LONG);
    assertThat(output.filter(it -> it.exitCode() == 0)).isEmpty();
    assertThatThrownBy(
            () ->
                processes.start(
                    Processes.Launch.of(List.of("true"), dir.resolve("no such directory"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_short_command_that_takes_too_long_is_ended() throws Exception {
    assertThat(processes.run(List.of("sleep", "300"), dir, Duration.ofMillis(50))).isEmpty();
    assertThat(census()).isEmpty();
  }

  @Test
  void exit_codes_and_signals_come_through() throws Exception {
    for (int code : new int[] {0, 1, 2, 42, 126, 127, 255}) {
      assertThat(processes.run(List.of("bash", "-c", "exit " + code), dir, LONG))
          .map(Processes.Output::exitCode)
          .contains(code);
    }
    assertThat(processes.run(List.of("bash", "-c", "kill -KILL $$"), dir, LONG))
        .map(Processes.Output::exitCode)
        .contains(137);
  }

  @Test
  void our_secrets_are_not_in_the_environment_of_children() throws Exception {
    Map<String, String> given =
        Map.of(
            "PATH", System.getenv("PATH"),
            "ANTHROPIC_API_KEY", "canary-1",
            "ANTHROPIC_AUTH_TOKEN", "canary-2",
            "ANTHROPIC_CUSTOM_HEADERS", "canary-3",
            "anthropic_base_url", "canary-4",
            "CLAUDE_CODE_OAUTH_TOKEN", "canary-5",
            "AGENT_API_KEY", "canary-6",
            "DATABASE_URL", "kept",
            "PAGER", "less",
            "GIT_EDITOR", "vim");
    Processes clean = new Processes(given, session);
    String seen = clean.run(List.of("env"), dir, LONG).orElseThrow().text();
    assertThat(seen).doesNotContain("canary");
    assertThat(seen.lines())
        .contains(
            "DATABASE_URL=kept",
            "PAGER=cat",
            "GIT_PAGER=cat",
            "GIT_EDITOR=true",
            "GIT_TERMINAL_PROMPT=0",
            "TERM=dumb");
    assertThat(seen).contains(Processes.MARKER + "=" + session + ":");
  }

  @Test
  void an_agent_inside_an_agent_marks_its_children_as_its_own() throws Exception {
    Processes inner = new Processes(Map.of(Processes.MARKER, "outer:1;"), session);
    String seen = inner.run(List.of("/usr/bin/env"), dir, LONG).orElseThrow().text();
    assertThat(seen.lines().filter(line -> line.startsWith(Processes.MARKER)))
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .startsWith(Processes.MARKER + "=" + session + ":1;");
  }

  @Test
  void an_endless_printer_is_ended_at_the_cap_of_the_file() throws Exception {
    Capped sink = new Capped(2_000_000);
    RunningProcess process = start("yes", sink, _ -> {});
    assertThat(process.await(LONG)).isTrue();
    assertThat(process.isCapped()).isTrue();
    assertThat(process.output().length()).isLessThan(40_000);
    assertThat(census()).isEmpty();
    assertThat(sink.taken.get()).isLessThanOrEqualTo(2_000_000);
  }

  @Test
  void a_single_line_of_any_length_takes_no_more_memory_than_the_window() throws Exception {
    RunningProcess process = start("head -c 200000000 /dev/zero | tr '\\0' a; echo end", _ -> {});
    assertThat(process.await(Duration.ofSeconds(120))).isTrue();
    assertThat(process.outputBytes()).isEqualTo(200_000_004);
    assertThat(process.output()).hasSizeLessThan(30_100).endsWith("aend\n").contains("left out");
  }

  @Test
  void characters_cut_by_the_end_of_a_piece_arrive_whole() throws Exception {
    StringBuilder heard = new StringBuilder();
    CountDownLatch first = new CountDownLatch(1);
    RunningProcess process =
        start(
            "printf '\\xe2\\x82'; while [ ! -e go ]; do read -t 0.01 <> <(:); done; printf"
                + " '\\xac!'",
            text -> {
              heard.append(text);
              first.countDown();
            });
    while (process.outputBytes() < 2) {
      Thread.onSpinWait();
    }
    Files.createFile(dir.resolve("go"));
    assertThat(process.await(LONG)).isTrue();
    assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(heard.toString()).isEqualTo("€!");
  }

  @Test
  void a_listener_that_fails_does_not_stop_the_command() throws Exception {
    RunningProcess process =
        start(
            "head -c 500000 /dev/zero; exit 7",
            _ -> {
              throw new IllegalStateException("the screen is gone");
            });
    assertThat(process.await(LONG)).isTrue();
    assertThat(process.exitCode()).isEqualTo(7);
    assertThat(process.outputBytes()).isEqualTo(500_000);
  }

  @Test
  void the_file_of_the_output_is_closed_when_the_command_ends_by_itself() throws Exception {
    Capped sink = new Capped(100);
    RunningProcess process = start("echo hi", sink, _ -> {});
    assertThat(process.await(LONG)).isTrue();
    assertThat(sink.closed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void killing_what_has_ended_does_nothing() throws Exception {
    RunningProcess process = start("exit 3", _ -> {});
    assertThat(process.await(LONG)).isTrue();
    process.kill();
    process.kill();
    assertThat(process.exitCode()).isEqualTo(3);
  }

  private static final class Capped implements OutputSink {
    private final long cap;
    final AtomicLong taken = new AtomicLong();
    final CountDownLatch closed = new CountDownLatch(1);

    Capped(long cap) {
      this.cap = cap;
    }

    @Override
    public boolean append(byte[] bytes, int offset, int length) {
      if (taken.get() + length > cap) {
        return false;
      }
      taken.addAndGet(length);
      return true;
    }

    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void invalid_utf8_becomes_replacement_characters() throws Exception {
    assertThat(run("printf 'a\\xffb\\xc3('")).isEqualTo("a\uFFFDb\uFFFD(");
    assertThat(run("printf 'h\\xc3\\xa9'").getBytes(StandardCharsets.UTF_8)).hasSize(3);
  }
}
