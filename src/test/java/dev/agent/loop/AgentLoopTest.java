package dev.agent.loop;

import static dev.agent.testing.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.context.RequestAssembler;
import dev.agent.context.WellFormed;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.ContentBlock.Text;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest;
import dev.agent.runtime.Cancellation;
import dev.agent.testing.ScriptedModel;
import dev.agent.testing.ScriptedModel.Happening;
import dev.agent.testing.TestTool;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentLoopTest {
  private final ScriptedModel model = new ScriptedModel();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final Ledger ledger = new Ledger();
  private final Cancellation cancellation = Cancellation.root();
  private Limits limits = new Limits(50, Optional.empty(), false);
  private List<StopCheck> stopChecks = List.of();
  private BetweenSteps between = new BetweenSteps() {};
  private int outputTokens = 8_000;

  private AgentLoop loop(Tool... tools) {
    Catalog catalog = Catalog.load(Json.object());
    ModelInfo info = catalog.resolve("claude-sonnet-4-5");
    ToolRegistry registry = new ToolRegistry(List.of(tools));
    ToolRunner runner =
        new ToolRunner(
            registry,
            (_, _, _, _, _) -> new Gate.Ruling.Allowed(),
            CallHooks.NONE,
            (_, _) -> Optional.empty(),
            events::add,
            () -> "id",
            (_, _) -> {});
    RequestAssembler assembler =
        new RequestAssembler(
            info.id(),
            registry,
            List.of(new ModelRequest.SystemText("be good", true)),
            new ModelRequest.Thinking.Unset(),
            Optional.empty(),
            false);
    return new AgentLoop(
        new LoopParts(
            model,
            catalog,
            info,
            outputTokens,
            assembler,
            runner,
            ledger,
            limits,
            Recoveries.all(),
            stopChecks,
            between,
            events::add));
  }

  private Step.Stop run(AgentLoop loop) {
    return loop.run(
        TurnState.start(new Conversation(List.of(Message.user("do it")))), cancellation);
  }

  private static TestTool echo(String name) {
    return TestTool.reading(name, (call, _) -> ToolResult.text("result of " + call.id()));
  }

  private static ModelException failure(ModelException.Kind kind) {
    return new ModelException(kind, kind.toString());
  }

  @Test
  void fourToolTurnsAndATextAreFiveRequests() {
    for (int i = 0; i < 4; i++) {
      model.calls(call("c" + i, "Read"));
    }
    model.says("done");
    Step.Stop stop = run(loop(echo("Read")));
    assertThat(stop.outcome()).isEqualTo(new Outcome.Completed("done", "end_turn"));
    assertThat(model.requests()).hasSize(5);
    assertThat(stop.end().step()).isEqualTo(5);
    assertThat(events.getLast()).isEqualTo(new AgentEvent.TurnFinished(stop.outcome()));
  }

  @Test
  void theTurnLimitAlwaysHolds() {
    limits = new Limits(3, Optional.empty(), false);
    AtomicInteger n = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      model.calls(call("c" + i, "Read"));
    }
    Step.Stop stop =
        run(
            loop(
                TestTool.reading("Read", (_, _) -> ToolResult.text("new " + n.incrementAndGet()))));
    assertThat(stop.outcome()).isEqualTo(new Outcome.MaxTurns(3));
    assertThat(stop.end().conversation().messages().getLast().role()).isEqualTo(Role.USER);
  }

  @Test
  void anAnswerCutAtTheLimitIsAskedForWithTheModelsMaximumThenContinuedAtMostThreeTimes() {
    for (int i = 0; i < 5; i++) {
      model.answer("max_tokens", new Happening.Block(new Text("part " + i)));
    }
    Step.Stop stop = run(loop());
    assertThat(stop.outcome()).isEqualTo(new Outcome.OutputExhausted(3));
    assertThat(model.requests().stream().map(ModelRequest::maxTokens))
        .containsExactly(8_000, 64_000, 64_000, 64_000, 64_000);
    assertThat(model.requests().get(1).messages()).isEqualTo(model.requests().get(0).messages());
    assertThat(model.requests().get(2).messages().getLast().text()).contains("output limit");
  }

  @Test
  void aContinuedAnswerEndsWell() {
    outputTokens = 64_000;
    model.answer("max_tokens", new Happening.Block(new Text("first half"))).says("second half");
    assertThat(run(loop()).outcome()).isEqualTo(new Outcome.Completed("second half", "end_turn"));
    assertThat(model.requests()).hasSize(2);
  }

  @Test
  void pausedTurnsAreSentBackUnchangedAtMostFiveTimes() {
    for (int i = 0; i < 7; i++) {
      ObjectNode search =
          Json.object()
              .put("type", "server_tool_use")
              .put("id", "srv" + i)
              .put("name", "web_search");
      model.answer("pause_turn", new Happening.Block(new ContentBlock.Unknown(search)));
    }
    Step.Stop stop = run(loop());
    assertThat(stop.outcome()).isInstanceOf(Outcome.Completed.class);
    assertThat(model.requests()).hasSize(6);
    assertThat(model.requests().get(1).messages().getLast().role()).isEqualTo(Role.ASSISTANT);
  }

  @Test
  void aRefusedAnswerIsNotKept() {
    model.answer("refusal", new Happening.Block(new Text("I can't")));
    Step.Stop stop = run(loop());
    assertThat(stop.outcome()).isEqualTo(new Outcome.Refused("The model declined this request."));
    assertThat(stop.end().conversation().messages()).hasSize(1);
  }

  @Test
  void anEmptyAnswerIsLegalAndNotKept() {
    model.answer("end_turn");
    Step.Stop stop = run(loop());
    assertThat(stop.outcome()).isEqualTo(new Outcome.Completed("", "end_turn"));
    assertThat(stop.end().conversation().messages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INCOMPLETE", "STALLED", "MALFORMED", "NETWORK"})
  void aBrokenStreamIsStartedOverAndItsPartIsNotInTheHistory(ModelException.Kind kind) {
    model
        .answer("", new Happening.OpenText("half an ans"), new Happening.Fail(failure(kind)))
        .says("whole answer");
    Step.Stop stop = run(loop());
    assertThat(stop.outcome()).isEqualTo(new Outcome.Completed("whole answer", "end_turn"));
    assertThat(model.requests().get(1).messages()).isEqualTo(model.requests().get(0).messages());
    assertThat(events).anyMatch(AgentEvent.PartialDiscarded.class::isInstance);
  }

  @Test
  void aStreamThatAlwaysBreaksEndsTheRunWithTheFailure() {
    for (int i = 0; i < 20; i++) {
      model.answer(
          "",
          new Happening.OpenText("x"),
          new Happening.Fail(failure(ModelException.Kind.INCOMPLETE)));
    }
    assertThat(run(loop()).outcome()).isInstanceOf(Outcome.ModelFailed.class);
    assertThat(model.requests()).hasSize(11);
  }

  @Test
  void noToolWithEffectsRunsTwiceWhenTheStreamBreaksBehindIt() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ran = new CountDownLatch(1);
    TestTool write =
        TestTool.writing(
            "Write",
            (_, _) -> {
              runs.incrementAndGet();
              ran.countDown();
              return ToolResult.text("written");
            });
    model
        .answer(
            "",
            new Happening.Block(call("w1", "Write")),
            new Happening.Do(ran::await),
            new Happening.OpenText("and th"),
            new Happening.Fail(failure(ModelException.Kind.INCOMPLETE)))
        .says("done");
    Step.Stop stop = run(loop(write));
    assertThat(stop.outcome()).isEqualTo(new Outcome.Completed("done", "end_turn"));
    assertThat(runs.get()).isEqualTo(1);
    List<Message> second = model.requests().get(1).messages();
    assertThat(second.get(1).toolUses()).hasSize(1);
    assertThat(second.get(2).content())
        .containsExactly(ContentBlock.ToolResult.text("w1", "written", false));
  }

  @Test
  void failuresThatNoRecoveryMendsEndTheRun() {
    model.answer("", new Happening.Fail(failure(ModelException.Kind.AUTHENTICATION)));
    assertThat(run(loop()).outcome()).isInstanceOf(Outcome.ModelFailed.class);
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void aPromptThatIsTooLongHasItsOwnOutcome() {
    model.answer("", new Happening.Fail(failure(ModelException.Kind.CONTEXT_TOO_LONG)));
    assertThat(run(loop()).outcome()).isInstanceOf(Outcome.ContextExhausted.class);
  }

  @Test
  void refusedPicturesAreReplacedByANoteAndTheRunGoesOn() {
    ObjectNode source =
        Json.object().put("type", "base64").put("media_type", "image/png").put("data", "AAAA");
    TestTool read =
        TestTool.reading(
            "Read",
            (_, _) ->
                new ToolResult(
                    List.of(new ContentBlock.Image(source)),
                    new dev.agent.tool.Display.Text(""),
                    false));
    model
        .calls(call("r", "Read"))
        .answer("", new Happening.Fail(failure(ModelException.Kind.MEDIA)))
        .says("ok");
    assertThat(run(loop(read)).outcome()).isEqualTo(new Outcome.Completed("ok", "end_turn"));
    assertThat(
            dev.agent.message.MessageJson.plain(
                model.requests().get(2).messages().getLast().content()))
        .contains("A picture stood here");
  }

  @Test
  void theSameCallWithTheSameResultThreeTimesIsACircle() {
    for (int i = 0; i < 5; i++) {
      model.calls(new ContentBlock.ToolUse("c" + i, "Read", Json.object().put("id", "same")));
    }
    TestTool read = TestTool.reading("Read", (_, _) -> ToolResult.text("unchanged"));
    assertThat(run(loop(read)).outcome()).isEqualTo(new Outcome.DoomLoop("Read", 3));
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void aPatternOfTwoIsACircleToo() {
    for (int i = 0; i < 8; i++) {
      model.calls(
          new ContentBlock.ToolUse(
              "c" + i, "Read", Json.object().put("id", i % 2 == 0 ? "edit" : "test")));
    }
    TestTool read = TestTool.reading("Read", (_, _) -> ToolResult.text("unchanged"));
    assertThat(run(loop(read)).outcome()).isEqualTo(new Outcome.DoomLoop("Read", 3));
    assertThat(model.requests()).hasSize(6);
  }

  @Test
  void pollingWithChangingOutputIsNoCircle() {
    AtomicInteger n = new AtomicInteger();
    for (int i = 0; i < 6; i++) {
      model.calls(new ContentBlock.ToolUse("c" + i, "Read", Json.object().put("id", "same")));
    }
    model.says("done");
    TestTool read =
        TestTool.reading("Read", (_, _) -> ToolResult.text("line " + n.incrementAndGet()));
    assertThat(run(loop(read)).outcome()).isEqualTo(new Outcome.Completed("done", "end_turn"));
  }

  @Test
  void aPersonMayLetACircleGoOn() {
    limits = new Limits(50, Optional.empty(), true);
    between =
        new BetweenSteps() {
          @Override
          public boolean goesOnInCircle(String toolName) {
            return true;
          }
        };
    for (int i = 0; i < 4; i++) {
      model.calls(new ContentBlock.ToolUse("c" + i, "Read", Json.object().put("id", "same")));
    }
    model.says("done");
    TestTool read = TestTool.reading("Read", (_, _) -> ToolResult.text("unchanged"));
    assertThat(run(loop(read)).outcome()).isEqualTo(new Outcome.Completed("done", "end_turn"));
  }

  @Test
  void theBudgetIsAnUpperBound() {
    limits = new Limits(50, Optional.of(new BigDecimal("0.01")), false);
    AtomicInteger n = new AtomicInteger();
    for (int i = 0; i < 40; i++) {
      model.calls(call("c" + i, "Read"));
    }
    Step.Stop stop =
        run(
            loop(
                TestTool.reading("Read", (_, _) -> ToolResult.text("new " + n.incrementAndGet()))));
    assertThat(stop.outcome()).isInstanceOf(Outcome.BudgetSpent.class);
    assertThat(ledger.cost()).isLessThanOrEqualTo(new BigDecimal("0.01"));
    assertThat(model.requests().getFirst().maxTokens()).isLessThan(700);
  }

  @Test
  void aStopCheckSendsTheModelBackToWork() {
    stopChecks =
        List.of(
            (_, objections) ->
                objections == 0
                    ? new StopCheck.Answer.GoOn("the tests fail")
                    : new StopCheck.Answer.Agree());
    model.says("done").says("really done");
    assertThat(run(loop()).outcome()).isEqualTo(new Outcome.Completed("really done", "end_turn"));
    assertThat(model.requests().get(1).messages().getLast().text()).isEqualTo("the tests fail");
  }

  @Test
  void aSteeringMessageJoinsTheNextRequest() {
    between =
        new BetweenSteps() {
          @Override
          public List<ContentBlock> afterTools(List<ContentBlock.ToolUse> uses) {
            return List.of(new Text("use the other file"));
          }
        };
    model.calls(call("a", "Read")).says("done");
    run(loop(echo("Read")));
    Message last = model.requests().get(1).messages().getLast();
    assertThat(last.content())
        .containsExactly(
            ContentBlock.ToolResult.text("a", "result of a", false),
            new Text("use the other file"));
  }

  @Test
  void anInterruptWhileStreamingKeepsWhatWasSaid() {
    model.answer(
        "end_turn",
        new Happening.Block(new Text("first.")),
        new Happening.OpenText("seco"),
        new Happening.Do(() -> cancellation.cancel(Cancellation.Reason.INTERRUPTED)),
        new Happening.Block(new Text("never")));
    Step.Stop stop = run(loop());
    assertThat(stop.outcome()).isEqualTo(new Outcome.Interrupted(Outcome.Phase.STREAMING));
    List<Message> messages = stop.end().conversation().messages();
    assertThat(messages.get(1).content()).containsExactly(new Text("first."), new Text("seco"));
    assertThat(messages.get(2)).isEqualTo(Message.user("[Request interrupted by user]"));
  }

  /**
   * Interrupts at random points of random runs: the history that is left is always well-formed as
   * it is.
   */
  @Test
  void everyInterruptLeavesAHistoryThatNeedsNoRepair() {
    Random random = new Random(11);
    for (int round = 0; round < 1_000; round++) {
      AgentLoopTest fresh = new AgentLoopTest();
      int at = random.nextInt(30);
      AtomicInteger point = new AtomicInteger();
      Happening.Do maybe = new Happening.Do(() -> fresh.strike(point, at));
      for (int answer = 0; answer < 4; answer++) {
        List<Happening> happenings = new ArrayList<>();
        for (int block = 0; block < 1 + random.nextInt(4); block++) {
          happenings.add(maybe);
          happenings.add(
              random.nextInt(3) == 0
                  ? new Happening.Block(new Text("text " + block))
                  : new Happening.Block(
                      call("c" + answer + "_" + block, random.nextBoolean() ? "Read" : "Write")));
        }
        if (random.nextInt(4) == 0) {
          happenings.add(new Happening.OpenText("open"));
          happenings.add(maybe);
        }
        fresh.model.answer("tool_use", happenings.toArray(Happening[]::new));
      }
      fresh.model.says("done");
      TestTool.Body body =
          (call, _) -> {
            fresh.strike(point, at);
            if (call.id().endsWith("3")) {
              throw new ToolException("failed");
            }
            return ToolResult.text("result " + point.get());
          };
      Step.Stop stop =
          fresh.run(fresh.loop(TestTool.reading("Read", body), TestTool.writing("Write", body)));
      List<String> repairs = new ArrayList<>();
      Conversation shaped =
          WellFormed.of(stop.end().conversation().plus(Message.user("go on")), repairs::add);
      assertThat(repairs).as("round %d, struck at %d, %s", round, at, stop.outcome()).isEmpty();
      assertThat(shaped.messages().getLast().role()).isEqualTo(Role.USER);
    }
  }

  private void strike(AtomicInteger point, int at) {
    if (point.incrementAndGet() == at) {
      cancellation.cancel(Cancellation.Reason.INTERRUPTED);
    }
  }
}
