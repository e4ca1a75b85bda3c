package dev.agent.permission;

import java.util.Optional;

/** How much a session may do without asking. */
public enum Mode {
  /** Reads in the workspace run, everything else asks. */
  DEFAULT("default"),
  /** Edits of files in the workspace run too. */
  ACCEPT_EDITS("acceptEdits"),
  /** Only reads. */
  PLAN("plan"),
  /**
   * As {@link #ACCEPT_EDITS}; rules for all commands and for programs that run any code do not
   * hold; a classifier judges what would ask.
   */
  AUTO("auto"),
  /** What would ask is denied. */
  DONT_ASK("dontAsk"),
  /** Everything runs but what a rule or the safety floor objects to. */
  BYPASS("bypassPermissions");

  private final String wire;

  Mode(String wire) {
    this.wire = wire;
  }

  /** Its name in flags, settings and messages. */
  public String wire() {
    return wire;
  }

  /** The mode of a name; {@code manual} is the older name of {@link #DEFAULT}. */
  public static Optional<Mode> of(String name) {
    for (Mode mode : values()) {
      if (mode.wire.equalsIgnoreCase(name)) {
        return Optional.of(mode);
      }
    }
    return name.equalsIgnoreCase("manual") ? Optional.of(DEFAULT) : Optional.empty();
  }
}
