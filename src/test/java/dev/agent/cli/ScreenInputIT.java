package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes into the full screen of the packaged product: keys, pastes, sizes. */
class ScreenInputIT {
  private static final String WORKING = "esc interrupt";

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

  @Test
  void keysThatAreTypedBeforeTheAgentRunsArrive() throws InterruptedException {
    machine.server.reply(Reply.text("Good morning."));
    try (Tmux terminal = machine.start()) {
      terminal.type("early bird\n"); // the shell has hardly begun
      terminal.await("Good morning.");
      terminal.type("/exit\n");
      terminal.await("left with 0");
    }
    assertThat(machine.server.awaitRequest().lastUserText()).isEqualTo("early bird");
  }

  /** The launcher's prompt, or none, stands while the JVM starts; the terminal's mode changes. */
  @ParameterizedTest
  @ValueSource(strings = {"--permission-mode=default", "--tui=inline", "--plain"})
  void keysThatAreTypedWhileTheAgentStartsArrive(String option) throws InterruptedException {
    String text = "a long message, typed key by key at a good pace from the very first moment on";
    machine.server.reply(Reply.text("Good morning."));
    try (Tmux terminal = machine.start(option)) {
      for (String key : text.split("")) {
        terminal.type(key);
        Thread.sleep(8); // a pace, so that keys fall into every moment of the start
      }
      terminal.type("\n");
      terminal.await("Good morning.");
      terminal.type("/exit\n");
      terminal.await("left with 0");
    }
    assertThat(machine.server.awaitRequest().lastUserText()).isEqualTo(text);
  }

  @Test
  void aScreenThatWasResizedOftenIsLikeOneThatHadItsSizeFromTheStart() {
    StringBuilder answer = new StringBuilder("# A list\n\n");
    for (int i = 1; i <= 60; i++) {
      answer.append("- item ").append(i).append(" 語 with words enough to wrap at some widths\n");
    }
    machine.server.reply(Reply.text(answer + "\nThat was all."));
    try (Tmux terminal = machine.start()) {
      terminal.await(ScreenFixture.READY);
      terminal.type("list\n");
      terminal.await("That was all.");
      terminal.awaitGone(WORKING);
      for (int i = 0; i < 100; i++) {
        terminal.resize(20 + (i * 37) % 180, 1 + (i * 13) % 60);
      }
      terminal.resize(90, 25);
      terminal.type("end of the storm");
      // tmux itself passes on the last of many sizes late.
      terminal.await(
          "the last size",
          it ->
              it.contains("\n" + "─".repeat(90) + "\n> end of the storm\n")
                  && ScreenFixture.isWhole(it));
      String after = seen(terminal);
      terminal.press("C-l");
      terminal.type("!");
      terminal.await("> end of the storm!");
      terminal.press("BSpace");
      terminal.await(
          "the old draft", it -> it.contains("> end of the storm\n") && ScreenFixture.isWhole(it));
      assertThat(seen(terminal)).isEqualTo(after);
      assertThat(after).contains("That was all.");
    }
  }

  /** The screen with its colours, but for those of blanks at the ends of rows. */
  private static String seen(Tmux terminal) {
    return terminal.styledScreen().replaceAll("(\u001b\\[[0-9;]*m)+\n", "\n");
  }

  @Test
  void rubbishOnTheScreenIsGoneAfterCtrlL() throws Exception {
    try (Tmux terminal = machine.start()) {
      terminal.await(ScreenFixture.READY);
      terminal.type("a draft");
      String before =
          terminal.await(
              "the draft", it -> it.contains("> a draft\n") && ScreenFixture.isWhole(it));
      String tty = terminal.state("#{pane_tty}").strip();
      java.nio.file.Files.writeString(
          Path.of(tty),
          "\u001b[5;1HBroadcast message\r\n\n\u001b[31mrubbish\u001b[12;40Heverywhere");
      terminal.await("everywhere");
      terminal.press("C-l");
      terminal.await("the screen as it was", it -> it.equals(before));
    }
  }

  @Test
  void whatWouldHappenAtTheSecondKeyIsSaidOnlyWhileItWould() throws InterruptedException {
    try (Tmux terminal = machine.start()) {
      terminal.await(ScreenFixture.READY);
      for (String key : new String[] {"C-c", "C-d", Tmux.ESC}) {
        terminal.press(key);
        terminal.await(" again to ");
        terminal.awaitGone(" again to ");
      }
    }
  }

  @Test
  void aPasteOfAMegabyteIsOnePiece() throws InterruptedException {
    machine.server.reply(Reply.text("Read."));
    StringBuilder text = new StringBuilder();
    int lines = 0;
    while (text.length() < 1_000_000) {
      text.append("line ").append(++lines).append(" of a long paste\n");
    }
    try (Tmux terminal = machine.start()) {
      terminal.await(ScreenFixture.READY);
      terminal.paste(text.toString());
      terminal.await("[Pasted text #1 +" + lines + " lines]");
      terminal.type(" please\n");
      terminal.await("Read.");
      terminal.type("/exit\n");
      terminal.await("left with 0");
    }
    assertThat(machine.server.awaitRequest().lastUserText()).isEqualTo(text + " please");
  }
}
