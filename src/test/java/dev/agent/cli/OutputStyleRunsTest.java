package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.cli.InteractiveFixture.Talk;
import dev.agent.command.CommandResult;
import dev.agent.command.Screen;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.UserInput;
import dev.agent.mode.replay.Reply;
import dev.agent.settings.Trust;
import dev.agent.testing.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output styles from the setting and the command to the request that goes out. */
@Timeout(60)
class OutputStyleRunsTest {
  private @TempDir Path temp;
  private InteractiveFixture fixture;
  private ModelServer server;

  @BeforeEach
  void begin() throws IOException {
    fixture = new InteractiveFixture(temp);
    server = fixture.server;
    server.respond(_ -> Reply.text("ok"));
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void own(String style) throws IOException {
    write(fixture.home.resolve(".claude/settings.json"), "{\"outputStyle\":\"" + style + "\"}");
  }

  private void poet() throws IOException {
    write(
        fixture.project.resolve(".claude/output-styles/verse.md"),
        "---\nname: Poet\n---\nAnswer in verse.\n");
  }

  private void trust() {
    new Trust(fixture.world().places()).grant(fixture.project, List.of());
  }

  private String system(int request) {
    return server.requests().get(request).body().path("system").toString();
  }

  private Talk ask(Talk talk, String prompt) throws InterruptedException {
    talk.controller.submit(UserInput.of(prompt));
    talk.await(InteractiveEvent.TurnEnded.class);
    return talk;
  }

  private static String command(Talk talk, String line) throws InterruptedException {
    talk.controller.command(line, Screen.NONE);
    InteractiveEvent.CommandEnded ended = talk.await(InteractiveEvent.CommandEnded.class);
    return ended.result() instanceof CommandResult.Handled(String message)
        ? message
        : ended.result().toString();
  }

  private static boolean isNotice(InteractiveEvent event) {
    return event instanceof InteractiveEvent.Agent agent
        && agent.event() instanceof AgentEvent.Notice;
  }

  private static List<String> notices(Talk talk) {
    return talk.controller.session().orElseThrow().session().parts().notices();
  }

  @Test
  void theSettingChoosesAStyleWhateverItsCase() throws Exception {
    own("pOET");
    poet();
    trust();

    Talk talk = ask(fixture.start(), "hi");

    assertThat(system(0)).contains("# Output style: Poet", "Answer in verse.");
    assertThat(system(0)).doesNotContain("# How to work");
    assertThat(notices(talk)).isEmpty();
    server.assertRulesKept();
  }

  @Test
  void aStyleOfAProjectThatNobodyTrustsIsNotSentAndThatIsTold() throws Exception {
    own("Poet");
    poet();

    Talk talk = ask(fixture.start(), "hi");

    assertThat(system(0)).doesNotContain("Output style", "verse").contains("# How to work");
    assertThat(notices(talk))
        .singleElement()
        .asString()
        .contains("There is no output style \"Poet\"", "default, explanatory, learning")
        .contains("agent trust")
        .endsWith("The default is used.");
  }

  @Test
  void aProjectDoesNotChooseAStyleByItself() throws Exception {
    write(fixture.project.resolve(".claude/settings.json"), "{\"outputStyle\":\"learning\"}");
    Talk talk = fixture.start();
    talk.answer(talk.question(Question.Trust.class), new dev.agent.mode.interactive.Reply.No(""));

    ask(talk, "hi");

    assertThat(system(0)).doesNotContain("Output style");
  }

  @Test
  void theCommandChangesTheNextRequestAndIsKeptForTheProject() throws Exception {
    Talk talk = ask(fixture.start(), "hi");

    String said = command(talk, "/output-style EXPLANATORY");
    ask(talk, "more");
    ask(talk, "and more");

    assertThat(said)
        .contains("The output style is explanatory from the next request on.")
        .contains("not read from the cache");
    assertThat(Files.readString(fixture.project.resolve(".agent/settings.local.json")))
        .contains("\"outputStyle\": \"explanatory\"");
    assertThat(system(0)).doesNotContain("Output style");
    assertThat(system(1)).contains("# Output style: explanatory", "# How to work");
    assertThat(system(2)).isEqualTo(system(1));
    assertThat(server.prefixChanges()).hasSize(1);
    assertThat(server.violations()).isEmpty();
    assertThat(talk.seen).noneMatch(OutputStyleRunsTest::isNotice);

    ask(fixture.start(), "a new session");
    assertThat(system(3)).contains("# Output style: explanatory");
  }

  @Test
  void theStyleStaysWhenTheModelChanges() throws Exception {
    own("learning");
    Talk talk = ask(fixture.start("--model", "opus"), "hi");

    command(talk, "/model sonnet");
    ask(talk, "more");

    assertThat(system(1)).contains("# Output style: learning");
  }

  @Test
  void aProjectWithStylesIsNotTrustedOnlyBecauseThePersonChoseOne() throws Exception {
    poet();
    Talk talk = ask(fixture.start(), "hi");

    String said = command(talk, "/output-style learning");
    ask(talk, "more");

    assertThat(said).contains("is not learning yet", "agent trust");
    assertThat(system(1)).isEqualTo(system(0));

    trust();
    ask(talk, "once more");
    assertThat(system(2)).contains("# Output style: learning");
  }

  @Test
  void aNameThatDisappearsWhileTheSessionGoesOnIsToldOnce() throws Exception {
    own("learning");
    Talk talk = ask(fixture.start(), "hi");

    own("nosuch");
    ask(talk, "more");
    ask(talk, "and more");

    assertThat(system(1)).doesNotContain("Output style");
    assertThat(talk.seen)
        .filteredOn(
            it ->
                it instanceof InteractiveEvent.Agent(AgentEvent.Notice(_, String text))
                    && text.contains("There is no output style \"nosuch\""))
        .hasSize(1);
  }
}
