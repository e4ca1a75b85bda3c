package dev.agent.context;

import dev.agent.model.ModelRequest.SystemText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The system prompt as blocks: first the part that is the same in every session (and covers the
 * tools in the cache), then the part about this one.
 */
public final class SystemPrompt {
  private SystemPrompt() {}

  /**
   * @param replaced the user's own text instead of ours; with it no style counts
   * @param appended the user's own text after ours
   * @param style joins the second block, so that the first one has two forms at most and is read
   *     from the cache by sessions of all styles
   */
  public static List<SystemText> blocks(
      Optional<String> replaced,
      Optional<String> appended,
      OutputStyle style,
      Surroundings surroundings) {
    List<SystemText> blocks = new ArrayList<>(2);
    String first = replaced.orElseGet(() -> own(style.keepsCoding()));
    if (!first.isBlank()) {
      blocks.add(new SystemText(first, true));
    }
    StringBuilder second = new StringBuilder(environment(surroundings));
    if (replaced.isEmpty() && !style.text().isEmpty()) {
      second
          .append("\n\n# Output style: ")
          .append(style.name())
          .append('\n')
          .append(resource("style.md"))
          .append("\n\n")
          .append(style.text());
    }
    appended
        .filter(text -> !text.isBlank())
        .ifPresent(text -> second.append("\n\n").append(text.strip()));
    blocks.add(new SystemText(second.toString(), true));
    return blocks;
  }

  /** The blocks as one text, for {@code --dump-system-prompt}. */
  public static String text(List<SystemText> blocks) {
    StringBuilder out = new StringBuilder();
    for (SystemText block : blocks) {
      out.append(out.isEmpty() ? "" : "\n\n").append(block.text());
    }
    return out.toString();
  }

  private static String own(boolean coding) {
    return resource("system.md")
        .replace("{coding}\n\n", coding ? resource("coding.md") + "\n\n" : "");
  }

  private static String resource(String name) {
    try (InputStream in = SystemPrompt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String environment(Surroundings here) {
    StringBuilder out = new StringBuilder("# This session\n");
    out.append("Working directory: ").append(here.cwd()).append('\n');
    if (!here.added().isEmpty()) {
      out.append("Further directories:");
      here.added().forEach(path -> out.append(' ').append(path));
      out.append('\n');
    }
    out.append("Git repository: ").append(here.isGitRepository() ? "yes" : "no").append('\n');
    out.append("Platform: ").append(here.platform()).append('\n');
    out.append("Date at the start of the session: ").append(here.date()).append('\n');
    out.append("Model: ").append(here.model());
    if (!here.gitStatus().isEmpty()) {
      out.append(
              "\n\n"
                  + "State of the repository when the session started (it is not updated; run git"
                  + " for the present state):\n")
          .append(here.gitStatus());
    }
    return out.toString();
  }
}
