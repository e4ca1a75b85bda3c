package dev.agent.mode.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.SessionHooks.Notification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hooks hear that the person is waited for. */
@Timeout(20)
final class WaitingTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Question PLAN = new Question.Plan(1, "the plan");

  private final BlockingQueue<Notification> told = new LinkedBlockingQueue<>();

  private Waiting waiting(Duration question, Duration prompt) {
    return new Waiting(new Waiting.Patience(question, prompt), told::add);
  }

  private static InteractiveEvent ended() {
    return new InteractiveEvent.TurnEnded(null);
  }

  @Test
  void aQuestionThatStandsIsTold() throws Exception {
    waiting(SOON, NEVER).accept(new InteractiveEvent.QuestionAsked(PLAN));
    assertThat(told.take())
        .isEqualTo(
            new Notification("permission_prompt", "Agent needs your approval of a plan", "agent"));
  }

  @Test
  void theAgentAtRestAfterATurnIsToldOnce() throws Exception {
    Waiting waiting = waiting(NEVER, SOON);
    waiting.accept(ended());
    waiting.accept(new InteractiveEvent.AtRest());
    assertThat(told.take().type()).isEqualTo("idle_prompt");
    waiting.accept(new InteractiveEvent.AtRest());
    waiting.accept(new InteractiveEvent.QuestionAsked(PLAN));
    assertThat(told).isEmpty();
  }

  @Test
  void anAnsweredQuestionAndANewPromptAreNotTold() throws Exception {
    Waiting waiting = waiting(Duration.ofMillis(200), Duration.ofMillis(200));
    waiting.accept(new InteractiveEvent.QuestionAsked(PLAN));
    waiting.accept(new InteractiveEvent.QuestionSettled(PLAN));
    waiting.accept(ended());
    waiting.accept(new InteractiveEvent.AtRest());
    waiting.accept(new InteractiveEvent.TurnStarted(List.of()));
    // One that comes behind both is the first that is heard.
    Question later = new Question.Circle(2, "Bash");
    waiting.accept(new InteractiveEvent.QuestionAsked(later));
    assertThat(told.take().message()).isEqualTo("Agent repeats Bash and needs you");
    assertThat(told).isEmpty();
  }

  @Test
  void beforeThereIsASessionNothingIsTold() throws Exception {
    Waiting waiting = waiting(SOON, SOON);
    waiting.accept(new InteractiveEvent.QuestionAsked(new Question.Trust(1, null, List.of())));
    waiting.accept(new InteractiveEvent.AtRest());
    waiting.accept(new InteractiveEvent.QuestionAsked(new Question.Circle(2, "Bash")));
    assertThat(told.take().message()).contains("Bash");
    assertThat(told).isEmpty();
  }
}
