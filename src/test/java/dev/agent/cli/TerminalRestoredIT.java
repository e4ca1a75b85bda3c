package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.Fault;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However the full screen of the packaged product ends, the terminal is as it was before. */
class TerminalRestoredIT {
  @TempDir Path temp;
  private ScreenFixture machine;

  @BeforeEach
  void machine() throws IOException {
    machine = new ScreenFixture(temp);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  /** A terminal with one answer on it. */
  private Tmux afterOneTurn(String... arguments) {
    machine.server.reply(Reply.text("Good morning to you."));
    Tmux terminal = machine.start(arguments);
    terminal.await(ScreenFixture.READY);
    greet(terminal);
    return terminal;
  }

  private static void greet(Tmux terminal) {
    terminal.type("hello there\n");
    terminal.await("Good morning to you.");
    terminal.await("the end of the turn", screen -> !screen.contains("esc interrupt"));
  }

  private static void assertTail(String screen) {
    assertThat(screen)
        .containsSubsequence(
            "> hello there",
            "Good morning to you.",
            "Total: ",
            "Resume: agent --resume ",
            "left with");
  }

  @Test
  void afterTheExitCommand() throws IOException {
    try (Tmux terminal = afterOneTurn()) {
      terminal.type("/exit\n");
      machine.assertLeft(terminal, 0);
      assertTail(terminal.scrollback());
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "HUP,129", "INT,130"})
  void afterASignal(String signal, int code) throws IOException, InterruptedException {
    try (Tmux terminal = afterOneTurn()) {
      String id = String.valueOf(ScreenFixture.agent(terminal).pid());
      new ProcessBuilder("kill", "-" + signal, id).start().waitFor();
      machine.assertLeft(terminal, code);
      assertTail(terminal.scrollback());
    }
  }

  @Test
  void afterFaultsOfTheScreenItself() throws IOException {
    Path trigger = machine.home.resolve("trigger");
    machine.environment.put(
        "AGENT_JAVA_OPTS",
        Fault.option(temp, "dev.agent.mode.screen.RowPainter", "paint", trigger));
    try (Tmux terminal = afterOneTurn()) {
      Files.createFile(trigger);
      terminal.type("abcdef");
      machine.assertLeft(terminal, 1);
      assertTail(terminal.scrollback());
      assertThat(terminal.scrollback()).contains("The screen failed again and again.");
    }
    try (Stream<Path> faults = Files.list(machine.home.resolve(".local/share/agent/faults"))) {
      assertThat(faults.toList())
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().contains("a fault made by a test"));
    }
  }

  /** The shell says something before it starts its next command. */
  private static ProcessHandle awaitChild(Tmux terminal, String program)
      throws InterruptedException {
    ProcessHandle agent = ScreenFixture.agent(terminal);
    for (int tries = 0; tries < 6_000; tries++) {
      Optional<ProcessHandle> child =
          agent
              .descendants()
              .filter(it -> it.info().command().orElse("").endsWith("/" + program))
              .findFirst();
      if (child.isPresent()) {
        return child.get();
      }
      Thread.sleep(10);
    }
    throw new AssertionError(program + " was not started:\n" + terminal.screen());
  }

  @Test
  void whenAChildIsKilled() throws IOException, InterruptedException {
    machine
        .server
        .reply(call("t1", "Bash", "{\"command\":\"echo begun; sleep 1000\"}"))
        .reply(Reply.text("It was killed."));
    try (Tmux terminal = machine.start("run it", "--allowedTools=Bash")) {
      terminal.await("· begun"); // what it wrote, not the command that is shown
      awaitChild(terminal, "sleep").destroyForcibly();
      terminal.await("It was killed.");
      terminal.type("/exit\n");
      machine.assertLeft(terminal, 0);
      assertThat(terminal.screen()).contains("It was killed.");
    }
  }

  @Test
  void whileItIsStoppedAndAfterItWentOn() throws IOException {
    machine.server.reply(Reply.text("Good morning to you."));
    machine.environment.put("PS1", "prompt> ");
    machine.environment.put("ENV", "");
    try (Tmux terminal = machine.shell(100, 30, "exec sh -i")) {
      terminal.type("stty -g > \"$HOME/before\"\n" + ScreenFixture.command() + "\n");
      terminal.await(ScreenFixture.READY);
      greet(terminal);
      terminal.press("C-z");
      terminal.await(
          "the end of the conversation, and the shell",
          it ->
              it.contains("Good morning to you.\n\nTotal: ↑ ")
                  && it.contains("Resume: ")
                  && it.contains("Stopped"));
      ScreenFixture.assertRestored(terminal);
      terminal.type("stty -g > \"$HOME/stopped\"; fg\n");
      terminal.await(ScreenFixture.READY);
      terminal.await("Good morning to you.");
      terminal.type("/exit\n");
      terminal.await(
          "the farewell, for the second time", // from here on, what is typed is for the shell
          it -> it.indexOf("Resume: ") != it.lastIndexOf("Resume: "));
      terminal.type("stty -g > \"$HOME/after\"; echo o\"ve\"r\n");
      terminal.await("over");
      ScreenFixture.assertRestored(terminal);
    }
    String before = Files.readString(machine.home.resolve("before"));
    assertThat(Files.readString(machine.home.resolve("stopped"))).isEqualTo(before);
    assertThat(Files.readString(machine.home.resolve("after"))).isEqualTo(before);
  }

  @Test
  void whenTheJvmHasTooLittleMemoryToStart() throws IOException {
    String limited = "stty -g > \"$HOME/before\"; (ulimit -v 400000; " + ScreenFixture.command();
    String rest = "); echo \"left with $?\"; stty -g > \"$HOME/after\"; echo over; exec cat";
    try (Tmux terminal = machine.shell(100, 30, limited + rest)) {
      terminal.await("left with 1");
      terminal.await("over");
      assertThat(terminal.screen())
          .contains("Could not reserve enough space")
          .doesNotContain("Ask");
      assertThat(terminal.state("#{alternate_on}").strip()).isEqualTo("0");
    }
    assertThat(Files.readString(machine.home.resolve("after")))
        .isEqualTo(Files.readString(machine.home.resolve("before")));
  }

  @Test
  void aTerminalThatIsClosedEndsTheAgent() {
    try (Tmux terminal = afterOneTurn()) {
      ProcessHandle agent = ScreenFixture.agent(terminal);
      terminal.closeWindow();
      assertThat(agent.onExit()).succeedsWithin(java.time.Duration.ofSeconds(60));
    }
  }
}
