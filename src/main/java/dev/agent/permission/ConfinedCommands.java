package dev.agent.permission;

import dev.agent.sandbox.Confinement;
import java.nio.file.Path;

/**
 * Commands that the operating system keeps inside the workspace need no question. Those that name
 * files with secrets still do: the sandbox lets the workspace be read.
 */
final class ConfinedCommands implements Layer {
  /** The parameter with which a command is asked to run outside. */
  private static final String OUTSIDE = "dangerouslyDisableSandbox";

  private final Confinement confinement;
  private final Path home;

  ConfinedCommands(Confinement confinement, Path home) {
    this.confinement = confinement;
    this.home = home;
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public Decision decide(PermissionRequest request) {
    String command = request.command();
    if (command.isEmpty() || !confinement.isOn()) {
      return Decision.PASS;
    }
    boolean outside = request.call().input().path(OUTSIDE).asBoolean(false);
    boolean secret =
        CommandPaths.of(command, request.cwd(), home).stream().anyMatch(Layers::isSecret);
    try {
      return !secret && confinement.needsNoQuestion(command, outside)
          ? new Decision.Allow(new Reason(name(), "", "", "the sandbox keeps it inside"))
          : Decision.PASS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Decision.PASS;
    }
  }
}
