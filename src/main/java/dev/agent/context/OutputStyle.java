package dev.agent.context;

/**
 * How the model works with the person and writes: a text that joins the system prompt.
 *
 * @param name as people write it; compared without case
 * @param description one line; may be empty
 * @param text what the model is told; empty for {@link #DEFAULT} alone
 * @param keepsCoding whether the instructions about writing code stay in the system prompt
 * @param origin who wrote it
 */
public record OutputStyle(
    String name, String description, String text, boolean keepsCoding, Origin origin) {
  /** No style: the system prompt as it is. */
  public static final OutputStyle DEFAULT =
      new OutputStyle("default", "Finishes tasks and reports briefly", "", true, Origin.BUILT_IN);

  /** Who wrote a style. */
  public enum Origin {
    BUILT_IN,
    PERSONAL,
    PROJECT
  }

  /** Whether a name means this style. */
  public boolean isNamed(String wanted) {
    return name.equalsIgnoreCase(wanted.strip());
  }
}
