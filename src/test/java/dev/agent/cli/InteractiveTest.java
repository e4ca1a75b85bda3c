package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.cli.InteractiveFixture.Talk;
import dev.agent.command.CommandResult;
import dev.agent.command.Screen;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.Options;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.Queued;
import dev.agent.mode.interactive.Reply;
import dev.agent.mode.interactive.RewindPoint;
import dev.agent.mode.interactive.UserInput;
import dev.agent.mode.replay.Exchange;
import dev.agent.mode.replay.Reply.Message;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.testing.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a person in front of them, driven as a surface drives them. */
class InteractiveTest {
  private static final Reply ONCE = new Reply.Allow(Reply.Scope.ONCE, "");
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

  private static Message says(String text) {
    return dev.agent.mode.replay.Reply.text(text);
  }

  private static UserInput input(String text) {
    return UserInput.of(text);
  }

  private String sent(int request) {
    return server.requests().get(request).body().path("messages").toString();
  }

  @Test
  void theFirstPromptComesFromTheCommandLine() throws InterruptedException {
    server.reply(says("Hello."));
    Talk talk = fixture.start("hi there");
    InteractiveEvent.TurnEnded ended = talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(ended.summary().outcome()).isEqualTo(new Outcome.Completed("Hello.", "end_turn"));
    assertThat(server.requests().getFirst().lastUserText()).endsWith("hi there");
    server.assertRulesKept();
  }

