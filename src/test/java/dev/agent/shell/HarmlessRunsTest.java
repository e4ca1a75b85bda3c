package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the table calls harmless, and looks whether anything has changed. */
@DisabledOnOs(OS.WINDOWS)
class HarmlessRunsTest {
  /** They start slowly, wait for more, or ask services of the machine. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "npm",
          "mvn",
          "gradle",
          "cargo",
          "rustc",
          "go",
          "docker",
          "kubectl",
          "pip",
          "pip3",
          "java",
          "javac",
          "javap",
          "jar",
          "node",
          "python3",
          "ruby",
          "gh",
          "journalctl",
          "systemctl",
          "dmesg",
          "lsof",
          "man",
          "sysctl",
          "sleep",
          "brew",
          "apt",
          "xmllint");

  @TempDir Path temp;

  @Test
  void nothing_changes_when_the_readers_of_the_table_run() throws Exception {
    Path place = Files.createDirectories(temp.resolve("place"));
    fill(place);
    git(place, "init", "-q");
    git(place, "-c", "user.name=a", "-c", "user.email=a@b", "add", ".");
    git(place, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
    TreeMap<String, String> before = state(temp);
    List<String> ran = new ArrayList<>();

    for (CommandCase example : CommandCase.all()) {
      List<String> words = example.words().stream().map(Argument::text).toList();
      if (example.kind().equals("READS") && isWorthIt(words)) {
        run(place, words);
        ran.add(example.command());
        assertThat(state(temp)).as(example.command()).isEqualTo(before);
      }
    }

    assertThat(ran).hasSizeGreaterThan(200);
  }

  private static boolean isWorthIt(List<String> words) {
    String program = words.getFirst();
    boolean installed =
        program.startsWith("/")
            ? Files.isExecutable(Path.of(program))
            : Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
    return installed && !LEFT_OUT.contains(program) && !words.contains("-f");
  }

  private static void fill(Path place) throws IOException {
    Files.createDirectories(place.resolve("src/main"));
    Files.createDirectories(place.resolve("docs"));
    for (String name :
        List.of(
            "a",
            "b",
            "x",
            "in",
            "a.txt",
            "b.txt",
            "README.md",
            "list.txt",
            "notes.txt",
            "names.csv",
            "a.csv",
            "app.log",
            "words.txt",
            "src/app.ts",
            "docs/guide.md",
            "pom.xml")) {
      Files.writeString(place.resolve(name), "one 1 a\ntwo 2 b\nfoo 3 c\n");
    }
    for (String name : List.of("package.json", "a.json", "b.json", "data.json")) {
      Files.writeString(
          place.resolve(name), "{\"name\": \"x\", \"a\": 1, \"scripts\": {\"t\": \"u\"}}\n");
    }
  }

  private static void git(Path place, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    run(place, words);
  }

  private static void run(Path place, List<String> words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).directory(place.toFile());
    builder.environment().put("HOME", place.getParent().toString());
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(words + " does not end");
    }
  }

  private static TreeMap<String, String> state(Path root) throws IOException {
    TreeMap<String, String> state = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        // Several git commands bring the times in the index up to date, which changes no content.
        if (path.endsWith(".git") || path.endsWith(".git/index")) {
          continue;
        }
        state.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
      }
    }
    return state;
  }
}
