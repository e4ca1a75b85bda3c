package dev.agent.hook;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where and in which session hooks run.
 *
 * @param transcript the session's journal
 * @param project the project's root, for {@code CLAUDE_PROJECT_DIR}
 * @param cwd the present working directory of the session
 * @param mode the present permission mode
 * @param exports the file in which hooks of a session's start may write {@code export NAME=value}
 * @param overflow keeps a text that is too long, by a name; empty when it can't
 */
public record HookPlace(
    String sessionId,
    String transcript,
    Path project,
    Supplier<Path> cwd,
    Supplier<String> mode,
    Path exports,
    Overflow overflow) {
  /** Keeps texts that are too long for the conversation. */
  @FunctionalInterface
  public interface Overflow {
    Optional<Path> keep(String name, String text);
  }
}
