package dev.agent.runtime;

/**
 * Process exit codes. Scripts written for the public CLI of this kind expect 1 for every failure;
 * signals follow the shell's 128 + n.
 */
public final class ExitCode {
  /** The work was done. A denied tool is no failure. */
  public static final int OK = 0;

  /** Everything that went wrong: bad flags, missing input, model failure, a limit that was hit. */
  public static final int FAILURE = 1;

  /** Ended by SIGHUP. */
  public static final int HUNG_UP = 129;

  /** Ended by SIGINT. */
  public static final int INTERRUPTED = 130;

  /** The reader of stdout went away (128 + SIGPIPE). */
  public static final int BROKEN_PIPE = 141;

  /** Ended by SIGTERM. */
  public static final int TERMINATED = 143;

  private ExitCode() {}
}
