package dev.agent.message;

/**
 * Who speaks. {@link #SYSTEM} inside a conversation is legal on some models only; elsewhere its
 * text travels as a reminder in a user message.
 */
public enum Role {
  USER("user"),
  ASSISTANT("assistant"),
  SYSTEM("system");

  private final String wire;

  Role(String wire) {
    this.wire = wire;
  }

  /** The name used in JSON. */
  public String wire() {
    return wire;
  }

  /**
   * @throws IllegalArgumentException when the name is none of the three
   */
  public static Role of(String wire) {
    for (Role role : values()) {
      if (role.wire.equals(wire)) {
        return role;
      }
    }
    throw new IllegalArgumentException("unknown role \"" + wire + "\"");
  }
}
