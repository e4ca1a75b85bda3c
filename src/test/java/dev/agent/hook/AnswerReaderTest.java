package dev.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.agent.json.Json;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerReaderTest {
  private static List<HookOutcome> read(HookEvent event, HookAnswer answer) {
    return AnswerReader.read(event, event.wire() + ":X", "hook.sh", answer);
  }

  private static List<HookOutcome> printed(HookEvent event, String out) {
    return read(event, new HookAnswer.Exited(0, out, ""));
  }

  static Stream<Arguments> answers() {
    HookEvent pre = HookEvent.PRE_TOOL_USE;
    return Stream.of(
        arguments(pre, "", List.of()),
        arguments(pre, "{}", List.of()),
        arguments(pre, "{\"suppressOutput\":true,\"async\":true}", List.of()),
        arguments(pre, "hello\n", List.of(new HookOutcome.Output("hello"))),
        arguments(HookEvent.SESSION_START, "hello\n", List.of(new HookOutcome.AddContext("hello"))),
        arguments(HookEvent.USER_PROMPT_SUBMIT, " hi ", List.of(new HookOutcome.AddContext("hi"))),
        arguments(
            pre,
            "{\"hookSpecificOutput\":{\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"fine\"}}",
            List.of(new HookOutcome.Approve("fine"))),
        arguments(
            pre,
            "{\"hookSpecificOutput\":{\"permissionDecision\":\"deny\"}}",
            List.of(new HookOutcome.Block("no reason was given"))),
        arguments(
            pre,
            "{\"hookSpecificOutput\":{\"permissionDecision\":\"ask\"}}",
            List.of(new HookOutcome.Ask("a hook wants it"))),
        arguments(
            pre,
            "{\"hookSpecificOutput\":{\"permissionDecision\":\"defer\"}}",
            List.of(new HookOutcome.Ask("a hook leaves it open"))),
        arguments(
            pre,
            "{\"hookSpecificOutput\":{\"updatedInput\":{\"a\":1},\"additionalContext\":\"c\"}}",
            List.of(
                new HookOutcome.AddContext("c"),
                new HookOutcome.Rewrite(Json.object().put("a", 1)))),
        arguments(
            pre,
            "{\"decision\":\"approve\",\"reason\":\"r\"}",
            List.of(new HookOutcome.Approve("r"))),
        arguments(
            pre, "{\"decision\":\"block\",\"reason\":\"r\"}", List.of(new HookOutcome.Block("r"))),
        arguments(
            HookEvent.STOP,
            "{\"decision\":\"block\",\"reason\":\"r\"}",
            List.of(new HookOutcome.Block("r"))),
        arguments(HookEvent.POST_TOOL_USE, "{\"decision\":\"approve\"}", List.of()),
        arguments(
            HookEvent.STOP,
            "{\"continue\":false,\"stopReason\":\"s\",\"systemMessage\":\"m\"}",
            List.of(new HookOutcome.Say("m"), new HookOutcome.Halt("s"))),
        arguments(HookEvent.STOP, "{\"continue\":true}", List.of()),
        arguments(
            HookEvent.PERMISSION_REQUEST,
            "{\"hookSpecificOutput\":{\"decision\":{\"behavior\":\"deny\",\"message\":\"m\",\"interrupt\":true}}}",
            List.of(new HookOutcome.Block("m"), new HookOutcome.Interrupt())),
        arguments(
            HookEvent.PERMISSION_REQUEST,
            "{\"decision\":{\"behavior\":\"allow\"}}",
            List.of(new HookOutcome.Approve(""))),
        arguments(
            HookEvent.PERMISSION_DENIED,
            "{\"hookSpecificOutput\":{\"retry\":true}}",
            List.of(new HookOutcome.Retry())),
        arguments(
            HookEvent.SESSION_START,
            "{\"hookSpecificOutput\":{\"initialUserMessage\":\"i\",\"sessionTitle\":\"t\"}}",
            List.of(new HookOutcome.FirstMessage("i"), new HookOutcome.Title("t"))),
        arguments(
            HookEvent.SESSION_END,
            "{\"decision\":\"block\",\"reason\":\"r\"}",
            List.of(new HookOutcome.Failed("wants to block, which SessionEnd does not know: r"))));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void exitCodeZeroMeansWhatTheOutputSays(HookEvent event, String out, List<HookOutcome> expected) {
    assertThat(printed(event, out)).isEqualTo(expected);
  }

  @Test
  void exitCodeTwoIsABlockWithTheErrorsAsReason() {
    assertThat(
            read(
                HookEvent.PRE_TOOL_USE,
                new HookAnswer.Exited(2, "{\"decision\":\"approve\"}", "no\n")))
        .containsExactly(new HookOutcome.Block("PreToolUse:X hook error: [hook.sh]: no"));
  }

  @Test
  void otherExitCodesAreFailuresWhoseJsonStillCounts() {
    assertThat(
            read(
                HookEvent.PRE_TOOL_USE,
                new HookAnswer.Exited(1, "{\"decision\":\"block\",\"reason\":\"r\"}", "oops")))
        .containsExactly(
            new HookOutcome.Failed("ended with exit code 1: oops"), new HookOutcome.Block("r"));
  }

  @Test
  void ofAStoppedHookOnlyWhatForbidsCounts() {
    assertThat(
            read(
                HookEvent.PRE_TOOL_USE,
                new HookAnswer.Stopped(
                    "was stopped",
                    "{\"continue\":false,\"stopReason\":\"s\",\"hookSpecificOutput\":"
                        + "{\"updatedInput\":{},\"additionalContext\":\"c\"}}")))
        .containsExactly(new HookOutcome.Failed("was stopped"), new HookOutcome.Halt("s"));
  }

  @Test
  void aWebAddressMustAnswerWithAnObjectOrNothing() {
    assertThat(read(HookEvent.STOP, new HookAnswer.Replied(" "))).isEmpty();
    assertThat(read(HookEvent.STOP, new HookAnswer.Replied("[]")))
        .containsExactly(new HookOutcome.Failed("answered with JSON that is no object"));
  }

  @Test
  void noOutputMakesItThrowOrAllow() {
    String whole =
        "{\"continue\":true,\"decision\":\"block\",\"reason\":\"\u00e9\",\"hookSpecificOutput\":"
            + "{\"permissionDecision\":\"deny\",\"updatedInput\":{\"a\":[1,2,{\"b\":null}]}}}";
    Random random = new Random(11);
    for (int cut = 0; cut < whole.length(); cut++) {
      char[] changed = whole.toCharArray();
      changed[random.nextInt(changed.length)] = (char) random.nextInt(256);
      for (String out : List.of(whole.substring(0, cut), new String(changed))) {
        for (HookEvent event : HookEvent.values()) {
          assertThat(printed(event, out)).noneMatch(HookOutcome.Approve.class::isInstance);
        }
      }
    }
  }

  @Test
  void deeplyNestedOutputIsAFailure() {
    assertThat(printed(HookEvent.STOP, "{\"a\":" + "[".repeat(100_000)))
        .singleElement()
        .isInstanceOf(HookOutcome.Failed.class);
  }
}
