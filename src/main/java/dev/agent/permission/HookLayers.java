package dev.agent.permission;

import java.util.List;

/**
 * What hooks said, as two opinions: an objection stands where objections do, and so an approval.
 */
final class HookLayers {
  private static final String NAME = "hooks";

  private HookLayers() {}

  /** Objections; above everything that may allow. */
  static Decision objections(PermissionRequest request) {
    return switch (request.hook()) {
      case HookVerdict.Refused(String reason) -> new Decision.Deny(why(reason));
      case HookVerdict.Doubted(String reason) -> new Decision.Ask(why(reason), List.of());
      case HookVerdict.Approved _, HookVerdict.None _ -> Decision.PASS;
    };
  }

  /** An approval is worth as much as a rule that allows. */
  static Decision approvals(PermissionRequest request) {
    return request.hook() instanceof HookVerdict.Approved(String reason)
        ? new Decision.Allow(why(reason.isBlank() ? "a hook allows it" : reason))
        : Decision.PASS;
  }

  private static Reason why(String reason) {
    return new Reason(NAME, "", "", reason);
  }
}
