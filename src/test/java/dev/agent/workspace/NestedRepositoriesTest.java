package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.context.GitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repositories in the repository: git goes into them when it looks for changes, and obeys what
 * their configuration says. Beside real git.
 */
final class NestedRepositoriesTest {
  private @TempDir Path temp;
  private Path project;
  private Path inner;
  private Path marker;
  private CommandJudge judge;

  @BeforeEach
  void repositories() throws Exception {
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    judge = new CommandJudge(temp.resolve("home"), List.of(project));
    inner = Files.createDirectories(project.resolve("libs/inner"));
    marker = temp.toRealPath().resolve("ran");
    git(project, "init", "-q");
    git(inner, "init", "-q");
    Files.writeString(inner.resolve("a"), "a\n");
    commit(inner);
    Files.writeString(project.resolve("b"), "b\n");
    commit(project);
  }

  private static String git(Path place, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-C",
                place.toString(),
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@t",
                "-c",
                "advice.addEmbeddedRepo=false",
                "-c",
                "core.fsmonitor=false"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static void commit(Path place) throws Exception {
    git(place, "add", "-A");
    git(place, "commit", "-qm", "x");
  }

  private boolean reads(String command) {
    return judge.judge(command, project).onlyReads();
  }

  @Test
  void oneWithAnEverydayConfigurationLetsGitRead() {
    assertThat(reads("git status")).isTrue();
    assertThat(reads("git diff")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void oneThatNamesAProgramProvesNothingInAnyFormatOfTheIndex(String version) throws Exception {
    git(project, "update-index", "--index-version", version);
    git(inner, "config", "core.fsmonitor", "touch " + marker + "; false");
    new ProcessBuilder("git", "-C", project.toString(), "status").start().waitFor();
    assertThat(marker).as("what the rule is good for").exists();
    assertThat(reads("git status")).isFalse();
    assertThat(reads("git diff --stat")).isFalse();
    assertThat(reads("ls libs")).isTrue();
  }

  @Test
  void oneFurtherInsideCountsAsWell() throws Exception {
    Path deep = Files.createDirectories(inner.resolve("deep"));
    git(deep, "init", "-q");
    Files.writeString(deep.resolve("c"), "c\n");
    commit(deep);
    commit(inner);
    commit(project);
    assertThat(reads("git status")).isTrue();
    git(deep, "config", "filter.x.clean", "touch " + marker);
    assertThat(reads("git status")).isFalse();
  }

  @Test
  void aSubmoduleAsGitMakesItIsInert() throws Exception {
    Path other = Files.createDirectories(temp.toRealPath().resolve("other"));
    git(other, "init", "-q");
    Files.writeString(other.resolve("a"), "a\n");
    commit(other);
    git(
        project,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        other.toString(),
        "sub");
    commit(project);
    assertThat(Files.readString(project.resolve(".git/modules/sub/config"))).contains("worktree");
    assertThat(reads("git status")).isTrue();
    git(project.resolve("sub"), "config", "core.worktree", "/");
    assertThat(reads("git status")).isFalse();
  }

  @Test
  void anIndexThatCannotBeReadProvesNothing() throws Exception {
    assertThat(reads("git status")).isTrue();
    Files.writeString(project.resolve(".git/index"), "DIRC nonsense");
    assertThat(reads("git status")).isFalse();
  }

  @Test
  void theAgentsOwnLookAtTheRepositoryStartsNothingInside() throws Exception {
    Files.writeString(inner.resolve(".gitattributes"), "* filter=x\n");
    commit(inner);
    commit(project);
    git(inner, "config", "filter.x.clean", "touch " + marker + "; cat");
    Files.setLastModifiedTime(
        inner.resolve("a"), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    String status =
        GitStatus.of(
            project,
            (command, cwd, limit) -> {
              try {
                Process process = new ProcessBuilder(command).directory(cwd.toFile()).start();
                String text = new String(process.getInputStream().readAllBytes());
                return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(status).contains("Latest commits");
    assertThat(marker).doesNotExist();
    new ProcessBuilder("git", "-C", project.toString(), "status").start().waitFor();
    assertThat(marker).as("what plain git would have done").exists();
  }
}
