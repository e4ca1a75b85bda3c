package dev.agent.shell;

import java.util.List;
import java.util.Optional;

/**
 * One simple command, as the machine would run it.
 *
 * @param argv the program and its arguments, never empty
 * @param assignments the variables that are set for it
 * @param redirections in their order
 * @param directory where it runs
 * @param position where it stands in the line
 * @param wrapping what it does with the commands it contains
 * @param inner the commands that it runs because its arguments or its input say so, where they
 *     could be told apart; when they could not, all that they may be
 */
public record Invocation(
    List<Argument> argv,
    List<Definition> assignments,
    List<Redirection> redirections,
    Directory directory,
    Position position,
    Wrapping wrapping,
    List<Invocation> inner) {
  /** What a command does with the commands it contains. */
  public enum Wrapping {
    /** It contains none that are known. */
    NONE,
    /** It changes nothing about them: what covers all of them covers it too. */
    TRANSPARENT,
    /** It changes how, as whom or where they run: their coverage says nothing about it. */
    OPAQUE
  }

  public Invocation {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("an invocation has a program");
    }
    argv = List.copyOf(argv);
    assignments = List.copyOf(assignments);
    redirections = List.copyOf(redirections);
    inner = List.copyOf(inner);
  }

  /** The program's name without its directory; empty when it is not known. */
  public Optional<String> program() {
    Argument first = argv.getFirst();
    return first.isExact()
        ? Optional.of(first.text().substring(first.text().lastIndexOf('/') + 1))
        : Optional.empty();
  }

  /** The texts of all arguments with single blanks between them, as rules see them. */
  public String text() {
    if (argv.size() == 1) {
      return argv.getFirst().text();
    }
    StringBuilder text = new StringBuilder();
    for (Argument argument : argv) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(argument.text());
    }
    return text.toString();
  }

  /** Whether every argument is known character for character. */
  public boolean isExact() {
    for (Argument argument : argv) {
      if (!argument.isExact()) {
        return false;
      }
    }
    return true;
  }

  /** Adds this command and all that it contains, from the outside in. */
  void addTo(List<Invocation> all) {
    all.add(this);
    for (Invocation invocation : inner) {
      invocation.addTo(all);
    }
  }
}
