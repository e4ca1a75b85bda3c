package dev.agent.mode.interactive;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandResult;
import dev.agent.command.Commands;
import dev.agent.command.Screen;
import dev.agent.command.SlashCommand;
import dev.agent.loop.AgentEvent;
import dev.agent.runtime.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** Runs slash commands. Thread-safe. */
final class CommandRuns {
  private final Worker worker;
  private final Controller controller;
  private final Cancellation life;

  CommandRuns(Worker worker, Controller controller, Cancellation life) {
    this.worker = worker;
    this.controller = controller;
    this.life = life;
  }

  /**
   * A command line.
   *
   * @param screen of the surface that it was typed in
   */
  record Line(String text, SlashCommand command, String arguments, Screen screen) {}

  /** The commands of a place, and those of sessions with a person in front of them. */
  Commands commands(OpenSession session) {
    List<SlashCommand> all = new ArrayList<>(session.workplace().commands().all());
    all.add(new QueueCommand(controller));
    all.add(new BackgroundCommand(controller));
    all.add(new BtwCommand(controller, worker));
    return new Commands(all);
  }

  CommandContext context(OpenSession session, Screen screen, Cancellation cancellation) {
    Workplace workplace = session.workplace();
    return new CommandContext(
        new OpenSessionFacts(session, worker.watch()),
        new Control(controller, worker, session),
        screen,
        workplace.place(),
        workplace.prompts(),
        workplace.shell(),
        commands(session),
        cancellation);
  }

  /** Runs a command while other work may go on. May be called by any thread. */
  void beside(Line line) {
    Cancellation cancellation = life.child();
    try {
      worker.guarded(() -> command(line, cancellation));
    } finally {
      cancellation.detach();
    }
  }

  /** Runs a command; on this thread when it may change the session. */
  void command(Line line, Cancellation cancellation) {
    try {
      CommandResult result =
          line.command()
              .run(line.arguments(), context(worker.current(), line.screen(), cancellation));
      controller.publish(new InteractiveEvent.CommandEnded(line.text(), result));
      switch (result) {
        case CommandResult.Prompt prompt -> {
          prompt.notices().forEach(it -> controller.tell(AgentEvent.Level.WARNING, it));
          if (worker.isOwnThread()) {
            prompt(prompt, cancellation);
          } else {
            controller.operation(prompt.shown(), () -> prompt(prompt, worker.turn()));
          }
        }
        case CommandResult.Exit() -> controller.exit();
        case CommandResult.Handled _,
            CommandResult.Show _,
            CommandResult.Copied _,
            CommandResult.Open _,
            CommandResult.Edit _ -> {}
      }
    } catch (InterruptedException e) {
      controller.tell(AgentEvent.Level.INFO, "Interrupted: " + line.text());
    }
  }

  private void prompt(CommandResult.Prompt prompt, Cancellation cancellation) {
    worker
        .work()
        .turn(List.of(UserInput.of(prompt.shown())), prompt::content, prompt.scope(), cancellation);
  }
}
