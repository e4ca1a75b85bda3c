package dev.agent.workspace;

import dev.agent.shell.Argument;
import dev.agent.shell.Invocation;
import java.util.ArrayList;
import java.util.List;

/**
 * Which links a finder would hand on, by the conditions that it has on names and kinds. Only plain
 * conjunctions are understood; with anything else every link counts.
 */
record LinkFilter(boolean plainFiles, List<String> names) {
  static final LinkFilter ALL = new LinkFilter(false, List.of());

  LinkFilter {
    names = List.copyOf(names);
  }

  /** The links that a command hands on to what it starts. */
  static LinkFilter of(Invocation command) {
    if (!command.program().orElse("").equals("find")) {
      return ALL;
    }
    boolean plainFiles = false;
    List<String> names = new ArrayList<>();
    List<Argument> argv = command.argv();
    for (int i = 1; i < argv.size(); i++) {
      Argument word = argv.get(i);
      String value = i + 1 < argv.size() && argv.get(i + 1).isExact() ? argv.get(i + 1).text() : "";
      switch (word.text()) {
        case "-o", "-or", "!", "-not", ",", "-L", "-follow", "(" -> {
          return ALL;
        }
        case "-type" -> plainFiles |= value.equals("f") || value.equals("d");
        case "-name" -> {
          if (!value.isEmpty()) {
            names.add(value);
          }
        }
        default -> {}
      }
    }
    return new LinkFilter(plainFiles, names);
  }

  /** Whether a link of this name may be handed on. */
  boolean counts(String name) {
    if (plainFiles) {
      return false;
    }
    for (String pattern : names) {
      if (!ShellPattern.mayMatch(pattern, name, false)) {
        return false;
      }
    }
    return true;
  }
}
