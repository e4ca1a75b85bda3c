package dev.agent.cli;

import static dev.agent.cli.RunFixture.command;
import static dev.agent.cli.RunFixture.group;
import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks, variables and the sandbox follow their settings while a run goes on. */
@Timeout(60)
class ReloadTest {
  private static final String[] GO = {"-p", "go", "--permission-mode", "bypassPermissions"};

  private @TempDir Path temp;
  private RunFixture run;
  private Path own;
  private Path theirs;

  @BeforeEach
  void begin() throws IOException {
    run = new RunFixture(temp);
    own = run.home.resolve(".claude/settings.json");
    theirs = run.project.resolve(".claude/settings.json");
  }

  @AfterEach
  void end() {
    run.close();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model runs these commands; while it answers for the second time, the settings change. */
  private void steps(Runnable change, String... commands) {
    run.server.respond(
        exchange -> {
          int number = exchange.number();
          if (number == 2) {
            change.run();
          }
          return number <= commands.length
              ? Reply.of(
                  call("t" + number, "Bash", "{\"command\":\"" + commands[number - 1] + "\"}"))
              : Reply.text("done");
        });
  }

  private boolean made(String name) {
    return Files.exists(run.project.resolve(name));
  }

  private static String block() {
    return group("PreToolUse", "Bash", command("echo no >&2; exit 2"));
  }

  @Test
  void aHookThatIsAddedHoldsForTheVeryNextCall() {
    steps(() -> write(own, block()), "touch one", "touch two");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("one")).isTrue();
    assertThat(made("two")).isFalse();
    assertThat(run.server.requests().get(2).lastResults()).contains("no");
    run.server.assertRulesKept();
  }

  @Test
  void aHookThatIsTakenAwayOrSwitchedOffRunsNoMore() {
    write(own, block());
    steps(() -> write(own, "{}"), "touch one", "touch two");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("one")).isFalse();
    assertThat(made("two")).isTrue();
  }

  @Test
  void theSwitchOfHooksCountsAtOnce() {
    write(own, block());
    steps(
        () -> write(own, block().replaceFirst("\\{", "{\"disableAllHooks\":true,")),
        "touch one",
        "touch two");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("one")).isFalse();
    assertThat(made("two")).isTrue();
  }

  @Test
  void aHookThatCannotBeReadIsToldAndTheOthersHold() {
    steps(
        () -> write(own, block().replaceFirst("\\{\"hooks\":\\{", "{\"hooks\":{\"Nonsense\":[],")),
        "touch one",
        "touch two",
        "touch three");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("one")).isTrue();
    assertThat(made("two")).isFalse();
    assertThat(run.stderr()).containsOnlyOnce("is no event");
  }

  @Test
  void aVariableThatChangesIsSeenByTheNextCommandAndOneThatGoesIsNot() {
    write(own, "{\"env\":{\"COLOUR\":\"red\",\"SHAPE\":\"round\"}}");
    steps(
        () -> write(own, "{\"env\":{\"COLOUR\":\"blue\"}}"),
        "touch one-$COLOUR-$SHAPE",
        "touch two-$COLOUR-$SHAPE");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("one-red-round")).isTrue();
    assertThat(made("two-blue-")).isTrue();
  }

  @Test
  void aSandboxThatIsSwitchedOnHoldsTheNextCommand() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")));
    steps(
        () -> write(own, "{\"sandbox\":{\"enabled\":true,\"failIfUnavailable\":true}}"),
        "touch ../one",
        "touch ../two");
    assertThat(run.agent(GO)).isZero();
    assertThat(run.project.resolveSibling("one")).exists();
    assertThat(run.project.resolveSibling("two")).doesNotExist();
  }

  @Test
  void aSandboxThatIsSwitchedOffIsGoneFromTheNextCommandOnAndSoIsItsConsent() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/bwrap")));
    write(own, "{\"sandbox\":{\"enabled\":true,\"failIfUnavailable\":true}}");
    steps(() -> write(own, "{}"), "touch one", "touch two");
    assertThat(run.agent("-p", "go")).isZero();
    assertThat(made("one")).as("confined, so nobody had to be asked").isTrue();
    assertThat(made("two")).as("not confined any more, so somebody would be asked").isFalse();
  }

  @Test
  void whatAProjectAddsDoesNotCountBeforeItIsApprovedAndThatIsSaid() {
    String marker = run.project.resolve("ran").toString();
    write(theirs, group("PreToolUse", "Bash", command("touch " + marker + "-1")));
    assertThat(run.agent("trust")).isZero();
    String more =
        """
        {"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"touch %s-2"}]}]},
         "env":{"COLOUR":"red"}, "sandbox":{"enabled":false}, "apiKeyHelper":"touch %s-3"}
        """
            .formatted(marker, marker);
    steps(() -> write(theirs, more), "touch one", "touch two-$COLOUR");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("two-")).isTrue();
    assertThat(made("ran-1")).as("approved and there during the first call").isTrue();
    assertThat(made("ran-2")).isFalse();
    assertThat(made("ran-3")).isFalse();
    assertThat(run.stderr()).contains("agent trust").contains("hooks").contains("env");
  }

  @Test
  void aProjectThatNobodyTrustsAddsNothingWhileARunGoesOn() {
    String marker = run.project.resolve("ran").toString();
    steps(
        () -> write(theirs, group("PreToolUse", "Bash", command("touch " + marker))),
        "touch one",
        "touch two");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("two")).isTrue();
    assertThat(made("ran")).isFalse();
    assertThat(run.stderr()).contains("hooks");
  }

  @Test
  void whatIsApprovedWhileARunGoesOnCountsFromThen() {
    String marker = run.project.resolve("ran").toString();
    write(theirs, group("PreToolUse", "Bash", command("touch " + marker)));
    steps(() -> assertThat(run.agent("trust")).isZero(), "touch one", "touch two");
    assertThat(run.agent(GO)).isZero();
    assertThat(made("ran")).isTrue();
  }

  @Test
  void aSessionThatGoesOnByStreamedInputFollowsBetweenPrompts() throws IOException {
    run.input =
        """
        {"type":"user","message":{"role":"user","content":"first"}}
        {"type":"user","message":{"role":"user","content":"second"}}
        """;
    Path log = run.project.resolve("log");
    run.server.respond(
        exchange -> {
          write(own, prompts(log));
          return Reply.text("ok");
        });
    assertThat(run.agent("-p", "--input-format", "stream-json", "--output-format", "stream-json"))
        .isZero();
    assertThat(RunFixture.lines(log))
        .as("the session had begun before there were hooks")
        .extracting(line -> line.path("hook_event_name").asText())
        .containsExactly("UserPromptSubmit", "SessionEnd");
    assertThat(RunFixture.lines(log).getFirst().path("prompt").asText()).isEqualTo("second");
  }

  private static String prompts(Path log) {
    String hook = "[{\"hooks\":[" + command("cat >> " + log) + "]}]";
    return "{\"hooks\":{\"SessionStart\":"
        + hook
        + ",\"UserPromptSubmit\":"
        + hook
        + ",\"SessionEnd\":"
        + hook
        + "}}";
  }
}
