package dev.agent.permission;

/**
 * What hooks made of a call before the layers see it.
 *
 * <p>Written down in the request, so that the order of layers decides what it is worth: an
 * objection as much as an ask or deny of the settings, an approval no more than a rule that allows.
 */
public sealed interface HookVerdict {
  /** Nothing. */
  record None() implements HookVerdict {}

  /** It may run without a question. */
  record Approved(String reason) implements HookVerdict {}

  /** A person should decide. */
  record Doubted(String reason) implements HookVerdict {}

  /** It must not run. */
  record Refused(String reason) implements HookVerdict {}

  /** No hook had an opinion. */
  HookVerdict NONE = new None();
}
