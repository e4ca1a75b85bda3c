package dev.agent.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which tools, sources or reasons a hook is for. Empty and {@code *} mean all; letters, digits,
 * {@code _ -}, blanks, {@code |} and commas are a list of exact names; anything else is a regular
 * expression that may match anywhere in the name.
 */
public sealed interface HookMatcher {
  /** Whether it covers a name. */
  boolean matches(String name);

  /** As it was written. */
  String text();

  /** Every name. */
  record All(String text) implements HookMatcher {
    @Override
    public boolean matches(String name) {
      return true;
    }
  }

  /** Some names. */
  record Names(String text, List<String> names) implements HookMatcher {
    public Names {
      names = List.copyOf(names);
    }

    @Override
    public boolean matches(String name) {
      return names.contains(name);
    }
  }

  /** Names by a pattern. */
  record Expression(String text, Pattern pattern) implements HookMatcher {
    @Override
    public boolean matches(String name) {
      return pattern.matcher(name).find();
    }
  }

  /** Reads a matcher; empty when it is a regular expression that is none. */
  static Optional<HookMatcher> of(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.equals("*")) {
      return Optional.of(new All(stripped));
    }
    if (stripped.chars().allMatch(HookMatcher::isPlain)) {
      List<String> names = new ArrayList<>();
      for (String name : stripped.split("[|,]", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip());
        }
      }
      return Optional.of(new Names(stripped, names));
    }
    try {
      return Optional.of(new Expression(stripped, Pattern.compile(stripped)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "_-, |".indexOf(c) >= 0);
  }
}
