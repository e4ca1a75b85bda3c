package dev.agent.mode.screen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Question;
import dev.agent.settings.Settings;
import dev.agent.tui.UiLoop;
import dev.agent.tui.view.WindowTitle;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What is to be seen of a session besides the screen's own text: the window's title, notices for
 * who looks elsewhere, the person's own status line, warnings of all of these. UI thread only.
 */
final class Announcements implements AutoCloseable {
  private final Services services;
  private final Controller controller;
  private final Desk desk;
  private final UiLoop loop;
  private final BooleanSupplier vim;
  private final InstantSource time;
  private final Consumer<String> terminal;
  private final TitleLine title;
  private final Notifier notifier;
  private final StatusFacts facts;
  private final StatusLine status;
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  /**
   * @param vim whether the prompt has vim's keys now
   * @param terminal gets sequences
   */
  Announcements(
      Services services,
      Controller controller,
      Desk desk,
      UiLoop loop,
      BooleanSupplier vim,
      Consumer<String> terminal) {
    this.services = services;
    this.controller = controller;
    this.desk = desk;
    this.loop = loop;
    this.vim = vim;
    this.terminal = terminal;
    this.time = services.time();
    this.title = new TitleLine(services.terminal());
    this.notifier = new Notifier(services.terminal(), services.preferences().notifications());
    this.facts = new StatusFacts(time.instant());
    this.status = services.statusLine(shown -> loop.post(() -> show(shown)));
    services.personal().problems().forEach(this::warn);
    services.personal().themes().problems().forEach(this::warn);
    warnOfTheme(services.settings());
  }

  /** Says that settings name a theme that is none. */
  void warnOfTheme(Settings settings) {
    Preferences.themeProblem(settings, services.personal().themes()).ifPresent(this::warn);
  }

  /** Says something above the composer for as long as the screen lasts, once. */
  void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
      desk.warnings(List.copyOf(warnings));
    }
  }

  /** All that was said so. May be asked by any thread. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Says what is wrong with the set-up of a session. */
  void warn(OpenSession session) {
    session.session().parts().notices().forEach(this::warn);
    session.workplace().hooks().get().stream()
        .flatMap(it -> it.problems().stream())
        .forEach(problem -> warn("hooks: " + problem));
    session.workplace().commands().problems().forEach(this::warn);
  }

  private void show(StatusLine.Shown shown) {
    desk.statusLine(shown.rows());
    shown.fault().ifPresent(this::warn);
  }

  /** The terminal has, or has not, the focus. */
  void focused(boolean gained) {
    notifier.focused(gained);
  }

  /** Takes what happens in the session; the desk has taken it already. */
  void accept(InteractiveEvent event, long now) {
    if (isDelta(event)) {
      return; // two hundred a second, and nothing here depends on them
    }
    facts.accept(event, time.instant());
    switch (event) {
      case InteractiveEvent.TurnStarted _, InteractiveEvent.ShellStarted _ -> notifier.begins(now);
      case InteractiveEvent.TurnEnded _, InteractiveEvent.ShellEnded _ ->
          notifier.ends(desk.facts().task(), now).ifPresent(this::tell);
      case InteractiveEvent.QuestionAsked(Question question) -> notifier.asks(about(question), now);
      case InteractiveEvent.QuestionSettled _ -> {
        if (controller.questions().isEmpty()) {
          notifier.answered();
        }
      }
      default -> {}
    }
    if (changesStatus(event)) {
      status.changed(now);
    }
    titled();
  }

  private static boolean isDelta(InteractiveEvent event) {
    return event instanceof InteractiveEvent.Agent(AgentEvent agent)
        && (agent instanceof AgentEvent.TextDelta || agent instanceof AgentEvent.ThinkingDelta);
  }

  private static boolean changesStatus(InteractiveEvent event) {
    return switch (event) {
      case InteractiveEvent.SessionOpened _,
          InteractiveEvent.TurnStarted _,
          InteractiveEvent.TurnEnded _,
          InteractiveEvent.ModeChanged _,
          InteractiveEvent.ModelChanged _,
          InteractiveEvent.Renamed _,
          InteractiveEvent.CommandEnded _,
          InteractiveEvent.Aside _,
          InteractiveEvent.ShellEnded _ ->
          true;
      case InteractiveEvent.Agent(var inner) ->
          inner instanceof AgentEvent.MessageCompleted || inner instanceof AgentEvent.Compacted;
      default -> false;
    };
  }

  private static String about(Question question) {
    return switch (question) {
      case Question.Permission permission -> permission.request().call().name();
      default -> "";
    };
  }

  private void titled() {
    title.want(
        WindowTitle.of(
            desk.appearance().look(),
            desk.facts().isWorking(),
            desk.facts().task(),
            services.project()),
        !controller.questions().isEmpty()
            ? TitleLine.Progress.ASKING
            : desk.facts().isWorking() ? TitleLine.Progress.WORKING : TitleLine.Progress.REST);
  }

  /** Something that the status line may show is different: the theme, or vim's mode. */
  void changed(long now) {
    status.changed(now);
  }

  /** When {@link #tick} has something to do. */
  long due(long now) {
    return Math.min(title.due(now), Math.min(notifier.due(), status.due()));
  }

  /** Does what is due. */
  void tick(long now) {
    title.take(now).ifPresent(terminal);
    notifier.take(now).ifPresent(this::tell);
    if (status.due() <= now) {
      Optional<OpenSession> open = controller.session();
      Optional<StatusLine.Command> command =
          open.flatMap(_ -> Preferences.statusLine(services.settings()));
      status.take(
          command,
          command.isEmpty() ? Json.object() : json(open.orElseThrow()),
          services.cwd(),
          desk.appearance().theme(),
          now);
    }
  }

  private ObjectNode json(OpenSession open) {
    Optional<String> mode =
        vim.getAsBoolean()
            ? Optional.of(desk.composer().commands() ? "NORMAL" : "INSERT")
            : Optional.empty();
    return facts.json(StatusFacts.Session.of(open), mode, time.instant());
  }

  private void tell(Notifier.Notice notice) {
    switch (notice) {
      case Notifier.Notice.Sequence(String bytes) -> terminal.accept(bytes);
      case Notifier.Notice.Command(String text) ->
          services.notifyBy(text, fault -> loop.post(() -> warn(fault)));
    }
  }

  /** What the terminal must be told before somebody else has it. */
  String give() {
    return title.give();
  }

  /** The terminal is ours again and knows nothing any more. */
  void resumed() {
    title.forget();
  }

  @Override
  public void close() {
    status.close();
  }
}
