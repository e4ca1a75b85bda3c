package dev.agent.mode.interactive;

import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.loop.Step;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.MessageJson;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.session.SessionInfo;
import dev.agent.settings.Contribution;
import dev.agent.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The thread that owns the session: takes what is queued, one after another, until the end. Its
 * public methods may be called by any thread, the others belong to its own.
 */
final class Worker {
  private final SessionHost host;
  private final Launch launch;
  private final Controller controller;
  private final Interaction interaction;
  private final Questions questions;
  private final InputQueue queue;
  private final Cancellation life;
  private final TurnTally tally = new TurnTally();
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean planKnown = new AtomicBoolean();
  private final Object lock = new Object();
  // Guarded by the lock:
  private boolean working = true;
  private boolean ending;
  private @Nullable Cancellation running;

  private volatile @Nullable OpenSession open;
  private volatile @Nullable UserError failure;

  Worker(
      SessionHost host,
      Launch launch,
      Controller controller,
      Interaction interaction,
      Questions questions,
      InputQueue queue,
      Cancellation life) {
    this.host = host;
    this.launch = launch;
    this.controller = controller;
    this.interaction = interaction;
    this.questions = questions;
    this.queue = queue;
    this.life = life;
    this.thread = Thread.ofVirtual().name("session").unstarted(this::work);
  }

