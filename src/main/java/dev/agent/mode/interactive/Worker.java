package dev.agent.mode.interactive;

import dev.agent.command.CommandResult;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.settings.Contribution;
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
  private final SessionWork work;
  private final CommandRuns commands;
  private final Object lock = new Object();
  // Guarded by the lock:
  private boolean working = true;
  private boolean ending;
  private volatile boolean leaving;
  private @Nullable Cancellation running;

  private volatile @Nullable OpenSession open;
  private volatile SessionWatch watch;
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
    this.work = new SessionWork(this, host, controller, interaction, questions, queue, tally);
    this.commands = new CommandRuns(this, controller, life);
    this.watch = new SessionWatch(launch.world().time().instant());
    this.thread = Thread.ofVirtual().name("session").unstarted(this::live);
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

  /** The person wants to leave. */
  void leave() {
    leaving = true;
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

  SessionWork work() {
    return work;
  }

  CommandRuns commands() {
    return commands;
  }

  boolean isOwnThread() {
    return thread.equals(Thread.currentThread());
  }

  private void live() {
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
        open().ifPresent(it -> it.close(leaving ? "prompt_input_exit" : "other"));
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
          case Reply.Yes _ -> host.trust(wanted);
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
          host.open(chosen.get(), interaction, false),
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
    return work.pick().map(session -> launch.resuming(session.id()));
  }

  /** Shows a session in the place of the one before. */
  void show(OpenSession session, InteractiveEvent.Why why) {
    open = session;
    watch = new SessionWatch(launch.world().time().instant());
    SessionWatch watching = watch;
    work.begins();
    session
        .session()
        .parts()
        .events()
        .listen(
            event -> {
              tally.hear(event);
              watching.hear(event);
              controller.publish(new InteractiveEvent.Agent(event));
            });
    controller.publish(new InteractiveEvent.SessionOpened(session, why));
  }

  private Optional<Queued> next() {
    boolean atRest;
    synchronized (lock) {
      working = false;
      running = null;
      atRest = queue.isEmpty() && !ending;
    }
    if (atRest) {
      controller.publish(new InteractiveEvent.AtRest());
    }
    synchronized (lock) {
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
      guarded(() -> run(item, cancellation));
    } finally {
      cancellation.detach();
      boolean _ = Thread.interrupted(); // belongs to what was stopped just now
    }
  }

  /** An edge: whatever goes wrong is told, and the session goes on. */
  void guarded(Runnable action) {
    try {
      action.run();
    } catch (UserError e) {
      controller.tell(AgentEvent.Level.ERROR, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      controller.tell(
          AgentEvent.Level.ERROR,
          "A fault of the agent itself: "
              + e
              + ". The session goes on; what was said so far is kept.");
    }
  }

  private void run(Queued item, Cancellation cancellation) {
    switch (item) {
      case Queued.Message(UserInput input, Queued.Priority priority) -> {
        List<UserInput> inputs = new ArrayList<>(List.of(input));
        if (priority != Queued.Priority.LATER) {
          inputs.addAll(queue.takeSteering());
        }
        controller.queueChanged();
        work.turn(
            inputs,
            () -> work.expanded(inputs, cancellation),
            CommandResult.Scope.NONE,
            cancellation);
      }
      case Queued.Shell(String command, boolean isPrivate, _) -> {
        controller.queueChanged();
        work.shell(command, isPrivate, cancellation);
      }
      case Queued.Operation(_, Runnable action, _) -> {
        controller.queueChanged();
        action.run();
      }
    }
  }

  SessionWatch watch() {
    return watch;
  }

  /** The session that is open. */
  OpenSession current() {
    OpenSession current = open;
    if (current == null) {
      throw new IllegalStateException("no session is open");
    }
    return current;
  }

  /**
   * @throws UserError when something else goes on
   */
  void requireRest() {
    if (!isOwnThread()) {
      throw new UserError("This has to wait until the work is over.", "Interrupt it first.");
    }
  }
}
