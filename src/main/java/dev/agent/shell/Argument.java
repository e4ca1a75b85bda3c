package dev.agent.shell;

/**
 * One word of a command as the program will receive it, as far as that can be known without running
 * anything.
 *
 * @param text what it says; how it is to be read depends on the certainty
 * @param certainty how much the text tells
 */
public record Argument(String text, Certainty certainty) {
  /** How much the text of an argument tells about what the program receives. */
  public enum Certainty {
    /** Exactly one argument, character for character the text. */
    EXACT,
    /**
     * A file name pattern: the text is the pattern, in which characters that stand for themselves
     * have a backslash where they would be special. It becomes one argument or several, each of
     * which fits the pattern, or stays as it is when no file fits.
     */
    PATTERN,
    /**
     * Something that is only known when it runs: no argument, one, or several, with any content.
     * The text is what was written: quotes are removed, expansions stand as they do in the source.
     */
    UNKNOWN
  }

  /** An argument of which every character is known. */
  public static Argument exact(String text) {
    return new Argument(text, Certainty.EXACT);
  }

  /** An argument that names files by a pattern. */
  public static Argument pattern(String text) {
    return new Argument(text, Certainty.PATTERN);
  }

  /** An argument that may turn out to be anything. */
  public static Argument unknown(String source) {
    return new Argument(source, Certainty.UNKNOWN);
  }

  /** Whether it is exactly one argument whose text is known. */
  public boolean isExact() {
    return certainty == Certainty.EXACT;
  }

  /** Whether it is a pattern of file names. */
  public boolean isPattern() {
    return certainty == Certainty.PATTERN;
  }

  /** Whether it may turn out to be anything. */
  public boolean isUnknown() {
    return certainty == Certainty.UNKNOWN;
  }

  /** Whether the program receives exactly this text as one argument. */
  public boolean is(String wanted) {
    return certainty == Certainty.EXACT && text.equals(wanted);
  }
}
