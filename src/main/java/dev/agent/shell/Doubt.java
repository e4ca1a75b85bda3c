package dev.agent.shell;

/**
 * Why it can't be told what a line does, although it could be read.
 *
 * @param kind the reason
 * @param source what it is about, as written
 */
public record Doubt(Kind kind, String source) {
  /** Reasons for doubt. */
  public enum Kind {
    /** Which program runs is only known when it runs. */
    UNKNOWN_COMMAND,
    /** A program or builtin runs code that does not stand in the line, or is put together. */
    UNKNOWN_CODE,
    /** Code inside of a word, such as that of {@code bash -c}, could not be understood. */
    UNREADABLE_CODE,
    /** A value is evaluated, and a value can contain commands. */
    EVALUATES,
    /** An expansion assigns a variable. */
    ASSIGNS,
    /** A process that goes on beside the line and talks with it. */
    COPROCESS,
    /** There is more of it than is looked at. */
    TOO_MUCH
  }
}
