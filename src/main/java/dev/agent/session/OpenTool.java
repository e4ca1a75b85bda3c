package dev.agent.session;

/**
 * A tool call that the session's end left without a result in the conversation.
 *
 * @param toolUseId the model's id of the call
 * @param name the tool
 * @param state what is known of it
 * @param said what the model is told
 */
public record OpenTool(String toolUseId, String name, State state, String said) {
  /** What is known. */
  public enum State {
    /** It ended, and its recorded result is used. */
    DONE,
    /** It had not begun. */
    NOT_STARTED,
    /** It had begun; whether it took effect is not known. */
    UNKNOWN
  }
}
