package dev.agent.mode.screen;

import dev.agent.session.SpillFiles;
import dev.agent.tui.view.SourceStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps long texts of the transcript in files of the session, as long as it is on the screen. Of a
 * session that is not kept nothing goes to the disk. UI thread only.
 */
final class TextFiles implements SourceStore, AutoCloseable {
  private static final String NAME = "text";

  private Optional<SpillFiles> files = Optional.empty();

  /**
   * Texts belong to this session from now on; those of the one before are gone.
   *
   * @param journal of the session; empty when it is not kept
   */
  void begin(Optional<Path> journal) {
    close();
    files = journal.map(SpillFiles::ofScreen);
    files.ifPresent(SpillFiles::clear); // what a killed agent left
  }

  @Override
  public Optional<Kept> keep(String text) {
    return files
        .flatMap(it -> it.keepWhole(NAME, text))
        .map(file -> () -> Files.readString(file, StandardCharsets.UTF_8));
  }

  /** Removes them. */
  @Override
  public void close() {
    files.ifPresent(SpillFiles::clear);
    files = Optional.empty();
  }
}
