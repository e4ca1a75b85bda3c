package dev.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent is ended with no chance to clean up; who it started ends as well. */
@EnabledOnOs(OS.LINUX)
class WatchdogTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** For what must come to an end, however busy the machine is. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String session = UUID.randomUUID().toString();
  @TempDir Path dir;

  private List<ProcessHandle> census() {
    return ProcessTree.marked(Processes.MARKER + "=" + session + ":");
  }

  private List<ProcessHandle> watchdogs() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .filter(
                        words -> List.of(words).contains(Processes.MARKER + "=" + session + ":"))
                    .isPresent())
        .toList();
  }

  private static boolean within(Duration limit, BooleanSupplier what) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }

  private Process agent(String script) throws Exception {
    Process agent =
        new ProcessBuilder(
                JAVA,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DeadAgent.class.getName(),
                session,
                script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(agent.inputReader().readLine()).isEqualTo("up");
    return agent;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 300 & echo up; wait",
        "( (sleep 300 & sleep 300 &) & ) ; echo up; sleep 300",
        "nohup setsid sleep 300 >/dev/null 2>&1 & setsid -f sleep 300; echo up; wait",
        "env -i sleep 300 & trap '' TERM; echo up; wait"
      })
  void nothing_outlives_an_agent_that_was_killed(String script) throws Exception {
    Process agent = agent(script);
    List<ProcessHandle> children = agent.descendants().toList();
    assertThat(census()).isNotEmpty();
    agent.destroyForcibly().waitFor();
    assertThat(within(LIMIT, () -> census().isEmpty())).isTrue();
    assertThat(
            within(
                LIMIT,
                () ->
                    children.stream()
                        .noneMatch(child -> child.isAlive() && child.info().command().isPresent())))
        .isTrue();
    assertThat(within(LIMIT, () -> watchdogs().isEmpty())).isTrue();
  }

  @Test
  void the_next_start_ends_what_even_the_watchdog_could_not() throws Exception {
    Process agent = agent("setsid sleep 300 & echo up; wait");
    watchdogs().forEach(ProcessHandle::destroyForcibly);
    assertThat(Leftovers.sweep()).as("it lives, so nothing is left over").isZero();
    assertThat(census()).isNotEmpty();
    agent.destroyForcibly().waitFor();
    assertThat(census()).isNotEmpty();
    Leftovers.sweep();
    assertThat(census()).isEmpty();
  }

  @Test
  void a_watchdog_goes_when_the_agent_has_cleaned_up() throws Exception {
    Processes processes = new Processes(Map.of("PATH", System.getenv("PATH")), session);
    processes.start(Processes.Launch.of(List.of("sleep", "300"), dir));
    assertThat(watchdogs()).isNotEmpty();
    processes.killAll();
    assertThat(within(LIMIT, () -> watchdogs().isEmpty())).isTrue();
    assertThat(census()).isEmpty();
  }

  @Test
  void a_command_outlives_the_thread_that_started_it() throws Exception {
    Processes processes = new Processes(Map.of("PATH", System.getenv("PATH")), session);
    RunningProcess[] started = new RunningProcess[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    // PDEATHSIG is what sandboxes use; it fires when the starting thread ends.
                    started[0] =
                        processes.start(
                            Processes.Launch.of(
                                List.of("setpriv", "--pdeathsig", "KILL", "sleep", "300"), dir));
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    thread.join();
    assertThat(started[0].await(Duration.ofMillis(200))).isFalse();
    processes.killAll();
    assertThat(started[0].await(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1)))).isTrue();
  }
}
