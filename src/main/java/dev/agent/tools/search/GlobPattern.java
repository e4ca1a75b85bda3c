package dev.agent.tools.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths, compiled once and matched without allocation: {@code *} and {@code ?} within
 * a segment, {@code **} across segments, {@code [a-z]} and {@code [!a]}, {@code {a,b}} (expanded
 * when compiled), backslash escapes. Paths are matched as text with {@code /} between segments.
 * Immutable.
 */
final class GlobPattern {
  private static final int MAX_ALTERNATIVES = 256;

  private final Alternative[] alternatives;

  private GlobPattern(List<String> alternatives) {
    this.alternatives = alternatives.stream().map(Alternative::of).toArray(Alternative[]::new);
  }

  /**
   * One pattern without braces.
   *
   * @param form what can be said without going through it
   * @param text the pattern, or the part that decides in its form
   * @param lastSegment whether the last segment of a path decides alone
   */
  private record Alternative(Form form, String text, boolean lastSegment) {
    enum Form {
      /** Everything fits. */
      ALL,
      /** Equal to the text. */
      PLAIN,
      /** One segment that ends with the text. */
      SUFFIX,
      WILD
    }

    static Alternative of(String pattern) {
      if (pattern.equals("**")) {
        return new Alternative(Form.ALL, "", false);
      }
      boolean last = pattern.startsWith("**/") && pattern.indexOf('/', 3) < 0;
      String text = last ? pattern.substring(3) : pattern;
      if (isPlain(text)) {
        return new Alternative(Form.PLAIN, text, last);
      }
      return text.startsWith("*") && isPlain(text.substring(1)) && text.indexOf('/') < 0
          ? new Alternative(Form.SUFFIX, text.substring(1), last)
          : new Alternative(Form.WILD, pattern, false);
    }

    private static boolean isPlain(String text) {
      return text.indexOf('*') < 0
          && text.indexOf('?') < 0
          && text.indexOf('[') < 0
          && text.indexOf('\\') < 0;
    }
  }

  /**
   * @throws IllegalArgumentException when braces or brackets don't close, or there are too many
   *     alternatives
   */
  static GlobPattern compile(String pattern) {
    return new GlobPattern(expand(pattern));
  }

  /** A pattern in which braces mean themselves, as in ignore files. */
  static GlobPattern literalBraces(String pattern) {
    return new GlobPattern(List.of(pattern));
  }

