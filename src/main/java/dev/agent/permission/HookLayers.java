package dev.agent.permission;

import java.util.List;

/**
 * What hooks said, as two opinions: an objection stands where objections do, and so an approval.
 */
final class HookLayers {
  static final String OBJECTIONS = "hook objections";
  static final String APPROVALS = "hook approvals";

  private HookLayers() {}

  /** Objections; above everything that may allow. */
  static Decision objections(PermissionRequest request) {
    return switch (request.hook()) {
      case HookVerdict.Refused(String reason) -> new Decision.Deny(why(OBJECTIONS, reason));
      case HookVerdict.Doubted(String reason) ->
          new Decision.Ask(why(OBJECTIONS, reason), List.of());
      case HookVerdict.Approved _, HookVerdict.None _ -> Decision.PASS;
    };
  }

  /** An approval is worth as much as a rule that allows. */
  static Decision approvals(PermissionRequest request) {
    return request.hook() instanceof HookVerdict.Approved(String reason)
        ? new Decision.Allow(why(APPROVALS, reason.isBlank() ? "a hook allows it" : reason))
        : Decision.PASS;
  }

  private static Reason why(String layer, String reason) {
    return new Reason(layer, "", "", reason);
  }
}
