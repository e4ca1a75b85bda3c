package dev.agent.shell;

import dev.agent.shell.CommandForm.Attribute;
import dev.agent.shell.CommandForm.Operand;
import dev.agent.shell.CommandForm.Option;
import dev.agent.shell.CommandForm.Turn;
import dev.agent.shell.CommandForm.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the words of a command against one form of it: cuts them into options and operands exactly
 * as the program does, and objects to each word that the form does not know. It goes on after an
 * objection, so that rules that forbid see as much as possible.
 */
final class ArgumentScan {
  private final CommandForm form;
  private final FactCollector facts;
  private final ArgumentRoles roles;
  private final List<Argument> words;
  private final List<Argument> operands = new ArrayList<>();
  private final Set<Turn> turns = EnumSet.noneOf(Turn.class);
  private final Set<String> used = new HashSet<>();
  private int at;
  private int commandStart = -1;

  ArgumentScan(
      CommandForm form, List<Argument> words, int start, FactCollector facts, ArgumentRoles roles) {
    this.form = form;
    this.words = words;
    this.at = start;
    this.facts = facts;
    this.roles = roles;
  }

  /**
   * The options up to the first operand, for a command with subcommands.
   *
   * @return the index of the first operand, or the number of words
   */
  int globalOptions() {
    while (at < words.size() && isOption(words.get(at), false)) {
      at++;
      option(words.get(at - 1));
    }
    needs();
    return at;
  }

  /** All words. */
  void run() {
    boolean ended = false;
    boolean first = true;
    while (at < words.size()) {
      Argument word = words.get(at++);
      if (form.has(Attribute.RESPONSES) && word.text().startsWith("@")) {
        object(word, "names a file with further options");
      }
      boolean bundle = first && form.has(Attribute.BUNDLE) && isBundle(word);
      first = false;
      if (bundle) {
        bundle(word);
      } else if (!ended && isTerminator(word)) {
        ended = true;
      } else if (!ended && isOption(word, true)) {
        option(word);
      } else if (beginsCommand(word)) {
        commandStart = at - 1;
        break;
      } else {
        operands.add(word);
        boolean harmless =
            form.has(Attribute.ANY) || form.has(Attribute.ANYREST) && operands.size() > 1;
        if (word.isUnknown() && !harmless) {
          object(word, "may be anything");
        }
        if (!ended && word.isPattern() && startsOpen(word.text()) && !namesAreHarmless()) {
          object(word, "may match a name that is an option; begin it with ./");
        }
        ended |= form.has(Attribute.ORDERED) || expectsCommand();
      }
    }
    needs();
    assign();
    attributes();
  }

  private void object(Argument word, String why) {
    facts.object("\"" + word.text() + "\" " + why);
  }

  private void needs() {
    if (!form.needs().isEmpty() && Collections.disjoint(form.needs(), used)) {
      facts.object(
          "\""
              + form.name()
              + "\" is only known to be harmless with "
              + String.join(" or ", form.needs().stream().sorted().toList()));
    }
  }

  private boolean isTerminator(Argument word) {
    return word.text().equals("--") && word.isExact() && !form.has(Attribute.PLAIN);
  }

  private boolean isOption(Argument word, boolean mayBePlain) {
    if (mayBePlain && form.has(Attribute.PLAIN)) {
      return false;
    }
    if (word.isUnknown()) {
      return false;
    }
    // find knows operators and options alike; "-" alone is standard input everywhere.
    return word.isExact() && form.options().containsKey(word.text())
        || word.text().length() > 1 && word.text().startsWith("-");
  }

  private boolean namesAreHarmless() {
    return form.has(Attribute.GLOBS) || form.has(Attribute.ANY);
  }

  private static boolean isBundle(Argument word) {
    return word.isExact() && !word.text().startsWith("-");
  }

  private static boolean startsOpen(String pattern) {
    return wildcard(pattern) == 0;
  }

  private static boolean mayBeOption(String pattern) {
    return startsOpen(pattern) || pattern.startsWith("-");
  }

