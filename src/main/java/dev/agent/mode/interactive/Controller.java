package dev.agent.mode.interactive;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandRouter;
import dev.agent.command.Screen;
import dev.agent.command.SlashCommand;
import dev.agent.context.MemoryFiles;
import dev.agent.loop.AgentEvent;
import dev.agent.message.ContentBlock;
import dev.agent.mode.Launch;
import dev.agent.mode.SessionHooks;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.session.PromptHistory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An interactive session, however it is drawn. Runs one thing after another on a thread of its own:
 * turns, the person's own commands, changes of the session; what comes meanwhile waits in a queue,
 * and messages join the running turn at its next tool boundary. Everything that happens is told to
 * the listeners.
 *
 * <p>All methods may be called by any thread and return at once, unless they say otherwise. Call
 * {@link #listen} first, then {@link #start}, and in the end {@link #close}.
 */
public final class Controller implements AutoCloseable {
  private final KeptPrompts prompts;
  private final Surfaces surfaces;
  private final Audience audience = new Audience();
  private final Waiting waiting = new Waiting(Waiting.PUBLIC, this::tellHooks);
  private final Questions questions = new Questions(this::publish);
  private final InputQueue queue = new InputQueue();
  private final Person person = new Person(this, questions);
  private final Worker worker;
  private final Cancellation life;
  private final Cancellation.Registration lifeEnds;

  /**
   * @param host opens sessions
   * @param launch what the first one is
   * @param history keeps prompts
   * @param surfaces that can be switched to
   * @param root ends everything when the process has to end
   */
  public Controller(
      SessionHost host,
      Launch launch,
      PromptHistory history,
      Surfaces surfaces,
      Cancellation root) {
    this.prompts = new KeptPrompts(history, launch.world().cwd(), launch.persist(), audience);
    this.surfaces = surfaces;
    this.life = root.child();
    this.worker = new Worker(host, launch, this, person.interaction(), questions, queue, life);
    launch.prompt().filter(text -> !text.isBlank()).ifPresent(text -> submit(UserInput.of(text)));
    this.lifeEnds = life.onCancel(worker::end);
  }

  /** Adds a listener; it hears what happens from now on, until the answer is closed. */
  public Listening listen(Consumer<InteractiveEvent> listener) {
    return audience.listen(listener);
  }

  /** Takes a listener back. */
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  void publish(InteractiveEvent event) {
    waiting.accept(event);
    audience.publish(event);
  }

  private void tellHooks(SessionHooks.Notification notification) {
    session().ifPresent(open -> open.session().parts().hooks().notify(notification));
  }

  /**
   * Begins, unless it has begun: asks about trust where that is needed, opens the session, takes
   * what is queued.
   */
  public void start() {
    worker.start();
  }

  // What the person sends

  /** Sends a prompt; while work goes on it waits for the next tool boundary. */
  public void submit(UserInput input) {
    submit(input, Queued.Priority.NEXT);
  }

  /** Sends a prompt with another urgency. Blank input is nothing. */
  public void submit(UserInput input, Queued.Priority priority) {
    if (input.isBlank()) {
      return;
    }
    keep(input.text());
    enqueue(new Queued.Message(input, priority));
  }

  /** Asks the model once more after a request that failed; nothing where no answer is missing. */
  public void retry() {
    operation("retry", () -> worker.work().again(turn()));
  }

  /**
   * Runs a command as the person's own act, without the model, which gets to know of it unless the
   * line begins with {@code !}. While work goes on it waits for the end of the turn.
   *
   * @param line what stands behind the {@code !} that makes it a command
   */
  public void shell(String line) {
    boolean isPrivate = line.startsWith("!");
    String command = (isPrivate ? line.substring(1) : line).strip();
    if (!command.isEmpty()) {
      keep("!" + line);
      enqueue(new Queued.Shell(command, isPrivate, Queued.Priority.NEXT));
    }
  }

  /** Adds a line to an instruction file; the model gets to know of it. */
  public void remember(String note, MemoryFiles.Target target) {
    if (!note.isBlank()) {
      keep("#" + note);
      operation("# " + note.strip(), () -> worker.work().remember(note.strip(), target));
    }
  }

  /** Where notes may go, the project's file first; none before a session is open. */
  public List<MemoryFiles.Target> memory() {
    return session().map(OpenSession::memory).orElse(List.of());
  }

  /**
   * Runs a line that begins with a slash; what is no command after all is sent as a prompt, and a
   * misspelt one is told. Commands that would disturb a turn wait for its end. {@link
   * InteractiveEvent.CommandEnded} follows.
   *
   * @param screen of the surface, for commands that change how it looks
   */
  public void command(String line, Screen screen) {
    Optional<OpenSession> open = session();
    if (open.isEmpty()) {
      operation(line, () -> command(line, screen));
      return;
    }
    switch (new CommandRouter(worker.commands().commands(open.get())).route(line)) {
      case CommandRouter.Route.Prompt(String text) -> submit(UserInput.of(text));
      case CommandRouter.Route.Unknown unknown -> tell(AgentEvent.Level.WARNING, unknown.message());
      case CommandRouter.Route.Run(SlashCommand command, String arguments) -> {
        keep(line);
        CommandRuns.Line run = new CommandRuns.Line(line, command, arguments, screen);
        if (command.info().whileWorking()) {
          Thread.ofVirtual().name("command").start(() -> worker.commands().beside(run));
        } else {
          operation(line, () -> worker.commands().command(run, turn()));
        }
      }
    }
  }

  /**
   * What slash commands would find now, for completion; empty before a session is open.
   *
   * @param screen of the surface
   */
  public Optional<CommandContext> commandContext(Screen screen) {
    return session().map(open -> worker.commands().context(open, screen, life));
  }

  private void keep(String text) {
    prompts.keep(text, session().map(open -> open.session().parts().id()).orElse(""));
  }

  private void enqueue(Queued item) {
    queue.add(item);
    queueChanged();
    if (item.priority() == Queued.Priority.NOW) {
      interrupt();
    }
    worker.wake();
  }

  /** Does something to the session when nothing else goes on. */
  void operation(String shown, Runnable action) {
    enqueue(new Queued.Operation(shown, action, Queued.Priority.NEXT));
  }

  void queueChanged() {
    publish(new InteractiveEvent.QueueChanged(queue.all()));
  }

  /** What waits. */
  public List<Queued> queue() {
    return queue.all();
  }

  /** Takes everything back that waits and was written; the texts, one behind the other. */
  public String takeBack() {
    List<Queued> back = queue.takeBack();
    if (!back.isEmpty()) {
      queueChanged();
    }
    return String.join("\n", back.stream().map(Queued::shown).toList());
  }

  /** What joins the results of the calls that were made just now; called by the loop's thread. */
  List<ContentBlock> steering() {
    return worker.work().steering();
  }

  // While work goes on

  /** Whether a turn or a command runs, or the session is being opened. */
  public boolean isWorking() {
    return worker.isWorking();
  }

  /** Stops the running turn or command; what is queued comes next. Nothing when nothing runs. */
  public void interrupt() {
    worker.interrupt();
  }

  Cancellation turn() {
    return worker.turn();
  }

  /**
   * Lets running commands of the model go on in the background.
   *
   * @return how many there were
   */
  public int background() {
    return session().map(OpenSession::background).orElse(0);
  }

  /** The questions that wait, the first one first. */
  public List<Question> questions() {
    return questions.all();
  }

  /** Answers a question; false when it waits no more. */
  public boolean answer(Question question, Reply reply) {
    return questions.answer(question, reply);
  }

  // The session

  /** The session that is open; empty before the first one is. */
  public Optional<OpenSession> session() {
    return worker.open();
  }

  /** Switches the permission mode, from the very next call on; false when it may not be. */
  public boolean setMode(Mode mode) {
    boolean done = session().map(open -> open.mode().set(mode)).orElse(false);
    if (done) {
      publish(new InteractiveEvent.ModeChanged(mode));
      person.recheck();
    }
    return done;
  }

  /** Switches to the next permission mode. */
  public void cycleMode() {
    session().map(open -> open.mode().next()).ifPresent(this::setMode);
  }

  /** Plan mode ends with the approval of a plan, which tells the model already. */
  void leavePlan(Mode mode) {
    if (setMode(mode)) {
      worker.work().planIsKnownToBe(false);
    }
  }

  /**
   * Lets another model answer from the next request on.
   *
   * @throws UserError when the name is empty, or no session is open yet
   */
  public ModelInfo setModel(String name) {
    OpenSession open = required();
    ModelInfo model = open.useModel(name);
    publish(new InteractiveEvent.ModelChanged(model, open.effort()));
    return model;
  }

  /**
   * Lets the model think harder, or less, from the next request on.
   *
   * @throws UserError when there is no such level, or no session is open yet
   */
  public void setEffort(String level) {
    OpenSession open = required();
    open.useEffort(level);
    publish(new InteractiveEvent.ModelChanged(open.model(), open.effort()));
  }

  private OpenSession required() {
    return session()
        .orElseThrow(() -> new UserError("No session is open yet.", "Wait until it is."));
  }

  /** Gives the session a name. */
  public void rename(String title) {
    required().rename(title.strip());
    publish(new InteractiveEvent.Renamed(title.strip()));
  }

  /**
   * Goes on with another session.
   *
   * @param id its id, the beginning of it, its title or its file; blank = the person chooses
   */
  public void resume(String id) {
    operation("/resume " + id, () -> worker.work().resume(id));
  }

  /** What the session can be taken back to, oldest first; none while work goes on. */
  public List<RewindPoint> points() {
    return isWorking() ? List.of() : session().map(OpenSession::points).orElse(List.of());
  }

  /**
   * Takes the session back to before a prompt, whose text is returned as a draft when the
   * conversation goes back.
   */
  public void rewind(RewindPoint point, RewindPoint.Scope scope) {
    operation(
        "/rewind",
        () ->
            worker.work().rewind(point, scope).forEach(text -> tell(AgentEvent.Level.INFO, text)));
  }

  /** Tells the person something; while nobody draws the session, that waits for who does next. */
  public void tell(AgentEvent.Level level, String text) {
    audience.tell(level, text);
  }

  /**
   * The person's latest prompts in this directory, newest first, each once. Blocks for a moment.
   */
  public List<String> history(int limit) {
    return prompts.latest(limit);
  }

  /**
   * Lets another surface go on with the session.
   *
   * @throws UserError when it can't be had here: the present one stays
   */
  public void useSurface(String name) {
    SurfaceChoice.switched(required().launch(), name, surfaces);
    publish(new InteractiveEvent.SurfaceWanted(name));
  }

  /** The surfaces that can be switched to. */
  public List<String> surfaces() {
    return surfaces.names();
  }

  // The end

  /** Ends the session soon; {@link InteractiveEvent.Closed} follows. */
  public void exit() {
    if (!life.isCancelled()) {
      worker.leave();
    }
    life.cancel(Cancellation.Reason.SHUTDOWN);
  }

  /** Why the session could not go on; empty when nothing went wrong. */
  public Optional<UserError> failure() {
    return worker.failure();
  }

  /** Ends the session and waits until everything is saved. */
  @Override
  public void close() {
    exit();
    worker.join();
    lifeEnds.close();
  }
}
