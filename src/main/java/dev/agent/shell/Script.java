package dev.agent.shell;

import java.util.List;

/**
 * A command line as the tree that bash makes of it.
 *
 * @param text what was parsed
 * @param body its commands; what could not be understood is left out, what stands before and after
 *     it is kept
 * @param problems why it was not understood in full; empty when it was
 * @param steps how many times the parser looked at a character, a measure of its work that does not
 *     depend on the machine
 */
public record Script(String text, Node.Sequence body, List<Problem> problems, long steps) {
  /** Longer scripts are parsed, but count as not understood: nobody would read them either. */
  public static final int MAX_CHARS = 10_000;

  /** Scripts of more commands, words and parts of words count as not understood. */
  public static final int MAX_NODES = 10_000;

  /** Deeper nesting of commands and expansions is not followed. */
  public static final int MAX_NESTING = 60;

  public Script {
    problems = List.copyOf(problems);
  }

  /** Whether the tree holds all that bash would read, and bash would accept it. */
  public boolean isUnderstood() {
    return problems.isEmpty();
  }
}
