package dev.agent.mode.interactive;

import dev.agent.command.CommandResult;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.Launch;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session in lines of text that are only ever added to: for screen readers, logs and terminals
 * that can't do more. One thread reads what is typed, another one prints what happens.
 */
final class PlainSurface implements Surface {
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final int HISTORY = 500;

  private final Surface.Place place;
  private final Launch launch;
  private final Duration heartbeat;
  private final ExitKeys exitKeys;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  // Owned by the thread that prints:
  private @Nullable PlainDialogue dialogue;
  private final Set<String> shown = new HashSet<>(); // typed where everybody sees it
  private long workingSince;
  private long nextBeat = Long.MAX_VALUE;
  // Written by the thread that prints:
  private volatile boolean closed;
  private volatile Optional<String> next = Optional.empty();

  PlainSurface(Surface.Place place) {
    this(place, HEARTBEAT);
  }

  /**
   * @param heartbeat how often work that goes on is mentioned
   */
  PlainSurface(Surface.Place place, Duration heartbeat) {
    this.place = place;
    this.launch = place.launch();
    this.heartbeat = heartbeat;
    this.exitKeys = new ExitKeys(launch.world().time());
  }

  @Override
  public Optional<String> run(Controller controller) {
    try (var _ = TerminalState.save();
        PlainInput input = input(controller)) {
      PlainWriter writer = new PlainWriter(line -> input.print(line + "\n"));
      tasks.add(() -> begin(controller, input, writer));
      return run(controller, input, writer);
    }
  }

  private Optional<String> run(Controller controller, PlainInput input, PlainWriter writer) {
    try (var _ =
        controller.listen(event -> tasks.add(() -> show(event, controller, input, writer)))) {
      Thread printer = Thread.ofPlatform().name("plain output").start(() -> print(input));
      controller.start();
      read(controller, input);
      if (next.isEmpty()) {
        controller.exit();
      }
      join(printer);
      return next;
    }
  }

  private PlainInput input(Controller controller) {
    String term = launch.world().environment().getOrDefault("TERM", "");
    boolean canEdit = launch.world().outputIsTerminal() && !term.isEmpty() && !term.equals("dumb");
    if (!canEdit) {
      return new StreamInput(launch.world().in(), launch.world().out(), place.interrupts());
    }
    return new TerminalInput(
        controller.history(HISTORY), new PlainCompletion(controller)::complete);
  }

