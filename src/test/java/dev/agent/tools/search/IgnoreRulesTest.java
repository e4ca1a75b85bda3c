package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          a.txt         ; a.txt           ; true
          a.txt         ; sub/a.txt       ; true
          /a.txt        ; sub/a.txt       ; false
          /a.txt        ; a.txt           ; true
          *.log         ; x/y/z.log       ; true
          *.log         ; x/y/z.log2      ; false
          sub/          ; sub/a           ; true
          sub/          ; x/sub/a         ; true
          sub/          ; sub             ; false
          sub/x         ; y/sub/x         ; false
          **/sub/x      ; y/sub/x         ; true
          sub/**        ; sub/a/b         ; true
          a/**/b        ; a/b             ; true
          a/**/b        ; a/x/y/b         ; true
          a/**/b        ; ab              ; false
          a?c           ; abc             ; true
          a?c           ; a/c             ; false
          a*c           ; a/c             ; false
          [ab]x         ; ax              ; true
          [!ab]x        ; ax              ; false
          [^ab]x        ; cx              ; true
          [a-c]x        ; bx              ; true
          []]x          ; ]x              ; true
          [a            ; [a              ; false
          \\#x           ; #x              ; true
          #x            ; #x              ; false
          \\!x           ; !x              ; true
          {a,b}         ; a               ; false
          {a,b}         ; {a,b}           ; true
          foo**bar      ; foobazbar       ; true
          foo**bar      ; foo/bar         ; false
          a\\*b          ; a*b             ; true
          a\\*b          ; axb             ; false
          é             ; é               ; true
          """)
  void leavesOutWhatGitLeavesOut(String rule, String file, boolean ignored) throws Exception {
    SearchTree tree =
        new SearchTree(directory).repository().with(".gitignore", rule + "\n").with(file, "");

    assertThat(tree.walked(true).contains(file)).isEqualTo(!ignored);
    assertThat(git(tree).contains(file)).isEqualTo(!ignored);
  }

  @Test
  void aLaterLineAndANearerFileWin() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .repository()
            .with(".gitignore", "*.log\n!keep.log\nbuild/\n")
            .with("keep.log", "")
            .with("other.log", "")
            .with("sub/.gitignore", "!other.log\nkeep.log\n")
            .with("sub/keep.log", "")
            .with("sub/other.log", "")
            .with("build/.gitignore", "!*\n")
            .with("build/a", "");

    assertThat(tree.walked(false)).containsExactly("keep.log", "sub/other.log");
  }

  @Test
  void gitignoreCountsOnlyInsideARepository() {
    SearchTree tree =
        new SearchTree(directory)
            .with(".gitignore", "a\n")
            .with(".ignore", "b\n")
            .with("a", "")
            .with("b", "")
            .with("c", "");

    assertThat(tree.walked(false)).containsExactly("a", "c");
  }

  @Test
  void theAgentsFileHidesWhateverTheOthersWant() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .repository()
            .with(".gitignore", "built\n")
            .with(".ignore", "!secret\n")
            .with(".agentignore", "secret\n!built\n")
            .with("secret", "x")
            .with("built", "x")
            .with("plain", "x")
            .with("sub/.agentignore", "*.key\n")
            .with("sub/a.key", "x");

    assertThat(tree.walked(false)).containsExactly("plain");
    assertThat(tree.grep("pattern", "x")).isEqualTo("plain");
    assertThat(SearchTree.answer(new Glob(tree.place(false)), SearchTree.input("pattern", "*")))
        .contains("plain", "built")
        .doesNotContain("secret", "a.key");
  }

  @Test
  void rulesOfTheRepositoryAndOfParentsHoldBelow() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .repository()
            .with(".git/info/exclude", "excluded\n")
            .with(".gitignore", "/sub/a\n*.o\n")
            .with("sub/a", "")
            .with("sub/b", "")
            .with("sub/c.o", "")
            .with("sub/excluded", "");

    assertThat(new SearchTree(directory.resolve("sub")).walked(false)).containsExactly("b");
  }

  @Test
  void aRepositoryInsideAnotherKnowsItsOwnRulesOnly() throws Exception {
    SearchTree tree = new SearchTree(directory).repository().with(".gitignore", "x\n");
    new SearchTree(Files.createDirectory(directory.resolve("inner"))).repository();
    tree.with("inner/x", "").with("inner/y", "").with("inner/.gitignore", "y\n").with("x", "");

    assertThat(tree.walked(false)).containsExactly("inner/x");
  }

  @Test
  void marksLineEndsAndEscapedBlanksAreUnderstood() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .repository()
            .with(".gitignore", "\uFEFFa\r\nb   \r\nc\\ \n\n   \n")
            .with("a", "")
            .with("b", "")
            .with("c ", "")
            .with("c", "");

    assertThat(tree.walked(false)).containsExactly("c");
  }

  @Test
  void agreesWithGitOnRandomTrees() throws Exception {
    for (int seed = 0; seed < 15; seed++) {
      Random random = new Random(seed);
      SearchTree tree = randomTree(random, "t" + seed);

      assertThat(tree.walked(true)).as("seed %d\n%s", seed, said(tree)).isEqualTo(git(tree));
    }
  }

  @Test
  void agreesWithRipgrepOnRandomTreesWithAllKindsOfFiles() throws Exception {
    assumeTrue(SearchTree.hasRipgrep());
    for (int seed = 100; seed < 115; seed++) {
      Random random = new Random(seed);
      SearchTree tree = randomTree(random, "t" + seed);
      // Beyond ASCII git and ripgrep differ in what "?" and "[!a]" match; git is followed.
      tree.run(List.of("find", ".", "-name", "é", "-prune", "-exec", "rm", "-r", "{}", "+"));
      tree.with(".ignore", rules(random)).with("a/.rgignore", rules(random));
      tree.with("b/.ignore", rules(random)).with("a/b/.gitignore", rules(random));

      TreeSet<String> expected = new TreeSet<>();
      for (String name : tree.run(List.of("rg", "--no-config", "--files", "-0")).split("\0")) {
        // Ripgrep shows hidden names that a "!" line fits; here hidden stays hidden.
        if (!name.isEmpty() && !name.startsWith(".") && !name.contains("/.")) {
          expected.add(name);
        }
      }
      assertThat(tree.walked(false)).as("seed %d\n%s", seed, said(tree)).isEqualTo(expected);
    }
  }

  @Test
  void agreesWithAnotherMatcherOnRandomRules() {
    Random random = new Random(7);
    int compared = 0;
    for (int i = 0; i < 3_000; i++) {
      String rule = rule(random).strip();
      String path = path(random);
      if (rule.startsWith("!") || rule.endsWith("/") || rule.contains("[") || rule.contains("\\")) {
        continue; // decided by more than one match, or read differently there
      }
      boolean expected = new FastIgnoreRule(rule).isMatch(path, false, true);
      boolean anchored = rule.contains("/");
      String subject = anchored ? path : path.substring(path.lastIndexOf('/') + 1);
      GlobPattern pattern =
          GlobPattern.literalBraces(rule.startsWith("/") ? rule.substring(1) : rule);

      assertThat(pattern.matches(subject)).as("%s on %s", rule, path).isEqualTo(expected);
      compared++;
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  private SearchTree randomTree(Random random, String name) throws Exception {
    SearchTree tree = new SearchTree(Files.createDirectory(directory.resolve(name))).repository();
    for (int i = 0; i < 60; i++) {
      String path = path(random);
      boolean free = true;
      for (Path at = tree.root().resolve(path); !at.equals(tree.root()); at = at.getParent()) {
        free &= !Files.isRegularFile(at);
      }
      if (free && !Files.exists(tree.root().resolve(path))) {
        tree.with(path, "x");
      }
    }
    tree.with(".gitignore", rules(random));
    for (String below : List.of("a", "b", "a/b")) {
      if (Files.isDirectory(tree.root().resolve(below)) && random.nextBoolean()) {
        tree.with(below + "/.gitignore", rules(random));
      }
    }
    for (String below : List.of("a", "b", "a/b")) {
      if (Files.isRegularFile(tree.root().resolve(below))) {
        Files.delete(tree.root().resolve(below));
      }
    }
    return tree;
  }

  /** The ignore files, for the message of a failure. */
  private static String said(SearchTree tree) throws Exception {
    StringBuilder out = new StringBuilder();
    try (var files = Files.walk(tree.root())) {
      for (Path file : files.filter(it -> it.toString().endsWith("ignore")).toList()) {
        out.append(tree.root().relativize(file)).append(":\n").append(Files.readString(file));
      }
    }
    return out.toString();
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      path.append(i > 0 ? "/" : "").append(segment(random));
    }
    return path.toString();
  }

  private static String segment(Random random) {
    return List.of("a", "b", "c", "ab", "abc", "a.o", "b.o", "x.log", "a b", "é")
        .get(random.nextInt(10));
  }

  private static String rules(Random random) {
    StringBuilder rules = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      rules.append(rule(random)).append('\n');
    }
    return rules.toString();
  }

  private static String rule(Random random) {
    StringBuilder rule = new StringBuilder();
    rule.append(random.nextInt(5) == 0 ? "!" : "").append(random.nextInt(4) == 0 ? "/" : "");
    int depth = 1 + random.nextInt(3);
    List<String> parts =
        List.of("a", "b", "*", "**", "a*", "*.o", "[ab]", "[!a]*", "?", "ab?", "x.log", "*b*", "é");
    for (int i = 0; i < depth; i++) {
      rule.append(i > 0 ? "/" : "").append(parts.get(random.nextInt(parts.size())));
    }
    return rule.append(random.nextInt(4) == 0 ? "/" : "").toString();
  }

  private static TreeSet<String> git(SearchTree tree) {
    TreeSet<String> names = new TreeSet<>();
    String output =
        tree.run(
            List.of(
                "git",
                "-c",
                "core.excludesFile=/dev/null",
                "ls-files",
                "-z",
                "--others",
                "--exclude-standard"));
    for (String name : output.split("\0")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }
}
