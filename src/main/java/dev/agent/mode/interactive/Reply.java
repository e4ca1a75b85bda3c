package dev.agent.mode.interactive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.permission.Mode;
import dev.agent.session.SessionInfo;
import java.util.List;
import java.util.Optional;

/** The person's answer to a {@link Question}. */
public sealed interface Reply {

  /**
   * The call may run.
   *
   * @param note what the model shall know besides; may be empty
   */
  record Allow(Scope scope, String note) implements Reply {}

  /**
   * The call may run this once, with another input.
   *
   * @param note what the model shall know besides; may be empty
   */
  record AllowChanged(ObjectNode input, String note) implements Reply {}

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

  /**
   * Carry the plan out, in this mode.
   *
   * @param changed the plan as the person wants it; empty = as it was proposed
   * @param note what the model shall know besides; may be empty
   */
  record Approve(Mode mode, Optional<String> changed, String note) implements Reply {
    /** As it was proposed. */
    public Approve(Mode mode) {
      this(mode, Optional.empty(), "");
    }
  }

  /**
   * Go on in the circle; or trust the directory.
   *
   * @param note what the model shall know besides; may be empty
   */
  record Yes(String note) implements Reply {
    /** Without further words. */
    public Yes() {
      this("");
    }
  }

  /**
   * Stop in the circle; or don't trust the directory.
   *
   * @param note what to do instead, which becomes the next prompt; may be empty
   */
  record No(String note) implements Reply {
    /** Without further words. */
    public No() {
      this("");
    }
  }

  /** This session. */
  record Picked(SessionInfo session) implements Reply {}

  /** None of all that: what asked is stopped, and the turn with it. Fits every question. */
  record Cancel() implements Reply {}
}
