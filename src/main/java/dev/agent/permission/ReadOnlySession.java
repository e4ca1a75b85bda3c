package dev.agent.permission;

import dev.agent.sandbox.Confinement;
import dev.agent.tool.Effect;

/**
 * A session that only reads: whatever could change something is forbidden, whoever would allow it.
 * Commands are judged by the sandbox, which holds them to it or refuses them.
 */
final class ReadOnlySession implements Layer {
  private final Confinement confinement;

  ReadOnlySession(Confinement confinement) {
    this.confinement = confinement;
  }

  @Override
  public String name() {
    return "read-only session";
  }

  @Override
  public Decision decide(PermissionRequest request) {
    if (!confinement.isReadOnly()
        || request.effect().kind() == Effect.Kind.READS
        || request.call().name().equals("Bash")) {
      return Decision.PASS;
    }
    return new Decision.Deny(new Reason(name(), "", "", "this session only reads (--read-only)"));
  }
}
