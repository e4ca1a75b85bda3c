package dev.agent.permission;

import java.util.List;

/** What a layer thinks of a call. */
public sealed interface Decision {
  /** Nothing. */
  record Pass() implements Decision {}

  /** It may run, unless someone asked before. */
  record Allow(Reason why) implements Decision {}

  /** A person should decide; {@code offers} are rules that would cover exactly this call. */
  record Ask(Reason why, List<String> offers) implements Decision {
    public Ask {
      offers = List.copyOf(offers);
    }

    /**
     * Whether only a person may say yes. What nothing switches off must not be switched off by a
     * program that answers in the person's place either.
     */
    public boolean onlyByPerson() {
      return why.layer().equals(SafetyFloor.NAME)
          || why.layer().equals(DangerPatterns.NAME)
          || why.layer().equals(Layers.HIDDEN_CHARACTERS);
    }
  }

  /** It must not run. */
  record Deny(Reason why) implements Decision {}

  /** The opinion of a layer that has none. */
  Decision PASS = new Pass();
}
