package dev.agent.tui.view;

import dev.agent.tool.Display;
import java.util.List;
import java.util.Optional;

/**
 * Blocks of what was said before all that is shown, made by {@link TranscriptFeed#earlier} beside
 * the UI thread. Whoever hands it on lets go of it.
 */
public final class Earlier {
  private final Transcript blocks;
  private final Optional<List<Display.Todo>> todos;

  Earlier(Transcript blocks, Optional<List<Display.Todo>> todos) {
    this.blocks = blocks;
    this.todos = todos;
  }

  Transcript blocks() {
    return blocks;
  }

  /** The task list, if one was written. */
  Optional<List<Display.Todo>> todos() {
    return todos;
  }
}
