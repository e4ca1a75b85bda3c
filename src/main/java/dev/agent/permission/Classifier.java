package dev.agent.permission;

/** Judges what no rule, proof or mode has decided in auto mode. */
@FunctionalInterface
public interface Classifier {
  /** Never sure. */
  Classifier NONE = _ -> new Verdict.Unsure("no classifier is at hand");

  /**
   * Judges one call; blocks.
   *
   * @param question the call, and why it needs a decision
   * @throws InterruptedException when interrupted
   */
  Verdict judge(Question question) throws InterruptedException;

  /**
   * What is to be judged.
   *
   * @param why why nothing before could decide
   */
  record Question(PermissionRequest request, String why) {}

  /** What came of it. */
  sealed interface Verdict {
    /** It serves what the person asked for and can't do harm. */
    record Safe(String reason) implements Verdict {}

    /** It must not run. */
    record Unsafe(String reason) implements Verdict {}

    /** A person has to decide. */
    record Unsure(String reason) implements Verdict {}
  }
}
