package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.List;

/** How far arithmetic reaches, and what it contains. */
final class Arithmetics {
  private Arithmetics() {}

  /**
   * Whether the first closing parenthesis that belongs to nothing inside is followed by another:
   * then two opening ones were arithmetic, else they open two nested shells. Only looks, in one
   * pass.
   */
  static boolean closesTwice(Cursor cursor, int from) {
    String text = cursor.text;
    int open = 0;
    int i = from;
    while (i < text.length()) {
      cursor.effort.steps++;
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> i++;
        case '\'', '"', '`' -> i = closingQuote(cursor, i);
        case '(' -> open++;
        case ')' -> {
          if (open == 0) {
            return i + 1 < text.length() && text.charAt(i + 1) == ')';
          }
          open--;
        }
        default -> {
          // belongs to the expression
        }
      }
      i++;
    }
    return false;
  }

  private static int closingQuote(Cursor cursor, int open) {
    String text = cursor.text;
    char quote = text.charAt(open);
    int i = open + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' && quote != '\'' ? 2 : 1;
      cursor.effort.steps++;
    }
    return i;
  }

  /** Reads up to the closing bracket, which stays. */
  static void read(
      Cursor cursor, WordReader words, char close, List<Part> parts, StringBuilder literal) {
    char opening = close == ']' ? '[' : '(';
    int open = 0;
    while (!cursor.isSpent()) {
      int c = cursor.peek();
      if (c == Cursor.END || c == close && open == 0) {
        return;
      }
      if (c == opening) {
        open++;
      } else if (c == close) {
        open--;
      }
      if (c == '$' || c == '`') {
        words.expansion(parts, literal);
        continue;
      }
      if (c == '\'' || c == '"' || c == '\\') {
        cursor.problem("quotes in arithmetic are not followed");
      }
      literal.append((char) c);
      cursor.skip();
    }
  }
}