  private static void join(Thread printer) {
    try {
      printer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The thread that reads

  private void read(Controller controller, PlainInput input) {
    while (!closed) {
      switch (input.read()) {
        case PlainInput.Read.Line(String text) -> tasks.add(() -> line(text, controller, input));
        case PlainInput.Read.Break(String draft) ->
            tasks.add(() -> interrupted(!draft.isEmpty(), controller, input));
        case PlainInput.Read.Escape() -> tasks.add(() -> escape(controller, input));
        case PlainInput.Read.End() -> {
          return;
        }
      }
    }
  }

  // The thread that prints

  private void print(PlainInput input) {
    while (!closed) {
      Runnable task;
      try {
        long wait = nextBeat == Long.MAX_VALUE ? Long.MAX_VALUE : nextBeat - System.nanoTime();
        task = tasks.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        return;
      }
      if (task == null) {
        beat(input);
      } else {
        task.run();
      }
    }
  }

  private void beat(PlainInput input) {
    long now = System.nanoTime();
    if (dialogue == null) {
      input.print("working… " + Duration.ofNanos(now - workingSince).toSeconds() + " s\n");
    }
    nextBeat = now + heartbeat.toNanos();
  }

  private void begin(Controller controller, PlainInput input, PlainWriter writer) {
    input.print("[plain mode: on, from " + place.choice().from() + "]\n");
    controller
        .session()
        .ifPresent(
            session ->
                show(
                    new InteractiveEvent.SessionOpened(session, InteractiveEvent.Why.RESUMED),
                    controller,
                    input,
                    writer));
    if (!controller.questions().isEmpty()) {
      ask(controller, input);
    }
  }

  private void show(
      InteractiveEvent event, Controller controller, PlainInput input, PlainWriter writer) {
    switch (event) {
      case InteractiveEvent.SessionOpened(OpenSession session, InteractiveEvent.Why why) -> {
        if (why == InteractiveEvent.Why.START || why == InteractiveEvent.Why.RESUMED) {
          header(session, input);
        }
        writer.accept(event);
        session
            .session()
            .parts()
            .notices()
            .forEach(
                text -> writer.accept(new InteractiveEvent.Told(AgentEvent.Level.WARNING, text)));
      }
      case InteractiveEvent.TurnStarted _,
          InteractiveEvent.ShellStarted _,
          InteractiveEvent.AsideStarted _ -> {
        workingSince = System.nanoTime();
        nextBeat = workingSince + heartbeat.toNanos();
        writer.accept(unseen(event));
      }
      case InteractiveEvent.TurnEnded _,
          InteractiveEvent.ShellEnded _,
          InteractiveEvent.AsideEnded _ -> {
        nextBeat = Long.MAX_VALUE;
        writer.accept(event);
      }
      case InteractiveEvent.QuestionAsked _ -> ask(controller, input);
      case InteractiveEvent.QuestionSettled(Question question) -> {
        if (dialogue != null && dialogue.question().id() == question.id()) {
          dialogue = null;
        }
        ask(controller, input);
      }
      case InteractiveEvent.SurfaceWanted(String name) -> {
        next = Optional.of(name);
        closed = true;
        input.stop();
      }
      case InteractiveEvent.CommandEnded(_, CommandResult result) -> {
        PlainPanel.of(result).forEach(text -> input.print(text + "\n"));
        if (result instanceof CommandResult.Open(CommandResult.Dialog dialog, _)
            && dialog == CommandResult.Dialog.RESUME) {
          controller.resume("");
        }
      }
      case InteractiveEvent.Closed() -> {
        farewell(controller, input);
        closed = true;
        input.stop();
      }
      default -> writer.accept(event);
    }
    prompt(controller, input);
  }

  /** Without inputs that stand on the screen already, as they were typed. */
  private InteractiveEvent unseen(InteractiveEvent event) {
    return event instanceof InteractiveEvent.TurnStarted(List<UserInput> inputs)
        ? new InteractiveEvent.TurnStarted(
            inputs.stream().filter(input -> !shown.remove(input.text())).toList())
        : event;
  }

  private void header(OpenSession session, PlainInput input) {
    input.print(
        "agent "
            + launch.world().version()
            + ", model "
            + session.model().id()
            + ", mode "
            + session.mode().get().wire()
            + ", "
            + launch.world().cwd()
            + "\n"
            + "note: type a prompt and press Enter; /help lists commands; Ctrl+C interrupts, twice"
            + " it leaves.\n");
  }

  private static void farewell(Controller controller, PlainInput input) {
    controller
        .session()
        .filter(session -> session.launch().persist())
        .filter(session -> !session.session().conversation().messages().isEmpty())
        .ifPresent(
            session ->
                input.print("Resume: agent --resume " + session.session().parts().id() + "\n"));
  }

  private void prompt(Controller controller, PlainInput input) {
    boolean idle = !controller.isWorking() && controller.queue().isEmpty();
    input.prompt(dialogue != null ? "answer: " : idle ? "you: " : "", dialogue == null);
  }

  /** Asks the first question that waits, unless it is being asked. */
  private void ask(Controller controller, PlainInput input) {
    List<Question> waiting = controller.questions();
    if (dialogue == null && !waiting.isEmpty()) {
      PlainDialogue asked = new PlainDialogue(waiting.getFirst());
      dialogue = asked;
      String more = waiting.size() > 1 ? "question 1 of " + waiting.size() + "\n" : "";
      input.print(more + String.join("\n", asked.lines()) + "\n");
    }
    prompt(controller, input);
  }

  private void line(String text, Controller controller, PlainInput input) {
    PlainDialogue asked = dialogue;
    if (asked == null) {
      send(text, controller, input);
      return;
    }
    switch (asked.take(text)) {
      case PlainDialogue.Step.Answered(Reply reply) -> {
        dialogue = null;
        controller.answer(asked.question(), reply);
      }
      case PlainDialogue.Step.GoOn(List<String> lines) ->
          input.print(String.join("\n", lines) + "\n");
      case PlainDialogue.Step.Unfit(String hint) -> {
        // It may have been begun before the question came: not a word of it gets lost.
        boolean words = text.strip().length() > 3 && controller.session().isPresent();
        if (words) {
          send(text, controller, input);
        }
        input.print(
            "question: still open. "
                + hint
                + (words ? " Your text waits as a message." : "")
                + "\n");
      }
    }
    prompt(controller, input);
  }

  private void send(String text, Controller controller, PlainInput input) {
    if (text.startsWith("!")) {
      controller.shell(text.substring(1));
    } else if (text.startsWith("#")) {
      controller.memory().stream()
          .findFirst()
          .ifPresent(target -> controller.remember(text.substring(1), target));
    } else if (text.startsWith("/")) {
      controller.command(text, new PlainScreen(controller));
    } else if (!text.isBlank()) {
      boolean waits = nextBeat != Long.MAX_VALUE;
      if (!waits && input.showsPrompts()) {
        shown.add(text);
      }
      controller.submit(UserInput.of(text));
      if (waits) {
        input.print("note: queued; the agent reads it after its present step.\n");
      }
    }
  }

  private void escape(Controller controller, PlainInput input) {
    PlainDialogue asked = dialogue;
    if (asked != null) {
      dialogue = null;
      controller.answer(asked.question(), new Reply.Cancel());
    } else {
      controller.interrupt();
    }
    prompt(controller, input);
  }

  private void interrupted(boolean hasDraft, Controller controller, PlainInput input) {
    boolean working = controller.isWorking() || dialogue != null;
    switch (exitKeys.pressed(hasDraft, working)) {
      case DROP_DRAFT -> input.print("note: the line is dropped; Ctrl+C again leaves.\n");
      case INTERRUPT -> {
        input.print("note: stopping; Ctrl+C again leaves.\n");
        escape(controller, input);
      }
      case WARN -> input.print("note: press Ctrl+C again to leave.\n");
      case EXIT -> controller.exit();
    }
  }
}
