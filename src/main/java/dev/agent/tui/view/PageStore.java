package dev.agent.tui.view;

import java.io.IOException;
import java.util.Optional;

/** Keeps parts of a transcript outside of the memory. */
@FunctionalInterface
public interface PageStore {
  /** Keeps nothing: every block stays in memory. */
  PageStore NONE = page -> Optional.empty();

  /**
   * Takes some blocks as bytes; empty when they could not be kept, and then they stay in memory.
   */
  Optional<Kept> keep(byte[] page);

  /** Bytes that are kept elsewhere. */
  @FunctionalInterface
  interface Kept {
    /**
     * Reads them back.
     *
     * @throws IOException when they are gone
     */
    byte[] read() throws IOException;
  }
}
