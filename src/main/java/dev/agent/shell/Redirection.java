package dev.agent.shell;

/**
 * What a redirection does.
 *
 * @param kind what it does with the target
 * @param descriptor a number, <code>{name}</code>, or {@code "1+2"} for both outputs
 * @param target a path; for {@link Kind#DUPLICATE} a descriptor; for {@link Kind#TEXT} the text
 *     itself; {@code "-"} for {@link Kind#CLOSE}
 * @param directory where a relative path starts
 */
public record Redirection(Kind kind, String descriptor, Argument target, Directory directory) {
  /** What a redirection does with its target. */
  public enum Kind {
    /** Reads a file. */
    READ,
    /** Replaces a file. */
    WRITE,
    /** Adds to a file. */
    APPEND,
    /** Opens a file for both, and creates it. */
    READ_WRITE,
    /** Makes one descriptor a copy of another. */
    DUPLICATE,
    /** Closes a descriptor. */
    CLOSE,
    /** Reads text that stands in the script: a here-document or a here-string. */
    TEXT
  }

  /** Whether a file may be created or changed. */
  public boolean writes() {
    return kind == Kind.WRITE || kind == Kind.APPEND || kind == Kind.READ_WRITE;
  }

  /** Whether it opens a file at all. */
  public boolean opensFile() {
    return kind == Kind.READ || writes();
  }
}
