package dev.agent.json;

/**
 * A tool input that does not fit its schema. The message is written for the model: it names the
 * field, what was expected and what came.
 */
public final class InvalidInputException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }
}