  private static int wildcard(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ("*?[".indexOf(pattern.charAt(i)) >= 0) {
        return i;
      }
    }
    return pattern.length();
  }

  /** How many characters of a word are known. */
  private static int known(Argument word) {
    return word.isPattern() ? wildcard(word.text()) : word.text().length();
  }

  private void option(Argument word) {
    String text = word.text();
    if (form.options().containsKey("-#") && isNumber(word)) {
      return;
    }
    if (form.has(Attribute.WORDS) || text.startsWith("--") || !text.startsWith("-")) {
      longOption(word);
    } else {
      cluster(word, 1);
    }
  }

  private static boolean isNumber(Argument word) {
    String text = word.text();
    return word.isExact() && text.length() > 1 && text.length() < 12 && areDigits(text);
  }

  private static boolean areDigits(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private void longOption(Argument word) {
    String text = word.text();
    int equals = text.startsWith("--") ? text.indexOf('=') : -1;
    String name = equals < 0 ? text : text.substring(0, equals);
    Option option = name.length() > known(word) ? null : form.options().get(name);
    if (option == null || equals < 0 && word.isPattern()) {
      object(word, "is not an option of \"" + form.name() + "\" that is known to be harmless");
      return;
    }
    if (equals >= 0 && option.value() == Value.NONE) {
      object(word, "has a value that the option does not take");
      return;
    }
    use(name, option);
    if (equals >= 0) {
      take(option, new Argument(text.substring(equals + 1), word.certainty()), false);
    } else if (option.value() == Value.REQUIRED) {
      separate(word, option);
    }
  }

  private void cluster(Argument word, int start) {
    String text = word.text();
    int known = known(word);
    for (int i = start; i < text.length(); i++) {
      String name = CommandForm.letter(text.charAt(i));
      Option option = i < known ? form.options().get(name) : null;
      if (option == null) {
        object(word, "is not an option of \"" + form.name() + "\" that is known to be harmless");
        return;
      }
      use(name, option);
      if (option.value() != Value.NONE) {
        if (i + 1 < text.length()) {
          take(option, new Argument(text.substring(i + 1), word.certainty()), false);
        } else if (option.value() == Value.REQUIRED) {
          separate(word, option);
        }
        return;
      }
    }
  }

  /** Old tar: letters without a dash whose values follow in the next words. */
  private void bundle(Argument word) {
    String text = word.text();
    for (int i = 0; i < text.length() - 1; i++) {
      Option option = form.options().get("-" + text.charAt(i));
      if (option != null && option.value() != Value.NONE) {
        object(word, "has a letter with a value that is not the last one");
      }
    }
    cluster(word, 0);
  }

  private void use(String name, Option option) {
    used.add(name);
    turns.add(option.turn());
    if (option.turn() == Turn.UNPROVEN) {
      facts.object("the option \"" + name + "\" of \"" + form.name() + "\" can do more than read");
    }
  }

  private void separate(Argument word, Option option) {
    if (option.role() == Role.EXEC || option.role() == Role.CMD) {
      at = roles.nested(words, at, option.role(), form, facts);
      return;
    }
    if (at >= words.size()) {
      object(word, "lacks its value");
      return;
    }
    take(option, words.get(at++), true);
    if (option.second().isPresent()) {
      if (at < words.size()) {
        roles.take(option.second().get(), words.get(at++), form, facts);
      } else {
        object(word, "lacks its second value");
      }
    }
  }

  private void take(Option option, Argument value, boolean separate) {
    roles.take(option.role(), value, form, facts);
    if (!separate) {
      if (value.isPattern() && option.role() != Role.TEXT) {
        object(value, "stands behind an option and may match any name");
      }
      return;
    }
    // Some options of git take a value in the same word only; it would then obey the next word.
    if (form.has(Attribute.REPO) && value.text().startsWith("-")) {
      object(value, "may be an option by itself; write it after \"=\"");
    }
    // Where options end at the first operand, as on BSD, this would be one more operand.
    if (!operands.isEmpty() && !form.has(Attribute.WORDS) && option.role() == Role.TEXT) {
      facts.read(value);
    }
    if (value.isPattern()) {
      spill(value);
    }
  }

  /** A pattern as the value of an option: what it matches beyond one name becomes operands. */
  private void spill(Argument value) {
    String text = value.text();
    if (form.has(Attribute.WORDS)) {
      int dot = text.lastIndexOf('.');
      boolean suffixed =
          dot
              > Math.max(
                  text.lastIndexOf('*'), Math.max(text.lastIndexOf('?'), text.lastIndexOf(']')));
      if (!suffixed && mayBeOption(text)) {
        object(value, "may match names that are options; quote it");
      }
    } else if (mayBeOption(text) && !form.has(Attribute.GLOBS)
        || form.operands().stream().noneMatch(it -> it.repeats() && it.role().isPath())) {
      object(value, "may match several names; quote it");
    }
    facts.read(value);
  }

  private boolean expectsCommand() {
    return !form.operands().isEmpty() && form.operands().getLast().role() == Role.CMD;
  }

  /** Whether the command of a wrapper begins here: after its own operands and assignments. */
  private boolean beginsCommand(Argument word) {
    if (!expectsCommand()) {
      return false;
    }
    Role before = form.operands().size() < 2 ? Role.CMD : form.operands().getFirst().role();
    return switch (before) {
      case CMD -> true;
      case ASSIGN -> !(word.isExact() && word.text().indexOf('=') > 0);
      default -> operands.size() >= form.operands().size() - 1;
    };
  }

  private void assign() {
    List<Operand> expected = new ArrayList<>(form.operands());
    if (turns.contains(Turn.FIRST) && !expected.isEmpty()) {
      expected.removeFirst();
    }
    if (turns.contains(Turn.LAST) && !expected.isEmpty()) {
      expected.removeLast();
    }
    if (expectsCommand()) {
      wrapper();
      return;
    }
    if (!expected.isEmpty() && expected.getFirst().role() == Role.TEST) {
      TestWords.judge(form.name(), operands, facts);
      return;
    }
    new OperandMatch(expected, operands).forEach(this::operand, facts::object, form.name());
    if (form.has(Attribute.CWD) && operands.size() < paths(expected)) {
      operand(Role.READ, Argument.exact("."));
    }
  }

  /** The number of operands from which on one of them is a path: {@code rg PATTERN} has none. */
  private static int paths(List<Operand> expected) {
    int before = 0;
    for (Operand operand : expected) {
      if (operand.role().isPath()) {
        return before + 1;
      }
      before++;
    }
    return Integer.MAX_VALUE;
  }

  private void operand(Role role, Argument word) {
    roles.take(turned(role), word, form, facts);
  }

  private Role turned(Role role) {
    if (role != Role.READ && role != Role.WRITE) {
      return role;
    }
    if (turns.contains(Turn.GONE)) {
      return Role.GONE;
    }
    return turns.contains(Turn.WRITE) ? Role.WRITE : role;
  }

  private void wrapper() {
    for (Argument operand : operands) {
      roles.take(form.operands().getFirst().role(), operand, form, facts);
    }
    if (commandStart >= 0) {
      roles.nested(words, commandStart, Role.CMD, form, facts);
    } else if (form.operands().getLast().count() == CommandForm.Count.ONE) {
      facts.object("\"" + form.name() + "\" lacks the command to run");
    }
  }

  private void attributes() {
    if (form.has(Attribute.UNPROVEN)) {
      facts.object("\"" + form.name() + "\" is not known to be harmless");
    }
    if (form.has(Attribute.NETWORK)) {
      facts.traits.add(CommandFacts.Trait.NETWORK);
    }
    if (form.has(Attribute.INTERPRETER)) {
      facts.traits.add(CommandFacts.Trait.INTERPRETER);
    }
    if (form.has(Attribute.ENVIRONMENT) && facts.nested.isEmpty()) {
      facts.traits.add(CommandFacts.Trait.ENVIRONMENT);
      facts.object("\"" + form.name() + "\" prints the environment, which may hold secrets");
    }
    if (form.has(Attribute.REPO)) {
      facts.traits.add(CommandFacts.Trait.REPOSITORY);
      facts.read(Argument.exact("."));
    }
    if (form.has(Attribute.EDITS) && facts.changes) {
      facts.traits.add(CommandFacts.Trait.EDIT);
    }
  }
}
