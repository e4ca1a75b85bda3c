package dev.agent.shell;

/** What is known of the shell at one place of a script. */
record State(Directory directory, Variables variables) {
  static final State ANYTHING =
      new State(Directory.UNKNOWN, Variables.of(java.util.Map.of()).allUnknown());

  State in(Directory other) {
    return new State(other, variables.withUnknown("PWD").withUnknown("OLDPWD"));
  }

  State with(Variables other) {
    return new State(directory, other);
  }

  State or(State other) {
    if (equals(other)) {
      return this;
    }
    return new State(directory.or(other.directory), variables.or(other.variables));
  }

  /** The states after a command that succeeded, and after one that failed. */
  record After(State success, State failure) {
    static After same(State state) {
      return new After(state, state);
    }

    /** After a negation. */
    After swapped() {
      State whenTrue = failure;
      State whenFalse = success;
      return new After(whenTrue, whenFalse);
    }

    State either() {
      return success.or(failure);
    }
  }
}
