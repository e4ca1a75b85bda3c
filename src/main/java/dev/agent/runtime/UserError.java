package dev.agent.runtime;

/**
 * Something the person can put right: a bad flag, a settings file, a missing key. Shown as it is,
 * without a stack trace.
 *
 * <p>The message reads <em>what is wrong, where, and what to do</em>, in that order.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param what what is wrong, with the offending value quoted; ends with a full stop
   * @param remedy what to do about it; ends with a full stop, may be empty; one of several lines
   *     begins below {@code what}
   * @param exitCode see {@link ExitCode}
   */
  public UserError(String what, String remedy, int exitCode) {
    super(remedy.isEmpty() ? what : what + (remedy.contains("\n") ? "\n" : " ") + remedy);
    this.exitCode = exitCode;
  }

  /** A failure with {@link ExitCode#FAILURE}. */
  public UserError(String what, String remedy) {
    this(what, remedy, ExitCode.FAILURE);
  }

  /** The code the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
