package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tool.Display;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitDiffTest {
  private static final String TEXT =
      """
      diff --git a/src/A.java b/src/A.java
      index 1..2 100644
      --- a/src/A.java
      +++ b/src/A.java
      @@ -1,3 +1,3 @@ class A
       one
      --- two
      +++ 2
       three
      @@ -10 +10,2 @@
      -x
      +y
      +z
      \\ No newline at end of file
      diff --git a/new.txt b/new.txt
      new file mode 100644
      --- /dev/null
      +++ b/new.txt
      @@ -0,0 +1 @@
      +hello
      diff --git a/p.png b/p.png
      Binary files a/p.png and b/p.png differ
      """;

  @Test
  void filesAndHunksAreRead() {
    assertThat(GitDiff.read(TEXT))
        .containsExactly(
            new Display.Diff(
                "src/A.java",
                List.of(
                    new Display.Hunk(1, 3, 1, 3, List.of(" one", "--- two", "+++ 2", " three")),
                    new Display.Hunk(10, 1, 10, 2, List.of("-x", "+y", "+z"))),
                false),
            new Display.Diff(
                "new.txt", List.of(new Display.Hunk(0, 0, 1, 1, List.of("+hello"))), true),
            new Display.Diff("p.png", List.of(), false));
  }

  @Test
  void anyTextCanBeRead() {
    for (int end = 0; end <= TEXT.length(); end++) {
      assertThat(GitDiff.read(TEXT.substring(0, end))).hasSizeLessThanOrEqualTo(3);
    }
    assertThat(GitDiff.read("nonsense")).isEmpty();
  }
}