  void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  void wake() {
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  /** Ends after what goes on now, which the cancellation of all life stops. */
  void end() {
    synchronized (lock) {
      ending = true;
      lock.notifyAll();
    }
  }

  void join() {
    boolean interrupted = false;
    while (started.get() && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isWorking() {
    synchronized (lock) {
      return working;
    }
  }

  void interrupt() {
    Cancellation current;
    synchronized (lock) {
      current = running;
    }
    if (current != null) {
      current.cancel(Cancellation.Reason.INTERRUPTED);
    }
  }

  /** Of what runs now. */
  Cancellation turn() {
    synchronized (lock) {
      return running == null ? life : running;
    }
  }

  Optional<OpenSession> open() {
    return Optional.ofNullable(open);
  }

  Optional<UserError> failure() {
    return Optional.ofNullable(failure);
  }

  void planIsKnownToBe(boolean on) {
    planKnown.set(on);
  }

  private void work() {
    try {
      if (begin()) {
        for (Optional<Queued> item = next(); item.isPresent(); item = next()) {
          take(item.get());
        }
      }
    } catch (UserError e) {
      failure = e;
    } finally {
      try {
        open().ifPresent(OpenSession::close);
      } finally {
        controller.publish(new InteractiveEvent.Closed());
      }
    }
  }

  /** Trust, then the session; false when the person wants neither. */
  private boolean begin() {
    try {
      List<Contribution> wanted = host.unapproved();
      if (!wanted.isEmpty()) {
        switch (questions.ask(id -> new Question.Trust(id, host.root(), wanted), life)) {
          case Reply.Yes() -> host.trust(wanted);
          case Reply.Cancel() -> {
            return false;
          }
          default -> {}
        }
      }
      Optional<Launch> chosen = chosen();
      if (chosen.isEmpty()) {
        return false;
      }
      boolean goesOn = chosen.get().resume().isPresent() || chosen.get().continueLatest();
      show(
          host.open(chosen.get(), interaction),
          goesOn ? InteractiveEvent.Why.RESUMED : InteractiveEvent.Why.START);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** The launch with a session where the person has to choose one. */
  private Optional<Launch> chosen() throws InterruptedException {
    if (launch.resume().filter(String::isBlank).isEmpty()) {
      return Optional.of(launch);
    }
    return pick().map(session -> launch.resuming(session.id()));
  }

  private Optional<SessionInfo> pick() throws InterruptedException {
    List<SessionInfo> sessions =
        host.sessions().stream().filter(session -> session.turns() != 0).toList();
    if (sessions.isEmpty()) {
      throw new UserError(
          "There is no session to go on with in this directory.",
          "Begin one without --resume, or list all with: agent sessions --all");
    }
    return questions.ask(id -> new Question.Pick(id, sessions), life)
            instanceof Reply.Picked(SessionInfo session)
        ? Optional.of(session)
        : Optional.empty();
  }

  private void show(OpenSession session, InteractiveEvent.Why why) {
    open = session;
    planKnown.set(false);
    session
        .session()
        .parts()
        .events()
        .listen(
            event -> {
              tally.hear(event);
              controller.publish(new InteractiveEvent.Agent(event));
            });
    controller.publish(new InteractiveEvent.SessionOpened(session, why));
    session
        .session()
        .parts()
        .notices()
        .forEach(notice -> controller.tell(AgentEvent.Level.WARNING, notice));
  }

  private Optional<Queued> next() {
    synchronized (lock) {
      working = false;
      running = null;
      while (queue.isEmpty() && !ending) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          ending = true;
        }
      }
      if (ending) {
        return Optional.empty();
      }
      working = true;
      running = life.child();
      return queue.take();
    }
  }

  private void take(Queued item) {
    Cancellation cancellation = turn();
    try {
      switch (item) {
        case Queued.Message(UserInput input, Queued.Priority priority) -> {
          List<UserInput> inputs = new ArrayList<>(List.of(input));
          if (priority != Queued.Priority.LATER) {
            inputs.addAll(queue.takeSteering());
          }
          controller.queueChanged();
          turn(inputs, cancellation);
        }
        case Queued.Shell(String command, _) -> {
          controller.queueChanged();
          shell(command, cancellation);
        }
        case Queued.Operation(_, Runnable action, _) -> {
          controller.queueChanged();
          action.run();
        }
      }
    } catch (UserError e) {
      controller.tell(AgentEvent.Level.ERROR, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      controller.tell(
          AgentEvent.Level.ERROR,
          "A fault of the agent itself: "
              + e
              + ". The session goes on; what was said so far is kept.");
    } finally {
      cancellation.detach();
      boolean _ = Thread.interrupted(); // belongs to what was stopped just now
    }
  }

  private AgentSession session() {
    OpenSession current = open;
    if (current == null) {
      throw new IllegalStateException("no session is open");
    }
    return current.session();
  }

  private OpenSession current() {
    OpenSession current = open;
    if (current == null) {
      throw new IllegalStateException("no session is open");
    }
    return current;
  }

  private void turn(List<UserInput> inputs, Cancellation cancellation) {
    tally.reset();
    controller.publish(new InteractiveEvent.TurnStarted(inputs));
    List<ContentBlock> blocks = new ArrayList<>(modeReminder());
    inputs.forEach(input -> blocks.addAll(input.blocks()));
    Outcome outcome = new Outcome.Interrupted(Outcome.Phase.STREAMING);
    try {
      Step.Stop stop = session().prompt(blocks, cancellation);
      outcome = stop.outcome();
    } finally {
      controller.publish(new InteractiveEvent.TurnEnded(tally.summary(outcome)));
    }
  }

  /** What the model has to know of plan mode, unless it does already. */
  private List<ContentBlock> modeReminder() {
    boolean on = open().map(it -> it.mode().get() == Mode.PLAN).orElse(false);
    return planKnown.getAndSet(on) == on
        ? List.of()
        : MessageJson.text(PromptTexts.reminder(on ? "plan-on" : "plan-off"));
  }

  List<ContentBlock> steering() {
    List<ContentBlock> blocks = new ArrayList<>(modeReminder());
    List<UserInput> inputs = queue.takeSteering();
    if (!inputs.isEmpty()) {
      controller.queueChanged();
      controller.publish(new InteractiveEvent.Steered(inputs));
      blocks.addAll(Person.framed(PromptTexts.reminder("steered"), inputs));
    }
    return blocks;
  }

  private void shell(String command, Cancellation cancellation) {
    controller.publish(new InteractiveEvent.ShellStarted(command));
    ToolResult result;
    try {
      result =
          current()
              .command(
                  command,
                  cancellation,
                  text -> controller.publish(new InteractiveEvent.ShellOutput(text)));
    } catch (InterruptedException e) {
      result = ToolResult.error("Interrupted. It may have taken effect in part.");
    }
    controller.publish(new InteractiveEvent.ShellEnded(command, result));
    List<ContentBlock> context =
        new ArrayList<>(MessageJson.text(PromptTexts.reminder("own-command")));
    context.addAll(MessageJson.text("$ " + command + "\n" + MessageJson.plain(result.forModel())));
    session().addContext(context);
  }

  void remember(String note, OpenSession.MemoryPlace place) {
    var file = current().remember(note, place);
    session()
        .addContext(
            MessageJson.text(
                "<system-reminder>\nThe user added this to "
                    + file
                    + ", for this and later sessions:\n"
                    + note.replace("system-reminder>", "system-reminder\\>")
                    + "\n</system-reminder>"));
    controller.tell(AgentEvent.Level.INFO, "Added to " + file + ".");
  }

  /** Opens another session; the present one stays open when that fails. */
  void change(Optional<String> id, InteractiveEvent.Why why) {
    OpenSession before = current();
    OpenSession after =
        host.open(
            before
                .launch()
                .forSession(id, before.model().id(), before.effort(), before.mode().get().wire()),
            interaction);
    before.close();
    show(after, why);
  }

  void resume(String id) {
    try {
      Optional<String> wanted =
          id.isBlank() ? pick().map(SessionInfo::id) : Optional.of(id.strip());
      if (wanted.filter(it -> it.equals(session().parts().id())).isPresent()) {
        throw new UserError("This session is open already.", "Choose another one.");
      }
      if (wanted.isPresent()) {
        change(wanted, InteractiveEvent.Why.RESUMED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void compact(String focus) {
    Conversation conversation = session().conversation();
    Optional<OpenSession.Compaction> compaction = current().compaction();
    if (compaction.isEmpty()) {
      throw new UserError("This session can't be made shorter.", "Begin a new one with /clear.");
    }
    try {
      Optional<Conversation> shorter = compaction.get().compact(conversation, focus, turn());
      if (shorter.isEmpty()) {
        controller.tell(AgentEvent.Level.INFO, "There is nothing to make shorter yet.");
        return;
      }
      session()
          .parts()
          .events()
          .accept(new AgentEvent.HistoryRewritten(shorter.get(), "compacted"));
      session().goOnFrom(shorter.get());
      controller.publish(
          new InteractiveEvent.SessionOpened(current(), InteractiveEvent.Why.COMPACTED));
    } catch (InterruptedException e) {
      controller.tell(AgentEvent.Level.INFO, "Interrupted; the conversation is as it was.");
    }
  }

  void rewind(RewindPoint point, RewindPoint.Scope scope) {
    List<String> done = current().rewind(point, scope);
    if (scope != RewindPoint.Scope.FILES) {
      planKnown.set(false);
      controller.publish(
          new InteractiveEvent.SessionOpened(current(), InteractiveEvent.Why.REWOUND));
      controller.publish(new InteractiveEvent.DraftReturned(point.text()));
    }
    done.forEach(text -> controller.tell(AgentEvent.Level.INFO, text));
  }
}
