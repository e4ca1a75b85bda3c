package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.ModelServer;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task on the full screen of the packaged product, done with nothing but keys and eyes. */
class ScreenTaskIT {
  private static final Pattern RESUME = Pattern.compile("Resume: agent --resume (\\S{36})");

  /** In a dialog that takes keys; one that has just come up does not, lest it gets others. */
  private static final String ARMED = "esc cancel";

  private static final String WORKING = "esc interrupt";

  @TempDir Path temp;
  private ScreenFixture machine;

  @BeforeEach
  void machine() throws IOException {
    machine = new ScreenFixture(temp);
    Files.createDirectories(machine.project.resolve("src"));
    Files.writeString(
        machine.project.resolve("src/Main.java"),
        """
        final class Main {
          static long sum(int[] xs) {
            int total = 0;
            for (int i = 0; i <= xs.length; i++) {
              total += xs[i];
            }
            return total;
          }
        }
        """);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void aFaultIsRepairedFromTheFirstKeyToTheResumedSession() throws Exception {
    ModelServer.Hold thinking = new ModelServer.Hold(1);
    script(thinking);
    String id;
    try (Tmux terminal = machine.start()) {
      terminal.await(ScreenFixture.READY);
      request(terminal);
      readTheDiff(terminal);
      allowForGood(terminal);
      interrupt(terminal, thinking);
      rewind(terminal);
      terminal.type("/exit\n");
      machine.assertLeft(terminal, 0);
      Matcher resume = RESUME.matcher(terminal.screen());
      assertThat(resume.find()).isTrue();
      id = resume.group(1);
    }
    thinking.release();
    try (Tmux terminal = machine.start("--resume", id)) {
      terminal.await("> repair @src/Main.java please");
      terminal.type("what was it?\n");
      terminal.await("I remember the loop.");
      terminal.type("/exit\n");
      machine.assertLeft(terminal, 0);
    }
    assertThat(machine.server.requests().getLast().body().toString())
        .contains("The loop goes one too far.", "what was it?")
        .doesNotContain("think about it");
    machine.server.assertRulesKept();
  }

  private void script(ModelServer.Hold thinking) {
    machine
        .server
        .reply(
            Reply.textBlock("I will read it first."),
            call("t1", "Read", "{\"file_path\":\"" + file() + "\"}"))
        .reply(
            Reply.textBlock("The loop goes one too far."),
            call(
                "t2",
                "Edit",
                "{\"file_path\":\""
                    + file()
                    + "\",\"old_string\":\"i <= xs.length\",\"new_string\":\"i < xs.length\"}"),
            call("t3", "Bash", "{\"command\":\"mkdir -p build\",\"description\":\"Make a place\"}"))
        .reply(
            Reply.textBlock("Once more."), call("t4", "Bash", "{\"command\":\"mkdir -p build\"}"))
        .reply(Reply.text("Repaired, and it compiles."))
        .reply(
            ((Reply.Message) Reply.of(Reply.textBlock("Let me think."), Reply.textBlock("Never.")))
                .heldBy(thinking))
        .reply(Reply.text("I remember the loop."));
  }

  /** A request with a file that is found by a few letters of its name. */
  private static void request(Tmux terminal) {
    terminal.type("repair @Mai");
    terminal.await("src/Main.java");
    terminal.press("Tab");
    terminal.await("> repair @src/Main.java");
    terminal.type("please\n");
  }

  /** Tools are watched, and a change is read before it is allowed. */
  private static void readTheDiff(Tmux terminal) {
    String question = terminal.await("Allow this edit?");
    assertThat(question)
        .contains("● I will read it first.", "The loop goes one too far.")
        .containsPattern("\\d -\\s+for \\(int i = 0; i <= xs.length; i\\+\\+\\) \\{")
        .containsPattern("\\d \\+\\s+for \\(int i = 0; i < xs.length; i\\+\\+\\) \\{");
    terminal.await(ARMED);
    terminal.press("1");
  }

  /** A command is allowed for good, so the next one of its kind runs; a message is queued. */
  private void allowForGood(Tmux terminal) throws IOException {
    String question = terminal.await("Allow this command?");
    assertThat(question).contains("mkdir -p build", "do not ask again for `mkdir -p build`");
    terminal.await(ARMED);
    terminal.press("2");
    terminal.await("Repaired, and it compiles.");
    terminal.awaitGone(WORKING);
    assertThat(Files.readString(file())).contains("i < xs.length");
    assertThat(machine.project.resolve("build")).isDirectory();
  }

  private static void interrupt(Tmux terminal, ModelServer.Hold thinking)
      throws InterruptedException {
    terminal.type("think about it\n");
    thinking.awaitReached();
    terminal.await("Let me think.");
    terminal.type("and tell me why\n");
    terminal.await("queued: and tell me why");
    terminal.press("Up");
    terminal.await("> and tell me why");
    terminal.press("C-u");
    terminal.awaitGone("and tell me why");
    terminal.press(Tmux.ESC);
    terminal.await("Interrupted by you");
    terminal.awaitGone(WORKING);
  }

  /** Back to before the last request, which returns into the composer. */
  private static void rewind(Tmux terminal) {
    terminal.press(Tmux.ESC, Tmux.ESC);
    assertThat(terminal.await("Go back to before")).contains("think about it", "repair @src/Main");
    terminal.press(Tmux.ENTER);
    terminal.await("What shall go back?");
    terminal.press("2"); // the conversation, not the files
    terminal.await("> think about it");
    terminal.awaitGone("Let me think.");
    terminal.press("C-u");
    terminal.awaitGone("think about it");
  }

  private Path file() {
    return machine.project.resolve("src/Main.java");
  }
}
