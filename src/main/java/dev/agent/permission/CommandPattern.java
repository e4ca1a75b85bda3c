package dev.agent.permission;

import dev.agent.shell.Argument;
import java.util.List;

/**
 * Patterns of commands in rules: {@code *} stands for any characters; a trailing {@code " *"} or
 * {@code ":*"} for nothing or further words.
 */
final class CommandPattern {
  /** Stands where nobody knows what a program receives: only a wildcard covers it. */
  private static final char UNKNOWN = '\uFFFF';

  private CommandPattern() {}

  static boolean matches(String pattern, String command) {
    String wanted = plain(pattern);
    if (wanted.endsWith(" *")
        && Wildcard.matches(wanted.substring(0, wanted.length() - 2), command, false)) {
      return true;
    }
    return Wildcard.matches(wanted, command, false);
  }

  private static String plain(String pattern) {
    return pattern.endsWith(":*") ? pattern.substring(0, pattern.length() - 2) + " *" : pattern;
  }

  /** Whether the pattern fits whatever the unknown words turn out to be. */
  static boolean covers(String pattern, List<Argument> words) {
    StringBuilder text = new StringBuilder();
    for (Argument word : words) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(word.isUnknown() ? String.valueOf(UNKNOWN) : word.text());
    }
    return matches(pattern, text.toString());
  }

  /** Whether the pattern might fit, depending on what unknown words turn out to be. */
  static boolean mayMatch(String pattern, List<Argument> words) {
    String[] wanted = plain(pattern).split(" ", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (i >= words.size()) {
        return false;
      }
      Argument word = words.get(i);
      if (word.isUnknown()) {
        return true;
      }
      if (word.isPattern()) {
        return i == 0 || Wildcard.matches(wanted[i], word.text(), false);
      }
      if (!Wildcard.matches(wanted[i], word.text(), false)) {
        return false;
      }
      if (wanted[i].indexOf('*') >= 0) {
        return false; // what follows is covered, and was compared as a whole
      }
    }
    return false;
  }

  /** What stands in front of the first wildcard. */
  static String literal(String pattern) {
    String wanted = plain(pattern);
    int star = wanted.indexOf('*');
    return star < 0 ? wanted : wanted.substring(0, star);
  }
}
