package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandJudgeTest {
  @TempDir Path temp;
  private Path project;
  private Path outside;
  private CommandJudge judge;

  @BeforeEach
  void makeTree() throws Exception {
    project = Files.createDirectories(temp.toRealPath().resolve("home/project"));
    outside = Files.createDirectories(temp.toRealPath().resolve("outside"));
    Files.createDirectories(project.resolve(".git/hooks"));
    Files.createDirectories(project.resolve("src"));
    Files.writeString(project.resolve("src/a.ts"), "x");
    Files.writeString(outside.resolve("data"), "x");
    Files.createSymbolicLink(project.resolve("out"), outside);
    judge = new CommandJudge(project.getParent(), List.of(project));
  }

  private CommandJudgement judge(String command) {
    return judge.judge(command, project);
  }

  @Test
  void aPathBehindALinkIsFollowedAsTheSystemDoesIt() {
    assertThat(judge("cat out/../home/x").paths())
        .contains(project.resolve("home/x"), temp.resolve("home/x").toAbsolutePath());
    assertThat(judge("cat out/data").paths()).contains(outside.resolve("data"));
    assertThat(judge("cd out && cat data").paths()).contains(outside.resolve("data"));
    assertThat(judge("cat s?c/*.ts").paths()).contains(project.resolve("src/a.ts"));
  }

  @Test
  void commandsThatMoveAreKnown() {
    assertThat(judge("cd src && ls").moves()).isTrue();
    assertThat(judge("ls src").moves()).isFalse();
    assertThat(judge("cd src && ls").onlyReads()).isTrue();
  }

  @Test
  void namesFromAPipeAreGoodForReadingOnly() {
    assertThat(judge("find src -type f | xargs cat").onlyReads()).isTrue();
    assertThat(judge("find . | xargs cat").paths()).contains(outside);
    assertThat(judge("cat list | xargs cat").onlyReads()).isFalse();
    assertThat(judge("find src | xargs rm").parts().getLast().proof())
        .isEqualTo(CommandPart.Proof.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[core]\n\tbare = false\n",
        "[core]\n\tfsmonitor = false\n",
        "[remote \"origin\"]\n\turl = git@x:y\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n",
        "[branch \"a]b\"]\n\tmerge = refs/heads/main\n[user]\n\tname = x # y\n",
        "[alias]\n\tst = status\n"
      })
  void anEverydayConfigurationLetsGitRead(String config) throws Exception {
    Files.writeString(project.resolve(".git/config"), config);
    assertThat(judge("git status").onlyReads()).isTrue();
    assertThat(judge("git diff HEAD").onlyReads()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[core]\n\tfsmonitor = ./evil\n",
        "[core] fsmonitor = ./evil\n",
        "[CORE]\n\tFSMonitor=./evil\n",
        "[core]\n\thooksPath = evil\n",
        "[core]\n\tworktree = /\n",
        "[diff]\n\texternal = ./evil\n",
        "[diff \"x\"]\n\ttextconv = ./evil\n",
        "[diff.x]\n\tcommand = ./evil\n",
        "[filter \"x\"]\n\tclean = ./evil\n",
        "[include]\n\tpath = ../evil\n",
        "[includeIf \"gitdir:/\"]\n\tpath = ../evil\n",
        "[gpg]\n\tprogram = ./evil\n",
        "[log]\n\tshowSignature = true\n",
        "[remote \"o\"]\n\tpromisor = true\n",
        "[user]\n\tname = a\\\n[core]\n",
        "[core\n\tfsmonitor = ./evil\n",
        "[unheard]\n\tof = it\n"
      })
  void aConfigurationThatMayStartProgramsProvesNothing(String config) throws Exception {
    Files.writeString(project.resolve(".git/config"), config);
    assertThat(judge("git status").onlyReads()).isFalse();
    assertThat(judge("ls").onlyReads()).isTrue();
  }

  @Test
  void aChangedConfigurationIsReadAgain() throws Exception {
    Path config = project.resolve(".git/config");
    Files.writeString(config, "[core]\n\tbare = false\n");
    assertThat(judge("git status").onlyReads()).isTrue();
    Files.writeString(config, "[core]\n\tfsmonitor = ./evil\n");
    assertThat(judge("git status").onlyReads()).isFalse();
  }

  @Test
  void aHookThatRunsWhenTheIndexIsReadProvesNothing() throws Exception {
    Files.writeString(project.resolve(".git/hooks/post-index-change"), "x");
    assertThat(judge("git status").onlyReads()).isFalse();
  }

  @Test
  void otherRepositoriesAreNotObeyed() throws Exception {
    Files.createDirectories(project.resolve("vendor/.git"));
    Files.createDirectories(project.resolve("bare/objects"));
    Files.createDirectories(project.resolve("bare/refs"));
    Files.writeString(project.resolve("bare/HEAD"), "ref: refs/heads/main\n");
    assertThat(judge("cd src && git status").onlyReads()).isTrue();
    assertThat(judge("cd vendor && git status").onlyReads()).isFalse();
    assertThat(judge("cd bare && git log").onlyReads()).isFalse();
    assertThat(judge("git -C vendor log").onlyReads()).isFalse();
    assertThat(judge("cd out && git log").onlyReads()).isTrue(); // no repository at all
  }
}
