package dev.agent.shell;

import dev.agent.shell.CommandForm.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a word means once it is known what it is: a path, a number, a program. */
final class ArgumentRoles {
  private static final String SECRET =
      "(?is).*(token|key|secret|pass|credential|auth|cookie|private|bearer|session).*";

  private final Predicate<String> ownDirectory;

  ArgumentRoles(Predicate<String> ownDirectory) {
    this.ownDirectory = ownDirectory;
  }

  void take(Role role, Argument word, CommandForm form, FactCollector facts) {
    switch (role) {
      case READ -> path(word, facts, facts::read);
      case DIR -> {
        path(word, facts, facts.reads::add);
        if (word.text().equals("-") || word.text().startsWith("+")) {
          object(facts, word, "is a directory that was left before");
        }
      }
      case WRITE -> path(word, facts, facts::write);
      case GONE -> path(word, facts, facts::remove);
      case LIST -> {
        facts.read(word);
        object(facts, word, "names further files, which are not known");
      }
      case CODE -> {
        facts.read(word);
        object(facts, word, "holds a program that is not known");
      }
      case TEXT, TEST -> text(word, form, facts);
      case NUM, NAME, KEY, VARIABLE, SUFFIX, PLUS, PS, PSUSER, GITCONFIG -> {
        if (!word.isExact() || !role.accepts(word.text())) {
          object(facts, word, "is not what \"" + form.name() + "\" takes here");
        }
      }
      case HOST -> facts.traits.add(CommandFacts.Trait.NETWORK);
      case SHELL -> facts.scripts.add(word);
      case ASSIGN -> object(facts, word, "sets a variable for the command");
      case DD -> dd(word, facts);
      case REV -> revision(word, facts);
      case GITFORMAT -> {
        text(word, form, facts);
        if (word.text().contains("%G") || word.text().contains("signature")) {
          object(facts, word, "starts the signature program");
        }
      }
      case ELSEWHERE -> {
        facts.read(word);
        if (!word.isExact() || !ownDirectory.test(word.text())) {
          object(facts, word, "is another directory, whose configuration would be obeyed");
        }
      }
      case SED -> program(word, facts, SedScript::judge);
      case AWK -> program(word, facts, AwkProgram::judge);
      case JQ -> program(word, facts, JqFilter::judge);
      case CMD, EXEC -> facts.nested.add(List.of(word));
    }
  }

  private interface Judge {
    void judge(String program, FactCollector facts);
  }

  private static void program(Argument word, FactCollector facts, Judge judge) {
    if (word.isExact()) {
      judge.judge(word.text(), facts);
    } else {
      object(facts, word, "is a program that is not known");
    }
  }

  private static void object(FactCollector facts, Argument word, String why) {
    facts.object("\"" + word.text() + "\" " + why);
  }

  private static void path(
      Argument word, FactCollector facts, java.util.function.Consumer<Argument> as) {
    as.accept(word);
    if (word.isUnknown()) {
      object(facts, word, "may be any path");
    }
  }

  private static void text(Argument word, CommandForm form, FactCollector facts) {
    if (!word.isUnknown()) {
      if (word.isPattern()) {
        facts.read(word); // the names that it matches are seen
      }
      return;
    }
    boolean anywhere = form.has(Attribute.ANY) || form.has(Attribute.ANYREST);
    if (!anywhere) {
      object(facts, word, "may be anything");
    } else if (word.text().matches(SECRET)) {
      object(facts, word, "may hold a secret");
    }
  }

  private static void revision(Argument word, FactCollector facts) {
    path(word, facts, facts::read);
    int colon = word.text().indexOf(':');
    if (colon >= 0) {
      String inside = word.text().substring(colon + 1);
      while (inside.startsWith("/") || inside.startsWith("!") || inside.startsWith("^")) {
        inside = inside.substring(1);
      }
      if (!inside.isEmpty()) {
        facts.read(new Argument(inside, word.certainty()));
      }
    }
  }

  private static void dd(Argument word, FactCollector facts) {
    String text = word.text();
    int equals = text.indexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals).toLowerCase(Locale.ROOT);
    Argument value = new Argument(text.substring(equals + 1), word.certainty());
    switch (key) {
      case "if" -> path(value, facts, facts::read);
      case "of" -> path(value, facts, facts::write);
      case "bs",
          "ibs",
          "obs",
          "cbs",
          "count",
          "skip",
          "seek",
          "iseek",
          "oseek",
          "conv",
          "iflag",
          "oflag",
          "status" -> {
        if (!word.isExact()) {
          object(facts, word, "may be anything");
        }
      }
      default -> object(facts, word, "is not a word of \"dd\"");
    }
  }

  /**
   * The command that a wrapper or a finder starts.
   *
   * @return the index after it
   */
  int nested(List<Argument> words, int from, Role role, CommandForm form, FactCollector facts) {
    List<Argument> command = new ArrayList<>();
    int at = from;
    boolean closed = role == Role.CMD;
    while (at < words.size()) {
      Argument word = words.get(at++);
      boolean end = role == Role.EXEC && word.isExact();
      if (end && (word.text().equals(";") || word.text().equals("+") && endsWithPlace(command))) {
        closed = true;
        break;
      }
      command.add(end && word.text().contains("{}") ? found(word, words, form) : word);
    }
    if (form.has(Attribute.APPENDS)) {
      command.add(new Argument("more words", Argument.Certainty.UNKNOWN));
    }
    if (command.isEmpty() || !closed) {
      facts.object("the command that \"" + form.name() + "\" would run has no end");
    }
    if (!command.isEmpty()) {
      facts.nested.add(List.copyOf(command));
    }
    return at;
  }

  private static boolean endsWithPlace(List<Argument> command) {
    return !command.isEmpty()
        && command.getLast().isPattern()
        && command.getLast().text().endsWith("/**");
  }

  /** What a finder puts in the place of {@code {}}: a path below where it starts. */
  private static Argument found(Argument word, List<Argument> words, CommandForm form) {
    if (!word.text().equals("{}")) {
      return new Argument(word.text(), Argument.Certainty.UNKNOWN);
    }
    String start = ".";
    int starts = 0;
    for (Argument candidate : words.subList(1, words.size())) {
      if (candidate.text().startsWith("-")
          || candidate.text().equals("(")
          || candidate.text().equals("!")) {
        if (!List.of("-L", "-H", "-P").contains(candidate.text())) {
          break;
        }
        continue;
      }
      start = candidate.text();
      starts += candidate.isExact() ? 1 : 2;
    }
    if (starts > 1 || !form.name().equals("find")) {
      return new Argument(word.text(), Argument.Certainty.UNKNOWN);
    }
    return new Argument(
        (start.endsWith("/") ? start : start + "/") + "**", Argument.Certainty.PATTERN);
  }
}
