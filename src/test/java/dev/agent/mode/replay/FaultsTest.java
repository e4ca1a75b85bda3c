package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static Exchange exchange(int number) {
    return new Exchange(number, 0, Map.of(), Json.object().put("model", "m"), 0);
  }

  /** Truth: message number n says so; asked for once per delivered answer. */
  private static final class Truth implements java.util.function.Function<Exchange, Reply> {
    private int given;

    @Override
    public Reply apply(Exchange exchange) {
      return Reply.of(
          Reply.textBlock("answer " + ++given),
          Reply.toolUse("toolu_" + given, "Read", Json.object().put("file", "f" + given)));
    }
  }

  private static List<String> play(Faults.Profile profile, int requests) {
    Faults faults = new Faults(new Truth(), profile);
    List<String> replies = new ArrayList<>();
    for (int i = 1; i <= requests; i++) {
      replies.add(describe(faults.apply(exchange(i))));
    }
    return replies;
  }

  private static String describe(Reply reply) {
    return switch (reply) {
      case Reply.Message message ->
          message.fault().equals(Reply.NO_FAULT)
              ? message.blocks().getFirst().path("text").asText()
              : message.fault().toString();
      case Reply.Failure failure -> String.valueOf(failure.status());
      case Reply.Recorded _ -> "recorded";
    };
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(play(Faults.Profile.even(7, 0.5), 500))
        .isEqualTo(play(Faults.Profile.even(7, 0.5), 500))
        .isNotEqualTo(play(Faults.Profile.even(8, 0.5), 500));
  }

  @Test
  void noAnswerIsLostOrDoubledHoweverOftenItBreaks() {
    for (long seed = 0; seed < 200; seed++) {
      List<String> whole =
          play(Faults.Profile.even(seed, 0.8), 300).stream()
              .filter(each -> each.startsWith("answer"))
              .toList();

      assertThat(whole).hasSizeGreaterThan(20);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(whole.get(i)).isEqualTo("answer " + (i + 1));
      }
    }
  }

  @Test
  void neverMoreThanFourInARow() {
    int inARow = 0;
    for (String each : play(Faults.Profile.even(1, 1.0), 1_000)) {
      inARow = each.startsWith("answer") ? 0 : inARow + 1;
      assertThat(inARow).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void anEvenProfilePlaysEveryKind() {
    Set<String> seen = new java.util.HashSet<>();
    for (String each : play(Faults.Profile.even(3, 0.7), 500)) {
      seen.add(each.replaceAll("\\[.*| .*", ""));
    }

    assertThat(seen)
        .containsExactlyInAnyOrder(
            "answer", "429", "529", "500", "Drop", "Reset", "Stall", "Malformed", "ErrorEvent");
  }

  /** A broken answer must never look like a whole one: no call is complete before the fault. */
  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void aFaultComesBeforeAnythingIsComplete(Faults.Kind kind) {
    for (long seed = 0; seed < 300; seed++) {
      Faults faults = new Faults(new Truth(), new Faults.Profile(seed, Map.of(kind, 1.0)));
      if (faults.apply(exchange(1)) instanceof Reply.Message message) {
        assertThat(at(message.fault())).isLessThan(SseMessage.eventsBeforeFirstCallEnds(message));
      }
    }
  }

  private static int at(Reply.Fault fault) {
    return switch (fault) {
      case Reply.Fault.Drop(int at) -> at;
      case Reply.Fault.Reset(int at) -> at;
      case Reply.Fault.Stall(int at, _) -> at;
      case Reply.Fault.Malformed(int at) -> at;
      case Reply.Fault.ErrorEvent(int at, _) -> at;
      case Reply.Fault.None _, Reply.Fault.DropBytes _, Reply.Fault.Duplicate _ ->
          throw new AssertionError(fault);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"7|8", "-3:0|8", "7:1|8", "7:429=0.1|1", "7:429=0.1,drop=0.2,error=0.7|3"})
  void profilesAreUnderstood(String text, int kinds) {
    assertThat(Faults.Profile.parse(text).shares()).hasSize(kinds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1.5",
        "7:",
        "7:2",
        "7:-1",
        "7:NaN",
        "7:fire=1",
        "7:429=",
        "7:429=0.1,",
        "7:429=0.1,429=0.1",
        "7:429=0.6,drop=0.6",
        "7:=1"
      })
  void badProfilesAreNamed(String text) {
    assertThatThrownBy(() -> Faults.Profile.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--faults: \"" + text + "\" is not valid: ");
  }

  @Test
  void onlyTheKindsOfTheProfileArePlayed() {
    Set<Faults.Kind> asked = EnumSet.of(Faults.Kind.OVERLOADED);
    List<String> replies = play(new Faults.Profile(1, Map.of(asked.iterator().next(), 0.5)), 200);

    assertThat(Set.copyOf(replies.stream().filter(r -> !r.startsWith("answer")).toList()))
        .containsExactly("529");
  }
}
