package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * What the readers of one script share: how much they have done, how deep they are, and what they
 * did not understand. Belongs to one parse on one thread.
 */
final class Effort {
  private static final int MAX_PROBLEMS = 20;

  /** A reader that looks this often at the characters of a script is going in circles. */
  private static final int STEPS_PER_CHARACTER = 400;

  final List<Problem> problems = new ArrayList<>();
  private final long allowed;
  private int nodes;
  private int depth;
  long steps;

  Effort(int length) {
    allowed = (long) STEPS_PER_CHARACTER * length + 1_000;
  }

  boolean isSpent() {
    return steps > allowed;
  }

  void node(int at) {
    nodes++;
    if (nodes == Script.MAX_NODES + 1) {
      problem("it has more than " + Script.MAX_NODES + " parts", at);
    }
  }

  /** False when the nesting is too deep to follow; {@link #leave} is due in either case. */
  boolean enter(int at) {
    depth++;
    if (depth > Script.MAX_NESTING) {
      problem("it is nested more than " + Script.MAX_NESTING + " levels deep", at);
      return false;
    }
    return true;
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void problem(String what, int at) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(what, at));
    }
  }
}
