package dev.agent.mode.interactive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the model is told besides the person's own words: the text files beside this class. */
final class PromptTexts {
  private PromptTexts() {}

  /** The text of a file, such as {@code steered}. */
  static String of(String name) {
    try (InputStream in = PromptTexts.class.getResourceAsStream(name + ".md")) {
      if (in == null) {
        throw new IllegalStateException(name + ".md is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as a reminder, which the model knows not to be the person's words. */
  static String reminder(String name) {
    return "<system-reminder>\n" + of(name) + "\n</system-reminder>";
  }
}
