package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFileTest {
  @TempDir Path dir;

  @Test
  void nobodyElseMayReadIt() throws Exception {
    try (ScratchFile file = ScratchFile.create(dir, "text.md", "héllo")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path().getParent())))
          .isEqualTo("rwx------");
      assertThat(file.read()).isEqualTo("héllo");
      assertThat(file.path()).hasFileName("text.md");
    }
  }

  @Test
  void goesAwayWithWhatAProgramLeftBesideIt() throws Exception {
    Path outside = Files.writeString(dir.resolve("outside"), "x");
    try (ScratchFile file = ScratchFile.create(dir, "text.md", "x")) {
      Path backup = Files.createDirectory(file.path().resolveSibling("backup"));
      Files.writeString(backup.resolve("text.md~"), "x");
      Files.createSymbolicLink(file.path().resolveSibling("link"), outside);
    }

    assertThat(dir).isDirectoryContaining(outside::equals);
    assertThat(Files.list(dir)).containsExactly(outside);
  }

  @Test
  void whatIsNoTextAnyMoreIsNotReadBack() throws Exception {
    try (ScratchFile file = ScratchFile.create(dir, "text.md", "x")) {
      Files.write(file.path(), "é".getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("UTF-8");

      Files.delete(file.path());
      assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("gone");
    }
  }
}
