package dev.agent.tui.view;

import java.io.IOException;
import java.util.Optional;

/** Keeps long texts outside of the memory. */
@FunctionalInterface
public interface SourceStore {
  /** Keeps nothing: every text stays in memory. */
  SourceStore NONE = text -> Optional.empty();

  /** Takes a text; empty when it could not be kept, and then it stays in memory. */
  Optional<Kept> keep(String text);

  /** A text that is kept elsewhere. */
  @FunctionalInterface
  interface Kept {
    /**
     * Reads it back.
     *
     * @throws IOException when it is gone
     */
    String read() throws IOException;
  }
}
