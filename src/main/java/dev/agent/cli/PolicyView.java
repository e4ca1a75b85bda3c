package dev.agent.cli;

import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.workspace.Workspace;
import java.util.List;

/**
 * What decides about permissions here, to be looked at outside of a session.
 *
 * @param mode the mode that a session would start in
 * @param notices what is wrong with the settings
 */
record PolicyView(Policy policy, Workspace workspace, Mode mode, List<String> notices) {
  PolicyView {
    notices = List.copyOf(notices);
  }

  /** The rules and places that a session here would have. */
  static PolicyView of(RunBasis run) {
    return new PolicyView(
        Rules.of(run).policy(),
        run.directories().workspace(run.world()::cwd),
        StartMode.of(run.settings(), run.environment(), run.world().userName()),
        run.notices());
  }
}
