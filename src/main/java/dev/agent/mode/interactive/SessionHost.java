package dev.agent.mode.interactive;

import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.session.SessionInfo;
import dev.agent.settings.Contribution;
import java.nio.file.Path;
import java.util.List;

/** Where sessions come from. Called by the controller's thread; may block. */
public interface SessionHost {
  /** The project's directory: what trust is given to. */
  Path root();

  /** What the project's files want and nobody approved yet. */
  List<Contribution> unapproved();

  /**
   * Approves all that the project's files want now.
   *
   * @param shown what the person saw
   * @throws dev.agent.runtime.UserError when that can't be stored
   */
  void trust(List<Contribution> shown);

  /** The sessions of this project, latest first. */
  List<SessionInfo> sessions();

  /**
   * Opens a session.
   *
   * @param person answers its questions
   * @param cleared whether it takes the place of one that the person put aside
   * @throws dev.agent.runtime.UserError when the launch asks for what can't be
   */
  OpenSession open(Launch launch, Interaction person, boolean cleared);
}
