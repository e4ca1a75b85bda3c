package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchToolsTest {
  @TempDir Path directory;

  private SearchTree tree() {
    return new SearchTree(directory)
        .with("pom.xml", "<project/>")
        .with("src/Main.java", "class Main {\n  int needle;\n}\n")
        .with("src/deep/er/Other.java", "needle\nneedle\n")
        .with("src/deep/a.ts", "x")
        .with(".github/ci.yml", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          *.java              ; src/Main.java src/deep/er/Other.java
          **/*.java           ; src/Main.java src/deep/er/Other.java
          src/*.java          ; src/Main.java
          ./src/*.java        ; src/Main.java
          src/**/*.java       ; src/Main.java src/deep/er/Other.java
          src/**/er/*         ; src/deep/er/Other.java
          **/*.{ts,xml}       ; pom.xml src/deep/a.ts
          {src/deep,x}/*.ts   ; src/deep/a.ts
          [!M]*.java          ; src/deep/er/Other.java
          [K-N]ain.java       ; src/Main.java
          ?om.xml             ; pom.xml
          pom.xml             ; pom.xml
          .github/**          ; .github/ci.yml
          *.yml               ; ''
          nothing             ; ''
          """)
  void globFinds(String pattern, String expected) throws Exception {
    String answer = tree().glob(pattern);

    List<String> names =
        answer.equals("No file fits.") ? List.of() : answer.lines().sorted().toList();
    assertThat(names).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void globPutsTheNewestFirstAndCountsTheRest() throws Exception {
    SearchTree tree = new SearchTree(directory);
    for (int i = 0; i < 130; i++) {
      tree.with("f" + i + ".txt", "").modified("f" + i + ".txt", 1_700_000_000 + i);
    }

    List<String> lines = tree.glob("*.txt").lines().toList();

    assertThat(lines).hasSize(101).startsWith("f129.txt", "f128.txt");
    assertThat(lines.getLast()).contains("30 more");
  }

  @Test
  void globTakesAbsolutePatterns() throws Exception {
    assertThat(tree().glob(directory + "/src/**/*.ts")).isEqualTo("src/deep/a.ts");
    assertThat(new Glob(tree().place()).effect(SearchTree.input("pattern", "/x/y/*.z")))
        .isEqualTo(Effect.reads(Path.of("/x/y")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {a        ; not closed
          '  '      ; empty
          """)
  void globExplainsBadPatterns(String pattern, String part) {
    assertThatThrownBy(() -> tree().glob(pattern))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(part);
  }

  @Test
  void grepShowsNamesLinesAndCounts() throws Exception {
    SearchTree tree = tree();
    tree.modified("src/Main.java", 1_700_000_000).modified("src/deep/er/Other.java", 1_700_000_001);

    assertThat(tree.grep("pattern", "needle")).isEqualTo("src/deep/er/Other.java\nsrc/Main.java");
    assertThat(tree.grep("pattern", "needle", "output_mode", "content"))
        .isEqualTo(
            "src/Main.java:2:  int needle;\n"
                + "src/deep/er/Other.java:1:needle\nsrc/deep/er/Other.java:2:needle");
    assertThat(tree.grep("pattern", "int", "output_mode", "content", "-C", 1, "-n", false))
        .isEqualTo("src/Main.java-class Main {\nsrc/Main.java:  int needle;\nsrc/Main.java-}");
    assertThat(tree.grep("pattern", "needle", "output_mode", "count"))
        .isEqualTo("src/Main.java:1\nsrc/deep/er/Other.java:2\n(3 in 2 files.)");
    assertThat(tree.grep("pattern", "needle", "path", "src/Main.java", "output_mode", "content"))
        .isEqualTo("2:  int needle;");
  }

  @Test
  void grepSaysHowManyMoreAndGoesOnThere() throws Exception {
    SearchTree tree = new SearchTree(directory).with("a", "x\n".repeat(300));

    assertThat(tree.grep("pattern", "x", "output_mode", "content"))
        .contains("(50 more", "offset 250");
    assertThat(tree.grep("pattern", "x", "output_mode", "content", "offset", 299))
        .isEqualTo("a:300:x");
    assertThat(tree.grep("pattern", "x", "output_mode", "content", "offset", 400))
        .isEqualTo("There are only 300 lines of output.");
    assertThat(tree.grep("pattern", "x", "output_mode", "content", "head_limit", 2))
        .startsWith("a:1:x\na:2:x\n(298 more");
  }

  @Test
  void grepCutsGiantLines() throws Exception {
    SearchTree tree = new SearchTree(directory).with("a", "x".repeat(3_000_000));

    assertThat(tree.grep("pattern", "xx", "output_mode", "content"))
        .hasSizeLessThan(600)
        .endsWith("…");
  }

  @Test
  void grepKnowsLookAroundAndBackReferences() throws Exception {
    SearchTree tree = new SearchTree(directory).with("a", "foobar\nfoobaz\nabab\n");

    assertThat(tree.grep("pattern", "foo(?!bar)", "output_mode", "content"))
        .isEqualTo("a:2:foobaz");
    assertThat(tree.grep("pattern", "(ab)\\1", "output_mode", "content")).isEqualTo("a:3:abab");
  }

  @Test
  void grepExplainsWhatIsWrong() {
    SearchTree tree = tree();

    assertThat(tree.failure("pattern", "foo(")).contains("no regular expression", "backslash");
    assertThat(tree.failure("pattern", "")).contains("empty");
    assertThat(tree.failure("pattern", "x", "type", "jav")).contains("\"jav\"", "java");
    assertThat(tree.failure("pattern", "x", "path", "sr")).contains("does not exist", "src");
    assertThat(tree.failure("pattern", "x", "glob", "{a")).contains("not closed");
    assertThat(tree.failure("pattern", "x", "path", "/dev/null")).contains("device");
  }

  @Test
  void expressionsThatTakeForEverEnd() {
    SearchTree tree = new SearchTree(directory).with("a", "a".repeat(60) + "!\n");

    assertThat(tree.failure("pattern", "^(a|a)*(b|\\1x)$")).contains("too long");
  }

  @Test
  void cancelledSearchesEnd() {
    Cancellation cancellation = Cancellation.root();
    cancellation.cancel(Cancellation.Reason.INTERRUPTED);

    assertThatThrownBy(
            () ->
                SearchTree.answer(
                    new Grep(tree().place(), Optional.empty()),
                    SearchTree.input("pattern", "needle"),
                    cancellation))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void debugRunsBothAndExplainsItself() throws Exception {
    tree();
    StringBuilder out = new StringBuilder();

    int found = SearchDebug.run(List.of("grep", "-c", "needle"), directory, directory, out);
    int names = SearchDebug.run(List.of("glob", "*.ts"), directory, directory, out);
    int wrong = SearchDebug.run(List.of("grep", "--what", "x"), directory, directory, out);
    int failed = SearchDebug.run(List.of("grep", "("), directory, directory, out);

    assertThat(List.of(found, names, wrong, failed)).containsExactly(0, 0, 2, 1);
    assertThat(out).contains("src/Main.java:1", "src/deep/a.ts", "Usage");
  }
}
