package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged product in terminals as people have them: what each can show is what it gets. */
class ScreenSurroundingsIT {
  private static final Pattern SGR = Pattern.compile("\u001b\\[([0-9;:]*)m");
  private static final Pattern COLOUR = Pattern.compile("(^|;)([34][0-8]|9[0-7]|10[0-7])(;|:|$)");
  private static final String QUESTION = "Allow this edit?";
  private static final String ARMED = "esc cancel";

  @TempDir Path temp;
  private ScreenFixture machine;

  @BeforeEach
  void machine() throws IOException {
    machine = new ScreenFixture(temp);
    Path file = Files.writeString(machine.project.resolve("a.txt"), "one\ntwo\nthree\n");
    machine
        .server
        .reply(call("t1", "Read", "{\"file_path\":\"" + file + "\"}"))
        .reply(
            Reply.textBlock("A *plain* word and `code`:\n\n```java\nint x = 1; // one\n```\n"),
            call(
                "t2",
                "Edit",
                "{\"file_path\":\"" + file + "\",\"old_string\":\"two\",\"new_string\":\"2\"}"))
        .reply(Reply.text("It is done."));
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  /** Does the task up to the question; the screen then, with its styles. */
  private static String ask(Tmux terminal) {
    terminal.await(ScreenFixture.READY);
    terminal.type("go\n");
    terminal.await(QUESTION);
    terminal.await(ARMED);
    return terminal.styledScreen();
  }

  /** Does the rest of it. */
  private void finish(Tmux terminal) throws IOException {
    terminal.press("1");
    terminal.await("It is done.");
    terminal.type("/exit\n");
    machine.assertLeft(terminal, 0);
    assertThat(Files.readString(machine.project.resolve("a.txt"))).isEqualTo("one\n2\nthree\n");
  }

  private static boolean hasColour(String text) {
    Matcher styles = SGR.matcher(text);
    while (styles.find()) {
      if (COLOUR.matcher(styles.group(1)).find()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void withoutColourSignsSayEverything() throws IOException {
    machine.environment.put("NO_COLOR", "1");
    machine.environment.put("COLORTERM", "truecolor");
    try (Tmux terminal = machine.start()) {
      ask(terminal);
      assertThat(terminal.screen()).contains("2 - two", "2 + 2");
      finish(terminal);
      assertThat(hasColour(terminal.written())).isFalse();
    }
  }

  @Test
  void aLightBackgroundGetsDarkText() throws IOException {
    machine.environment.put("COLORTERM", "truecolor");
    try (Tmux terminal =
        machine.shell(100, 30, "stty -g > \"$HOME/before\"; read _; " + ScreenFixture.command())) {
      terminal.background("#ffffff");
      terminal.type("\n");
      String light = ask(terminal);
      assertThat(hasColour(light)).isTrue();
      assertThat(brightest(light)).isLessThan(190);
    }
  }

  /** The highest luminance of a text colour, 0 to 255. */
  private static double brightest(String styled) {
    Matcher colours = Pattern.compile("38;2;(\\d+);(\\d+);(\\d+)").matcher(styled);
    double brightest = 0;
    while (colours.find()) {
      double luminance =
          0.2126 * Integer.parseInt(colours.group(1))
              + 0.7152 * Integer.parseInt(colours.group(2))
              + 0.0722 * Integer.parseInt(colours.group(3));
      brightest = Math.max(brightest, luminance);
    }
    return brightest;
  }

  @ParameterizedTest
  @CsvSource({"LANG,C", "LC_ALL,POSIX", "LC_CTYPE,C"})
  void aLocaleWithoutUtf8GetsAsciiSigns(String variable, String value) throws IOException {
    machine.environment.put("LANG", "C");
    machine.environment.put(variable, value);
    try (Tmux terminal = machine.start()) {
      ask(terminal);
      finish(terminal);
      assertThat(terminal.written().chars().filter(it -> it >= 0x80).mapToObj(Character::toString))
          .isEmpty();
    }
  }

  @Test
  void aDumbTerminalGetsLinesAndNoEscapes() throws IOException {
    machine.environment.put("TERM", "dumb");
    try (Tmux terminal = machine.start()) {
      plain(terminal, "[plain mode: on, from environment]");
      assertThat(terminal.written()).doesNotContain("\u001b");
    }
  }

  @Test
  void aScreenReaderGetsLines() throws IOException {
    machine.environment.put("ACCESSIBLE", "1");
    try (Tmux terminal = machine.start()) {
      plain(terminal, "[plain mode: on, from environment]");
      assertThat(terminal.written()).doesNotContain("\u001b[?1049h").doesNotContain("─");
    }
  }

  /** The same task by lines. */
  private void plain(Tmux terminal, String first) throws IOException {
    terminal.await(first);
    terminal.type("go\n");
    terminal.await("Type a number");
    terminal.type("1\n");
    terminal.await("It is done.");
    terminal.type("/exit\n");
    terminal.await("left with 0");
    terminal.await("over");
    assertThat(terminal.scrollback()).contains("removed line 2: two", "added line 2: 2");
    assertThat(Files.readString(machine.home.resolve("after")))
        .isEqualTo(Files.readString(machine.home.resolve("before")));
  }

  @ParameterizedTest
  @CsvSource({"40,10", "60,20", "200,50", "500,200"})
  void theTaskIsDoneInATerminalOfAnySize(int columns, int rows) throws IOException {
    machine.environment.put("NO_COLOR", "1"); // dim is an attribute then, and no colour
    try (Tmux terminal = machine.start(columns, rows)) {
      terminal.await("> ");
      terminal.type("go\n");
      terminal.await("1. Yes");
      // There may be no room for more words: an answer that can be given is not dim.
      terminal.await("a dialog that takes keys", _ -> !isDim(terminal, "1. Yes"));
      assertThat(terminal.screen().lines().toList())
          .allSatisfy(row -> assertThat(row.length()).isLessThanOrEqualTo(columns));
      finish(terminal);
    }
  }

  /** Whether a row is written in a dim style; tmux tells the style where it changes. */
  private static boolean isDim(Tmux terminal, String text) {
    String styled = terminal.styledScreen();
    int at = styled.indexOf(text);
    Matcher styles = SGR.matcher(styled.substring(0, Math.max(0, at)));
    boolean dim = at < 0;
    while (styles.find()) {
      List<String> words = List.of(styles.group(1).split(";"));
      boolean ends = words.contains("0") || words.contains("") || words.contains("22");
      dim = words.contains("2") || dim && !ends;
    }
    return dim;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,2", "39,30", "100,9"})
  void aTerminalThatIsTooSmallAtTheStartGetsLines(int columns, int rows)
      throws IOException, InterruptedException {
    try (Tmux terminal = machine.start(columns, rows)) {
      terminal.type("go\n");
      machine.server.awaitRequest();
      terminal.resize(100, 30);
      terminal.await("Type a number");
      terminal.type("1\n");
      terminal.await("It is done.");
      terminal.type("/exit\n");
      terminal.await("left with 0");
      assertThat(terminal.written()).doesNotContain("\u001b[?1049h");
    }
  }

  @Test
  void aTerminalThatBecomesSmallAndLargeAgainGoesOn() throws IOException {
    try (Tmux terminal = machine.start()) {
      ask(terminal);
      String before = terminal.await("the whole screen", ScreenFixture::isWhole);
      for (int[] size : new int[][] {{1, 1}, {500, 200}, {2, 1}, {1, 50}, {80, 1}, {500, 2}}) {
        terminal.resize(size[0], size[1]);
      }
      terminal.resize(ScreenFixture.COLUMNS, ScreenFixture.ROWS);
      terminal.await("the screen as it was", it -> it.equals(before));
      finish(terminal);
    }
  }
}
