package dev.agent.cli;

import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.mode.print.PrintMode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;

/** Chooses the mode of a run and ends it in order. */
final class Runs {
  private Runs() {}

  static int run(Launch launch, boolean dumpSystemPrompt, Cancellation cancellation) {
    Wiring wiring = new Wiring(launch);
    if (dumpSystemPrompt) {
      AgentCommand.write(launch.world().out(), wiring.systemPrompt() + "\n");
      return ExitCode.OK;
    }
    boolean headless =
        launch.print()
            || launch.streamInput()
            || !launch.world().interactive()
            || launch.output() != Launch.OutputFormat.TEXT;
    if (!headless) {
      throw new UserError(
          "The interactive mode needs -p in this version.", "Write: agent -p \"what to do\"");
    }
    try (AgentSession session = wiring.session()) {
      return new PrintMode(launch, session, cancellation).run();
    }
  }
}
