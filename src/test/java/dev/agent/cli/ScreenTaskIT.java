package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.ModelServer;
import dev.agent.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task on the full screen of the packaged product, done with nothing but keys and eyes. */
class ScreenTaskIT {
  private static final Pattern RESUME = Pattern.compile("Resume: agent --resume (\\S{36})");
  private static final String AT_REST = "esc interrupt";

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
            call("t3", "Bash", "{\"command\":\"mkdir build\",\"description\":\"Make a place\"}"))
        .reply(
            Reply.textBlock("Once more."),
            call("t4", "Bash", "{\"command\":\"mkdir build/classes\"}"))
        .reply(Reply.text("Repaired. And the queue was read."))
        .reply(
            ((Reply.Message) Reply.of(Reply.textBlock("Let me think."), Reply.textBlock("Never.")))
                .heldBy(thinking))
        .reply(Reply.text("I remember the loop."));
    String id;
    try (Tmux terminal = machine.start()) {
      // A request with a file that is found by a few letters of its name.
      terminal.await(ScreenFixture.READY);
      terminal.type("repair @Mai");
      terminal.await("src/Main.java");
      terminal.press("Tab");
      terminal.await("> repair @src/Main.java");
      terminal.type("please\n");

      // Tools are watched; the diff is read before it is allowed.
      String diff = terminal.await("Allow this edit?");
      assertThat(diff)
          .contains("● I will read it first.", "The loop goes one too far.")
          .containsPattern("\\d -\\s+for \\(int i = 0; i <= xs.length; i\\+\\+\\) \\{")
          .containsPattern("\\d \\+\\s+for \\(int i = 0; i < xs.length; i\\+\\+\\) \\{");
      terminal.await("❯ or > at the first answer", it -> it.contains("> 1. Yes"));
      terminal.press("1");

      // A command is allowed for good; while the question is open, a message is queued.
      String question = terminal.await("Allow this command?");
      assertThat(question).contains("mkdir build").contains("don't ask again for");
      terminal.press("2");
      terminal.await("And the queue was read.");
    }
    assertThat(Files.readString(machine.project.resolve("src/Main.java"))).contains("i < xs");
    thinking.release();
  }

  private Path file() {
    return machine.project.resolve("src/Main.java");
  }
}
