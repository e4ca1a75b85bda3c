package dev.agent.mode.screen;

import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.Usage;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Queued;
import dev.agent.mode.interactive.TurnSummary;
import dev.agent.mode.interactive.UserInput;
import dev.agent.model.Ledger;
import dev.agent.permission.Mode;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.edit.Completion;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.InputMode;
import dev.agent.tui.input.Action;
import dev.agent.tui.view.Footer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of the session besides its transcript: for the footer and the title. */
final class Facts {
  /** In nanoseconds. */
  private static final long COUNTS_FOR = 200_000_000;

  private static final int MAX_DRAFT = 30;

  private Optional<OpenSession> session = Optional.empty();
  private List<Queued> queue = List.of();
  private boolean working;
  private boolean failed;
  private long contextTokens;
  private String task = "";
  private final String modelBefore;
  private Optional<Counted> counted = Optional.empty();

  /** What has to be counted, and when it was, by {@link System#nanoTime}. */
  private record Counted(long at, Optional<BigDecimal> cost, int shells) {}

  /** What stands around the composer. */
  enum Around {
    NOTHING,
    HELP,
    DIALOG
  }

  /**
   * @param model named until a session is open
   */
  Facts(String model) {
    this.modelBefore = model;
  }

  /** Takes what concerns it of an event. */
  void accept(InteractiveEvent event) {
    if (!isDelta(event)) {
      counted = Optional.empty();
    }
    switch (event) {
      case InteractiveEvent.SessionOpened(OpenSession opened, var why) -> {
        session = Optional.of(opened);
        failed = false;
        if (why != InteractiveEvent.Why.COMPACTED) {
          contextTokens = 0;
          task = opened.title();
        }
      }
      case InteractiveEvent.TurnStarted(List<UserInput> inputs) -> {
        working = true;
        failed = false;
        if (task.isEmpty() && !inputs.isEmpty()) {
          task = inputs.getFirst().text();
        }
      }
      case InteractiveEvent.ShellStarted _, InteractiveEvent.AsideStarted _ -> working = true;
      case InteractiveEvent.TurnEnded(TurnSummary summary) -> {
        working = false;
        failed = summary.outcome() instanceof Outcome.ModelFailed;
      }
      case InteractiveEvent.ShellEnded _, InteractiveEvent.AsideEnded _ -> working = false;
      case InteractiveEvent.QueueChanged(List<Queued> now) -> queue = now;
      case InteractiveEvent.Renamed(String title) -> task = title;
      case InteractiveEvent.Agent(AgentEvent.MessageCompleted(var reply, _)) ->
          contextTokens = tokens(reply.usage());
      case InteractiveEvent.Agent(AgentEvent.Compacted compacted) ->
          contextTokens = compacted.tokensAfter();
      default -> {}
    }
  }

  /** What a conversation that goes on takes, until the service has counted it. */
  void estimated(String sessionId, long tokens) {
    boolean isOpen = session.filter(it -> it.session().parts().id().equals(sessionId)).isPresent();
    if (contextTokens == 0 && isOpen) {
      contextTokens = tokens;
    }
  }

  private static long tokens(Usage usage) {
    return usage.totalInputTokens() + usage.outputTokens();
  }

  private static boolean isDelta(InteractiveEvent event) {
    return event instanceof InteractiveEvent.Agent(AgentEvent agent)
        && (agent instanceof AgentEvent.TextDelta || agent instanceof AgentEvent.ThinkingDelta);
  }

  /** The session that is open; empty while it is being opened. */
  Optional<OpenSession> session() {
    return session;
  }

  /** Whether a turn or a command of the person's runs. */
  boolean isWorking() {
    return working;
  }

  /** Whether the latest turn ended because the service failed, and can be tried again. */
  boolean canRetry() {
    return failed && !working;
  }

  /** What is worked on. */
  String task() {
    return task;
  }

  /** Whether something waits that was written. */
  boolean hasQueued() {
    return queue.stream().anyMatch(it -> !(it instanceof Queued.Operation));
  }

  /** What waits, as text. */
  List<String> queued() {
    return queue.isEmpty() ? List.of() : queue.stream().map(Queued::shown).toList();
  }

