package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.ModeTrace;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inline surface in a real terminal: what is printed stays, and the terminal as it was. */
class InlineRunTest {
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

  /** The agent as it was compiled, without the launcher. */
  private Tmux start(String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Stream<String> command =
        Stream.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dagent.stdin.terminal=true",
            "-Dagent.stdout.terminal=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    String line =
        Stream.concat(command, Stream.of(arguments))
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return machine.shell(
        ScreenFixture.COLUMNS,
        ScreenFixture.ROWS,
        "echo from before; stty -g > \"$HOME/before\"; "
            + line
            + "; echo \"left with $?\"; stty -g > \"$HOME/after\"; echo over; exec cat");
  }

  private static long count(Tmux terminal, String text) {
    return terminal.scrollback().lines().filter(it -> it.contains(text)).count();
  }

  @Test
  void aTaskWithADialogASizeAndASwitchLeavesEachPartOnceInTheScrollback() throws IOException {
    machine
        .server
        .reply(
            Reply.textBlock("I will make the directory."),
            call("t1", "Bash", "{\"command\":\"mkdir build && seq 1 30\"}"))
        .reply(Reply.text("It is there."))
        .reply(Reply.text("Good morning to you."))
        .reply(Reply.text("Good evening to you."));
    try (Tmux terminal = start("--tui", "inline")) {
      terminal.await(ScreenFixture.READY);
      terminal.type("make a build directory\n");
      terminal.await("Allow this command?");
      terminal.resize(70, 24);
      terminal.await("a row of the new width", it -> it.lines().anyMatch("─".repeat(70)::equals));
      terminal.awaitGone("paused while you type");
      terminal.press("1");
      terminal.await("It is there.");
      terminal.await("the end of the turn", it -> !it.contains("esc interrupt"));
      assertThat(machine.project.resolve("build")).isDirectory();
      assertThat(terminal.scrollback())
          .containsSubsequence(
              "from before",
              "> make a build directory",
              "● I will make the directory.",
              "● Bash(mkdir build && seq 1 30)",
              "… +27 lines (ctrl+o)",
              "● It is there.",
              "> Ask for a change");
      assertThat(count(terminal, "Allow this command?")).isZero();

      terminal.type("/tui fullscreen\n");
      terminal.await("Terminal: fullscreen.");
      assertThat(terminal.state("#{alternate_on} #{mouse_any_flag}").strip()).isEqualTo("1 1");
      assertThat(terminal.screen()).contains("● It is there.");
      terminal.type("hello there\n");
      terminal.await("Good morning to you.");
      terminal.await("the end of the turn", it -> !it.contains("esc interrupt"));
      terminal.type("/tui inline\n");
      terminal.await("Terminal: inline.");
      assertThat(terminal.state("#{alternate_on} #{mouse_any_flag}").strip()).isEqualTo("0 0");
      terminal.type("good evening\n");
      terminal.await("● Good evening to you.");
      terminal.await("the end of the turn", it -> !it.contains("esc interrupt"));
      terminal.type("/exit\n");
      machine.assertLeft(terminal, 0);

      for (String once :
          List.of(
              "● I will make the directory.",
              "● It is there.",
              "> hello there",
              "Good morning to you.",
              "● Good evening to you.",
              "from before")) {
        assertThat(count(terminal, once)).as(once).isEqualTo(1);
      }
      assertThat(terminal.screen())
          .containsSubsequence("● Good evening to you.", "Resume: agent --resume ", "left with 0");
      assertThat(terminal.screen()).doesNotContain("Ask for a change");
      assertThat(terminal.written()).doesNotContain("\33[2J", "\33[3J");
    }
  }

  @Test
  void inlineAloneNeverTouchesScreenModesAndGivesBackWhatItUses() throws IOException {
    machine.server.reply(Reply.text("Good morning to you."));
    try (Tmux terminal = start("--tui", "inline")) {
      terminal.await(ScreenFixture.READY);
      terminal.type("hello there\n");
      terminal.await("Good morning to you.");
      terminal.await("the end of the turn", it -> !it.contains("esc interrupt"));
      terminal.press("C-o");
      terminal.await("q back");
      terminal.press("q");
      terminal.await("> Ask for a change");
      terminal.press("C-l");
      terminal.type("/exit\n");
      terminal.await("left with 0");
      terminal.await("over");

      ModeTrace modes = ModeTrace.of(terminal.written());
      assertThat(modes.everSet()).contains("?2004", "?1004", "[>1u", "[22;0t");
      assertThat(modes.everSet()).doesNotContain("?1049", "?1000", "?1002", "?1003", "?1006");
      assertThat(modes.left()).isEmpty();
      assertThat(modes.disorder()).isEmpty();
      assertThat(terminal.written()).doesNotContain("\33[2J", "\33[3J");
    }
    assertThat(Files.readString(machine.home.resolve("after")))
        .isEqualTo(Files.readString(machine.home.resolve("before")));
  }

  @Test
  void aTerminalThatTellsItsBackgroundIsAskedAgainWhenItComesBack() {
    try (Tmux terminal = start("--tui", "inline")) {
      terminal.await(ScreenFixture.READY);
      terminal.type("\33]11;rgb:ffff/ffff/ffff\33\\");
      terminal.type("\33[O\33[Ione");
      terminal.await("> one");
      assertThat(terminal.written().split("\\Q\33]11;?\\E", -1)).hasSize(3);
      terminal.type("\33[?997;1ntwo");
      terminal.await("> onetwo");
      assertThat(terminal.written().split("\\Q\33]11;?\\E", -1)).hasSize(4);
    }
  }

  @Test
  void aSwitchThatCanNotBeKeepsTheSurfaceAndSaysWhy() {
    try (Tmux terminal = start("--tui", "inline")) {
      terminal.await(ScreenFixture.READY);
      terminal.resize(36, 20);
      terminal.type("/tui fullscreen\n");

      terminal.await("needs 40 columns");

      assertThat(terminal.state("#{alternate_on}").strip()).isEqualTo("0");
      terminal.type("still here");
      terminal.await("> still here");
    }
  }

  @Test
  void aSignalTakesTheLiveRegionAwayAndLeavesTheText() throws IOException, InterruptedException {
    machine.server.reply(Reply.text("Good morning to you."));
    try (Tmux terminal = start("--tui", "inline")) {
      terminal.await(ScreenFixture.READY);
      terminal.type("hello there\n");
      terminal.await("Good morning to you.");
      terminal.await("the end of the turn", it -> !it.contains("esc interrupt"));
      String id = String.valueOf(ScreenFixture.agent(terminal).pid());
      new ProcessBuilder("kill", "-TERM", id).start().waitFor();
      terminal.await("over");

      assertThat(terminal.screen())
          .containsSubsequence("> hello there", "● Good morning to you.", "left with 143")
          .doesNotContain("Ask for a change");
      assertThat(ModeTrace.of(terminal.written()).left()).isEmpty();
    }
  }
}
