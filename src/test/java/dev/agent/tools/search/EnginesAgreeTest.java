package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ripgrep and our own engine give the same answers, to the letter. */
class EnginesAgreeTest {
  @TempDir Path directory;

  private static final List<String> WORDS =
      List.of(
          "foo",
          "Foo",
          "bar",
          "foobar",
          "naïve",
          "x1",
          "42",
          "a.b",
          "()",
          "{}",
          "ſ",
          "K",
          "{",
          "é",
          "interface{}",
          "\t",
          "$x",
          "[1]",
          "end");

  private static final List<String> EXPRESSIONS =
      List.of(
          "foo",
          "FOO",
          "foo|bar",
          "fo+b?",
          "^foo",
          "end$",
          "\\bfoo\\b",
          "\\w+ \\d+",
          "[[:alpha:]]+1",
          "[^a-z ]",
          "na.ve",
          "\\(\\)",
          "a\\.b",
          "(foo|bar) (foo|x1)",
          "(?P<n>foo)bar",
          "k",
          "s",
          "é|ï",
          "[a-c]\\.[b-d]",
          "^$",
          "foo.*end",
          "(?i)foo",
          "\\$x",
          "\\[1\\]",
          "foo.{1,3}bar",
          "\\p{Lu}",
          "\\S+\\s\\S+$",
          "x*",
          ".",
          "o{2}");

