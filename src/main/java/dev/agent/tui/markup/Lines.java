package dev.agent.tui.markup;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one line of Markdown may begin, by its first characters (CommonMark 0.31, section 4). */
final class Lines {
  private static final Pattern HEADING = Pattern.compile("#{1,6}(?:[ \t].*)?");
  private static final Pattern MARKER =
      Pattern.compile("([-*+]|([0-9]{1,9})[.)])(?:([ \t]+)(.*))?", Pattern.DOTALL);
  private static final Pattern UNDERLINE = Pattern.compile("(?:-+|=+)[ \t]*");
  private static final Pattern DELIMITER = Pattern.compile("[|:\\- \t]*-[|:\\- \t]*");

  private Lines() {}

  /** Columns of blanks in front of a line; a TAB leads to the next multiple of 4. */
  static int indent(String line) {
    int column = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        column += 4 - column % 4;
      } else if (c == ' ') {
        column++;
      } else {
        break;
      }
    }
    return column;
  }

  static boolean isBlank(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) != ' ' && line.charAt(i) != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The line without the blanks in front. */
  static String body(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    return line.substring(i);
  }

  static boolean isHeading(String body) {
    return HEADING.matcher(body).matches();
  }

  /** Three or more of the same mark, and blanks. */
  static boolean isRule(String body) {
    char mark = body.isEmpty() ? ' ' : body.charAt(0);
    int marks = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == mark) {
        marks++;
      } else if (c != ' ' && c != '\t') {
        return false;
      }
    }
    return marks >= 3 && (mark == '-' || mark == '*' || mark == '_');
  }

  /** Whether it makes a heading of the paragraph above. */
  static boolean isUnderline(String body) {
    return UNDERLINE.matcher(body).matches();
  }

  /** Whether it may be what makes a table of the line above. */
  static boolean isDelimiter(String body) {
    return DELIMITER.matcher(body).matches();
  }

  /**
   * The fence that a line opens; null when none.
   *
   * @param mark the character
   * @param length how many of it
   * @param indent columns in front of it
   * @param info what stands behind it
   */
  record Fence(char mark, int length, int indent, String info) {
    static @Nullable Fence of(String line) {
      int indent = Lines.indent(line);
      String body = body(line);
      if (indent > 3 || body.length() < 3) {
        return null;
      }
      char mark = body.charAt(0);
      int length = run(body, mark);
      String info = body.substring(length);
      if ((mark != '`' && mark != '~') || length < 3 || (mark == '`' && info.indexOf('`') >= 0)) {
        return null;
      }
      return new Fence(mark, length, indent, info.strip());
    }

    /** Whether a line closes it. */
    boolean isClosedBy(String line) {
      if (line.indexOf(mark) < 0) {
        return false;
      }
      String body = body(line);
      int closing = body.isEmpty() ? 0 : run(body, mark);
      return closing >= length && Lines.indent(line) <= 3 && isBlank(body.substring(closing));
    }

    /** A line of its content, without as many blanks as stand before the fence. */
    String content(String line) {
      int i = 0;
      while (i < indent && i < line.length() && line.charAt(i) == ' ') {
        i++;
      }
      return line.substring(i);
    }

    private static int run(String body, char mark) {
      int length = 0;
      while (length < body.length() && body.charAt(length) == mark) {
        length++;
      }
      return length;
    }
  }

  /**
   * What begins an item of a list; null when none.
   *
   * @param kind {@code -}, {@code *}, {@code +}, {@code .} or {@code )}: another one is another
   *     list
   * @param number −1 without
   * @param content the column at which its text begins: what stands there or further right belongs
   *     to it
   * @param isEmpty whether nothing follows on its line
   */
  record Marker(char kind, int number, int content, boolean isEmpty) {
    static @Nullable Marker of(String line) {
      int indent = Lines.indent(line);
      if (indent > 3) {
        return null;
      }
      Matcher matcher = MARKER.matcher(body(line));
      if (!matcher.matches()) {
        return null;
      }
      String marker = matcher.group(1);
      String digits = matcher.group(2);
      String blanks = matcher.group(3);
      String rest = matcher.group(4);
      int at = indent + marker.length();
      boolean isEmpty = rest == null || isBlank(rest);
      int room = 1;
      if (!isEmpty && blanks != null) {
        room = columns(blanks, at);
        room = room > 4 ? 1 : room;
      }
      return new Marker(
          marker.charAt(marker.length() - 1),
          digits == null ? -1 : Integer.parseInt(digits),
          at + room,
          isEmpty);
    }

    /** Whether it may stand directly below a paragraph. */
    boolean interruptsParagraph() {
      return !isEmpty && (number == -1 || number == 1);
    }

    private static int columns(String blanks, int start) {
      int column = start;
      for (int i = 0; i < blanks.length(); i++) {
        column += blanks.charAt(i) == '\t' ? 4 - column % 4 : 1;
      }
      return column - start;
    }
  }

  /** What ends an HTML block that may hold blank lines; empty where a blank line ends it. */
  static String htmlEnd(String body) {
    String lower = body.length() > 12 ? body.substring(0, 12) : body;
    lower = lower.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!--")) {
      return "-->";
    }
    if (lower.startsWith("<?")) {
      return "?>";
    }
    if (lower.startsWith("<![cdata[")) {
      return "]]>";
    }
    if (lower.length() > 2 && lower.startsWith("<!") && Character.isLetter(lower.charAt(2))) {
      return ">";
    }
    for (String tag : new String[] {"script", "pre", "style", "textarea"}) {
      if (lower.startsWith("<" + tag)) {
        int end = tag.length() + 1;
        if (lower.length() == end || " \t>".indexOf(lower.charAt(end)) >= 0) {
          return "</";
        }
      }
    }
    return "";
  }
}
