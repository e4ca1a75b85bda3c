package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHeadTest {
  @TempDir Path dir;
  private Path deep;

  @BeforeEach
  void repository() throws IOException {
    deep = Files.createDirectories(dir.resolve("repository/src/deep"));
    Files.createDirectories(dir.resolve("repository/.git"));
  }

  private void head(String text) throws IOException {
    Files.writeString(dir.resolve("repository/.git/HEAD"), text);
  }

  @Test
  void theBranchIsNamedFromAnywhereInside() throws IOException {
    head("ref: refs/heads/feature/x\n");

    assertThat(GitHead.of(deep)).contains("feature/x");
    assertThat(GitHead.of(dir.resolve("repository"))).contains("feature/x");
  }

  @Test
  void aCommitIsNamedByItsHash() throws IOException {
    head("0123456789abcdef0123456789abcdef01234567\n");

    assertThat(GitHead.of(deep)).contains("0123456");
  }

  @Test
  void aWorktreeSaysWhereItsHeadIs() throws IOException {
    Path worktree = Files.createDirectories(dir.resolve("worktree"));
    Path own = Files.createDirectories(dir.resolve("repository/.git/worktrees/w"));
    Files.writeString(own.resolve("HEAD"), "ref: refs/heads/side\n");
    Files.writeString(worktree.resolve(".git"), "gitdir: ../repository/.git/worktrees/w\n");

    assertThat(GitHead.of(worktree)).contains("side");
  }

  @Test
  void whatMakesNoSenseIsNoBranch() throws IOException {
    assertThat(GitHead.of(deep)).isEmpty();
    head("ref: refs/heads/");
    assertThat(GitHead.of(deep)).isEmpty();
    head("\0 nonsense");
    assertThat(GitHead.of(deep)).isEmpty();
    Path other = Files.createDirectories(dir.resolve("other"));
    Files.writeString(other.resolve(".git"), "gitdir: \0\n");
    assertThat(GitHead.of(other)).isEmpty();
  }
}