  @BeforeEach
  void ripgrepIsHere() {
    assumeTrue(SearchTree.hasRipgrep());
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", "count", "files_with_matches"})
  void onRandomTexts(String mode) throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      SearchTree tree = tree(random, "t" + seed);
      for (String expression : EXPRESSIONS) {
        List<Object> call =
            new ArrayList<>(List.of("pattern", expression, "output_mode", mode, "head_limit", 0));
        if (random.nextInt(3) == 0) {
          call.addAll(List.of("-i", true));
        }
        if (random.nextInt(3) == 0) {
          call.addAll(List.of("-A", random.nextInt(3), "-B", random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
          call.addAll(
              List.of(
                  "glob",
                  List.of("*.txt", "d*/**", "!*.md", "*.{md,txt}", "/a*").get(random.nextInt(5))));
        }
        if (random.nextInt(4) == 0) {
          call.addAll(List.of("type", "md"));
        }

        assertThat(tree.grep(call.toArray()))
            .as("seed %d %s", seed, call)
            .isEqualTo(tree.grepWithRipgrep(call.toArray()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo\\nbar", "foo.bar", "(?s)foo.+?end", "bar\\s+foo", "end\\n\\w+"})
  void acrossLines(String expression) throws Exception {
    for (int seed = 10; seed < 14; seed++) {
      SearchTree tree = tree(new Random(seed), "t" + seed);
      Object[] call = {
        "pattern", expression, "multiline", true, "output_mode", "content", "head_limit", 0, "-C", 1
      };

      assertThat(tree.grep(call)).as("seed %d", seed).isEqualTo(tree.grepWithRipgrep(call));
    }
  }

  @Test
  void onOddFiles() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .with("utf16le.txt", "\uFEFFneedle ä\nx\n".getBytes(StandardCharsets.UTF_16LE))
            .with("utf16be.txt", "\uFEFFneedle ä\nx\n".getBytes(StandardCharsets.UTF_16BE))
            .with("bom.txt", "\uFEFFneedle\n")
            .with("binary.dat", "needle\0needle\n")
            .with("crlf.txt", "a needle\r\nneedle\r\n")
            .with("open.txt", "needle without an end")
            .with("invalid.txt", new byte[] {'n', 'e', 'e', 'd', 'l', 'e', ' ', (byte) 0xFF, '\n'})
            .with("empty.txt", "")
            .with(".hidden", "needle\n")
            .with("strange\nname.txt", "needle\n")
            .with("long.txt", "needle" + "x".repeat(5_000) + "\n");
    Files.createSymbolicLink(directory.resolve("link.txt"), directory.resolve("crlf.txt"));
    Files.createSymbolicLink(directory.resolve("circle"), directory);

    for (String expression : List.of("needle", "^needle", "needle$", "needle.", "nee[d]le\\s")) {
      for (String mode : List.of("content", "count", "files_with_matches")) {
        Object[] call = {"pattern", expression, "output_mode", mode};
        assertThat(tree.grep(call))
            .as("%s %s", expression, mode)
            .isEqualTo(tree.grepWithRipgrep(call));
      }
    }
    assertThat(tree.grep("pattern", "needle"))
        .contains("utf16le.txt", "bom.txt", "strange\\x0aname.txt")
        .doesNotContain("binary.dat", "hidden", "link", "circle");
  }

  @Test
  void whatTheAgentMayNotSeeIsSeenByNeither() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .with(".agentignore", "secret/\n*.key\n")
            .with("secret/a.txt", "needle")
            .with("b.key", "needle")
            .with("c.txt", "needle");

    assertThat(tree.grep("pattern", "needle")).isEqualTo("c.txt");
    assertThat(tree.grepWithRipgrep("pattern", "needle")).isEqualTo("c.txt");
  }

  @Test
  void namesDontOverrideIgnoreFiles() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .with(".ignore", "built.java\n")
            .with("built.java", "needle")
            .with("Main.java", "needle")
            .with("Main.txt", "needle");

    for (Object[] call :
        new Object[][] {
          {"pattern", "needle", "glob", "*.java"},
          {"pattern", "needle", "type", "java"},
          {"pattern", "needle", "type", "java", "glob", "*"},
        }) {
      assertThat(tree.grep(call)).isEqualTo("Main.java");
      assertThat(tree.grepWithRipgrep(call)).isEqualTo("Main.java");
    }
  }

  /** Enough directories that the system's own calls read most of them. */
  @Test
  void onATreeOfManyDirectories() throws Exception {
    Random random = new Random(77);
    SearchTree tree = new SearchTree(directory).repository();
    tree.with(".gitignore", "*.log\n/top/\nbuilt/\n!kept.log\na/*.md\n");
    List<String> directories = new ArrayList<>(List.of(""));
    for (int i = 0; i < 3 * TreeWalk.FEW_DIRECTORIES; i++) {
      String parent = directories.get(random.nextInt(directories.size()));
      String rare = List.of("built", "top", ".hidden").get(random.nextInt(3));
      String name = i % 31 == 30 ? rare : List.of("d", "a", "é", "x.java").get(i % 4) + i;
      directories.add(parent + name + "/");
      String at = directories.getLast();
      for (int file = random.nextInt(4); file >= 0; file--) {
        String ending = List.of(".java", ".md", ".log", ".png", "").get(random.nextInt(5));
        String text = ending.equals(".png") ? "\0needle\n" : "x\nneedle naïve " + i + "\ny\n";
        tree.with(at + "f" + file + "." + i + ending, text);
      }
      tree.with(at + (i % 9 == 0 ? "kept.log" : i % 20 == 0 ? ".ignore" : "other"), "f1*\n");
      if (i % 30 == 0) {
        Files.createSymbolicLink(directory.resolve(at + "link.java"), directory.resolve("top"));
      }
    }

    for (Object[] call :
        new Object[][] {
          {"pattern", "needle", "output_mode", "content", "head_limit", 0},
          {"pattern", "needle", "output_mode", "count", "head_limit", 0},
          {"pattern", "NEEDLE N", "-i", true, "output_mode", "content", "head_limit", 0},
          {"pattern", "na.ve [0-9]{2}$", "output_mode", "content", "head_limit", 0, "-C", 1},
          {"pattern", "[a-z]+ 1|y", "output_mode", "count", "head_limit", 0, "type", "java"},
          {"pattern", "f1", "output_mode", "count", "head_limit", 0, "glob", "**/a*/*"},
          {
            "pattern", "needle", "output_mode", "count", "head_limit", 0, "glob", "!*.md *.{md,log}"
          },
        }) {
      assertThat(tree.grep(call)).as("%s", List.of(call)).isEqualTo(tree.grepWithRipgrep(call));
    }
    assertThat(tree.grep("pattern", "needle", "output_mode", "count", "head_limit", 0).lines())
        .hasSizeGreaterThan(2 * TreeWalk.FEW_DIRECTORIES);
    List<String> files = List.of(tree.run(List.of("rg", "--no-config", "--files")).split("\n"));
    assertThat(tree.glob("**")).contains("(" + (files.size() - 100) + " more");
  }

  private SearchTree tree(Random random, String name) throws Exception {
    SearchTree tree = new SearchTree(Files.createDirectory(directory.resolve(name)));
    for (int i = 0; i < 8; i++) {
      String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
      StringBuilder text = new StringBuilder();
      for (int line = random.nextInt(12); line > 0; line--) {
        for (int word = random.nextInt(5); word > 0; word--) {
          text.append(WORDS.get(random.nextInt(WORDS.size()))).append(word > 1 ? " " : "");
        }
        text.append(line > 1 || random.nextBoolean() ? end : "");
      }
      String file =
          List.of("a", "b", "d/c", "d1/e/f").get(random.nextInt(4))
              + i
              + (random.nextBoolean() ? ".txt" : ".md");
      tree.with(file, text.toString()).modified(file, 1_700_000_000 + i);
    }
    return tree;
  }
}
