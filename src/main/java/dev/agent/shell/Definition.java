package dev.agent.shell;

/**
 * Something that a line changes for the commands after it, or for one command.
 *
 * @param kind what is defined
 * @param name empty when it is not known
 * @param value empty text when there is none
 * @param inert it can't change what any command does, but how its output looks
 */
public record Definition(Kind kind, String name, Argument value, boolean inert) {
  /** What a definition defines. */
  public enum Kind {
    VARIABLE,
    FUNCTION,
    ALIAS,
    TRAP,
    /** An option of the shell, or a limit of the process. */
    OPTION,
    /** Which program or builtin a name stands for. */
    COMMAND
  }
}
