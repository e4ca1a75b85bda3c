package dev.agent.permission;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A policy with rules that allow for a while: during one turn, or one line of a custom command.
 * What forbids or asks is never touched. Thread-safe.
 */
public final class ScopedPolicy implements Supplier<Policy> {
  private final Supplier<Policy> policy;
  private final List<Scope> scopes = new CopyOnWriteArrayList<>();

  /**
   * @param policy what counts besides
   */
  public ScopedPolicy(Supplier<Policy> policy) {
    this.policy = policy;
  }

  /** Rules that allow until this is closed. */
  public final class Scope implements AutoCloseable {
    private final List<Rule> rules;

    private Scope(List<Rule> rules) {
      this.rules = List.copyOf(rules);
    }

    @Override
    public void close() {
      scopes.remove(this);
    }
  }

  /** Lets these rules allow until the scope is closed. */
  public Scope allowing(List<Rule> rules) {
    Scope scope = new Scope(rules);
    scopes.add(scope);
    return scope;
  }

  @Override
  public Policy get() {
    List<Rule> more = scopes.stream().flatMap(scope -> scope.rules.stream()).toList();
    return more.isEmpty() ? policy.get() : policy.get().withAllowed(more);
  }
}
