package dev.agent.shell;

/**
 * One word of a command as the shell would hand it to the program, as far as that is known.
 *
 * @param text what {@link #certainty()} makes of it: the word itself, its pattern, or its spelling
 * @param certainty how much the text says about the word
 */
public record Argument(String text, Certainty certainty) {
  /** How much is known about a word before anything runs. */
  public enum Certainty {
    /** The word after the removal of quotes is exactly the text. */
    EXACT,
    /**
     * The text is a file name pattern with unquoted wildcards: the word becomes the names that it
     * matches, any number of words, or itself when it matches none.
     */
    PATTERN,
    /** The text is only how the word is spelled: it may become anything, also several words. */
    UNKNOWN
  }

  /** A word that is known exactly. */
  public static Argument exact(String text) {
    return new Argument(text, Certainty.EXACT);
  }

  boolean isExact() {
    return certainty == Certainty.EXACT;
  }

  boolean isPattern() {
    return certainty == Certainty.PATTERN;
  }

  boolean isUnknown() {
    return certainty == Certainty.UNKNOWN;
  }
}