  private static List<String> expand(String pattern) {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(pattern));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      int from = brace(next);
      if (from < 0) {
        done.add(next);
        continue;
      }
      int depth = 0;
      int part = from + 1;
      int end = -1;
      List<String> parts = new ArrayList<>();
      for (int i = from; i < next.length() && end < 0; i++) {
        char c = next.charAt(i);
        if (c == '\\') {
          i++;
        } else if (c == '{') {
          depth++;
        } else if (c == ',' && depth == 1) {
          parts.add(next.substring(part, i));
          part = i + 1;
        } else if (c == '}' && --depth == 0) {
          parts.add(next.substring(part, i));
          end = i;
        }
      }
      if (end < 0) {
        throw new IllegalArgumentException("a \"{\" in \"" + pattern + "\" is not closed");
      }
      for (int i = parts.size() - 1; i >= 0; i--) {
        open.add(next.substring(0, from) + parts.get(i) + next.substring(end + 1));
      }
      if (open.size() + done.size() > MAX_ALTERNATIVES) {
        throw new IllegalArgumentException(
            "\"" + pattern + "\" has more than " + MAX_ALTERNATIVES + " alternatives");
      }
    }
    return done;
  }

  private static int brace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '{') {
        return i;
      }
    }
    return -1;
  }

  /** Whether the whole path fits. */
  boolean matches(String path) {
    return matches(path, 0);
  }

  /** Whether the part of the path from {@code from} on fits. */
  boolean matches(String path, int from) {
    for (Alternative alternative : alternatives) {
      String text = alternative.text();
      int start = alternative.lastSegment() ? Math.max(from, path.lastIndexOf('/') + 1) : from;
      int length = path.length() - start;
      boolean fits =
          switch (alternative.form()) {
            case ALL -> length > 0;
            case PLAIN -> length == text.length() && path.startsWith(text, start);
            case SUFFIX ->
                length >= text.length()
                    && path.endsWith(text)
                    && (alternative.lastSegment() || path.indexOf('/', start) < 0);
            case WILD -> matches(text, 0, path, start);
          };
      if (fits) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, int p, String path, int s) {
    int starPattern = -1;
    int starPath = -1;
    while (true) {
      if (p < pattern.length() && isDoubleStar(pattern, p)) {
        return matchesDoubleStar(pattern, p, path, s)
            || (starPattern >= 0 && retry(pattern, starPattern, path, starPath));
      }
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starPattern = ++p;
        starPath = s;
        continue;
      }
      int next =
          s < path.length() ? step(pattern, p, path.charAt(s)) : p == pattern.length() ? p : -1;
      if (s == path.length() && p == pattern.length()) {
        return true;
      }
      if (s < path.length() && next > 0 && p < pattern.length()) {
        p = next;
        s++;
        continue;
      }
      if (starPattern >= 0 && starPath < path.length() && path.charAt(starPath) != '/') {
        p = starPattern;
        s = ++starPath;
        continue;
      }
      return false;
    }
  }

  private static boolean retry(String pattern, int starPattern, String path, int starPath) {
    for (int s = starPath; s < path.length() && path.charAt(s) != '/'; s++) {
      if (matches(pattern, starPattern, path, s + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDoubleStar(String pattern, int p) {
    boolean two =
        p + 1 < pattern.length() && pattern.charAt(p) == '*' && pattern.charAt(p + 1) == '*';
    boolean startsSegment = p == 0 || pattern.charAt(p - 1) == '/';
    boolean endsSegment =
        p + 2 == pattern.length() || p + 2 < pattern.length() && pattern.charAt(p + 2) == '/';
    return two && startsSegment && endsSegment;
  }

  private static boolean matchesDoubleStar(String pattern, int p, String path, int s) {
    if (p + 2 == pattern.length()) {
      return s < path.length();
    }
    int rest = p + 3;
    if (matches(pattern, rest, path, s)) {
      return true;
    }
    for (int i = s; i < path.length(); i++) {
      if (path.charAt(i) == '/' && matches(pattern, rest, path, i + 1)) {
        return true;
      }
    }
    return false;
  }

  /** The place in the pattern behind what matches this character, or −1. */
  private static int step(String pattern, int p, char c) {
    if (p >= pattern.length()) {
      return -1;
    }
    char want = pattern.charAt(p);
    return switch (want) {
      case '?' -> c == '/' ? -1 : p + 1;
      case '[' -> bracket(pattern, p, c);
      case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == c ? p + 2 : -1;
      default -> want == c ? p + 1 : -1;
    };
  }

  private static int bracket(String pattern, int p, char c) {
    int i = p + 1;
    boolean negated =
        i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^');
    if (negated) {
      i++;
    }
    boolean found = false;
    boolean first = true;
    while (i < pattern.length() && (first || pattern.charAt(i) != ']')) {
      first = false;
      char low = pattern.charAt(i);
      if (low == '[' && i + 1 < pattern.length() && pattern.charAt(i + 1) == ':') {
        int close = pattern.indexOf(":]", i + 2);
        if (close > 0) {
          found |= isOfClass(pattern.substring(i + 2, close), c);
          i = close + 2;
          continue;
        }
      }
      if (low == '\\' && i + 1 < pattern.length()) {
        low = pattern.charAt(++i);
      }
      i++;
      char high = low;
      if (i + 1 < pattern.length() && pattern.charAt(i) == '-' && pattern.charAt(i + 1) != ']') {
        high = pattern.charAt(i + 1);
        i += 2;
        if (high == '\\' && i < pattern.length()) {
          high = pattern.charAt(i++);
        }
      }
      found |= c >= low && c <= high;
    }
    if (i >= pattern.length()) {
      return -1; // not closed: nothing matches, as git has it
    }
    return found != negated && c != '/' ? i + 1 : -1;
  }

  private static boolean isOfClass(String name, char c) {
    return switch (name) {
      case "alpha" -> c < 128 && Character.isLetter(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> c < 128 && Character.isLetterOrDigit(c);
      case "lower" -> c >= 'a' && c <= 'z';
      case "upper" -> c >= 'A' && c <= 'Z';
      case "space" -> c == ' ' || c >= 9 && c <= 13;
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> c > 32 && c < 127 && !Character.isLetterOrDigit(c);
      case "xdigit" -> Character.digit(c, 16) >= 0 && c < 128;
      default -> false;
    };
  }
}
