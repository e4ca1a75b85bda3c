package dev.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Extra;
import dev.agent.message.MessageJson;
import dev.agent.runtime.Cancellation;
import dev.agent.testing.ScriptedModel;
import dev.agent.testing.TestTool;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ToolExecutorTest {
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());

  private ToolRunner runner(Gate gate, Tool... tools) {
    AtomicInteger ids = new AtomicInteger();
    return new ToolRunner(
        new ToolRegistry(List.of(tools)),
        gate,
        CallHooks.NONE,
        (_, _) -> Optional.empty(),
        events::add,
        () -> "id-" + ids.incrementAndGet(),
        (_, _) -> {});
  }

  private ToolRunner runner(Tool... tools) {
    return runner((_, _, _, _, _) -> new Gate.Ruling.Allowed(), tools);
  }

  private static List<String> texts(ToolExecutor.Results results) {
    return results.blocks().stream()
        .map(block -> MessageJson.plain(((ContentBlock.ToolResult) block).content()))
        .toList();
  }

  /**
   * A thousand random schedules: nothing overlaps a write, no order among writes and reads is
   * turned round, results come in the order of calls.
   */
  @Test
  void noScheduleOvertakesAWrite() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 1_000; round++) {
      List<String> log = Collections.synchronizedList(new ArrayList<>());
      long seed = random.nextLong();
      TestTool.Body body =
          (call, _) -> {
            log.add("+" + call.id());
            Random own = new Random(seed ^ call.id().hashCode());
            if (own.nextInt(3) > 0) {
              LockSupport.parkNanos(own.nextInt(40_000));
            }
            log.add("-" + call.id());
            return ToolResult.text(call.id());
          };
      ToolExecutor executor =
          new ToolExecutor(
              runner(TestTool.reading("R", body), TestTool.writing("W", body)),
              Cancellation.root());
      int calls = 1 + random.nextInt(12);
      StringBuilder kinds = new StringBuilder();
      for (int i = 0; i < calls; i++) {
        char kind = random.nextInt(3) == 0 ? 'W' : 'R';
        kinds.append(kind);
        executor.submit(ScriptedModel.call("c" + i, String.valueOf(kind)));
      }
      ToolExecutor.Results results = executor.results();
      assertThat(texts(results))
          .isEqualTo(java.util.stream.IntStream.range(0, calls).mapToObj(i -> "c" + i).toList());
      for (int i = 0; i < calls; i++) {
        for (int j = i + 1; j < calls; j++) {
          if (kinds.charAt(i) == 'W' || kinds.charAt(j) == 'W') {
            assertThat(log.indexOf("-c" + i))
                .as("%s: c%d ends before c%d begins, %s", kinds, i, j, log)
                .isLessThan(log.indexOf("+c" + j));
          }
        }
      }
    }
  }

  @Test
  void readsRunSideBySide() {
    CyclicBarrier all = new CyclicBarrier(3);
    TestTool read =
        TestTool.reading(
            "R",
            (call, _) -> {
              try {
                all.await();
              } catch (java.util.concurrent.BrokenBarrierException e) {
                throw new ToolException("not together");
              }
              return ToolResult.text(call.id());
            });
    ToolExecutor executor = new ToolExecutor(runner(read), Cancellation.root());
    for (int i = 0; i < 3; i++) {
      executor.submit(ScriptedModel.call("c" + i, "R"));
    }
    assertThat(texts(executor.results())).containsExactly("c0", "c1", "c2");
  }

  @Test
  void atMostTenReadsRunAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch ten = new CountDownLatch(ToolExecutor.PARALLEL_READS);
    TestTool read =
        TestTool.reading(
            "R",
            (_, _) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              ten.countDown();
              ten.await();
              running.decrementAndGet();
              return ToolResult.text("");
            });
    ToolExecutor executor = new ToolExecutor(runner(read), Cancellation.root());
    for (int i = 0; i < 50; i++) {
      executor.submit(ScriptedModel.call("c" + i, "R"));
    }
    assertThat(executor.results().blocks()).hasSize(50);
    assertThat(most.get()).isEqualTo(ToolExecutor.PARALLEL_READS);
  }

  @Test
  void aFailingShellCancelsItsRunningSiblings() {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    TestTool slow =
        TestTool.reading(
            "Slow",
            (_, _) -> {
              started.countDown();
              never.await();
              return ToolResult.text("late");
            });
    TestTool failing =
        TestTool.reading(
                "Shell",
                (_, _) -> {
                  started.await();
                  throw new ToolException("exit code 1");
                })
            .with(spec -> spec.withOnFailure(ToolSpec.OnFailure.CANCELS_SIBLINGS));
    ToolExecutor executor = new ToolExecutor(runner(slow, failing), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "Slow"));
    executor.submit(ScriptedModel.call("b", "Shell"));
    executor.submit(ScriptedModel.call("c", "Slow"));
    assertThat(texts(executor.results()))
        .containsExactly(
            "Cancelled: another call of the same answer failed. Look at its result first, then"
                + " decide whether this one is still wanted.",
            "exit code 1",
            "Cancelled: another call of the same answer failed. Look at its result first, then"
                + " decide whether this one is still wanted.");
  }

  @Test
  void aFailingReadLeavesItsSiblingsAlone() {
    CountDownLatch failed = new CountDownLatch(1);
    TestTool waits =
        TestTool.reading(
            "Waits",
            (_, _) -> {
              failed.await();
              return ToolResult.text("fine");
            });
    TestTool fails =
        TestTool.reading(
            "Fails",
            (_, _) -> {
              failed.countDown();
              throw new ToolException("no such file");
            });
    ToolExecutor executor = new ToolExecutor(runner(waits, fails), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "Waits"));
    executor.submit(ScriptedModel.call("b", "Fails"));
    assertThat(texts(executor.results())).containsExactly("fine", "no such file");
  }

  @Test
  void anInterruptLeavesOneResultPerCallEvenForAStubbornTool() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestTool stubborn =
        TestTool.writing(
            "W",
            (_, _) -> {
              started.countDown();
              boolean waiting = true;
              while (waiting) {
                try {
                  release.await();
                  waiting = false;
                } catch (InterruptedException e) {
                  // stubborn on purpose
                }
              }
              return ToolResult.text("late");
            });
    Cancellation turn = Cancellation.root();
    ToolExecutor executor = new ToolExecutor(runner(stubborn), turn);
    executor.submit(ScriptedModel.call("a", "W"));
    executor.submit(ScriptedModel.call("b", "W"));
    started.await();
    turn.cancel(Cancellation.Reason.INTERRUPTED);
    List<String> texts = texts(executor.results());
    release.countDown();
    assertThat(texts.getFirst()).contains("has not confirmed yet");
    assertThat(texts.getLast()).contains("interrupted");
    assertThat(texts).hasSize(2);
  }

  @Test
  void aCallThatMustFinishMayFinishAfterAnInterrupt() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestTool short_ =
        TestTool.writing(
                "W",
                (_, _) -> {
                  started.countDown();
                  release.await();
                  return ToolResult.text("written");
                })
            .with(spec -> spec.withInterrupt(ToolSpec.Interrupt.FINISH));
    Cancellation turn = Cancellation.root();
    ToolExecutor executor = new ToolExecutor(runner(short_), turn);
    executor.submit(ScriptedModel.call("a", "W"));
    started.await();
    turn.cancel(Cancellation.Reason.INTERRUPTED);
    release.countDown();
    assertThat(texts(executor.results())).containsExactly("written");
  }

  @Test
  void discardedCallsWithEffectsNeverRun() throws Exception {
    CountDownLatch readStarted = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    TestTool read =
        TestTool.reading(
            "R",
            (_, _) -> {
              readStarted.countDown();
              never.await();
              return ToolResult.text("");
            });
    TestTool write =
        TestTool.writing(
            "W",
            (_, _) -> {
              writes.incrementAndGet();
              return ToolResult.text("");
            });
    ToolExecutor executor = new ToolExecutor(runner(read, write), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "R"));
    executor.submit(ScriptedModel.call("b", "W"));
    readStarted.await();
    assertThat(executor.discard()).isTrue();
    assertThat(writes.get()).isZero();
  }

  @Test
  void whatHasTakenEffectCanNotBeDiscarded() {
    TestTool write = TestTool.writing("W", (call, _) -> ToolResult.text(call.id()));
    ToolExecutor executor = new ToolExecutor(runner(write), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "W"));
    executor.results();
    assertThat(executor.discard()).isFalse();
    assertThat(texts(executor.results())).containsExactly("a");
  }

  @Test
  void faultyCallsBecomeErrorResultsThatNameTheFault() {
    TestTool read =
        TestTool.reading("Read", (call, _) -> ToolResult.text(call.name() + call.input()));
    ToolExecutor executor = new ToolExecutor(runner(read), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "Reed"));
    executor.submit(ScriptedModel.call("b", "READ"));
    executor.submit(
        new ContentBlock.ToolUse("c", "Read", Json.object().put("id", "x").put("count", "42")));
    executor.submit(
        new ContentBlock.ToolUse("d", "Read", Json.object().put("id", "x").put("count", "abc")));
    executor.submit(new ContentBlock.ToolUse("e", "Read", Json.object()));
    executor.submit(
        new ContentBlock.ToolUse(
            "f",
            "Read",
            Json.object(),
            new Extra(Map.of(Extra.INVALID_INPUT, TextNode.valueOf("{\"id\": \"cut of")))));
    assertThat(texts(executor.results()))
        .satisfiesExactly(
            text -> assertThat(text).contains("no tool \"Reed\"").contains("Read"),
            text -> assertThat(text).isEqualTo("Read{\"id\":\"b\"}"),
            text -> assertThat(text).isEqualTo("Read{\"id\":\"x\",\"count\":42}"),
            text -> assertThat(text).contains("\"count\" must be a whole number").contains("abc"),
            text -> assertThat(text).contains("\"id\" is required"),
            text -> assertThat(text).contains("not a JSON object").contains("was not run"));
  }

  @Test
  void aDeniedCallDoesNotRunAndTheModelReadsWhy() {
    AtomicInteger runs = new AtomicInteger();
    TestTool write =
        TestTool.writing(
            "W",
            (_, _) -> {
              runs.incrementAndGet();
              return ToolResult.text("");
            });
    ToolExecutor executor =
        new ToolExecutor(
            runner((_, _, _, _, _) -> new Gate.Ruling.Denied("denied by rule W", false), write),
            Cancellation.root());
    executor.submit(ScriptedModel.call("a", "W"));
    assertThat(texts(executor.results())).containsExactly("denied by rule W");
    assertThat(runs.get()).isZero();
    assertThat(events).noneMatch(AgentEvent.ToolStarted.class::isInstance);
  }

  @Test
  void afterANoThatStopsTheWorkNothingElseIsAskedOrRun() {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    TestTool write = TestTool.writing("W", (call, _) -> ToolResult.text("ran " + call.id()));
    ToolExecutor executor =
        new ToolExecutor(
            runner(
                (call, _, _, _, _) -> {
                  asked.add(call.id());
                  return new Gate.Ruling.Denied("no, and stop", true);
                },
                write),
            Cancellation.root());
    executor.submit(ScriptedModel.call("a", "W"));
    executor.submit(ScriptedModel.call("b", "W"));
    ToolExecutor.Results results = executor.results();
    assertThat(asked).containsExactly("a");
    assertThat(results.endTurn()).isTrue();
    assertThat(texts(results))
        .containsExactly(
            "no, and stop", "The user interrupted before this call began. It was not run.");
  }

  @Test
  void aCallThatWasOnlyWaitingForAnAnswerIsNotSaidToHaveTakenEffect() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Cancellation turn = Cancellation.root();
    ToolExecutor executor =
        new ToolExecutor(
            runner(
                (_, _, _, _, _) -> {
                  asking.countDown();
                  never.await();
                  return new Gate.Ruling.Allowed();
                },
                TestTool.writing("W", (_, _) -> ToolResult.text("ran"))),
            turn);
    executor.submit(ScriptedModel.call("a", "W"));
    asking.await();
    turn.cancel(Cancellation.Reason.INTERRUPTED);
    assertThat(texts(executor.results()))
        .containsExactly("The user interrupted before this call began. It was not run.");
  }

  @Test
  void aFaultOfOursBecomesAnErrorResultWithALogId() {
    TestTool broken =
        TestTool.reading(
            "R",
            (_, _) -> {
              throw new IllegalStateException("secret detail");
            });
    ToolExecutor executor = new ToolExecutor(runner(broken), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "R"));
    assertThat(texts(executor.results()).getFirst())
        .contains("id-1")
        .doesNotContain("secret detail");
  }

  @Test
  void bigResultsAreCutToAPreviewWithThePathOfTheWhole() {
    ObjectNode _ = Json.object();
    String big = "line\n".repeat(10_000);
    List<String> kept = new ArrayList<>();
    TestTool read =
        TestTool.reading("R", (_, _) -> ToolResult.text(big))
            .with(spec -> spec.withMaxResultChars(1_000));
    ToolRunner runner =
        new ToolRunner(
            new ToolRegistry(List.of(read)),
            (_, _, _, _, _) -> new Gate.Ruling.Allowed(),
            CallHooks.NONE,
            (_, text) -> {
              kept.add(text);
              return Optional.of(java.nio.file.Path.of("/tmp/result.txt"));
            },
            events::add,
            () -> "id",
            (_, _) -> {});
    ToolExecutor executor = new ToolExecutor(runner, Cancellation.root());
    executor.submit(ScriptedModel.call("a", "R"));
    String text = texts(executor.results()).getFirst();
    assertThat(text.length()).isLessThan(3_000);
    assertThat(text).contains("/tmp/result.txt").contains("50000 characters");
    assertThat(kept).containsExactly(big);
  }

  @Test
  void intentIsAnnouncedBeforeTheToolRuns() {
    TestTool write =
        TestTool.writing(
            "W",
            (call, _) -> {
              assertThat(events)
                  .anyMatch(
                      event ->
                          event instanceof AgentEvent.ToolStarted started
                              && started.call().id().equals(call.id()));
              return ToolResult.text("ok");
            });
    ToolExecutor executor = new ToolExecutor(runner(write), Cancellation.root());
    executor.submit(ScriptedModel.call("a", "W"));
    assertThat(texts(executor.results())).containsExactly("ok");
  }

  @Test
  void aReadThatAHookTurnsIntoAWriteRunsAlone() {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    TestTool tool =
        TestTool.reading(
            "R",
            (call, _) -> {
              log.add("+" + call.id());
              LockSupport.parkNanos(2_000_000);
              log.add("-" + call.id());
              return ToolResult.text(call.id());
            });
    Gate widening =
        (call, _, effect, _, _) ->
            call.id().startsWith("w")
                ? new Gate.Ruling.Changed(call, Effect.UNKNOWN)
                : new Gate.Ruling.Changed(call, effect);
    ToolExecutor executor = new ToolExecutor(runner(widening, tool), Cancellation.root());
    for (String id : List.of("r1", "w1", "r2", "w2", "r3")) {
      executor.submit(ScriptedModel.call(id, "R"));
    }
    assertThat(texts(executor.results())).containsExactly("r1", "w1", "r2", "w2", "r3");
    for (String id : List.of("w1", "w2")) {
      assertThat(log.indexOf("-" + id)).isEqualTo(log.indexOf("+" + id) + 1);
    }
    assertThat(executor.discard()).isFalse();
  }

  @Test
  void aResultSurvivesAHookThatIsInterruptedBehindIt() {
    Cancellation turn = Cancellation.root();
    CallHooks hooks =
        new CallHooks() {
          @Override
          public ToolResult after(
              ToolCall call,
              Effect effect,
              ToolResult result,
              Duration took,
              Cancellation cancellation)
              throws InterruptedException {
            turn.cancel(Cancellation.Reason.INTERRUPTED);
            cancellation.check();
            return result;
          }
        };
    ToolRunner runner =
        new ToolRunner(
            new ToolRegistry(List.of(TestTool.writing("W", (_, _) -> ToolResult.text("written")))),
            (_, _, _, _, _) -> new Gate.Ruling.Allowed(),
            hooks,
            (_, _) -> Optional.empty(),
            events::add,
            () -> "id",
            (_, _) -> {});
    ToolExecutor executor = new ToolExecutor(runner, turn);
    executor.submit(ScriptedModel.call("a", "W"));
    assertThat(texts(executor.results())).containsExactly("written");
  }
}