  @Test
  void whatIsSentBeforeTheSessionIsOpenIsNotLost() throws InterruptedException {
    server.reply(says("one")).reply(says("two"));
    Talk talk = fixture.start();
    talk.controller.submit(input("early"), Queued.Priority.LATER);
    talk.controller.submit(input("bird"), Queued.Priority.LATER);
    talk.await(InteractiveEvent.TurnEnded.class);
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(1)).contains("early").contains("bird");
  }

  @Test
  void aMessageWhileAToolRunsGoesWithItsResults() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE)).reply(says("done"));
    Talk talk = fixture.start("write");
    Question question = talk.question(Question.Permission.class);
    talk.controller.submit(input("and say why"));
    talk.answer(question, ONCE);
    assertThat(talk.await(InteractiveEvent.Steered.class).inputs())
        .containsExactly(input("and say why"));
    talk.atRest();
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).lastUserText()).contains("and say why");
    assertThat(server.requests().get(1).lastResults()).contains("Created");
    assertThat(talk.controller.queue()).isEmpty();
    server.assertRulesKept();
  }

  @Test
  void followUpsAreTurnsOfTheirOwnAndNowGoesFirst() throws InterruptedException {
    ModelServer.Hold hold = new ModelServer.Hold(0);
    server.reply(says("long work").heldBy(hold));
    server.respond(_ -> says("ok"));
    Talk talk = fixture.start("go");
    hold.awaitReached();
    talk.controller.submit(input("later"), Queued.Priority.LATER);
    talk.controller.submit(input("next"), Queued.Priority.NEXT);
    talk.controller.submit(input("now"), Queued.Priority.NOW);
    talk.atRest();
    hold.release();
    List<String> prompts = server.requests().stream().skip(1).map(Exchange::lastUserText).toList();
    assertThat(prompts).hasSize(2);
    assertThat(prompts.getFirst()).contains("now").contains("next").doesNotContain("later");
    assertThat(prompts.getLast()).endsWith("later");
    server.assertRulesKept();
  }

  @Test
  void anInterruptStopsTheAnswerAndSendsTheQueue() throws InterruptedException {
    ModelServer.Hold hold = new ModelServer.Hold(1);
    server.reply(
        dev.agent.mode.replay.Reply.of(
                dev.agent.mode.replay.Reply.textBlock("I begin."),
                dev.agent.mode.replay.Reply.textBlock("never"))
            .heldBy(hold));
    server.reply(says("other work"));
    Talk talk = fixture.start("go");
    talk.await(InteractiveEvent.Agent.class, it -> it.event() instanceof AgentEvent.BlockCompleted);
    talk.controller.submit(input("do this instead"));
    talk.controller.interrupt();
    assertThat(talk.await(InteractiveEvent.TurnEnded.class).summary().outcome())
        .isInstanceOf(Outcome.Interrupted.class);
    talk.await(InteractiveEvent.TurnEnded.class);
    hold.release();
    assertThat(sent(1)).contains("I begin.").contains("do this instead");
    server.assertRulesKept();
  }

  @Test
  void theQueueCanBeTakenBack() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE)).reply(says("done"));
    Talk talk = fixture.start("write");
    Question question = talk.question(Question.Permission.class);
    talk.controller.submit(input("first"));
    talk.controller.shell("ls");
    assertThat(talk.controller.takeBack()).isEqualTo("first\n!ls");
    talk.answer(question, ONCE);
    talk.atRest();
    assertThat(sent(1)).doesNotContain("first");
  }

  @Test
  void anInterruptTakesAPendingQuestionAway() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE));
    Talk talk = fixture.start("write");
    talk.question(Question.Permission.class);
    talk.controller.interrupt();
    talk.await(InteractiveEvent.QuestionSettled.class);
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(talk.controller.questions()).isEmpty();
    assertThat(fixture.project.resolve("a.txt")).doesNotExist();
  }

  @Test
  void aRuleThatCountsByNowAnswersTheOtherQuestions() throws InterruptedException, IOException {
    Path outside = Files.writeString(temp.toRealPath().resolve("outside.txt"), "x\n");
    String read = "{\"file_path\":\"" + outside + "\"";
    server
        .reply(
            call("t1", "Read", read + "}"),
            call("t2", "Read", read + ",\"limit\":1}"),
            call("t3", "Read", read + ",\"limit\":2}"))
        .reply(says("read"));
    Talk talk = fixture.start("read");
    Question.Permission first = talk.question(Question.Permission.class);
    while (talk.controller.questions().size() < 3) {
      talk.question(Question.Permission.class);
    }
    talk.controller
        .session()
        .orElseThrow()
        .grant(List.of("Read(/" + outside + ")"), fixture.project);
    talk.answer(first, new Reply.Allow(Reply.Scope.SESSION, ""));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(server.requests().get(1).lastResults()).doesNotContain("denied");
  }

  @Test
  void doNotAskAgainIsKeptForLaterSessions() throws InterruptedException, IOException {
    String make = "{\"command\":\"mkdir build\"}";
    server.reply(call("t1", "Bash", make)).reply(says("made"));
    Talk talk = fixture.start("make");
    Question.Permission question = talk.question(Question.Permission.class);
    assertThat(Options.of(question).stream().map(Options::label))
        .containsExactly(
            "Yes",
            "Yes, and do not ask again for `mkdir build` in this project",
            "No, and say what to do instead");
    talk.answer(question, new Reply.Allow(Reply.Scope.PROJECT, ""));
    talk.atRest();
    assertThat(Files.readString(fixture.project.resolve(".agent/settings.local.json")))
        .contains("Bash(mkdir build)");
    assertThat(texts(talk)).singleElement().asString().startsWith("Written to ");
    server.reply(call("t2", "Bash", make)).reply(says("again"));
    Talk later = fixture.start("make again");
    later.await(InteractiveEvent.TurnEnded.class);
    assertThat(later.seen).noneMatch(InteractiveEvent.QuestionAsked.class::isInstance);
  }

  @Test
  void settingsThatThePersonChangesHereCountWithoutAWordOfItAndThoseOfOthersWithOne()
      throws InterruptedException, IOException {
    server.respond(
        exchange ->
            exchange.lastResults().isEmpty()
                ? dev.agent.mode.replay.Reply.of(
                    call("t" + exchange.number(), "Bash", "{\"command\":\"ls\"}"))
                : says("ok"));
    Talk talk = fixture.start("look");
    talk.atRest();
    assertThat(server.requests().get(1).lastResults()).doesNotContain("denied");
    talk.controller.command("/config permissions.deny [\"Bash(ls)\"]", Screen.NONE);
    talk.await(InteractiveEvent.CommandEnded.class);
    talk.controller.submit(input("look again"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(server.requests().get(3).lastResults()).contains("denied");
    assertThat(texts(talk)).isEmpty();
    Files.writeString(
        Files.createDirectories(fixture.project.resolve(".agent")).resolve("settings.json"),
        "{\"permissions\":{\"ask\":[\"Edit\"]}}");
    talk.controller.submit(input("and again"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(texts(talk))
        .containsExactly("Settings were changed; counting from now on: permissions.ask.");
  }

  /** What a person was told beside the conversation itself. */
  private static List<String> texts(Talk talk) {
    List<String> texts = new ArrayList<>();
    for (InteractiveEvent event : talk.seen) {
      if (event instanceof InteractiveEvent.Told told) {
        texts.add(told.text());
      } else if (event instanceof InteractiveEvent.Agent(AgentEvent.Notice notice)) {
        texts.add(notice.text());
      }
    }
    return texts;
  }

  @Test
  void aDenialWithWordsReachesTheModelAndCancelEndsTheTurn() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE)).reply(call("t2", "Write", WRITE));
    Talk talk = fixture.start("write");
    talk.answer(talk.question(Question.Permission.class), new Reply.Deny("use b.txt"));
    talk.answer(talk.question(Question.Permission.class), new Reply.Cancel());
    assertThat(talk.await(InteractiveEvent.TurnEnded.class).summary().outcome())
        .isInstanceOf(Outcome.Interrupted.class);
    assertThat(server.requests().get(1).lastResults()).contains("the user said no: use b.txt");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aRequestThatFailedIsSentAgainAsItWas() throws InterruptedException {
    server
        .reply(dev.agent.mode.replay.Reply.failure(400, "invalid_request_error"))
        .reply(says("Here I am."));
    Talk talk = fixture.start("are you there?");
    assertThat(talk.await(InteractiveEvent.TurnEnded.class).summary().outcome())
        .isInstanceOf(Outcome.ModelFailed.class);
    talk.controller.retry();
    assertThat(talk.await(InteractiveEvent.TurnEnded.class).summary().outcome())
        .isEqualTo(new Outcome.Completed("Here I am.", "end_turn"));
    assertThat(sent(1)).isEqualTo(sent(0));
    talk.controller.retry(); // nothing is missing any more
    talk.controller.submit(input("thanks"));
    server.reply(says("Bye."));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(server.requests()).hasSize(3);
    server.assertRulesKept();
  }

  @Test
  void nobodyIsAskedAboutACallThatIsSureToFail() throws Exception {
    Files.writeString(fixture.project.resolve("a.txt"), "what the model has not seen");
    server
        .reply(
            call(
                "t1",
                "Edit",
                "{\"file_path\":\"a.txt\",\"old_string\":\"seen\",\"new_string\":\"s\"}"))
        .reply(call("t2", "Write", WRITE))
        .reply(says("done"));
    Talk talk = fixture.start("edit");
    talk.atRest();
    assertThat(talk.seen).noneMatch(InteractiveEvent.QuestionAsked.class::isInstance);
    assertThat(server.requests().get(1).lastResults())
        .contains("You have not read")
        .doesNotContain("denied");
    assertThat(server.requests().get(2).lastResults()).contains("you have not read it");
    assertThat(fixture.project.resolve("a.txt")).hasContent("what the model has not seen");
  }

  @Test
  void anotherModeCountsForTheQuestionThatWaits() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE)).reply(says("done"));
    Talk talk = fixture.start("write");
    Question.Permission question = talk.question(Question.Permission.class);
    assertThat(question.acceptsEdits()).isTrue();
    assertThat(question.change().apply(question.request().call().input())).isPresent();
    assertThat(talk.controller.setMode(Mode.ACCEPT_EDITS)).isTrue();
    talk.atRest();
    assertThat(fixture.project.resolve("a.txt")).exists();
    assertThat(talk.controller.setMode(Mode.BYPASS)).isFalse();
    talk.controller.cycleMode();
    assertThat(talk.controller.session().orElseThrow().mode().get()).isEqualTo(Mode.PLAN);
  }

  @Test
  void anApprovedPlanIsCarriedOutInTheModeThatWasChosen() throws InterruptedException {
    server
        .reply(call("t1", "ExitPlanMode", "{\"plan\":\"Write a.txt\"}"))
        .reply(call("t2", "ExitPlanMode", "{\"plan\":\"Write a.txt, then stop\"}"))
        .reply(call("t3", "Write", WRITE))
        .reply(says("done"));
    Talk talk = fixture.start("--permission-mode", "plan", "plan it");
    talk.answer(talk.question(Question.Plan.class), new Reply.Deny("say when it ends"));
    Question.Plan plan = talk.question(Question.Plan.class);
    assertThat(plan.plan()).isEqualTo("Write a.txt, then stop");
    talk.answer(plan, new Reply.Approve(Mode.ACCEPT_EDITS));
    talk.atRest();
    assertThat(fixture.project.resolve("a.txt")).exists();
    assertThat(sent(0)).contains("Plan mode is on");
    assertThat(sent(1)).contains("say when it ends");
    assertThat(sent(3)).doesNotContain("Plan mode is off again");
  }

  @Test
  void theModelsOwnQuestionsAreAnsweredInWords() throws InterruptedException {
    server
        .reply(
            call(
                "t1",
                "AskUserQuestion",
                "{\"questions\":[{\"question\":\"Which?\",\"options\":[{\"label\":\"red\"},"
                    + "{\"label\":\"blue\"}]}]}"))
        .reply(says("ok"));
    Talk talk = fixture.start("ask me");
    talk.answer(talk.question(Question.Choice.class), new Reply.Chosen(List.of(List.of("blue"))));
    talk.atRest();
    assertThat(server.requests().get(1).lastResults()).contains("\"Which?\": blue");
  }

  @Test
  void goingInCirclesIsAskedAbout() throws InterruptedException, IOException {
    Files.writeString(fixture.project.resolve("a.txt"), "alpha\n");
    for (int i = 0; i < 3; i++) {
      server.reply(call("t" + i, "Read", "{\"file_path\":\"a.txt\"}"));
    }
    server.reply(says("enough"));
    Talk talk = fixture.start("read");
    talk.answer(talk.question(Question.Circle.class), new Reply.Yes());
    assertThat(talk.await(InteractiveEvent.TurnEnded.class).summary().outcome())
        .isEqualTo(new Outcome.Completed("enough", "end_turn"));
  }

  @Test
  void wordsAboutACircleReachTheModel() throws InterruptedException, IOException {
    Files.writeString(fixture.project.resolve("a.txt"), "alpha\n");
    for (int i = 0; i < 4; i++) {
      server.reply(call("t" + i, "Read", "{\"file_path\":\"a.txt\"}"));
    }
    for (int i = 4; i < 6; i++) {
      server.reply(call("t" + i, "Read", "{\"file_path\":\"a.txt\"}"));
    }
    server.reply(says("instead"));
    Talk talk = fixture.start("read");
    talk.answer(talk.question(Question.Circle.class), new Reply.Yes("only once more"));
    talk.answer(talk.question(Question.Circle.class), new Reply.No("say instead"));
    talk.await(InteractiveEvent.TurnEnded.class);
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(3)).contains("only once more");
    assertThat(sent(server.requests().size() - 1)).contains("say instead");
  }

  @Test
  void aCommandOfThePersonsOwnIsKnownToTheModel() throws InterruptedException {
    server.reply(says("seen"));
    Talk talk = fixture.start("--disallowedTools", "Bash(rm *)");
    talk.controller.shell("mkdir own && echo made it");
    talk.await(InteractiveEvent.ShellEnded.class);
    talk.controller.shell("rm -r own");
    talk.await(InteractiveEvent.ShellEnded.class);
    assertThat(fixture.project.resolve("own")).isDirectory();
    talk.controller.submit(input("what did I do?"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(0)).contains("made it").doesNotContain("rm -r own");
    server.assertRulesKept();
  }

  @Test
  void aCommandBehindTwoExclamationMarksIsNeverToldToTheModel() throws InterruptedException {
    server.reply(says("hello"));
    Talk talk = fixture.start();
    talk.controller.shell("! mkdir own && echo made it");
    InteractiveEvent.ShellStarted begun = talk.await(InteractiveEvent.ShellStarted.class);
    assertThat(begun.command()).isEqualTo("mkdir own && echo made it");
    assertThat(begun.isPrivate()).isTrue();
    talk.await(InteractiveEvent.ShellEnded.class);
    assertThat(fixture.project.resolve("own")).isDirectory();
    talk.controller.submit(input("hi"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(0)).doesNotContain("made it").doesNotContain("mkdir");
    assertThat(talk.controller.history(10)).contains("!! mkdir own && echo made it");
    server.assertRulesKept();
  }

  @Test
  void aNoteGoesToTheProjectsFileAndToTheModel() throws InterruptedException, IOException {
    server.reply(says("noted"));
    Talk talk = fixture.start();
    talk.atRest();
    talk.controller.remember("use tabs", talk.controller.memory().getFirst());
    InteractiveEvent.Remembered noted = talk.await(InteractiveEvent.Remembered.class);
    assertThat(noted.note()).isEqualTo("use tabs");
    assertThat(noted.file()).isEqualTo(fixture.project.resolve("AGENTS.md"));
    talk.atRest();
    talk.controller.submit(input("hi"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(Files.readString(fixture.project.resolve("AGENTS.md"))).contains("- use tabs");
    assertThat(sent(0)).contains("use tabs");
  }

  @Test
  void anotherModelAnswersFromTheNextRequestOn() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE)).reply(says("done"));
    Talk talk = fixture.start("--model", "opus", "write");
    Question question = talk.question(Question.Permission.class);
    talk.controller.setModel("sonnet");
    talk.answer(question, ONCE);
    talk.atRest();
    assertThat(server.requests().get(0).body().path("model").asText()).contains("opus");
    assertThat(server.requests().get(1).body().path("model").asText()).contains("sonnet");
    server.assertRulesKept();
  }

  @Test
  void aClearedSessionBeginsAnewAndTheOldOneCanBeResumed() throws InterruptedException {
    server.reply(says("one")).reply(says("two")).reply(says("three"));
    Talk talk = fixture.start("first");
    talk.atRest();
    String id = talk.controller.session().orElseThrow().session().parts().id();
    talk.controller.command("/clear", Screen.NONE);
    talk.atRest();
    talk.controller.submit(input("second"));
    talk.atRest();
    assertThat(sent(1)).doesNotContain("first");
    talk.controller.resume(id);
    InteractiveEvent.SessionOpened opened =
        talk.await(
            InteractiveEvent.SessionOpened.class, it -> it.why() == InteractiveEvent.Why.RESUMED);
    assertThat(opened.session().session().conversation().messages()).hasSize(2);
    talk.atRest();
    talk.controller.submit(input("third"));
    talk.atRest();
    assertThat(sent(2)).contains("first").contains("third").doesNotContain("second");
    server.assertRulesKept();
  }

  @Test
  void aResumeOfNothingLeavesTheSessionAsItWas() throws InterruptedException {
    server.reply(says("one")).reply(says("two"));
    Talk talk = fixture.start("first");
    talk.atRest();
    talk.controller.resume("11111111-2222-4333-8444-555555555555");
    assertThat(talk.told()).contains("No conversation found");
    talk.controller.submit(input("second"));
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(1)).contains("first");
  }

  @Test
  void theSessionIsTakenBackWithItsFiles() throws InterruptedException {
    server
        .reply(says("hello"))
        .reply(call("t1", "Write", WRITE))
        .reply(says("written"))
        .reply(says("again"));
    Talk talk = fixture.start("--permission-mode", "acceptEdits", "first");
    talk.atRest();
    talk.controller.submit(input("second"));
    talk.atRest();
    List<RewindPoint> points = talk.controller.points();
    assertThat(points.stream().map(RewindPoint::text)).containsExactly("first", "second");
    var session = talk.controller.session().orElseThrow();
    assertThat(points.stream().map(session::changes).map(RewindPoint.Changes::files))
        .containsExactly(1, 1);
    talk.controller.rewind(points.getLast(), RewindPoint.Scope.BOTH);
    assertThat(talk.await(InteractiveEvent.DraftReturned.class).text()).isEqualTo("second");
    talk.atRest();
    assertThat(fixture.project.resolve("a.txt")).doesNotExist();
    talk.controller.submit(input("third"));
    talk.atRest();
    assertThat(sent(3)).contains("first").contains("third").doesNotContain("second");
    server.assertRulesKept();
    String id = talk.controller.session().orElseThrow().session().parts().id();
    talk.controller.close();
    Talk later = fixture.start("--resume", id);
    assertThat(
            later.await(InteractiveEvent.SessionOpened.class).session().points().stream()
                .map(RewindPoint::text))
        .containsExactly("first", "third");
  }

  @Test
  void aRunningCommandGoesOnInTheBackground() throws InterruptedException {
    server
        .reply(call("t1", "Bash", "{\"command\":\"echo begun; read never < <(sleep 60)\"}"))
        .reply(says("meanwhile"));
    Talk talk = fixture.start("run");
    talk.answer(talk.question(Question.Permission.class), ONCE);
    talk.running();
    while (talk.controller.background() == 0) {
      Thread.onSpinWait();
    }
    talk.atRest();
    assertThat(server.requests().get(1).lastResults()).contains("runs on as bash_1");
  }

  @Test
  void slashCommandsActOnTheSession() throws InterruptedException {
    server.reply(says("one"));
    Talk talk = fixture.start("first");
    talk.atRest();
    talk.controller.command("/rename Red house", Screen.NONE);
    talk.await(InteractiveEvent.CommandEnded.class);
    assertThat(talk.controller.session().orElseThrow().title()).isEqualTo("Red house");
    talk.controller.command("/mode plan", Screen.NONE);
    assertThat(talk.await(InteractiveEvent.ModeChanged.class).mode()).isEqualTo(Mode.PLAN);
    talk.await(InteractiveEvent.CommandEnded.class);
    talk.controller.command("/clear", Screen.NONE);
    talk.await(
        InteractiveEvent.SessionOpened.class, it -> it.why() == InteractiveEvent.Why.CLEARED);
    talk.await(InteractiveEvent.CommandEnded.class);
    talk.controller.command("/hlep", Screen.NONE);
    assertThat(talk.told()).contains("/help");
    talk.controller.command("/status", Screen.NONE);
    assertThat(talk.await(InteractiveEvent.CommandEnded.class).result())
        .isInstanceOf(CommandResult.Show.class);
    talk.controller.command("/exit", Screen.NONE);
    talk.await(InteractiveEvent.Closed.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFurtherDirectoryBelongsToTheWorkspaceFromNowOn() throws InterruptedException, IOException {
    Path more = Files.createDirectories(temp.toRealPath().resolve("more"));
    Files.writeString(more.resolve("m.txt"), "inside\n");
    server
        .reply(says("one"))
        .reply(call("t1", "Read", "{\"file_path\":\"" + more.resolve("m.txt") + "\"}"))
        .reply(says("read"));
    Talk talk = fixture.start("first");
    talk.atRest();
    talk.controller.command("/add-dir " + more, Screen.NONE);
    talk.await(InteractiveEvent.CommandEnded.class);
    talk.atRest();
    talk.controller.submit(input("read it"));
    talk.atRest();
    assertThat(server.requests().get(2).lastResults()).contains("inside");
    assertThat(sent(2)).contains("first");
  }

  @Test
  void theQueueIsShownFilledAndTakenBackByCommands() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE)).reply(says("done")).reply(says("and more"));
    Talk talk = fixture.start("write");
    Question question = talk.question(Question.Permission.class);
    talk.controller.command("/queue later and more", Screen.NONE);
    talk.await(InteractiveEvent.CommandEnded.class);
    talk.controller.submit(input("not this"));
    talk.controller.command("/queue", Screen.NONE);
    assertThat(talk.await(InteractiveEvent.CommandEnded.class).result().toString())
        .contains("not this", "and more");
    talk.controller.command("/queue clear", Screen.NONE);
    talk.await(InteractiveEvent.CommandEnded.class);
    assertThat(talk.controller.queue()).isEmpty();
    talk.controller.command("/queue later and more", Screen.NONE);
    talk.await(InteractiveEvent.CommandEnded.class);
    talk.answer(question, ONCE);
    talk.atRest();
    assertThat(server.requests().get(2).lastUserText()).endsWith("and more");
    talk.controller.command("/background", Screen.NONE);
    assertThat(talk.told()).contains("No command runs");
  }

  @Test
  void filesThatAPromptNamesGoWithIt() throws InterruptedException, IOException {
    Files.writeString(fixture.project.resolve("a.txt"), "alpha beta\n");
    server.reply(says("seen"));
    Talk talk = fixture.start("look at @a.txt");
    talk.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(0)).contains("alpha beta");
  }

  @Test
  void whatAProjectWantsIsAskedAboutBeforeTheSessionOpens()
      throws InterruptedException, IOException {
    Path settings = fixture.project.resolve(".agent/settings.json");
    Files.createDirectories(settings.getParent());
    Files.writeString(settings, "{\"permissions\":{\"allow\":[\"Bash(mkdir *)\"]}}");
    server.reply(call("t1", "Bash", "{\"command\":\"mkdir one\"}")).reply(says("made"));
    Talk careful = fixture.start("make");
    careful.answer(careful.question(Question.Trust.class), new Reply.No());
    careful.answer(careful.question(Question.Permission.class), ONCE);
    careful.atRest();
    careful.controller.close();
    server.reply(call("t2", "Bash", "{\"command\":\"mkdir two\"}")).reply(says("made"));
    Talk trusting = fixture.start("make");
    Question.Trust question = trusting.question(Question.Trust.class);
    assertThat(question.wanted().getFirst().shown()).contains("Bash(mkdir *)");
    trusting.answer(question, new Reply.Yes());
    trusting.atRest();
    assertThat(fixture.project.resolve("two")).isDirectory();
    trusting.controller.close();
    Talk known = fixture.start();
    known.await(InteractiveEvent.SessionOpened.class);
    assertThat(known.seen).noneMatch(InteractiveEvent.QuestionAsked.class::isInstance);
  }

  @Test
  void aSessionIsPickedFromTheList() throws InterruptedException {
    server.reply(says("one")).reply(says("two"));
    Talk talk = fixture.start("first");
    talk.atRest();
    talk.controller.close();
    Talk later = fixture.start("--resume", "--model", "opus");
    Question.Pick pick = later.question(Question.Pick.class);
    assertThat(pick.sessions().getFirst().title()).isEqualTo("first");
    later.answer(pick, new Reply.Picked(pick.sessions().getFirst()));
    later.atRest();
    later.controller.submit(input("second"));
    later.atRest();
    assertThat(sent(1)).contains("first").contains("second");
  }

  @Test
  void aFaultAtTheStartEndsTheSessionAndIsTold() throws InterruptedException {
    Talk talk = fixture.start("--resume", "11111111-2222-4333-8444-555555555555");
    talk.await(InteractiveEvent.Closed.class);
    assertThat(talk.controller.failure().orElseThrow()).hasMessageContaining("No conversation");
  }

  @Test
  void theEndOfTheProcessLeavesASessionThatGoesOn() throws InterruptedException {
    server.reply(call("t1", "Write", WRITE));
    Cancellation life = Cancellation.root();
    Talk talk = fixture.start(life, "write");
    talk.question(Question.Permission.class);
    String id = talk.controller.session().orElseThrow().session().parts().id();
    life.cancel(Cancellation.Reason.SHUTDOWN);
    talk.await(InteractiveEvent.Closed.class);
    server.reply(says("back"));
    Talk later = fixture.start("--resume", id, "go on");
    later.await(InteractiveEvent.TurnEnded.class);
    assertThat(sent(1)).contains("write").contains("go on");
    server.assertRulesKept();
  }
}
