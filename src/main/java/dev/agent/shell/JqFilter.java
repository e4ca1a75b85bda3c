package dev.agent.shell;

import java.util.Set;

/** Reads a jq filter word by word: it can't write, but it can show the environment. */
final class JqFilter {
  private static final Set<String> REFUSED =
      Set.of(
          "env",
          "ENV",
          "import",
          "include",
          "modulemeta",
          "input_filename",
          "get_search_list",
          "__prog_args",
          "load",
          "load_str",
          "strenv",
          "envsubst");

  /** Names of subcommands of yq, after which the filter would be another word. */
  private static final Set<String> SUBCOMMANDS = Set.of("e", "ea", "eval", "eval-all");

  private final String filter;
  private final FactCollector facts;
  private int at;

  private JqFilter(String filter, FactCollector facts) {
    this.filter = filter;
    this.facts = facts;
  }

  static void judge(String filter, FactCollector facts) {
    JqFilter reader = new JqFilter(filter, facts);
    if (SUBCOMMANDS.contains(filter)) {
      reader.fail("is the name of a subcommand");
    }
    if (reader.code(false, 0) && reader.at < filter.length()) {
      reader.fail("closes more than it opens");
    }
  }

  private boolean fail(String what) {
    facts.object("the jq filter \"" + filter + "\" " + what);
    return false;
  }

  /** Code to its end, or to the parenthesis that closes an insertion into a string. */
  private boolean code(boolean inString, int nesting) {
    int depth = 0;
    if (nesting > 50) {
      return fail("is nested too deep");
    }
    while (at < filter.length()) {
      char c = filter.charAt(at);
      if (Character.isLetter(c) || c == '_') {
        if (!word()) {
          return false;
        }
        continue;
      }
      at++;
      switch (c) {
        case '"' -> {
          if (!string(nesting)) {
            return false;
          }
        }
        case '#' -> {
          return fail("has a comment");
        }
        case '(' -> depth++;
        case ')' -> {
          if (depth == 0) {
            return inString || fail("closes more than it opens");
          }
          depth--;
        }
        default -> {
          // operators, numbers and blanks do nothing by themselves
        }
      }
    }
    return !inString || fail("has a string that is not closed");
  }

  private boolean word() {
    int start = at;
    while (at < filter.length()
        && (Character.isLetterOrDigit(filter.charAt(at)) || filter.charAt(at) == '_')) {
      at++;
    }
    String word = filter.substring(start, at);
    boolean isField = start > 0 && filter.charAt(start - 1) == '.';
    return isField || !REFUSED.contains(word) || fail("has \"" + word + "\" in it");
  }

  private boolean string(int nesting) {
    while (at < filter.length()) {
      char c = filter.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '\\') {
        if (at < filter.length() && filter.charAt(at++) == '(' && !code(true, nesting + 1)) {
          return false;
        }
      }
    }
    return fail("has a string that is not closed");
  }
}
