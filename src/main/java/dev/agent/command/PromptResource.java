package dev.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Prompts that commands send, one resource file each. */
final class PromptResource {
  private PromptResource() {}

  /** The text of {@code <name>.md}. */
  static String of(String name) {
    try (InputStream in = PromptResource.class.getResourceAsStream(name + ".md")) {
      if (in == null) {
        throw new IllegalStateException(name + ".md is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
