package dev.agent.tools.shell;

import dev.agent.process.Processes;
import dev.agent.sandbox.Confinement;
import java.util.List;
import java.util.Optional;

/**
 * What stands between a command and harm.
 *
 * @param confinement decides whether it runs in a sandbox
 * @param keepsakes keeps what it may destroy
 */
public record ShellGuards(Confinement confinement, Keepsakes keepsakes) {
  /** No sandbox, and nothing is kept. */
  public static ShellGuards none(Processes processes) {
    return new ShellGuards(
        Confinement.none(), new Keepsakes(Optional.empty(), processes, List.of()));
  }
}
