package dev.agent.mode.interactive;

import dev.agent.command.CommandResult;
import dev.agent.context.Compaction;
import dev.agent.context.MemoryFiles;
import dev.agent.context.PromptExpander;
import dev.agent.context.ShellExchange;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.mode.SessionHooks;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.session.SessionInfo;
import dev.agent.tool.Display;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is done with the session, each to its end. Owned by the worker's thread. */
final class SessionWork {
  private final Worker worker;
  private final SessionHost host;
  private final Controller controller;
  private final Interaction interaction;
  private final Questions questions;
  private final InputQueue queue;
  private final TurnTally tally;
  private final AtomicBoolean planKnown = new AtomicBoolean();

  SessionWork(
      Worker worker,
      SessionHost host,
      Controller controller,
      Interaction interaction,
      Questions questions,
      InputQueue queue,
      TurnTally tally) {
    this.worker = worker;
    this.host = host;
    this.controller = controller;
    this.interaction = interaction;
    this.questions = questions;
    this.queue = queue;
    this.tally = tally;
  }

  /** Another session: its model knows of no plan mode yet. */
  void begins() {
    planKnown.set(false);
  }

  /** Plan mode was left in words that the model has read. May be called by any thread. */
  void planIsKnownToBe(boolean on) {
    planKnown.set(on);
  }

  /**
   * Runs a turn to its end.
   *
   * @param inputs what people see of its prompt
   * @param content what the model is sent
   * @param scope what holds for this turn alone
   */
  void turn(
      List<UserInput> inputs,
      Content content,
      CommandResult.Scope scope,
      Cancellation cancellation) {
    tally.reset();
    controller.publish(new InteractiveEvent.TurnStarted(inputs));
    Outcome outcome = new Outcome.Interrupted(Outcome.Phase.STREAMING);
    OpenSession current = worker.current();
    ModelInfo before = current.model();
    try (var _ = current.workplace().policy().allowing(scope.allowed())) {
      List<ContentBlock> blocks = new ArrayList<>(modeReminder());
      blocks.addAll(content.blocks());
      if (!scope.model().isEmpty()) {
        current.useModel(scope.model());
      }
      outcome = current.session().prompt(blocks, cancellation).outcome();
    } catch (InterruptedException e) {
      // Nothing was sent; the turn ends as an interrupted one.
    } finally {
      if (!scope.model().isEmpty()) {
        current.useModel(before.id());
      }
      controller.publish(new InteractiveEvent.TurnEnded(tally.summary(outcome)));
    }
  }

  /** Asks once more for an answer that failed; nothing where none is missing. */
  void again(Cancellation cancellation) {
    if (!worker.current().session().awaitsAnswer()) {
      return;
    }
    tally.reset();
    controller.publish(new InteractiveEvent.TurnStarted(List.of()));
    Outcome outcome = new Outcome.Interrupted(Outcome.Phase.STREAMING);
    try {
      outcome = worker.current().session().again(cancellation).outcome();
    } finally {
      controller.publish(new InteractiveEvent.TurnEnded(tally.summary(outcome)));
    }
  }

  /** Makes the blocks of a prompt: reads the files that it names. */
  interface Content {
    List<ContentBlock> blocks() throws InterruptedException;
  }

  List<ContentBlock> expanded(List<UserInput> inputs, Cancellation cancellation)
      throws InterruptedException {
    List<ContentBlock> blocks = new ArrayList<>();
    for (UserInput input : inputs) {
      blocks.addAll(input.attachments());
      PromptExpander.Expanded expanded =
          worker.current().workplace().prompts().expand(input.text(), cancellation);
      blocks.addAll(expanded.content());
      expanded.problems().forEach(text -> controller.tell(AgentEvent.Level.WARNING, text));
    }
    return blocks;
  }

  /** What the model has to know of plan mode, unless it does already. */
  private List<ContentBlock> modeReminder() {
    boolean on = worker.open().map(it -> it.mode().get() == Mode.PLAN).orElse(false);
    return planKnown.getAndSet(on) == on
        ? List.of()
        : MessageJson.text(PromptTexts.reminder(on ? "plan-on" : "plan-off"));
  }

  /** What was said since the last step; called by the loop on this thread. */
  List<ContentBlock> steering() {
    List<ContentBlock> blocks = new ArrayList<>(modeReminder());
    List<UserInput> inputs = queue.takeSteering();
    if (!inputs.isEmpty()) {
      controller.queueChanged();
      controller.publish(new InteractiveEvent.Steered(inputs));
      blocks.addAll(MessageJson.text(PromptTexts.reminder("steered")));
      try {
        blocks.addAll(expanded(inputs, worker.turn()));
      } catch (InterruptedException e) {
        // The words themselves must not get lost; the loop looks at the interruption next.
        inputs.forEach(input -> blocks.addAll(MessageJson.text(input.text())));
        Thread.currentThread().interrupt();
      }
    }
    return blocks;
  }

