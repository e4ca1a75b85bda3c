package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
  @TempDir Path dir;

  private ProjectFiles files() {
    return new ProjectFiles(() -> dir, dir.resolve("sub"), true, List.of());
  }

  private void write(String name, String text) throws Exception {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void directoriesAreNamesToo() throws Exception {
    write("a/b/c.txt", "");
    write("a b.txt", "");

    assertThat(files().all(() -> false)).containsExactly("a b.txt", "a/", "a/b/", "a/b/c.txt");
  }

  @Test
  void whatIsIgnoredOrHiddenOrCannotBeWrittenIsLeftOut() throws Exception {
    write(".ignore", "build/\n");
    write("build/x", "");
    write(".env", "");
    write("two\nlines", "");
    write("q\"q", "");
    write("x", "");

    assertThat(files().all(() -> false)).containsExactly("x");
    assertThat(new ProjectFiles(() -> dir, dir, false, List.of()).all(() -> false))
        .containsExactly("build/", "build/x", "x");
  }

  @Test
  void aWalkCanBeEnded() throws Exception {
    write("x", "");

    assertThat(files().all(() -> true)).isEmpty();
  }

  @Test
  void aDirectoryIsListedWithAllThatIsInIt() throws Exception {
    write(".ignore", "build/\n");
    write("build/x", "");
    write("sub/y", "");

    assertThat(files().entries("")).containsExactlyInAnyOrder(".ignore", "build/", "sub/");
    assertThat(files().entries("~/")).containsExactly("y");
    assertThat(files().entries(dir + "/build/")).containsExactly("x");
    assertThat(files().entries("nowhere/")).isEmpty();
    assertThat(files().entries("\0")).isEmpty();
  }
}
