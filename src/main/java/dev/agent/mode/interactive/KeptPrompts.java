package dev.agent.mode.interactive;

import dev.agent.loop.AgentEvent;
import dev.agent.session.PromptHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the person wrote in a directory, kept for later sessions. What goes wrong is told, and costs
 * nothing else. Thread-safe.
 *
 * @param persist whether anything may be kept
 */
record KeptPrompts(PromptHistory history, Path directory, boolean persist, Audience audience) {

  /**
   * Keeps a prompt.
   *
   * @param session its id; empty before one is open
   */
  void keep(String text, String session) {
    try {
      if (persist) {
        history.add(text, directory, session);
      }
    } catch (IOException e) {
      audience.tell(AgentEvent.Level.WARNING, "The prompt can't be kept: " + e.getMessage() + ".");
    }
  }

  /** The latest ones, newest first, each once. Blocks for a moment. */
  List<String> latest(int limit) {
    try {
      return history.latest(limit, directory).stream().map(PromptHistory.Prompt::text).toList();
    } catch (IOException e) {
      audience.tell(
          AgentEvent.Level.WARNING, "Older prompts can't be read: " + e.getMessage() + ".");
      return List.of();
    }
  }
}
