package dev.agent.tools.search;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Turns an expression in ripgrep's dialect into Java's, and finds the text that every match must
 * hold. Pure.
 */
final class Expression {
  private static final String SPECIAL = "\\.[]{}()*+?^$|";

  private Expression() {}

  /** Whether the expression is plain text. */
  static boolean isLiteral(String source) {
    return source.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /**
   * @throws PatternSyntaxException when it is no expression
   */
  static Pattern compile(String source, boolean ignoreCase, boolean multiline) {
    // As in ripgrep: letters and digits of all scripts, and "\n" alone ends a line.
    int flags = Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;
    flags |= ignoreCase ? Pattern.CASE_INSENSITIVE : 0;
    flags |= multiline ? Pattern.MULTILINE | Pattern.DOTALL : 0;
    return Pattern.compile(translate(source), flags);
  }

  /**
   * Named groups and POSIX classes in Java's spelling; a brace that is no counted repetition means
   * itself.
   */
  static String translate(String source) {
    StringBuilder out = new StringBuilder(source.length() + 8);
    boolean inClass = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\' && i + 1 < source.length()) {
        char escaped = source.charAt(++i);
        int close =
            i + 1 < source.length() && source.charAt(i + 1) == '{' && "pPxuU".indexOf(escaped) >= 0
                ? source.indexOf('}', i)
                : -1;
        out.append(c).append(close > 0 && (escaped == 'u' || escaped == 'U') ? 'x' : escaped);
        if (close > 0) {
          out.append(source, i + 1, close + 1);
          i = close;
        }
      } else if (inClass && c == '[' && source.startsWith("[:", i)) {
        int end = source.indexOf(":]", i);
        String name = end < 0 ? "" : source.substring(i + 2, end);
        boolean negated = name.startsWith("^");
        String java = posix(negated ? name.substring(1) : name);
        if (java.isEmpty()) {
          out.append("\\[");
        } else {
          out.append(negated ? "[^" : "[").append(java).append(']');
          i = end + 1;
        }
      } else if (inClass && c == '[') {
        out.append("\\[");
      } else if (inClass && c == '&' && source.startsWith("&&", i)) {
        out.append("\\&");
      } else if (c == '[' && !inClass) {
        inClass = true;
        out.append(c);
        if (i + 1 < source.length() && source.charAt(i + 1) == '^') {
          out.append(source.charAt(++i));
        }
        if (i + 1 < source.length() && source.charAt(i + 1) == ']') {
          out.append("\\]");
          i++;
        }
      } else if (c == ']' && inClass) {
        inClass = false;
        out.append(c);
      } else if (!inClass && c == '{' && !isRepetition(source, i)) {
        out.append("\\{");
      } else if (!inClass && source.startsWith("(?P<", i)) {
        out.append("(?<");
        i += 3;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Whether the brace there begins a counted repetition. */
  static boolean isRepetition(String source, int at) {
    int i = at + 1;
    int digits = 0;
    while (i < source.length()
        && (Character.isDigit(source.charAt(i)) || source.charAt(i) == ',')) {
      digits += source.charAt(i) == ',' ? 0 : 1;
      i++;
    }
    return at > 0 && digits > 0 && i < source.length() && source.charAt(i) == '}';
  }

  /** The ASCII class, for use within brackets. */
  private static String posix(String name) {
    return switch (name) {
      case "alpha" -> "a-zA-Z";
      case "digit" -> "0-9";
      case "alnum" -> "a-zA-Z0-9";
      case "upper" -> "A-Z";
      case "lower" -> "a-z";
      case "space" -> "\\x09-\\x0D\\x20";
      case "punct" -> "!-/:-@\\[-`{-~";
      case "blank" -> "\\x09\\x20";
      case "xdigit" -> "0-9A-Fa-f";
      case "cntrl" -> "\\x00-\\x1F\\x7F";
      case "print" -> "\\x20-~";
      case "graph" -> "!-~";
      case "word" -> "a-zA-Z0-9_";
      case "ascii" -> "\\x00-\\x7F";
      default -> "";
    };
  }

  /**
   * The longest text that every match holds; empty when none of at least two characters is certain.
   */
  static Optional<String> required(String source) {
    if (isLiteral(source)) {
      return source.isEmpty() ? Optional.empty() : Optional.of(source);
    }
    String best = "";
    StringBuilder run = new StringBuilder();
    int depth = 0;
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i);
      char literal = 0;
      int next = i + 1;
      if (c == '|' || source.startsWith("(?", i)) {
        return Optional.empty(); // alternatives and flags: nothing is certain without more thought
      } else if (c == '\\' && next < source.length()) {
        char escaped = source.charAt(next++);
        literal =
            SPECIAL.indexOf(escaped) >= 0 || escaped == '/' || escaped == '-' || escaped == '"'
                ? escaped
                : 0;
        if (literal == 0 && Character.isLetterOrDigit(escaped)) {
          if ("pPxu".indexOf(escaped) >= 0) {
            int plain = escaped == 'x' ? 2 : escaped == 'u' ? 4 : 1;
            boolean braces = next < source.length() && source.charAt(next) == '{';
            int close = braces ? source.indexOf('}', next) + 1 : next + plain;
            next = Math.min(source.length(), Math.max(next, close));
          } else if ("wWdDsSbBAznrtfv".indexOf(escaped) < 0) {
            return Optional.empty(); // quotations, back-references: not thought through here
          }
        }
      } else if (c == '[') {
        next = classEnd(source, i);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (SPECIAL.indexOf(c) < 0 || c == '}' || c == ']') {
        literal = c;
      }
      char quantifier = next < source.length() ? source.charAt(next) : 0;
      boolean optional = quantifier == '?' || quantifier == '*' || quantifier == '{';
      if (literal != 0 && depth == 0 && !optional) {
        run.append(literal);
      }
      if (literal == 0 || depth > 0 || optional || quantifier == '+') {
        best = run.length() > best.length() ? run.toString() : best;
        run.setLength(0);
      }
      i = next;
      if (c == '{') {
        int close = source.indexOf('}', i);
        i = close < 0 ? source.length() : close + 1;
      }
    }
    best = run.length() > best.length() ? run.toString() : best;
    return best.length() < 2 ? Optional.empty() : Optional.of(best);
  }

  /** Behind the bracket that closes the class which opens there. */
  static int classEnd(String source, int open) {
    int i = open + 1;
    if (i < source.length() && source.charAt(i) == '^') {
      i++;
    }
    if (i < source.length() && source.charAt(i) == ']') {
      i++;
    }
    while (i < source.length() && source.charAt(i) != ']') {
      if (source.charAt(i) == '\\') {
        i++;
      } else if (source.startsWith("[:", i)) {
        int end = source.indexOf(":]", i);
        i = end < 0 ? i : end + 1;
      }
      i++;
    }
    return Math.min(source.length(), i + 1);
  }
}
