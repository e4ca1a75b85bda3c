package dev.agent.mode.screen;

import dev.agent.session.PartsFile;
import dev.agent.session.SpillFiles;
import dev.agent.tui.view.PageStore;
import dev.agent.tui.view.SourceStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps what the screen does not show of a session, and long texts of what it does show, in a file
 * of the session, as long as it is on the screen. Of a session that is not kept nothing goes to the
 * disk. Thread-safe.
 */
final class TextFiles implements SourceStore, PageStore, AutoCloseable {
  private static final String NAME = "shown";

  private Optional<SpillFiles> files = Optional.empty();
  private Optional<PartsFile> parts = Optional.empty();
  private boolean failed;

  /**
   * Texts belong to this session from now on; those of the one before are gone.
   *
   * @param journal of the session; empty when it is not kept
   */
  synchronized void begin(Optional<Path> journal) {
    close();
    files = journal.map(SpillFiles::ofScreen);
    files.ifPresent(SpillFiles::clear); // what a killed agent left
  }

  @Override
  public Optional<SourceStore.Kept> keep(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // A lone surrogate is no character of a file: such a text would come back as another one.
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      return Optional.empty();
    }
    return keep(bytes).map(kept -> () -> new String(kept.read(), StandardCharsets.UTF_8));
  }

  @Override
  public Optional<PageStore.Kept> keep(byte[] page) {
    return file().flatMap(file -> file.add(page).map(part -> () -> file.read(part)));
  }

  /** The file, made when it is needed first; where it can't be made everything stays in memory. */
  private synchronized Optional<PartsFile> file() {
    if (parts.isEmpty() && files.isPresent() && !failed) {
      try {
        parts = Optional.of(PartsFile.create(files.get(), NAME));
      } catch (IOException e) {
        failed = true;
      }
    }
    return parts;
  }

  /** Removes them. */
  @Override
  public synchronized void close() {
    try {
      if (parts.isPresent()) {
        parts.get().close();
      }
    } catch (IOException e) {
      // Removed below all the same.
    }
    parts = Optional.empty();
    failed = false;
    files.ifPresent(SpillFiles::clear);
    files = Optional.empty();
  }
}
