package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.testing.Agent;
import dev.agent.testing.ModeTrace;
import dev.agent.testing.ModelServer;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person's machine: a home, a project, a service on loopback, and terminals in which the packaged
 * agent runs. A terminal's settings are kept before and after each run.
 */
final class ScreenFixture implements AutoCloseable {
  static final int COLUMNS = 100;
  static final int ROWS = 30;

  /** On the screen once the composer can be used. */
  static final String READY = "? shortcuts";

  final ModelServer server = ModelServer.start();
  final Path project;
  final Path home;
  final Map<String, String> environment = new HashMap<>();

  ScreenFixture(Path temp) throws IOException {
    assumeTrue(Tmux.isAvailable(), "there is no tmux to make terminals with");
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    home = Files.createDirectories(temp.toRealPath().resolve("home"));
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("TERM", "tmux-256color");
    environment.put("AGENT_JAVA_HOME", System.getProperty("java.home"));
    environment.put("ANTHROPIC_BASE_URL", server.url());
    environment.put("ANTHROPIC_API_KEY", "sk-test-canary-0123456789");
  }

  /** The agent in a terminal of the usual size. */
  Tmux start(String... arguments) {
    return start(COLUMNS, ROWS, arguments);
  }

  /** The agent in a terminal of a size. */
  Tmux start(int columns, int rows, String... arguments) {
    return shell(
        columns,
        rows,
        "stty -g > \"$HOME/before\"; "
            + command(arguments)
            + "; echo \"left with $?\"; stty -g > \"$HOME/after\"; echo over; exec cat");
  }

  /** Any line in a shell. */
  Tmux shell(int columns, int rows, String line) {
    return Tmux.start(columns, rows, environment, project, line);
  }

  /** How the agent is called in a shell. */
  static String command(String... arguments) {
    return Stream.concat(
            Stream.of(Agent.product().resolve("bin/agent").toString()), Stream.of(arguments))
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /** The agent's process. */
  static ProcessHandle agent(Tmux terminal) {
    return terminal
        .process()
        .children()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no agent runs:\n" + terminal.screen()));
  }

  /**
   * Whether the screen of a session is there to its end, the permission mode in the last corner.
   * While the session is being opened its model and how full its context is are missing.
   */
  static boolean isWhole(String screen) {
    return screen.contains(" · ctx ") && screen.stripTrailing().endsWith("· default");
  }

  /** Waits for the end and checks that the terminal is as it was. */
  void assertLeft(Tmux terminal, int code) throws IOException {
    terminal.await("left with " + code);
    terminal.await("over");
    assertRestored(terminal);
    assertThat(Files.readString(home.resolve("after")))
        .isEqualTo(Files.readString(home.resolve("before")));
  }

  /** Every mode that was set is set back, the last one first. */
  static void assertRestored(Tmux terminal) {
    ModeTrace modes = ModeTrace.of(terminal.written());
    assertThat(modes.everSet()).contains("?1049", "?2004", "?1004", "?1002", "[>1u", "[22;0t");
    assertThat(modes.left()).isEmpty();
    assertThat(modes.disorder()).isEmpty();
    assertThat(terminal.state("#{alternate_on} #{cursor_flag} #{mouse_any_flag}").strip())
        .isEqualTo("0 1 0");
  }

  @Override
  public void close() {
    server.close();
  }
}
