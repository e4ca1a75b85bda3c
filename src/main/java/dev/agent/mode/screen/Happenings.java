package dev.agent.mode.screen;

import dev.agent.command.CommandResult;
import dev.agent.command.Panel;
import dev.agent.context.ContextUse;
import dev.agent.loop.AgentEvent;
import dev.agent.message.Usage;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What happens in the session, and what the screen does about it. UI thread only. */
record Happenings(
    Controller controller,
    Launch.World world,
    Desk desk,
    ScreenOptions options,
    FileCompletions files,
    Announcements announcements,
    Aside aside,
    CommandDialogs commands,
    QuestionDialogs questions,
    Errands errands,
    Consumer<Optional<String>> end) {

  /** Takes an event. */
  void accept(InteractiveEvent event) {
    desk.accept(event);
    switch (event) {
      case InteractiveEvent.QuestionAsked(Question question) -> ask(question);
      case InteractiveEvent.QuestionSettled(Question question) -> desk.settled(question);
      case InteractiveEvent.DraftReturned(String text) -> desk.draft(text);
      case InteractiveEvent.SurfaceWanted(String name) -> end.accept(Optional.of(name));
      case InteractiveEvent.Closed _ -> end.accept(Optional.empty());
      case InteractiveEvent.CommandEnded(_, CommandResult result) -> ended(result);
      case InteractiveEvent.SessionOpened(OpenSession session, _) -> opened(session);
      case InteractiveEvent.ShellEnded _ -> files.refresh();
      case InteractiveEvent.TurnEnded _ -> {
        files.refresh();
        controller
            .session()
            .map(it -> it.workplace().place().settings().get())
            .ifPresent(
                settings -> {
                  options.follow(settings);
                  announcements.warnOfTheme(settings);
                });
      }
      default -> {}
    }
    announcements.accept(event, System.nanoTime());
  }

  /** What happened before anybody listened: a session is open, questions wait. */
  void catchUp() {
    controller
        .session()
        .ifPresent(
            session ->
                accept(new InteractiveEvent.SessionOpened(session, InteractiveEvent.Why.RESUMED)));
    // Whatever surface had the session before has told all of that.
    desk.face().skip(desk.firstUnsettled());
    controller.questions().forEach(this::ask);
  }

  private void opened(OpenSession session) {
    desk.composer().refresh();
    announcements.warn(session);
    if (!session.session().conversation().messages().isEmpty()) {
      aside.run(
          () -> contextTokens(session),
          tokens -> desk.facts().estimated(session.session().parts().id(), tokens));
    }
  }

  private static long contextTokens(OpenSession session) {
    return ContextUse.of(
            new ContextUse.Sent(
                session.workplace().systemPrompt().get(),
                session.session().parts().tools(),
                session.workplace().instructions(),
                session.session().conversation()),
            session.model(),
            Usage.ZERO)
        .used();
  }

  private void ask(Question question) {
    List<Question> all = controller.questions();
    int position = 1 + all.indexOf(question);
    desk.ask(
        question,
        questions.of(
            question,
            Math.max(1, position),
            Math.max(1, all.size()),
            world.cwd(),
            world.time().instant()));
  }

  private void ended(CommandResult result) {
    switch (result) {
      case CommandResult.Handled(String message) -> {
        if (!message.isEmpty()) {
          controller.tell(AgentEvent.Level.INFO, message);
        }
      }
      case CommandResult.Show(Panel panel) -> commands.panel(panel);
      case CommandResult.Open(CommandResult.Dialog dialog, Panel instead) ->
          commands.open(dialog, instead, world.time().instant());
      case CommandResult.Copied(String done, _, List<CommandResult.Code> code) -> {
        desk.flash(done);
        commands.code(code);
      }
      case CommandResult.Edit(Path file) -> errands.editFile(file);
      case CommandResult.Exit _ -> controller.exit();
      case CommandResult.Prompt(_, _, _, List<String> notices) ->
          notices.forEach(text -> controller.tell(AgentEvent.Level.WARNING, text));
    }
  }
}
