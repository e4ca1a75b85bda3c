package dev.agent.shell;

import dev.agent.shell.Argument.Certainty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The cases of {@code commands.cases}: {@code KIND command => r:PATH w:PATH d:PATH n:COMMAND}. In
 * the command single quotes quote, an unquoted {@code * ? [} makes a pattern, a dollar sign an
 * unknown word. The part from the arrow on is optional; it lists what is only read, written but not
 * removed, removed, and run.
 */
record CommandCase(String kind, String command, List<String> facts) {
  static List<CommandCase> all() {
    try (InputStream in =
        Objects.requireNonNull(CommandCase.class.getResourceAsStream("/shell/commands.cases"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(CommandCase::of)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CommandCase of(String line) {
    int blank = line.indexOf(' ');
    int arrow = line.indexOf(" =>");
    String command = line.substring(blank, arrow < 0 ? line.length() : arrow).strip();
    List<String> facts =
        arrow < 0
            ? List.of("any")
            : List.of(line.substring(arrow + 3).strip().split("  *")).stream()
                .filter(it -> !it.isEmpty())
                .sorted()
                .toList();
    return new CommandCase(line.substring(0, blank), command, facts);
  }

  static List<Argument> words(String command) {
    List<Argument> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    Certainty certainty = Certainty.EXACT;
    boolean quoted = false;
    boolean inWord = false;
    for (int i = 0; i <= command.length(); i++) {
      char c = i < command.length() ? command.charAt(i) : ' ';
      if (c == '\'') {
        quoted = !quoted;
        inWord = true;
      } else if (c == ' ' && !quoted || i == command.length()) {
        if (inWord) {
          words.add(new Argument(word.toString(), certainty));
        }
        word.setLength(0);
        certainty = Certainty.EXACT;
        inWord = false;
      } else {
        inWord = true;
        word.append(c == '\u2424' ? '\n' : c);
        if (!quoted && c == '$') {
          certainty = Certainty.UNKNOWN;
        } else if (!quoted
            && "*?[".indexOf(c) >= 0
            && certainty == Certainty.EXACT
            && !command.startsWith("[")) {
          certainty = Certainty.PATTERN;
        }
      }
    }
    return words;
  }

  List<Argument> words() {
    return words(command);
  }

  static List<String> factsOf(CommandFacts facts) {
    List<String> out = new ArrayList<>();
    facts.reads().stream()
        .filter(it -> !facts.writes().contains(it))
        .forEach(it -> out.add("r:" + it.text()));
    facts.writes().stream()
        .filter(it -> !facts.removes().contains(it))
        .forEach(it -> out.add("w:" + it.text()));
    facts.removes().forEach(it -> out.add("d:" + it.text()));
    facts
        .nested()
        .forEach(
            it ->
                out.add(
                    "n:"
                        + String.join("_", it.stream().map(Argument::text).toList())
                            .replace(" ", "_")));
    facts.scripts().forEach(it -> out.add("s:" + it.text().replace(' ', '_')));
    return out.stream().sorted().toList();
  }
}
