package dev.agent.mode.interactive;

import dev.agent.mode.SessionHooks.Notification;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the session's hooks when the person is waited for: a question of a turn stands for 6
 * seconds, or nothing was asked for 60 seconds after a turn. Whether the person looks is not known
 * here, and whoever draws the session has notices of its own. Thread-safe; at rest nothing runs.
 */
final class Waiting implements Consumer<InteractiveEvent> {
  /** How long the person may take, as in the public contract. */
  static final Patience PUBLIC = new Patience(Duration.ofSeconds(6), Duration.ofSeconds(60));

  private static final String TITLE = "agent";

  private final Patience patience;
  private final Consumer<Notification> hooks;
  private final Map<Long, Thread> questions = new HashMap<>();
  private boolean worked;
  private @Nullable Thread idle;

  /** How long a question, and the prompt, may wait. */
  record Patience(Duration question, Duration prompt) {}

  /**
   * @param hooks called by a thread of its own
   */
  Waiting(Patience patience, Consumer<Notification> hooks) {
    this.patience = patience;
    this.hooks = hooks;
  }

  @Override
  public synchronized void accept(InteractiveEvent event) {
    switch (event) {
      case InteractiveEvent.QuestionAsked(Question question) -> asked(question);
      case InteractiveEvent.QuestionSettled(Question question) -> {
        Thread waiting = questions.remove(question.id());
        if (waiting != null) {
          waiting.interrupt();
        }
      }
      case InteractiveEvent.TurnEnded _ -> worked = true;
      case InteractiveEvent.AtRest _ -> {
        if (worked) {
          worked = false;
          idle =
              later(
                  patience.prompt(),
                  new Notification("idle_prompt", "Agent is waiting for your input", TITLE));
        }
      }
      case InteractiveEvent.TurnStarted _,
          InteractiveEvent.ShellStarted _,
          InteractiveEvent.AsideStarted _,
          InteractiveEvent.CommandEnded _,
          InteractiveEvent.Closed _ ->
          busy();
      default -> {}
    }
  }

  private void busy() {
    Thread waiting = idle;
    if (waiting != null) {
      waiting.interrupt();
      idle = null;
    }
  }

  private void asked(Question question) {
    String message =
        switch (question) {
          case Question.Permission permission ->
              "Agent needs your permission to use " + permission.request().call().name();
          case Question.Plan _ -> "Agent needs your approval of a plan";
          case Question.Choice _ -> "Agent has a question for you";
          case Question.Circle circle -> "Agent repeats " + circle.toolName() + " and needs you";
          // Before there is a session, nobody's hooks may hear of anything.
          case Question.Trust _, Question.Pick _ -> "";
        };
    if (!message.isEmpty()) {
      questions.put(
          question.id(),
          later(patience.question(), new Notification("permission_prompt", message, TITLE)));
    }
  }

  private Thread later(Duration delay, Notification notification) {
    return Thread.ofVirtual()
        .name("notification")
        .start(
            () -> {
              try {
                Thread.sleep(delay);
              } catch (InterruptedException e) {
                return; // nobody waits any more
              }
              hooks.accept(notification);
            });
  }
}
