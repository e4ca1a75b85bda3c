package dev.agent.mode.interactive;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandInfo;
import dev.agent.command.CommandResult;
import dev.agent.command.SlashCommand;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.SideQuestion;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.util.List;

/**
 * {@code /btw}: a question about the conversation that does not become part of it. At rest it is
 * the work that goes on, and can be interrupted as that; while other work goes on it runs beside
 * it. Where a budget has to hold it waits: of two requests at once each could spend what is left.
 */
record BtwCommand(Controller controller, Worker worker) implements SlashCommand {
  @Override
  public CommandInfo info() {
    return new CommandInfo(
        "btw",
        List.of(),
        "Ask something aside; it does not join the conversation",
        "question",
        CommandInfo.Origin.BUILT_IN,
        true);
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    if (arguments.isEmpty()) {
      throw new UserError("There is no question given.", "Write it behind /btw.");
    }
    boolean working = controller.isWorking();
    if (working && worker.current().launch().maxBudget().isEmpty()) {
      controller.tell(AgentEvent.Level.INFO, "Asked aside; the work goes on.");
      ask(arguments, context.cancellation());
      return CommandResult.done("");
    }
    controller.operation("/btw " + arguments, () -> askAtRest(arguments));
    return CommandResult.done(
        working ? "It is asked when the work is over, so that the budget holds." : "");
  }

  private void askAtRest(String question) {
    controller.publish(new InteractiveEvent.AsideStarted());
    try {
      controller.tell(AgentEvent.Level.INFO, "Asked aside.");
      ask(question, worker.turn());
    } catch (InterruptedException e) {
      controller.tell(AgentEvent.Level.INFO, "Interrupted: /btw");
    } finally {
      controller.publish(new InteractiveEvent.AsideEnded());
    }
  }

  private void ask(String question, Cancellation cancellation) throws InterruptedException {
    SideQuestion.Answer answer = worker.current().aside(question, cancellation);
    controller.publish(new InteractiveEvent.Aside(question, answer.text()));
  }
}
