package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read beside real git: what it tracks is found, in every format of its index. */
class TrackedFilesTest {
  private static final String LOCAL = ".claude/settings.local.json";

  @TempDir Path root;

  @BeforeEach
  void files() throws IOException, InterruptedException {
    git("init", "-q");
    for (String name :
        List.of("+first", ".claude/settings.json", ".claudex", ".agent/b", LOCAL, "src/a", "z")) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), name);
    }
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void whatIsTrackedIsFoundAndNothingElse(String version) throws Exception {
    git("update-index", "--index-version", version);
    git("add", "+first", ".claude/settings.json", ".claudex", ".agent/b", "src", "z");
    if (version.equals("3")) {
      git("add", "-N", "."); // needs the extended flags
      git("rm", "-q", "--cached", LOCAL);
    }
    assertThat(TrackedFiles.mayTrack(root, LOCAL)).isFalse();
    assertThat(TrackedFiles.mayTrack(root, ".claude/settings.json")).isTrue();
    git("add", "-f", LOCAL);
    assertThat(TrackedFiles.mayTrack(root, LOCAL)).isTrue();
    assertThat(TrackedFiles.mayTrack(root, ".Claude/Settings.local.JSON")).isTrue();
    assertThat(TrackedFiles.mayTrack(root, ".agent/settings.local.json")).isFalse();
  }

  @Test
  void withoutARepositoryOrBeforeTheFirstAddNothingIsTracked() throws IOException {
    assertThat(TrackedFiles.mayTrack(root, LOCAL)).isFalse();
    assertThat(TrackedFiles.mayTrack(Files.createDirectory(root.resolve("d")), LOCAL)).isFalse();
  }

  @Test
  void aWorktreeHasItsOwnIndex() throws Exception {
    git("add", "-f", LOCAL);
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
    git("worktree", "add", "-q", "-b", "other", root.resolve("tree").toString());
    assertThat(TrackedFiles.mayTrack(root.resolve("tree"), LOCAL)).isTrue();
  }

  @Test
  void anIndexThatIsNotUnderstoodMayHoldAnything() throws Exception {
    git("add", "src");
    Path index = root.resolve(".git/index");
    byte[] bytes = Files.readAllBytes(index);
    Files.write(index, new byte[] {1, 2, 3});
    assertThat(TrackedFiles.mayTrack(root, LOCAL)).isTrue();
    bytes[73] ^= 3; // the length of the first name
    Files.write(index, bytes);
    assertThat(TrackedFiles.mayTrack(root, LOCAL)).isTrue();
    Files.write(index, java.util.Arrays.copyOf(bytes, 60));
    assertThat(TrackedFiles.mayTrack(root, LOCAL)).isTrue();
  }

  @Test
  void aRepositoryWithLongerHashesCountsAsUnknown() throws Exception {
    Path other = Files.createDirectory(root.resolve("long"));
    git("init", "-q", "--object-format=sha256", other.toString());
    Files.writeString(other.resolve("a"), "a");
    Process process = new ProcessBuilder("git", "-C", other.toString(), "add", "a").start();
    assertThat(process.waitFor()).isZero();
    assertThat(TrackedFiles.mayTrack(other, LOCAL)).isTrue();
  }
}
