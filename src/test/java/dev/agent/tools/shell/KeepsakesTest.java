package dev.agent.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.workspace.FileHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that throw work away, run for real, and taken back. */
class KeepsakesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final Processes processes = new Processes(System.getenv(), UUID.randomUUID().toString());
  private Path project;
  private FileHistory history;
  private Keepsakes keepsakes;

  @BeforeEach
  void repository() throws Exception {
    project = Files.createDirectories(dir.toRealPath().resolve("project"));
    history = new FileHistory(dir.resolve("history"));
    keepsakes = new Keepsakes(Optional.of(history), processes, List.of(project));
    write("tracked.txt", "committed");
    write("sub/deep.txt", "committed deep");
    write("clean.txt", "clean");
    write(".gitignore", "ignored.txt\nbuild/\n");
    run("git init -q; git add -A; git -c user.name=t -c user.email=t@t commit -qm one");
    write("tracked.txt", "changed");
    write("sub/deep.txt", "changed deep");
    write("new.txt", "untracked");
    write("sub/with blank é.txt", "untracked too");
    write("ignored.txt", "ignored");
    write("build/big.o", "made by a program");
    history.checkpoint("turn");
  }

  @AfterEach
  void end() {
    processes.killAll();
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void run(String script) throws Exception {
    RunningProcess process =
        processes.start(Processes.Launch.of(List.of("bash", "-c", script), project));
    assertThat(process.await(LONG)).isTrue();
  }

  private TreeMap<String, String> tree() throws IOException {
    TreeMap<String, String> tree = new TreeMap<>();
    try (var files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = project.relativize(file).toString();
        if (!name.startsWith(".git/")) {
          tree.put(name, Files.readString(file));
        }
      }
    }
    return tree;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git reset --hard",
        "git reset -q --hard HEAD && git clean -fd",
        "git checkout -- .",
        "git checkout .",
        "git checkout -f",
        "git checkout tracked.txt",
        "git restore .",
        "git restore tracked.txt sub/deep.txt",
        "git clean -fdq",
        "git clean -fdxq",
        "git -C sub checkout -- .",
        "cd sub && git checkout -- .",
        "git stash -q -u && git stash drop -q",
        "rm tracked.txt clean.txt",
        "rm -rf sub",
        "rm -f *.txt",
        "rm ignored.txt",
        "mv new.txt clean.txt",
        "mv new.txt sub/deep.txt",
        "cp new.txt tracked.txt",
        "cp tracked.txt sub/deep.txt",
        "echo gone > tracked.txt",
        ": > new.txt",
        "cat clean.txt | tee tracked.txt new.txt",
        "sed -i s/changed/gone/ tracked.txt",
        "truncate -s 0 new.txt",
        "dd if=/dev/null of=new.txt",
        "find . -name '*.txt' -not -path './.git/*' -delete",
        "bash -c 'rm new.txt'",
        "for f in new.txt tracked.txt; do rm $f; done",
        "F=new.txt; rm \"$F\"",
        "ls *.txt | xargs rm",
        "sudo -n true; rm -r sub",
        "if true; then git checkout -q -- .; fi"
      })
  void work_that_a_command_throws_away_comes_back(String command) throws Exception {
    TreeMap<String, String> before = tree();
    Keepsakes.Kept kept = keepsakes.before(command, project);
    run(command);
    keepsakes.after(kept);
    assertThat(tree()).as("it does destroy something").isNotEqualTo(before);
    FileHistory.Rewound rewound = history.rewind("turn");
    assertThat(rewound.skipped()).isEmpty();
    assertThat(tree()).containsAllEntriesOf(withoutBuild(before));
  }

  private static TreeMap<String, String> withoutBuild(TreeMap<String, String> tree) {
    TreeMap<String, String> kept = new TreeMap<>(tree);
    kept.remove("build/big.o"); // what git ignores as a directory can be made again
    return kept;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -la",
        "cat tracked.txt",
        "git status",
        "git diff",
        "git commit -am x",
        "git checkout -b topic --",
        "sed -n 1p tracked.txt",
        "find . -name x",
        "make -j2",
        "git stash list",
        "rm -rf /nonexistent /etc/nothing",
        "echo hi > /dev/null",
        "rm -rf build"
      })
  void harmless_commands_copy_nothing_of_theirs(String command) throws Exception {
    Keepsakes.Kept kept = keepsakes.before(command, project);
    if (!command.startsWith("git checkout")) { // may also mean paths, so it is taken as such
      assertThat(kept.files()).isEmpty();
    }
  }

  @Test
  void what_is_too_large_is_said() throws Exception {
    Files.write(project.resolve("large.bin"), new byte[9 * 1024 * 1024]);
    Keepsakes.Kept kept = keepsakes.before("rm large.bin new.txt", project);
    assertThat(kept.files()).containsExactly(project.resolve("new.txt"));
    assertThat(kept.note()).contains("1 file").contains("not kept for undo");
  }

  @Test
  void what_lies_outside_or_behind_a_link_is_not_kept() throws Exception {
    Path outside = Files.writeString(dir.toRealPath().resolve("outside.txt"), "theirs");
    Files.createSymbolicLink(project.resolve("link.txt"), outside);
    assertThat(keepsakes.before("rm ../outside.txt link.txt " + outside, project).files())
        .isEmpty();
  }

  @Test
  void a_dropped_stash_stays_reachable() throws Exception {
    run("git -c user.name=t -c user.email=t@t stash -q");
    Keepsakes.Kept kept = keepsakes.before("git stash drop", project);
    run("git stash drop -q");
    String name = kept.note().replaceAll("(?s).*git stash apply (\\S+)\\).*", "$1");
    run("git stash apply -q " + name);
    assertThat(project.resolve("tracked.txt")).hasContent("changed");
  }
}
