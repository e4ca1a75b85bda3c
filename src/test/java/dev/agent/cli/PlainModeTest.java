package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.mode.replay.Reply;
import dev.agent.testing.ModelServer;
import dev.agent.testing.Pty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in plain mode in a pseudo-terminal, as a process of its own. */
class PlainModeTest {
  private static final String ENTER = "\r";
  private static final String CTRL_C = "\u0003";
  private static final String ESC = "\u001b";

  private @TempDir Path temp;
  private Path project;
  private final ModelServer server = ModelServer.start();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void places() throws IOException {
    assumeTrue(Pty.isAvailable(), "there is no /usr/bin/script to make pseudo-terminals with");
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    environment.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("TERM", "xterm-256color");
    environment.put("ANTHROPIC_BASE_URL", server.url());
    environment.put("ANTHROPIC_API_KEY", "sk-test-canary-0123456789");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Pty agent(String... arguments) {
    return shell("", arguments);
  }

  /** The agent, or a shell line around it in which {@code AGENT} stands for it. */
  private Pty shell(String line, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "-Dagent.stdin.terminal=true",
                "-Dagent.stdout.terminal=" + !line.contains(">"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.agent.cli.Main"));
    command.addAll(List.of(arguments));
    if (line.isEmpty()) {
      return Pty.start(command, environment, project);
    }
    String quoted = "'" + String.join("' '", command) + "'";
    return Pty.start(List.of("/bin/sh", "-c", line.replace("AGENT", quoted)), environment, project);
  }

  @Test
  void terminalsOfUnknownNameGetNothingButTheSession() throws InterruptedException {
    server.reply(Reply.text("Good morning to you."));
    environment.put("TERM", "no-such-terminal");
    try (Pty pty = agent("--plain")) {
      pty.expect("you: ");
      assertThat(pty.screen()).doesNotContain("WARNING", "\tat org.jline");
      pty.type("hello" + ENTER + "/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
    }
  }

  @Test
  void aTerminalWithoutANameEditsLinesItself() throws InterruptedException {
    environment.put("TERM", "");
    try (Pty pty = agent()) {
      pty.expect("it leaves.");
      pty.type("/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
      assertThat(pty.screen())
          .contains("[plain mode: on, from environment]")
          .doesNotContain("WARNING", "\33[");
    }
  }

  @Test
  void namesOfFilesAreNoOrdersInTheListOfCandidates() throws IOException, InterruptedException {
    Files.writeString(project.resolve("one\u001b]0;title\u0007"), "");
    Files.writeString(project.resolve("two\u001b[2J"), "");
    try (Pty pty = agent("--plain")) {
      pty.expect("you: ");
      pty.type("@\t");
      pty.expect("two⟨U+001B⟩[2J");
      assertThat(pty.screen()).contains("one⟨U+001B⟩]0;").doesNotContain("\33]0;", "\33[2J");
    }
  }

  @Test
  void aTaskWithAQuestionIsTypedAndAnswered() throws InterruptedException {
    server
        .reply(
            Reply.textBlock("I will **make** it."),
            call("t1", "Bash", "{\"command\":\"mkdir build\"}"))
        .reply(Reply.text("It is there.\n\n| Name | Size |\n|--|--|\n| build | 0 |\n"));
    try (Pty pty = agent("--plain")) {
      pty.expect("[plain mode: on, from flag]");
      pty.expect("you: ");
      pty.type("make a directory" + ENTER);
      pty.expect("working…");
      pty.expect("agent: I will make it.");
      pty.expect("question: Allow this Bash call?");
      pty.expect("mkdir build");
      pty.expect("1. Yes");
      pty.expect("answer: ");
      pty.type("1" + ENTER);
      pty.expect("tool Bash: mkdir build");
      pty.expect("agent: It is there.");
      pty.expect("Name: build");
      pty.expect("done: ");
      pty.expect("you: ");
      pty.type("/exit" + ENTER);
      pty.expect("Resume: agent --resume ");
      assertThat(pty.exitCode()).isZero();
    }
    assertThat(project.resolve("build")).isDirectory();
    server.assertRulesKept();
  }

  @Test
  void whatIsTypedBeforeTheStartIsNotLost() throws InterruptedException {
    server.reply(Reply.text("Good morning."));
    try (Pty pty = agent("--plain")) {
      pty.type("hello" + ENTER);
      pty.expect("agent: Good morning.");
      pty.type("/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
    }
    assertThat(server.requests().getFirst().lastUserText()).isEqualTo("hello");
  }

  @Test
  void whatIsTypedWhileItWorksIsQueuedAndReadAtTheNextStep() throws InterruptedException {
    server.reply(call("t1", "Bash", "{\"command\":\"mkdir build\"}")).reply(Reply.text("Both."));
    try (Pty pty = agent("--plain", "make it")) {
      pty.expect("you: make it");
      pty.expect("answer: ");
      pty.type("and tell me why" + ENTER);
      pty.expect("Your text waits as a message.");
      pty.type("1" + ENTER);
      pty.expect("you: and tell me why");
      pty.expect("agent: Both.");
      pty.expect("you: ");
      pty.type("/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
    }
    assertThat(server.requests().get(1).lastUserText()).contains("and tell me why");
  }

  @Test
  void escAndCtrlCInterruptAndTwoCtrlCLeave() throws InterruptedException {
    ModelServer.Hold first = new ModelServer.Hold(0);
    ModelServer.Hold second = new ModelServer.Hold(0);
    server.reply(((Reply.Message) Reply.text("never")).heldBy(first));
    server.reply(((Reply.Message) Reply.text("never")).heldBy(second));
    try (Pty pty = agent("--plain")) {
      pty.expect("you: ");
      pty.type("one" + ENTER);
      first.awaitReached();
      pty.expect("working…");
      pty.type(ESC);
      pty.expect("interrupted by you.");
      pty.expect("you: ");
      pty.type("two" + ENTER);
      second.awaitReached();
      pty.expect("working…");
      pty.type(CTRL_C);
      pty.expect("interrupted by you.");
      pty.type(CTRL_C);
      assertThat(pty.exitCode()).isZero();
    }
    first.release();
    second.release();
    server.assertRulesKept();
  }

  @Test
  void aSessionGoesOnAfterItWasLeft() throws InterruptedException {
    server.reply(Reply.text("Remembered.")).reply(Reply.text("It was seven."));
    String id;
    try (Pty pty = agent("--plain", "keep seven in mind")) {
      pty.expect("agent: Remembered.");
      pty.type("/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
      Matcher resume = Pattern.compile("--resume (\\S{36})").matcher(pty.screen());
      assertThat(resume.find()).isTrue();
      id = resume.group(1);
    }
    try (Pty pty = agent("--plain", "--resume", id)) {
      pty.expect("you: keep seven in mind");
      pty.expect("agent: Remembered.");
      pty.expect("you: ");
      pty.type("which number?" + ENTER);
      pty.expect("agent: It was seven.");
      pty.type("/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
    }
    assertThat(server.requests().get(1).body().toString()).contains("keep seven in mind");
    server.assertRulesKept();
  }

  @Test
  void theTerminalIsAsBeforeAfterTheEnd() throws InterruptedException {
    try (Pty pty = shell("stty -a; AGENT --plain; echo left; stty -a; echo over")) {
      pty.expect("you: ");
      pty.type("/exit" + ENTER);
      pty.expect("over");
      assertUnchanged(pty.screen());
    }
  }

  @Test
  void theTerminalIsAsBeforeAfterATermSignal() throws InterruptedException {
    try (Pty pty = shell("stty -a; AGENT --plain; echo left $?; stty -a; echo over")) {
      pty.expect("you: ");
      pty.program().destroy();
      pty.expect("left 143");
      pty.expect("over");
      assertUnchanged(pty.screen());
    }
  }

  @Test
  void signalsThatComeTogetherAreOneWish() throws InterruptedException {
    try (Pty pty = shell("stty -a; AGENT --plain; echo left $?; stty -a; echo over")) {
      pty.expect("you: ");
      ProcessHandle agent = pty.program();
      for (int i = 0; i < 5; i++) {
        agent.destroy();
        Thread.sleep(3);
      }
      pty.expect("left 143");
      pty.expect("over");
      assertUnchanged(pty.screen());
    }
  }

  private static void assertUnchanged(String screen) {
    Matcher states = Pattern.compile("(?s)speed .*?-?echoprt[^\\n]*").matcher(screen);
    assertThat(states.find()).isTrue();
    String before = states.group();
    assertThat(states.find()).isTrue();
    assertThat(states.group()).isEqualTo(before);
    assertThat(screen.lastIndexOf("\u001b[?2004h")).isLessThan(screen.lastIndexOf("\u001b[?2004l"));
  }

  @Test
  void nothingMovesTheCursorButTheLineBeingTyped() throws InterruptedException {
    server.reply(Reply.text("First line.\nSecond line."));
    try (Pty pty = agent("--plain", "talk")) {
      pty.expect("agent: First line.");
      pty.expect("done: ");
      pty.expect("you: "); // it would be put in front of what was typed before it
      pty.type("/exit" + ENTER);
      assertThat(pty.exitCode()).isZero();
      assertThat(pty.screen()).doesNotContainPattern("\u001b\\[[0-9;]*[ABCDHfJ]");
    }
  }

  @Test
  void aDumbTerminalGetsPlainLinesAndNoEscapes() throws InterruptedException {
    environment.put("TERM", "dumb");
    server.reply(Reply.text("Hello."));
    try (Pty pty = agent()) {
      pty.expect("[plain mode: on, from environment]");
      pty.expect("Ctrl+C");
      pty.type("hi" + ENTER);
      pty.expect("you: hi");
      pty.expect("agent: Hello.");
      pty.expect("done: ");
      pty.type(CTRL_C);
      pty.expect("press Ctrl+C again");
      pty.type(CTRL_C);
      assertThat(pty.exitCode()).isZero();
      assertThat(pty.screen()).doesNotContain("\u001b");
    }
  }

  @Test
  void outputThatGoesToAFileIsPlainToo() throws InterruptedException, IOException {
    server.reply(Reply.text("Hello."));
    try (Pty pty = shell("AGENT hi > out.txt; echo over")) {
      Path out = project.resolve("out.txt");
      while (!Files.exists(out) || !Files.readString(out).contains("done: ")) {
        Thread.onSpinWait();
      }
      pty.type("/exit" + ENTER);
      pty.expect("over");
    }
    assertThat(Files.readString(project.resolve("out.txt")))
        .startsWith("[plain mode: on, from terminal]\n")
        .contains("you: hi\n", "agent: Hello.\n");
  }

  @Test
  void aSessionThatCantBeOpenedIsAnErrorAsElsewhere() throws InterruptedException {
    try (Pty pty = agent("--plain", "--resume", "11111111-2222-4333-8444-555555555555")) {
      pty.expect("No conversation found with session ID");
      assertThat(pty.exitCode()).isEqualTo(1);
    }
  }
}
