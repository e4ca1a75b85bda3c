package dev.agent.settings;

/**
 * Something in a settings file that is not as it should be.
 *
 * @param file where
 * @param sentence what is wrong and what happens because of it
 */
public record Problem(String file, String sentence) {
  @Override
  public String toString() {
    return file + ": " + sentence;
  }
}
