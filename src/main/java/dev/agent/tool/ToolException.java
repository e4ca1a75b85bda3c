package dev.agent.tool;

/**
 * A call that failed as calls may. The message goes to the model: what is wrong, then the next
 * step.
 */
public final class ToolException extends Exception {
  private static final long serialVersionUID = 1L;

  public ToolException(String message) {
    super(message);
  }

  public ToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
