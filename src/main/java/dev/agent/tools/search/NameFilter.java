package dev.agent.tools.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Which files count, by patterns: with a slash for the whole path, without for the name; those that
 * begin with {@code !} leave files out. A file must also be of one of the wanted types, if there
 * are any. Immutable.
 */
final class NameFilter {
  private final List<Entry> wanted = new ArrayList<>();
  private final List<Entry> unwanted = new ArrayList<>();
  private final List<Entry> types = new ArrayList<>();

  private record Entry(GlobPattern pattern, boolean wholePath) {}

  /**
   * @throws IllegalArgumentException when a pattern is none
   */
  static NameFilter of(List<String> patterns, List<String> types) {
    NameFilter filter = new NameFilter();
    for (String type : types) {
      filter.types.add(new Entry(GlobPattern.compile(type), false));
    }
    for (String text : patterns) {
      boolean negated = text.startsWith("!");
      String body = negated ? text.substring(1) : text;
      boolean whole = body.indexOf('/') >= 0;
      String pattern = body.startsWith("/") ? body.substring(1) : body;
      (negated ? filter.unwanted : filter.wanted)
          .add(
              new Entry(
                  GlobPattern.compile(
                      whole && !body.startsWith("/") && !body.startsWith("**")
                          ? "**/" + pattern
                          : pattern),
                  whole));
    }
    return filter;
  }

  /**
   * @param relative the path below the root of the search
   */
  boolean accepts(String relative) {
    int slash = relative.lastIndexOf('/') + 1;
    return accepts(relative.substring(0, slash), relative.substring(slash));
  }

  /**
   * @param prefix the directory's path below the root, empty or with a slash at the end
   */
  boolean accepts(String prefix, String name) {
    if (fits(unwanted, prefix, name)) {
      return false;
    }
    return (wanted.isEmpty() || fits(wanted, prefix, name))
        && (types.isEmpty() || fits(types, prefix, name));
  }

  private static boolean fits(List<Entry> entries, String prefix, String name) {
    for (Entry entry : entries) {
      if (entry.pattern().matches(entry.wholePath() ? prefix.concat(name) : name)) {
        return true;
      }
    }
    return false;
  }
}
