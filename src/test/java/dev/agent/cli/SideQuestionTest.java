package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.cli.InteractiveFixture.Talk;
import dev.agent.command.Screen;
import dev.agent.json.Json;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.UserInput;
import dev.agent.mode.replay.Reply;
import dev.agent.testing.ModelServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /btw} from the line that is typed to the request and back. */
@Timeout(60)
class SideQuestionTest {
  private static final String WRITE = "{\"file_path\":\"a.txt\",\"content\":\"alpha\\n\"}";

  private @TempDir Path temp;
  private InteractiveFixture fixture;
  private ModelServer server;

  @BeforeEach
  void begin() throws IOException {
    fixture = new InteractiveFixture(temp);
    server = fixture.server;
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private static OpenSession open(Talk talk) {
    return talk.controller.session().orElseThrow();
  }

  private static BigDecimal cost(Talk talk) {
    return open(talk).session().parts().ledger().cost();
  }

  private static byte[] journal(Talk talk) throws IOException {
    return Files.readAllBytes(open(talk).workplace().journal().orElseThrow());
  }

  private static void btw(Talk talk, String question) {
    talk.controller.command("/btw " + question, Screen.NONE);
  }

  private JsonNode body(int request) {
    return server.requests().get(request).body();
  }

  private String sent(int request) {
    return body(request).path("messages").toString();
  }

  @Test
  void theAnswerIsShownAndTheSessionStaysAsItWasToTheByte() throws Exception {
    server.reply(Reply.text("It is blue.")).reply(Reply.text("Since noon."));
    server.reply(Reply.text("Fine."));
    Talk talk = fixture.start("which colour?");
    talk.atRest();
    var conversation = open(talk).session().conversation();
    byte[] journal = journal(talk);
    BigDecimal before = cost(talk);

    btw(talk, "since when?");
    InteractiveEvent.Aside aside = talk.await(InteractiveEvent.Aside.class);
    talk.atRest();

    assertThat(aside).isEqualTo(new InteractiveEvent.Aside("since when?", "Since noon."));
    assertThat(open(talk).session().conversation()).isEqualTo(conversation);
    assertThat(journal(talk)).isEqualTo(journal);
    assertThat(sent(1)).contains("which colour?", "It is blue.", "since when?", "side question");
    assertThat(cost(talk)).isGreaterThan(before);

    talk.controller.submit(UserInput.of("thanks"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(2)).doesNotContain("since when?", "Since noon.");
    assertThat(server.violations()).isEmpty();
  }

  @Test
  void theRequestBeginsAsThoseOfTheSessionSoThatItIsReadFromTheCache() throws Exception {
    server.reply(Reply.text("It is blue.")).reply(Reply.text("Since noon."));
    Talk talk = fixture.start("look: " + "a long story. ".repeat(3_000));
    talk.atRest();
    long written = server.stats().path("cache").path("written_tokens").asLong();

    btw(talk, "since when?");
    talk.await(InteractiveEvent.Aside.class);

    for (String part : new String[] {"model", "tools", "system", "thinking", "output_config"}) {
      assertThat(body(1).path(part)).isEqualTo(body(0).path(part));
    }
    assertThat(body(1).has("tool_choice")).isFalse();
    assertThat(written).isGreaterThan(10_000);
    assertThat(server.stats().path("cache").path("read_tokens").asLong()).isEqualTo(written);
  }

  @Test
  void whileATurnRunsItIsAnsweredBesideIt() throws Exception {
    server.reply(call("t1", "Write", WRITE)).reply(Reply.text("Because."));
    server.reply(Reply.text("done"));
    Talk talk = fixture.start("write");
    Question question = talk.question(Question.Permission.class);

    btw(talk, "why?");
    InteractiveEvent.Aside aside = talk.await(InteractiveEvent.Aside.class);

    assertThat(aside.answer()).isEqualTo("Because.");
    assertThat(talk.controller.questions()).containsExactly(question);
    assertThat(sent(1)).contains("write", "why?").doesNotContain("tool_use");
    talk.answer(
        question,
        new dev.agent.mode.interactive.Reply.Allow(
            dev.agent.mode.interactive.Reply.Scope.ONCE, ""));
    talk.atRest();
    assertThat(sent(2)).contains("tool_result").doesNotContain("why?", "Because.");
    assertThat(server.violations()).isEmpty();
  }

  @Test
  void aLaterStepOfTheTurnIsKnownToo() throws Exception {
    Files.writeString(fixture.project.resolve("b.txt"), "the secret number is 42\n");
    server.reply(call("t0", "Read", "{\"file_path\":\"b.txt\"}"));
    server.reply(call("t1", "Write", WRITE)).reply(Reply.text("42."));
    server.reply(Reply.text("done"));
    Talk talk = fixture.start("write");
    talk.question(Question.Permission.class);

    btw(talk, "which number?");
    talk.await(InteractiveEvent.Aside.class);

    assertThat(sent(2)).contains("the secret number is 42").doesNotContain("t1");
    assertThat(server.violations()).isEmpty();
  }

  @Test
  void aModelThatCallsAToolNeverthelessIsAskedOnceMoreWithoutAny() throws Exception {
    server.reply(Reply.text("hi")).reply(call("t1", "Write", WRITE));
    server.reply(Reply.text("In words, then."));
    Talk talk = fixture.start("hello");
    talk.atRest();

    btw(talk, "write a.txt");
    InteractiveEvent.Aside aside = talk.await(InteractiveEvent.Aside.class);

    assertThat(aside.answer()).isEqualTo("In words, then.");
    assertThat(body(2).path("tool_choice")).isEqualTo(Json.parse("{\"type\":\"none\"}"));
    assertThat(fixture.project.resolve("a.txt")).doesNotExist();
    assertThat(server.violations()).isEmpty();
  }

  @Test
  void atRestItCanBeInterrupted() throws Exception {
    ModelServer.Hold hold = new ModelServer.Hold(0);
    server.reply(Reply.text("hi")).reply(Reply.text("never").heldBy(hold));
    Talk talk = fixture.start("hello");
    talk.atRest();
    var conversation = open(talk).session().conversation();

    btw(talk, "how long?");
    hold.awaitReached();
    talk.controller.interrupt();
    talk.await(InteractiveEvent.Told.class, it -> it.text().equals("Interrupted: /btw"));
    talk.await(InteractiveEvent.AsideEnded.class);
    hold.release();

    assertThat(talk.seen).anyMatch(InteractiveEvent.AsideStarted.class::isInstance);
    assertThat(talk.seen).noneMatch(InteractiveEvent.Aside.class::isInstance);
    assertThat(open(talk).session().conversation()).isEqualTo(conversation);
  }

  @Test
  void whereABudgetHoldsItWaitsForTheEndOfTheTurn() throws Exception {
    server.reply(call("t1", "Write", WRITE)).reply(Reply.text("done"));
    server.reply(Reply.text("Because."));
    Talk talk = fixture.start("--max-budget-usd", "5", "write");
    Question question = talk.question(Question.Permission.class);

    btw(talk, "why?");
    talk.await(InteractiveEvent.CommandEnded.class);
    assertThat(server.requests()).hasSize(1);
    talk.answer(
        question,
        new dev.agent.mode.interactive.Reply.Allow(
            dev.agent.mode.interactive.Reply.Scope.ONCE, ""));

    assertThat(talk.await(InteractiveEvent.Aside.class).answer()).isEqualTo("Because.");
    assertThat(sent(2)).contains("done", "why?");
  }

  @Test
  void aBudgetThatIsSpentAllowsNoQuestion() throws Exception {
    server.reply(Reply.text("hi"));
    Talk talk = fixture.start("--max-budget-usd", "5", "hello");
    talk.atRest();
    open(talk)
        .session()
        .parts()
        .ledger()
        .add(open(talk).model(), new dev.agent.message.Usage(0, 9_000_000, 0, 0, 0, 0, 0));

    btw(talk, "more?");

    talk.await(
        InteractiveEvent.Told.class,
        it -> it.text().contains("leaves no room for a side question"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aHookThatKeepsPromptsBackKeepsTheQuestionBack() throws Exception {
    Path file = fixture.home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        RunFixture.group(
            "UserPromptSubmit",
            "",
            RunFixture.command("grep -q hush && { echo not that >&2; exit 2; }; exit 0")));
    server.reply(Reply.text("hi"));
    Talk talk = fixture.start("hello");
    talk.atRest();

    btw(talk, "hush hush");

    talk.await(InteractiveEvent.Told.class, it -> it.text().contains("not that"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void withoutAQuestionNothingIsAsked() throws Exception {
    Talk talk = fixture.start();
    talk.atRest();

    btw(talk, "");

    assertThat(talk.told()).contains("There is no question given");
    assertThat(server.requests()).isEmpty();
  }
}
