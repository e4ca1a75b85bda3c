package dev.agent.session;

/**
 * Something in a journal that is not as it should be, and what was made of it.
 *
 * @param line number of the line in the file, from 1; 0 when it is about no single line
 * @param text a sentence for the person
 */
public record Problem(int line, String text) {
  @Override
  public String toString() {
    return line == 0 ? text : "line " + line + ": " + text;
  }
}
