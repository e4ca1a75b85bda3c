package dev.agent.tui.edit;

/** What becomes of what is written in the composer. */
public enum InputMode {
  /** It goes to the model. */
  PROMPT(""),
  /** It runs as a shell command, without the model. */
  SHELL("!"),
  /** It is added to the memory. */
  MEMORY("#");

  private final String prefix;

  InputMode(String prefix) {
    this.prefix = prefix;
  }

  /** The character that begins it; empty for a prompt. */
  public String prefix() {
    return prefix;
  }

  /** The mode that a first character begins; {@link #PROMPT} for any other. */
  static InputMode begunBy(String typed) {
    return typed.equals(SHELL.prefix) ? SHELL : typed.equals(MEMORY.prefix) ? MEMORY : PROMPT;
  }
}
