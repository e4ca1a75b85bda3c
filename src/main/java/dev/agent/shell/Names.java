package dev.agent.shell;

import java.util.Set;

/** Variables whose values change nothing but looks. */
final class Names {
  private static final Set<String> INERT =
      Set.of(
          "LANG",
          "LANGUAGE",
          "TZ",
          "NO_COLOR",
          "FORCE_COLOR",
          "CLICOLOR",
          "CLICOLOR_FORCE",
          "TERM",
          "COLORTERM",
          "COLUMNS",
          "LINES",
          "NODE_ENV",
          "CI",
          "RUST_BACKTRACE",
          "PYTHONUNBUFFERED");

  private Names() {}

  /** Whether setting the variable can't change what a command does. */
  static boolean isInert(String name) {
    return INERT.contains(name) || name.startsWith("LC_") && Characters.isName(name);
  }

  /**
   * Whether a loop, or {@code read}, may set it without changing what other commands do: short
   * names in small letters, none of which a program or the shell looks at.
   */
  static boolean isInertLoopVariable(String name) {
    if (!Characters.isName(name) || name.endsWith("_proxy") || name.startsWith("npm_")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return false;
      }
    }
    return true;
  }
}
