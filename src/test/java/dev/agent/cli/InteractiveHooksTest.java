package dev.agent.cli;

import static dev.agent.cli.RunFixture.command;
import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.cli.InteractiveFixture.Talk;
import dev.agent.command.Screen;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.UserInput;
import dev.agent.mode.replay.Reply;
import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks in sessions with a person in front of them. */
@Timeout(60)
final class InteractiveHooksTest {
  private @TempDir Path temp;
  private InteractiveFixture fixture;
  private Path log;

  @BeforeEach
  void begin() throws IOException {
    fixture = new InteractiveFixture(temp);
    log = fixture.home.resolve("log");
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private void settings(String json) throws IOException {
    Path file = fixture.home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }

  /** A hook for each of these events that writes down what it gets. */
  private void listening(String... events) throws IOException {
    settings(
        Stream.of(events)
            .map(name -> "\"%s\":[{\"hooks\":[%s]}]".formatted(name, command("cat >> " + log)))
            .collect(Collectors.joining(",", "{\"hooks\":{", "}}")));
  }

  private List<String> heard(String member) throws IOException {
    return Files.exists(log)
        ? RunFixture.lines(log).stream()
            .map(
                (JsonNode line) ->
                    line.path("hook_event_name").asText() + " " + line.path(member).asText())
            .toList()
        : List.of();
  }

  @Test
  void aClearedSessionEndsAndTheNextBeginsAsSuch() throws Exception {
    listening("SessionStart", "SessionEnd");
    fixture.server.respond(_ -> Reply.text("ok"));
    Talk talk = fixture.start("one");
    talk.atRest();
    talk.controller.command("/clear", Screen.NONE);
    talk.await(
        InteractiveEvent.SessionOpened.class, it -> it.why() == InteractiveEvent.Why.CLEARED);
    talk.controller.submit(UserInput.of("two"));
    talk.await(InteractiveEvent.TurnEnded.class);
    talk.controller.close();
    assertThat(heard("source").stream().filter(it -> it.startsWith("SessionStart")))
        .containsExactly("SessionStart startup", "SessionStart clear");
    assertThat(heard("reason").stream().filter(it -> it.startsWith("SessionEnd")))
        .containsExactly("SessionEnd clear", "SessionEnd prompt_input_exit");
  }

  @Test
  void aSignalIsAnotherReasonThanTheWishToLeave() throws Exception {
    listening("SessionEnd");
    fixture.server.respond(_ -> Reply.text("ok"));
    Cancellation life = Cancellation.root();
    Talk talk = fixture.start(life, "one");
    talk.atRest();
    life.cancel(Cancellation.Reason.SHUTDOWN);
    talk.await(InteractiveEvent.Closed.class);
    assertThat(heard("reason")).containsExactly("SessionEnd other");
  }

  @Test
  void aCompactionIsToldBeforeAndAfterAndBeginsTheSessionAnew() throws Exception {
    listening("PreCompact", "PostCompact", "SessionStart");
    fixture.server.respond(
        exchange ->
            Reply.text(
                exchange.body().toString().contains("summar")
                    ? "<summary>All is well.</summary>"
                    : "word ".repeat(2000)));
    Talk talk = fixture.start("one");
    talk.atRest();
    for (int i = 0; i < 4; i++) {
      talk.controller.submit(UserInput.of("more " + "x ".repeat(3000)));
      talk.await(InteractiveEvent.TurnEnded.class);
    }
    talk.atRest();
    talk.controller.command("/compact the tests", Screen.NONE);
    talk.await(
        InteractiveEvent.SessionOpened.class, it -> it.why() == InteractiveEvent.Why.COMPACTED);
    assertThat(heard("custom_instructions")).contains("PreCompact the tests");
    assertThat(heard("trigger")).contains("PreCompact manual", "PostCompact manual");
    assertThat(heard("compact_summary").stream().filter(it -> it.startsWith("PostCompact")))
        .singleElement()
        .asString()
        .contains("All is well");
    assertThat(heard("source")).containsSubsequence("SessionStart startup", "SessionStart compact");
  }

  @Test
  void aCompactionThatAHookForbidsDoesNotHappen() throws Exception {
    settings(
        "{\"hooks\":{\"PreCompact\":[{\"hooks\":[" + command("echo not now >&2; exit 2") + "]}]}}");
    fixture.server.respond(_ -> Reply.text("ok"));
    Talk talk = fixture.start("one");
    talk.atRest();
    talk.controller.command("/compact", Screen.NONE);
    assertThat(talk.told()).contains("PreCompact hook").contains("not now");
    assertThat(fixture.server.requests()).hasSize(1);
  }

  @Test
  void hooksThatAreAddedWhileTheSessionRestsHearTheNextPrompt() throws Exception {
    fixture.server.respond(_ -> Reply.text("ok"));
    Talk talk = fixture.start("one");
    talk.atRest();
    listening("SessionStart", "UserPromptSubmit");
    talk.controller.submit(UserInput.of("two"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(heard("prompt")).containsExactly("UserPromptSubmit two");
  }

  @Test
  void aHookThatIsAddedWhileAQuestionWaitsAnswersTheNextOne() throws Exception {
    fixture
        .server
        .reply(call("t1", "Write", "{\"file_path\":\"a.txt\",\"content\":\"a\"}"))
        .reply(call("t2", "Write", "{\"file_path\":\"b.txt\",\"content\":\"b\"}"))
        .reply(Reply.text("done"));
    Talk talk = fixture.start("go");
    Question question = talk.question(Question.Permission.class);
    settings(
        "{\"hooks\":{\"PermissionRequest\":[{\"hooks\":["
            + command(
                "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\","
                    + "\"decision\":{\"behavior\":\"allow\"}}}'")
            + "]}]}}");
    talk.answer(
        question,
        new dev.agent.mode.interactive.Reply.Allow(
            dev.agent.mode.interactive.Reply.Scope.ONCE, ""));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(fixture.project.resolve("b.txt")).hasContent("b");
  }
}