  /**
   * The last row.
   *
   * @param around what else is on the screen: who has the keys says what they do
   */
  Footer footer(Composer composer, Around around, String flash, boolean scrollMouse, long nanos) {
    Optional<Integer> percent =
        session
            .filter(_ -> contextTokens >= 0)
            .map(it -> (int) (100 * contextTokens / Math.max(1, it.model().contextWindow())));
    Counted now = counted(nanos);
    return new Footer(
        switch (around) {
          case NOTHING -> hints(composer, scrollMouse, nanos);
          case HELP -> List.of(new Footer.Hint("any key closes the list", "any key closes"));
          case DIALOG -> draft(composer);
        },
        flash,
        session.map(it -> it.model().id()).orElse(modelBefore),
        percent.map(it -> Math.min(100, it)),
        Optional.empty(),
        now.cost,
        session.map(it -> it.mode().get()).orElse(Mode.DEFAULT),
        composer.vimLabel(),
        now.shells);
  }

  /** Keys don't change it: while nothing happens it is counted five times a second at most. */
  private Counted counted(long nanos) {
    if (counted.isEmpty() || nanos - counted.get().at >= COUNTS_FOR) {
      counted =
          Optional.of(
              session
                  .map(it -> new Counted(nanos, cost(it), it.backgroundShells()))
                  .orElseGet(() -> new Counted(nanos, Optional.of(BigDecimal.ZERO), 0)));
    }
    return counted.get();
  }

  private static Optional<BigDecimal> cost(OpenSession session) {
    Ledger ledger = session.session().parts().ledger();
    return ledger.isPriced() ? Optional.of(ledger.cost()) : Optional.empty();
  }

  /** What was being written when a dialog came; it says itself what its keys do. */
  private static List<Footer.Hint> draft(Composer composer) {
    String first = composer.draft().text().strip().lines().findFirst().orElse("");
    return first.isEmpty()
        ? List.of()
        : List.of(
            new Footer.Hint("draft: " + Cells.cut(Cells.visible(first), MAX_DRAFT), "draft kept"));
  }

  private static List<Footer.Hint> choosing(Completion menu) {
    String keys = menu.commands() ? "tab complete · enter run" : "tab complete";
    return List.of(
        Footer.Hint.of((menu.selected() + 1) + " of " + menu.total()),
        new Footer.Hint(keys, "tab complete"));
  }

  private List<Footer.Hint> hints(Composer composer, boolean scrollMouse, long now) {
    Optional<Action> armed = composer.armed(now);
    if (armed.isPresent()) {
      return List.of(Footer.Hint.of(again(armed.get(), composer)));
    }
    if (composer.completion().isPresent()) {
      return choosing(composer.completion().get());
    }
    if (composer.search().isPresent()) {
      return List.of(
          new Footer.Hint("enter use · tab edit · ctrl+r older", "enter use"),
          Footer.Hint.of("esc back"));
    }
    List<Footer.Hint> hints = new ArrayList<>();
    if (composer.mode() == InputMode.SHELL) {
      hints.add(
          composer.draft().passage().text().startsWith("!")
              ? new Footer.Hint("shell mode: the model is not told", "private")
              : new Footer.Hint("shell mode: runs without the model", "shell mode"));
    } else if (composer.mode() == InputMode.MEMORY) {
      hints.add(new Footer.Hint("adds to memory", "to memory"));
    }
    if (working) {
      hints.add(Footer.Hint.of("esc interrupt"));
      if (hasQueued() && composer.draft().isBlank()) {
        hints.add(Footer.Hint.of("↑ edit queued"));
      }
    }
    int lines = lines(composer.state().passage().text());
    if (lines > 1) {
      hints.add(Footer.Hint.of(lines + " lines"));
      hints.add(Footer.Hint.of("ctrl+g editor"));
    }
    if (composer.stashed() > 0) {
      hints.add(new Footer.Hint("ctrl+s takes the draft back", "ctrl+s draft"));
    }
    if (hints.isEmpty()) {
      hints.add(new Footer.Hint("? shortcuts", "? help"));
      if (scrollMouse) {
        hints.add(Footer.Hint.of("shift+drag selects"));
      }
    }
    return hints;
  }

  private static int lines(String text) {
    int lines = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      lines++;
    }
    return lines;
  }

  private static String again(Action action, Composer composer) {
    return switch (action) {
      case INTERRUPT -> "ctrl+c again to exit";
      case DELETE_FORWARD_OR_EXIT -> "ctrl+d again to exit";
      default -> composer.draft().isBlank() ? "esc again to go back" : "esc again to clear";
    };
  }
}