  void shell(String command, boolean isPrivate, Cancellation cancellation) {
    controller.publish(new InteractiveEvent.ShellStarted(command, isPrivate));
    ToolResult result;
    try {
      result =
          worker
              .current()
              .command(
                  command,
                  cancellation,
                  text -> controller.publish(new InteractiveEvent.ShellOutput(text)));
    } catch (InterruptedException e) {
      result =
          new ToolResult(
              List.of(), new Display.Command("Interrupted by the user.", -1, false, ""), true);
    }
    controller.publish(new InteractiveEvent.ShellEnded(command, result));
    // What was not run at all is no news for the model.
    if (!isPrivate
        && result.forPerson() instanceof Display.Command(String output, int code, _, _)) {
      worker
          .current()
          .session()
          .addContext(List.of(new ShellExchange(command, output, code).block()));
    }
  }

  void remember(String note, MemoryFiles.Target target) {
    worker.current().remember(note, target);
    worker
        .current()
        .session()
        .addContext(
            MessageJson.text(
                "<system-reminder>\nThe user added this to "
                    + target.file()
                    + ", for this and later sessions:\n"
                    + note.replace("system-reminder>", "system-reminder\\>")
                    + "\n</system-reminder>"));
    controller.publish(new InteractiveEvent.Remembered(note, target.file()));
  }

  Optional<SessionInfo> pick() throws InterruptedException {
    List<SessionInfo> sessions =
        host.sessions().stream().filter(session -> session.turns() != 0).toList();
    if (sessions.isEmpty()) {
      throw new UserError(
          "There is no session to go on with in this directory.",
          "Begin one without --resume, or list all with: agent sessions --all");
    }
    return questions.ask(id -> new Question.Pick(id, sessions), worker.turn())
            instanceof Reply.Picked(SessionInfo session)
        ? Optional.of(session)
        : Optional.empty();
  }

  /** Opens another session; the present one stays open when that fails. */
  void change(Optional<String> id, InteractiveEvent.Why why) {
    OpenSession before = worker.current();
    OpenSession after =
        host.open(
            before
                .launch()
                .forSession(id, before.model().id(), before.effort(), before.mode().get().wire()),
            interaction,
            why == InteractiveEvent.Why.CLEARED);
    before.close(why == InteractiveEvent.Why.CLEARED ? "clear" : "resume");
    worker.show(after, why);
  }

  /**
   * @param id its id, the beginning of it, its title or its file; blank = the person chooses
   */
  void resume(String id) {
    try {
      Optional<String> wanted =
          id.isBlank() ? pick().map(SessionInfo::id) : Optional.of(id.strip());
      if (wanted.filter(this::isOpen).isPresent()) {
        throw new UserError("This session is open already.", "Choose another one.");
      }
      if (wanted.isPresent()) {
        change(wanted, InteractiveEvent.Why.RESUMED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOpen(String id) {
    String own = worker.current().session().parts().id();
    return id.equals(own)
        || worker
            .current()
            .workplace()
            .journal()
            .map(Path::toString)
            .filter(id::equals)
            .isPresent();
  }

  /** Makes the conversation shorter; empty when it is short enough. */
  Optional<Compaction> compacted(String focus, Cancellation cancellation)
      throws InterruptedException {
    SessionHooks hooks = worker.current().session().parts().hooks();
    Optional<String> objection = hooks.beforeCompaction("manual", focus, cancellation);
    if (objection.isPresent()) {
      throw new UserError(
          "A PreCompact hook keeps the conversation as it is: " + objection.get(), "");
    }
    Optional<Compaction> done = worker.current().compact(focus, cancellation);
    if (done.isPresent()) {
      Compaction it = done.get();
      worker
          .current()
          .session()
          .parts()
          .events()
          .accept(
              new AgentEvent.Compacted(
                  it.conversation(), it.summary(), "manual", it.tokensBefore(), it.tokensAfter()));
      worker.current().session().goOnFrom(it.conversation());
      hooks.afterCompaction("manual", it.summary());
      controller.publish(
          new InteractiveEvent.SessionOpened(worker.current(), InteractiveEvent.Why.COMPACTED));
    }
    return done;
  }

  /** Takes the session back; what was done, one sentence each. */
  List<String> rewind(RewindPoint point, RewindPoint.Scope scope) {
    List<String> done = worker.current().rewind(point, scope);
    if (scope != RewindPoint.Scope.FILES) {
      planKnown.set(false);
      controller.publish(
          new InteractiveEvent.SessionOpened(worker.current(), InteractiveEvent.Why.REWOUND));
      controller.publish(new InteractiveEvent.DraftReturned(point.text()));
    }
    return done;
  }

  /** Opens the session anew with a further directory; its commands in the background end. */
  void addDirectory(Path directory) {
    OpenSession before = worker.current();
    boolean begun = !worker.current().session().conversation().messages().isEmpty();
    if (begun && !before.launch().persist()) {
      throw new UserError(
          "A session that is not kept can't take a further directory once it has begun.",
          "Start with --add-dir " + directory + ".");
    }
    Optional<String> id =
        begun ? Optional.of(worker.current().session().parts().id()) : Optional.empty();
    Launch narrow =
        before
            .launch()
            .forSession(id, before.model().id(), before.effort(), before.mode().get().wire());
    Launch wider = narrow.withDirectory(directory);
    before.close(); // it can't be open twice
    OpenSession after;
    try {
      after = host.open(wider, interaction, false);
    } catch (UserError e) {
      worker.show(host.open(narrow, interaction, false), InteractiveEvent.Why.RESUMED);
      throw e;
    }
    worker.show(after, InteractiveEvent.Why.RESUMED);
  }
}
