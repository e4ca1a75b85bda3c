package dev.agent.settings;

import dev.agent.text.Visible;

/**
 * Something in a settings file that is not as it should be.
 *
 * @param file where
 * @param line from 1; 0 where no line can be named
 * @param sentence what is wrong, what happens because of it, and what to do
 */
public record Problem(String file, int line, String sentence) {
  @Override
  public String toString() {
    // Files of a project may hold anything: nothing of it reaches a terminal as it is.
    return Visible.of((line > 0 ? file + ", line " + line : file) + ": " + sentence);
  }
}
