package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceTest {
  @TempDir Path temporary;
  private Path root;
  private Path outside;
  private Workspace workspace;

  @BeforeEach
  void place() throws Exception {
    Path real = temporary.toRealPath();
    root = Files.createDirectories(real.resolve("shop"));
    outside = Files.createDirectories(real.resolve("shop-evil"));
    Path added = Files.createDirectories(real.resolve("added"));
    workspace =
        new Workspace(root, List.of(added), real.resolve("home"), () -> root.resolve("sub"));
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolve("in.txt"), "x");
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("out.txt"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("new.txt"), outside.resolve("not-yet"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(root.resolve("ping"), Path.of("pong"));
    Files.createSymbolicLink(root.resolve("pong"), Path.of("ping"));
    Files.createSymbolicLink(root.resolve("inside"), root.resolve("sub"));
    Files.createSymbolicLink(outside.resolve("back"), root);
  }

  /** Names as a model may write them, and whether what they lead to belongs to the workspace. */
  @ParameterizedTest
  @CsvSource({
    "../in.txt, true",
    "in.txt, true",
    "new/deep/file.txt, true",
    "'', true",
    "., true",
    ".., true",
    "../.., false",
    "../../shop-evil/secret, false",
    "../../added/x, true",
    "../../added/../shop-evil/x, false",
    "../out/secret, false",
    "../out/new, false",
    "../out.txt, false",
    "../new.txt, false",
    "../out/../in.txt, true",
    "../inside/file, true",
    "../inside/../../shop-evil/secret, false",
    "../loop, false",
    "../loop/x, false",
    "../ping, false",
    "/etc/passwd, false",
    "//etc//passwd, false",
    "file:///etc/passwd, false",
    "~, false",
    "~/x, false",
    "~root/x, true",
    "$HOME/x, true",
    "../../shop/in.txt, true",
    "../../shop, true",
    "../../shop-, false",
    "../../SHOP/in.txt, false",
    "../../shop-evil/back/in.txt, false",
    "/proc/self/root/etc/passwd, false",
    "/proc/self/cwd, false",
    "../in.txt/below, false",
  })
  void onlyWhatTheRealPathReachesCounts(String name, boolean inside) {
    assertThat(workspace.contains(workspace.resolve(name))).isEqualTo(inside);
  }

  @Test
  void namesBecomeAbsolutePaths() {
    assertThat(workspace.resolve("a/../b")).isEqualTo(root.resolve("sub/b"));
    assertThat(workspace.resolve("~/a")).isEqualTo(temporary.resolve("home/a").toAbsolutePath());
    assertThat(workspace.resolve("/a//b/./c/")).isEqualTo(Path.of("/a/b/c"));
    assertThat(workspace.resolve("/../../a")).isEqualTo(Path.of("/a"));
    assertThatThrownBy(() -> workspace.resolve("a\0b")).isInstanceOf(InvalidPathException.class);
  }

  @Test
  void theRealPathFollowsLinksOfWhatExists() throws Exception {
    assertThat(Workspace.realPath(root.resolve("out/new/file")))
        .contains(outside.resolve("new/file"));
    assertThat(Workspace.realPath(root.resolve("new.txt"))).contains(outside.resolve("not-yet"));
    assertThat(Workspace.realPath(root.resolve("loop"))).isEmpty();
    assertThat(Workspace.realPath(root.resolve("ping"))).isEmpty();
    assertThat(Workspace.realPath(Path.of("/"))).contains(Path.of("/"));
  }

  @Test
  void pathsAreShownShort() {
    assertThat(workspace.shown(root.resolve("sub/a/b"))).isEqualTo("a/b");
    assertThat(workspace.shown(root.resolve("in.txt")))
        .isEqualTo(root.resolve("in.txt").toString());
    assertThat(workspace.shown(root.resolve("sub"))).isEqualTo(root.resolve("sub").toString());
  }
}
