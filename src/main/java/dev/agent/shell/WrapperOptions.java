package dev.agent.shell;

import java.util.List;
import java.util.Set;

/**
 * The options of a program that runs the command behind them.
 *
 * @param flags letters of short options without a value
 * @param values letters of short options with one
 * @param longFlags long options without a value
 * @param longValues long options with one
 * @param operands how many words come between the options and the command
 * @param isTransparent whether it leaves the command as it is
 */
record WrapperOptions(
    String flags,
    String values,
    Set<String> longFlags,
    Set<String> longValues,
    int operands,
    boolean isTransparent) {
  static WrapperOptions transparent(String flags, String values, int operands) {
    return new WrapperOptions(flags, values, Set.of(), Set.of(), operands, true);
  }

  static WrapperOptions opaque(String flags, String values, int operands) {
    return new WrapperOptions(flags, values, Set.of(), Set.of(), operands, false);
  }

  WrapperOptions with(Set<String> flagNames, Set<String> valueNames) {
    return new WrapperOptions(flags, values, flagNames, valueNames, operands, isTransparent);
  }

  /**
   * Where the command begins; negative when an option is not known, or a word before it may be
   * several.
   *
   * @param assigns whether assignments may stand in front of the command
   */
  int commandStart(List<Argument> argv, boolean assigns) {
    int i = 1;
    while (i < argv.size() && argv.get(i).isExact()) {
      String text = argv.get(i).text();
      if (text.equals("--")) {
        i++;
        break;
      }
      if (text.length() < 2 || text.charAt(0) != '-') {
        break;
      }
      int more = text.startsWith("--") ? longOption(text.substring(2)) : shortOptions(text);
      if (more < 0) {
        return -1;
      }
      i += 1 + more;
    }
    int start = i + operands;
    int firstWord = assigns ? afterAssignments(argv, start) : start;
    if (start > argv.size()) {
      return -1;
    }
    for (Argument argument : argv.subList(1, Math.min(argv.size(), firstWord))) {
      if (!argument.isExact() && !(assigns && Wrappers.isAssignment(argument))) {
        return -1;
      }
    }
    return start;
  }

  private static int afterAssignments(List<Argument> argv, int start) {
    int i = start;
    while (i < argv.size() && Wrappers.isAssignment(argv.get(i))) {
      i++;
    }
    return i;
  }

  /** How many further words belong to the option; negative for an unknown one. */
  private int longOption(String option) {
    int equals = option.indexOf('=');
    if (equals >= 0) {
      return longValues.contains(option.substring(0, equals)) ? 0 : -1;
    }
    return longFlags.contains(option) ? 0 : longValues.contains(option) ? 1 : -1;
  }

  private int shortOptions(String text) {
    boolean numbered = values.equals("n") && Characters.isNumber(text.substring(1));
    if (numbered) {
      return 0; // nice -10
    }
    for (int i = 1; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (values.indexOf(letter) >= 0) {
        return i + 1 < text.length() ? 0 : 1;
      }
      if (flags.indexOf(letter) < 0) {
        return -1;
      }
    }
    return 0;
  }
}
