package dev.agent.mode.interactive;

import dev.agent.permission.Mode;
import dev.agent.session.SessionInfo;
import java.util.List;

/** The person's answer to a {@link Question}. */
public sealed interface Reply {

  /**
   * The call may run.
   *
   * @param note what the model shall know besides; may be empty
   */
  record Allow(Scope scope, String note) implements Reply {}

  /** For how long a call is allowed. */
  enum Scope {
    ONCE,
    /** By the offered rules, until the session ends. */
    SESSION,
    /** By the offered rules, in this project, for good. */
    PROJECT,
    /** By switching to the acceptEdits mode. */
    ALL_EDITS
  }

  /**
   * The call must not run, or the plan is not good yet; the turn goes on.
   *
   * @param note what to do instead; may be empty
   */
  record Deny(String note) implements Reply {}

  /** To a choice: for each of its questions the chosen labels, or words of the person's own. */
  record Chosen(List<List<String>> answers) implements Reply {
    public Chosen {
      answers = answers.stream().map(List::copyOf).toList();
    }
  }

  /** Carry the plan out, in this mode. */
  record Approve(Mode mode) implements Reply {}

  /** Go on in the circle; or trust the directory. */
  record Yes() implements Reply {}

  /** Stop in the circle; or don't trust the directory. */
  record No() implements Reply {}

  /** This session. */
  record Picked(SessionInfo session) implements Reply {}

  /** None of all that: what asked is stopped, and the turn with it. Fits every question. */
  record Cancel() implements Reply {}
}
