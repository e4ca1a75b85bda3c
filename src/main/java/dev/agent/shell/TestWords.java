package dev.agent.shell;

import java.util.List;
import java.util.Set;

/** The words of {@code test} and {@code [}, which look at files and, in two cases, run code. */
final class TestWords {
  private static final Set<String> OF_FILES =
      Set.of(
          "-a", "-b", "-c", "-d", "-e", "-f", "-g", "-G", "-h", "-k", "-L", "-N", "-O", "-p", "-r",
          "-s", "-S", "-u", "-w", "-x");
  private static final Set<String> BETWEEN_FILES = Set.of("-nt", "-ot", "-ef");

  private TestWords() {}

  static void judge(String name, List<Argument> words, FactCollector facts) {
    for (int i = 0; i < words.size(); i++) {
      Argument word = words.get(i);
      if (word.isPattern()
          && (word.text().isEmpty() || "*?[".indexOf(word.text().charAt(0)) >= 0)) {
        facts.object("\"" + word.text() + "\" may match a name that is an operator");
      }
      if (!word.isExact()) {
        facts.read(word);
        continue;
      }
      Argument next = i + 1 < words.size() ? words.get(i + 1) : Argument.exact("");
      String operator = word.text();
      // A subscript in the name of a variable is evaluated, and a substitution in it runs.
      boolean plainName = next.isExact() && Role.VARIABLE.accepts(next.text());
      if ((operator.equals("-v") || operator.equals("-R")) && !plainName) {
        facts.object("\"" + next.text() + "\" is not a plain name of a variable");
      }
      if (OF_FILES.contains(operator) || BETWEEN_FILES.contains(operator)) {
        facts.read(next);
      }
      if (BETWEEN_FILES.contains(operator) && i > 0) {
        facts.read(words.get(i - 1));
      }
    }
    if (name.equals("[") && (words.isEmpty() || !words.getLast().text().equals("]"))) {
      facts.object("\"[\" lacks its \"]\"");
    }
  }
}
