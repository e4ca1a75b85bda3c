package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the parser and the machine with bash itself, and with another parser. */
class ShellDifferentialTest {
  private static final int WORDS = 3_000;
  private static final int SCRIPTS = 500;
  private static final int RUNS = 400;
  private static final Pattern AFTER_PIPE = Pattern.compile("\\|&?\\s*time");

  @TempDir Path directory;

  /** Runs bash, with its locale as the agent sets it; programs are not found but by their path. */
  private String bash(Path input, String driver) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory.getParent(), "bash", ".out");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--noprofile", "--norc", "-c", driver)
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", "/home/u", "PATH", "/usr/bin:/bin"));
    Process process = builder.start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("bash ends").isTrue();
    try {
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }

  private Path separated(List<String> scripts) throws IOException {
    Path file = Files.createTempFile(directory.getParent(), "scripts", ".in");
    Files.writeString(file, String.join("\0", scripts) + "\0");
    return file;
  }

  @Test
  void argumentsAreWhatBashPassesToPrograms() throws Exception {
    Random random = new Random(20260823);
    ShellScripts scripts = new ShellScripts(random, true);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      StringBuilder line = new StringBuilder("x='a b' y=c; p");
      for (int w = random.nextInt(3); w >= 0; w--) {
        line.append(' ').append(scripts.word(0));
      }
      lines.add(line.toString());
    }

    String driver =
        """
        p() { for a; do printf '%s\\0' "$a"; done; }; ta() { :; }; tb() { :; }; tc() { :; }
        while IFS= read -r -d '' s; do ( eval "$s" ) 2>/dev/null; printf '\\1\\0'; done
        """;
    String[] outcomes = bash(separated(lines), driver).split("\u0001\0", -1);

    assertThat(outcomes).hasSize(WORDS + 1);
    int exact = 0;
    for (int i = 0; i < WORDS; i++) {
      Script script = ShellParser.parse(lines.get(i));
      if (!script.isUnderstood()) {
        continue;
      }
      Analysis analysis = Analysis.of(script, Map.of("HOME", "/home/u"));
      List<Argument> argv = analysis.commands().getLast().argv();
      List<String> known = new ArrayList<>();
      for (Argument argument : argv.subList(1, argv.size())) {
        if (!argument.isExact()) {
          break;
        }
        known.add(argument.text());
      }
      List<String> real = new ArrayList<>(List.of(outcomes[i].split("\0", -1)));
      real.removeLast();
      boolean all = known.size() == argv.size() - 1;
      exact += all ? 1 : 0;
      assertThat(all ? real : real.subList(0, Math.min(known.size(), real.size())))
          .as(lines.get(i))
          .isEqualTo(known);
    }
    assertThat(exact).isGreaterThan(WORDS / 3);
  }

  @Test
  void whatIsUnderstoodIsWhatBashAccepts() throws Exception {
    Random random = new Random(42);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < SCRIPTS; i++) {
      String script = new ShellScripts(random, false).script();
      texts.add(i % 2 == 0 ? script : mutated(script, random));
    }

    String driver =
        """
        while IFS= read -r -d '' s; do
          if bash -n -c "$s" 2>/dev/null; then printf 1; else printf 0; fi
        done
        """;
    String accepted = bash(separated(texts), driver);

    assertThat(accepted).hasSize(SCRIPTS);
    int missed = 0;
    for (int i = 0; i < SCRIPTS; i++) {
      Script script = ShellParser.parse(texts.get(i));
      boolean bash = accepted.charAt(i) == '1';
      if (script.isUnderstood()) {
        assertThat(bash).as("bash accepts: " + texts.get(i)).isTrue();
      } else if (bash && i % 2 == 0) {
        missed++;
      }
    }
    assertThat(missed).as("scripts that only bash understands").isLessThan(SCRIPTS / 50);
  }

  static String mutated(String script, Random random) {
    StringBuilder text = new StringBuilder(script);
    for (int i = 1 + random.nextInt(2); i > 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      String signs = "'\"`\\$(){}[]<>|&;# \n\t!*?=~a1";
      char sign = signs.charAt(random.nextInt(signs.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, sign);
        default -> text.setCharAt(at, sign);
      }
    }
    return text.toString();
  }

  @Test
  void whatRunsWasFound() throws Exception {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      texts.add(new ShellScripts(random, true).script());
    }
    String driver =
        """
        mkdir -p s/s/s/s/d1/d2 s/s/s/s/d2/d1; cd s/s/s/s; : > in
        command_not_found_handle() {
          printf '%s\\0' "$PWD" "$@" $'\\2' >&7
          [[ $1 == t* ]]
        }
        exec 7>&1 8<&0
        while IFS= read -r -d '' s <&8; do
          ( PATH=/nowhere; x=; y=; v=; w=; z=
            eval "$s" ) >/dev/null 2>&1 </dev/null 8<&-
          printf '\\1\\0'
        done
        """;

    String[] outcomes = bash(separated(texts), driver).split("\u0001\0", -1);

    assertThat(outcomes).hasSize(RUNS + 1);
    int seen = 0;
    for (int i = 0; i < RUNS; i++) {
      Analysis analysis =
          Analysis.of(
              ShellParser.parse("x=;y=;v=;w=;z=;" + texts.get(i)), Map.of("HOME", "/home/u"));
      for (String run : outcomes[i].split("\u0002\0", -1)) {
        if (run.isEmpty()) {
          continue;
        }
        seen++;
        List<String> argv = new ArrayList<>(List.of(run.split("\0", -1)));
        argv.removeLast();
        String where = argv.removeFirst();
        boolean found = analysis.allCommands().stream().anyMatch(it -> mayBe(it, argv, where));
        assertThat(found).as(texts.get(i) + "\nruns in \"" + where + "\": " + argv).isTrue();
      }
    }
    assertThat(seen).isGreaterThan(RUNS);
  }

  private boolean mayBe(Invocation invocation, List<String> argv, String where) {
    if (!fits(invocation.argv(), argv)) {
      return false;
    }
    if (!invocation.directory().isKnown()) {
      return true;
    }
    for (List<Argument> way : invocation.directory().possible()) {
      Path at = directory.resolve("s/s/s/s");
      for (Argument step : way) {
        at = at.resolve(step.text()).normalize();
      }
      if (at.equals(Path.of(where))) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(List<Argument> expected, List<String> argv) {
    if (expected.isEmpty()) {
      return argv.isEmpty();
    }
    Argument first = expected.getFirst();
    List<Argument> rest = expected.subList(1, expected.size());
    if (first.isExact()) {
      return !argv.isEmpty()
          && argv.getFirst().equals(first.text())
          && fits(rest, argv.subList(1, argv.size()));
    }
    for (int used = 0; used <= argv.size(); used++) {
      if (fits(rest, argv.subList(used, argv.size()))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void anotherParserFindsTheSameCommands() throws Exception {
    assumeTrue(isInstalled("shfmt"), "shfmt is not installed");
    Random random = new Random(99);
    List<String> texts = new ArrayList<>();
    while (texts.size() < SCRIPTS) {
      String text = new ShellScripts(random, false).script();
      String candidate = texts.size() % 2 == 0 ? text : mutated(text, random);
      // Escapes in backquotes: bash takes the backslashes away first, the other does not. At the
      // end
      // of a comment a backslash joins no lines in bash. Behind a pipe, "time" is a program there.
      boolean differs = candidate.contains("\\\"") || candidate.contains("\\`");
      differs |= candidate.contains("#") && candidate.contains("\\\n");
      differs |= AFTER_PIPE.matcher(candidate).find();
      if (!differs && ShellParser.parse(candidate).isUnderstood()) {
        texts.add(candidate);
      }
    }
    int[] compared = new int[1];

    compare(texts, compared);

    assertThat(compared[0]).as("scripts that both understand").isGreaterThan(SCRIPTS * 4 / 5);
  }

  /** Compares many at once; halves them until those are alone that the other parser refuses. */
  private void compare(List<String> texts, int[] compared) throws Exception {
    String joined = String.join("\n", texts) + "\n";
    JsonNode tree = shfmt(joined);
    if (tree == null) {
      if (texts.size() > 1) {
        compare(texts.subList(0, texts.size() / 2), compared);
        compare(texts.subList(texts.size() / 2, texts.size()), compared);
      }
      return;
    }
    List<List<String>> theirs = new ArrayList<>();
    collect(tree, theirs);
    List<List<String>> ours = new ArrayList<>();
    for (String text : texts) {
      collect(ShellParser.parse(text).body(), ours);
    }
    if (!sorted(ours).equals(sorted(theirs)) && texts.size() > 1) {
      compare(texts.subList(0, texts.size() / 2), compared);
      compare(texts.subList(texts.size() / 2, texts.size()), compared);
      return;
    }
    assertThat(sorted(ours)).as(joined).isEqualTo(sorted(theirs));
    compared[0] += texts.size();
  }

  private static List<String> sorted(List<List<String>> commands) {
    return commands.stream().map(List::toString).sorted().toList();
  }

  private JsonNode shfmt(String text) throws Exception {
    Path input = Files.createTempFile(directory, "shfmt", ".sh");
    Path output = Files.createTempFile(directory, "shfmt", ".json");
    Files.writeString(input, text, StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder("shfmt", "--to-json", "-ln", "bash")
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean understood = process.waitFor() == 0;
    JsonNode tree = understood ? new ObjectMapper().readTree(output.toFile()) : null;
    Files.delete(input);
    Files.delete(output);
    return tree;
  }

  private static boolean isInstalled(String program) throws Exception {
    return new ProcessBuilder("bash", "-c", "command -v " + program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void collect(JsonNode node, List<List<String>> commands) {
    String type = node.path("Type").asText();
    if (type.equals("CallExpr") && !node.path("Args").isEmpty()) {
      List<String> words = new ArrayList<>();
      node.path("Args").forEach(it -> words.add(literal(it)));
      commands.add(words);
    } else if (type.equals("DeclClause")) {
      commands.add(List.of(node.path("Variant").path("Value").asText()));
    } else if (type.equals("LetClause")) {
      commands.add(List.of("let"));
    }
    node.forEach(it -> collect(it, commands));
  }

  private static String literal(JsonNode word) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : word.path("Parts")) {
      String value = part.path("Value").asText();
      switch (part.path("Type").asText()) {
        case "Lit" -> text.append(value);
        case "SglQuoted" -> {
          if (part.path("Dollar").asBoolean()) {
            return "?";
          }
          text.append(value);
        }
        case "DblQuoted" -> {
          for (JsonNode inner : part.path("Parts")) {
            if (!inner.path("Type").asText().equals("Lit")) {
              return "?";
            }
            text.append(inner.path("Value").asText());
          }
        }
        default -> {
          return "?";
        }
      }
    }
    return text.indexOf("\\") >= 0 ? "?" : text.toString();
  }

  /** All simple commands of a tree, wherever they stand. */
  private static void collect(Object node, List<List<String>> commands) throws Exception {
    if (node instanceof List<?> list) {
      for (Object item : list) {
        collect(item, commands);
      }
    }
    if (!(node instanceof Record)) {
      return;
    }
    if (node instanceof Node.Simple simple && !simple.words().isEmpty()) {
      List<String> words = simple.words().stream().map(ShellDifferentialTest::literal).toList();
      boolean declares =
          List.of("declare", "local", "export", "readonly", "typeset", "nameref", "let")
              .contains(words.getFirst());
      commands.add(declares ? words.subList(0, 1) : words);
    }
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      collect(component.getAccessor().invoke(node), commands);
    }
  }

  private static String literal(Word word) {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      switch (part) {
        case Word.Part.Literal(String literal) -> text.append(literal);
        case Word.Part.SingleQuoted(String literal) -> text.append(literal);
        case Word.Part.Tilde(String user) -> text.append('~').append(user);
        case Word.Part.DoubleQuoted(List<Word.Part> parts, _) -> {
          for (Word.Part inner : parts) {
            if (!(inner instanceof Word.Part.Literal(String literal))) {
              return "?";
            }
            text.append(literal);
          }
        }
        default -> {
          return "?";
        }
      }
    }
    return text.indexOf("\\") >= 0 ? "?" : text.toString();
  }
}
