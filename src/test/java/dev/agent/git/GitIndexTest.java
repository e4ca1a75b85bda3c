package dev.agent.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read beside real git. */
class GitIndexTest {
  private @TempDir Path root;
  private Path git;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    git("init", "-q");
    git = root.resolve(".git");
    for (String name : List.of("+first", ".dot", "src/a", "src/ab", "z")) {
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

  private boolean read() {
    seen.clear();
    return GitIndex.read(
        git, entry -> seen.add(entry.path() + (entry.isRepository() ? " (repository)" : "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void whatIsTrackedIsShownInItsOrder(String version) throws Exception {
    git("update-index", "--index-version", version);
    git("add", "+first", ".dot", "src/ab", "z");
    if (version.equals("3")) {
      git("add", "-N", "src/a"); // needs the extended flags
    } else {
      git("add", "src/a");
    }
    git(
        "update-index",
        "--add",
        "--cacheinfo",
        "160000,4b825dc642cb6eb9a060e54bf8d69288fbee4904,src/inner");
    assertThat(read()).isTrue();
    assertThat(seen)
        .containsExactly("+first", ".dot", "src/a", "src/ab", "src/inner (repository)", "z");
  }

  @Test
  void noMoreIsShownThanIsWanted() throws Exception {
    git("add", ".");
    assertThat(GitIndex.read(git, entry -> seen.add(entry.path()) && seen.size() < 2)).isTrue();
    assertThat(seen).containsExactly("+first", ".dot");
  }

  @Test
  void withoutAnIndexThereIsNothing() {
    assertThat(read()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void anIndexInTwoPartsIsNotUnderstood() throws Exception {
    git("add", ".");
    git("update-index", "--split-index");
    assertThat(read()).isFalse();
  }

  @Test
  void anIndexThatIsCutAnywhereIsNotUnderstood() throws Exception {
    git("add", ".");
    Path index = git.resolve("index");
    byte[] whole = Files.readAllBytes(index);
    assertThat(read()).isTrue();
    int end = whole.length - 20 - 8; // its checksum, and the zeros behind the last path
    for (int cut = 0; cut < end; cut++) {
      Files.write(index, Arrays.copyOf(whole, cut));
      assertThat(read()).as("cut at %s", cut).isFalse();
    }
    Files.delete(index);
    Files.createDirectory(index);
    assertThat(read()).isFalse();
  }
}
