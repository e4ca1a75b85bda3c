package dev.agent.mode.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue's order, and what Ctrl+C means. */
class SmallPartsTest {
  private static Queued message(String text, Queued.Priority priority) {
    return new Queued.Message(UserInput.of(text), priority);
  }

  private static Queued operation() {
    return new Queued.Operation("/clear", () -> {}, Queued.Priority.NEXT);
  }

  @Test
  void theUrgentGoesFirstAndAmongEqualsTheOlder() {
    InputQueue queue = new InputQueue();
    queue.add(message("later", Queued.Priority.LATER));
    queue.add(message("next 1", Queued.Priority.NEXT));
    queue.add(message("next 2", Queued.Priority.NEXT));
    queue.add(message("now", Queued.Priority.NOW));
    assertThat(queue.all().stream().map(Queued::shown))
        .containsExactly("now", "next 1", "next 2", "later");
  }

  @Test
  void steeringTakesTheMessagesInFrontOfWhateverHasToWait() {
    InputQueue queue = new InputQueue();
    queue.add(message("a", Queued.Priority.NEXT));
    queue.add(operation());
    queue.add(message("b", Queued.Priority.NEXT));
    assertThat(queue.takeSteering()).containsExactly(UserInput.of("a"));
    assertThat(queue.takeSteering()).isEmpty();
    assertThat(queue.all().stream().map(Queued::shown)).containsExactly("/clear", "b");
  }

  @Test
  void whatWasWrittenIsTakenBackAndOperationsStay() {
    InputQueue queue = new InputQueue();
    queue.add(message("a", Queued.Priority.LATER));
    queue.add(operation());
    queue.add(new Queued.Shell("ls", false, Queued.Priority.NEXT));
    List<Queued> back = queue.takeBack();
    assertThat(back.stream().map(Queued::shown)).containsExactly("!ls", "a");
    assertThat(queue.all().stream().map(Queued::shown)).containsExactly("/clear");
  }

  @Test
  void ctrlCDropsTheDraftThenInterruptsThenLeaves() {
    FakeClock clock = new FakeClock();
    ExitKeys keys = new ExitKeys(clock);
    assertThat(keys.pressed(true, true)).isEqualTo(ExitKeys.Meaning.DROP_DRAFT);
    clock.advance(Duration.ofMillis(500));
    assertThat(keys.pressed(false, true)).isEqualTo(ExitKeys.Meaning.INTERRUPT);
    clock.advance(ExitKeys.WINDOW);
    assertThat(keys.pressed(false, false)).isEqualTo(ExitKeys.Meaning.WARN);
    clock.advance(Duration.ofMillis(500));
    assertThat(keys.pressed(false, false)).isEqualTo(ExitKeys.Meaning.EXIT);
  }

  @Test
  void twiceLeavesWhereNothingGoesOn() {
    ExitKeys keys = new ExitKeys(new FakeClock());
    assertThat(keys.pressed(true, false)).isEqualTo(ExitKeys.Meaning.DROP_DRAFT);
    assertThat(keys.pressed(false, false)).isEqualTo(ExitKeys.Meaning.EXIT);
  }
}
