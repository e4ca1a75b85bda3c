package dev.agent.permission;

import dev.agent.sandbox.Confinement;
import dev.agent.workspace.CommandJudgement;
import dev.agent.workspace.CommandPart;
import dev.agent.workspace.MentionedPaths;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Commands that the operating system keeps inside the workspace need no question. Those that name
 * files with secrets still do: the sandbox lets the workspace be read.
 */
final class ConfinedCommands implements Layer {
  /** The parameter with which a command is asked to run outside. */
  private static final String OUTSIDE = "dangerouslyDisableSandbox";

  private final Confinement confinement;
  private final Path home;
  private final Judgements judgements;

  ConfinedCommands(Confinement confinement, Path home, Judgements judgements) {
    this.confinement = confinement;
    this.home = home;
    this.judgements = judgements;
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
    boolean secret = namesSecrets(judgements.of(request), request.cwd());
    try {
      return !secret && confinement.needsNoQuestion(command, outside)
          ? new Decision.Allow(new Reason(name(), "", "", "the sandbox keeps it inside"))
          : Decision.PASS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Decision.PASS;
    }
  }

  private boolean namesSecrets(CommandJudgement judgement, Path cwd) {
    MentionedPaths mentioned = new MentionedPaths(cwd, home);
    Set<Path> paths = new LinkedHashSet<>(judgement.paths());
    for (CommandPart part : judgement.allParts()) {
      if (part.proof() == CommandPart.Proof.NONE) {
        paths.addAll(mentioned.of(part));
      }
      part.files().forEach(file -> paths.addAll(file.paths()));
    }
    return paths.stream().anyMatch(SecretFiles::isSecret);
  }
}
