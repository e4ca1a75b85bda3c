package dev.agent.permission;

import java.nio.file.Path;
import java.util.List;

/**
 * The rules and places of a session.
 *
 * @param home for rules that begin with {@code ~/}
 * @param guarded directories of the agents' own settings, wherever variables have moved them
 */
public record Policy(
    List<Rule> allow, List<Rule> ask, List<Rule> deny, Path home, List<Path> guarded) {
  public Policy {
    guarded = List.copyOf(guarded);
    allow = List.copyOf(allow);
    ask = List.copyOf(ask);
    deny = List.copyOf(deny);
  }

  /** The agents' own settings are where they usually are. */
  public Policy(List<Rule> allow, List<Rule> ask, List<Rule> deny, Path home) {
    this(allow, ask, deny, home, List.of());
  }

  /** The same with more rules that allow, given during the session. */
  public Policy withAllowed(List<Rule> more) {
    List<Rule> all = new java.util.ArrayList<>(allow);
    all.addAll(more);
    return new Policy(all, ask, deny, home, guarded);
  }

  /** Whether a bare deny rule takes a tool away altogether. */
  public boolean hides(String tool) {
    return deny.stream().anyMatch(rule -> rule.coversWholeTool(tool));
  }
}
