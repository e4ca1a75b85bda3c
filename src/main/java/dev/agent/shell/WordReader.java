package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads words and everything that may stand inside of them. */
final class WordReader {
  private final Cursor cursor;
  private final CommandReader commands;
  private final ParameterReader parameters;

  WordReader(Cursor cursor, CommandReader commands) {
    this.cursor = cursor;
    this.commands = commands;
    this.parameters = new ParameterReader(cursor, this);
  }

  /** Where a word stands, as far as that changes how it is read. */
  enum Place {
    ANYWHERE,
    /** The value of an assignment: tildes count behind colons too. */
    ASSIGNED,
    /** The right side of {@code ==} in a condition: extended patterns are allowed. */
    PATTERN,
    /** The right side of {@code =~}: parentheses and bars belong to the word. */
    REGULAR_EXPRESSION
  }

  /** Reads a word; absent when none begins here. */
  Word word(Place place) {
    List<Part> parts = new ArrayList<>(2);
    StringBuilder literal = new StringBuilder();
    cursor.effort.node(cursor.at);
    if (cursor.peek() == '#' && place == Place.ANYWHERE) {
      return Word.ABSENT; // a comment
    }
    read(place, parts, literal);
    flush(parts, literal);
    return parts.isEmpty() ? Word.ABSENT : new Word(parts);
  }

  /** Goes on with a word whose beginning was read elsewhere. */
  Word word(String beginning) {
    List<Part> parts = new ArrayList<>(2);
    StringBuilder literal = new StringBuilder(beginning);
    read(Place.ANYWHERE, parts, literal);
    flush(parts, literal);
    return new Word(parts);
  }

  private void read(Place place, List<Part> parts, StringBuilder literal) {
    while (!cursor.isSpent()) {
      ordinary(literal);
      int c = cursor.peek();
      switch (c) {
        case Cursor.END, ' ', '\t', '\n', ';', '&', ')' -> {
          return;
        }
        case '|' -> {
          if (place != Place.REGULAR_EXPRESSION) {
            return;
          }
          literal.append('|');
          cursor.skip();
        }
        case '(' -> {
          if (!parenthesis(place, parts, literal)) {
            return;
          }
        }
        case '<', '>' -> {
          if (cursor.peekSecond() != '(') {
            return;
          }
          flush(parts, literal);
          parts.add(processSubstitution());
        }
        case '~' -> {
          if (!tilde(place, parts, literal)) {
            literal.append('~');
            cursor.skip();
          }
        }
        default -> {
          flush(parts, literal);
          special(parts, literal, false);
        }
      }
    }
  }

  /** Takes what stands for itself. */
  private void ordinary(StringBuilder literal) {
    String text = cursor.text;
    int start = cursor.at;
    int i = start;
    while (i < text.length() && Characters.isOrdinary(text.charAt(i))) {
      i++;
    }
    literal.append(text, start, i);
    cursor.effort.steps += i - start;
    cursor.at = i;
  }

  /** A quote, an escape or an expansion. */
  private void special(List<Part> parts, StringBuilder literal, boolean inDouble) {
    int c = cursor.peek();
    switch (c) {
      case '\'' -> parts.add(single());
      case '"' -> parts.add(doubled(false));
      case '\\' -> parts.add(escaped());
      case '`' -> parts.add(backquoted(inDouble));
      case '$' -> dollar(parts, literal, inDouble);
      default -> {
        literal.append((char) c);
        cursor.skip();
      }
    }
  }

  static void flush(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private Part escaped() {
    cursor.skip();
    if (cursor.at >= cursor.text.length()) {
      cursor.problem("it ends with a backslash");
      return new Part.Escaped("\\");
    }
    int c = cursor.text.codePointAt(cursor.at);
    cursor.at += Character.charCount(c);
    return new Part.Escaped(Character.toString(c));
  }

  private Part single() {
    cursor.skip();
    return new Part.SingleQuoted(rawUntilQuote());
  }

  private String rawUntilQuote() {
    int end = cursor.text.indexOf('\'', cursor.at);
    if (end < 0) {
      cursor.problem("a single quote is not closed");
    }
    int stop = end < 0 ? cursor.text.length() : end;
    String inside = cursor.text.substring(Math.min(cursor.at, stop), stop);
    cursor.effort.steps += inside.length();
    cursor.at = end < 0 ? stop : end + 1;
    return inside;
  }

  private Part ansi() {
    int start = cursor.at;
    int i = start;
    String text = cursor.text;
    while (i < text.length() && text.charAt(i) != '\'') {
      i += text.charAt(i) == '\\' ? 2 : 1;
      cursor.effort.steps++;
    }
    int end = Math.min(i, text.length());
    if (i >= text.length()) {
      cursor.problem("a single quote is not closed");
    }
    cursor.at = Math.min(end + 1, text.length());
    String inside = text.substring(start, end);
    return AnsiQuote.decode(inside)
        .<Part>map(Part.AnsiQuoted::new)
        .orElseGet(
            () -> {
              cursor.problem("the bytes of $'" + inside + "' are no text");
              return new Part.AnsiQuoted(inside);
            });
  }

  private Part doubled(boolean translated) {
    cursor.skip();
    if (!cursor.effort.enter(cursor.at)) {
      cursor.at = cursor.text.length();
    }
    List<Part> parts = doubleQuoted('"');
    cursor.effort.leave();
    cursor.expect('"', "a double quote is not closed");
    return new Part.DoubleQuoted(parts, translated);
  }

  /** What double quotes make of the text up to a quote, or to the end for a here-document. */
  List<Part> doubleQuoted(int end) {
    List<Part> parts = new ArrayList<>(2);
    StringBuilder literal = new StringBuilder();
    while (!cursor.isSpent()) {
      int c = cursor.peek();
      if (c == Cursor.END || c == end) {
        break;
      }
      if (c == '\\') {
        cursor.skip();
        int next = cursor.at < cursor.text.length() ? cursor.text.charAt(cursor.at) : Cursor.END;
        if (next == '$' || next == '`' || next == '\\' || next == '"' && end == '"') {
          flush(parts, literal);
          parts.add(new Part.Escaped(Character.toString(next)));
          cursor.skip();
        } else {
          literal.append('\\');
        }
      } else if (c == '$' || c == '`') {
        flush(parts, literal);
        special(parts, literal, true);
      } else {
        literal.append((char) c);
        cursor.skip();
      }
    }
    flush(parts, literal);
    return parts;
  }

  /** What follows a dollar sign; a lone one stands for itself. */
  void dollar(List<Part> parts, StringBuilder literal, boolean inDouble) {
    int start = cursor.at;
    cursor.skip();
    int c = cursor.peek();
    cursor.effort.node(start);
    if (c == '(') {
      parts.add(substitution(start));
    } else if (c == '{') {
      cursor.skip();
      parts.add(parameters.braced(start, inDouble));
    } else if (c == '[') {
      cursor.skip();
      Word.Expression expression = expression(']');
      cursor.expect(']', "an arithmetic expansion is not closed");
      parts.add(new Part.Arithmetic(expression, cursor.since(start)));
    } else if (c == '\'' && !inDouble) {
      cursor.skip();
      parts.add(ansi());
    } else if (c == '"' && !inDouble) {
      parts.add(doubled(true));
    } else if (Characters.isNameStart(c)) {
      parts.add(parameters.named(start));
    } else if (c != Cursor.END && "@*#?-$!0123456789".indexOf(c) >= 0) {
      cursor.skip();
      parts.add(ParameterReader.plain(Character.toString(c), cursor.since(start)));
    } else {
      literal.append('$');
    }
  }

  private Part substitution(int start) {
    cursor.skip();
    if (cursor.peek() == '(' && Arithmetics.closesTwice(cursor, cursor.at + 1)) {
      cursor.skip();
      Word.Expression expression = expression(')');
      cursor.expect(')', "an arithmetic expansion is not closed");
      cursor.expect(')', "an arithmetic expansion is not closed");
      return new Part.Arithmetic(expression, cursor.since(start));
    }
    if (cursor.peek() == '(') {
      cursor.problem("two parentheses that are no arithmetic are read in two ways");
    }
    Node.Sequence body = commands.enclosed("a command substitution is not closed");
    return new Part.CommandSubstitution(body, cursor.since(start));
  }

  private Part processSubstitution() {
    int start = cursor.at;
    boolean written = cursor.peek() == '>';
    cursor.skip();
    cursor.expect('(', "a process substitution is not opened");
    cursor.effort.node(start);
    Node.Sequence body = commands.enclosed("a process substitution is not closed");
    return new Part.ProcessSubstitution(body, written, cursor.since(start));
  }

  /** The inside is unescaped once, then it is a script of its own. */
  private Part backquoted(boolean inDouble) {
    int start = cursor.at;
    cursor.skip();
    cursor.effort.node(start);
    StringBuilder inside = new StringBuilder();
    int c = cursor.peek();
    while (c != '`' && c != Cursor.END) {
      cursor.skip();
      if (c == '\\' && cursor.at < cursor.text.length()) {
        char next = cursor.text.charAt(cursor.at);
        if (next != '$' && next != '`' && next != '\\' && !(next == '"' && inDouble)) {
          inside.append('\\');
        }
        inside.append(next);
        cursor.skip();
      } else {
        inside.append((char) c);
      }
      c = cursor.peek();
    }
    cursor.expect('`', "a backquote is not closed");
    Node.Sequence body = commands.nested(inside.toString());
    return new Part.CommandSubstitution(body, cursor.since(start));
  }

  /** The parts of arithmetic up to a closing bracket that belongs to nothing inside. */
  Word.Expression expression(char close) {
    List<Part> parts = new ArrayList<>(1);
    StringBuilder literal = new StringBuilder();
    if (!cursor.effort.enter(cursor.at)) {
      cursor.at = cursor.text.length();
    }
    Arithmetics.read(cursor, this, close, parts, literal);
    cursor.effort.leave();
    flush(parts, literal);
    return new Word.Expression(parts);
  }

  /** An expansion inside of arithmetic. */
  void expansion(List<Part> parts, StringBuilder literal) {
    flush(parts, literal);
    special(parts, literal, true);
  }

  /**
   * The word behind the operator of <code>${…}</code>, up to its closing brace.
   *
   * @param quotes whether single quotes quote in it
   */
  Word operand(boolean inDouble, boolean quotes) {
    List<Part> parts = new ArrayList<>(1);
    StringBuilder literal = new StringBuilder();
    while (!cursor.isSpent()) {
      int c = cursor.peek();
      if (c == '}' || c == Cursor.END) {
        break;
      }
      boolean process = (c == '<' || c == '>') && !inDouble && cursor.peekSecond() == '(';
      if (c == '\\' && inDouble) {
        cursor.skip();
        int next = cursor.at < cursor.text.length() ? cursor.text.charAt(cursor.at) : Cursor.END;
        if (next != Cursor.END && "$`\\\"}".indexOf(next) >= 0) {
          flush(parts, literal);
          parts.add(new Part.Escaped(Character.toString(next)));
          cursor.skip();
        } else {
          literal.append('\\');
        }
      } else if (process) {
        flush(parts, literal);
        parts.add(processSubstitution());
      } else if (c == '\'' && !quotes) {
        // Quotes for finding the end, but text afterwards.
        cursor.problem("a single quote in an expansion between double quotes is not followed");
        literal.append('\'');
        cursor.skip();
      } else if (c == '~' && parts.isEmpty() && literal.isEmpty() && !inDouble) {
        // Only whether a tilde is there matters: an operand is never taken for known with one.
        parts.add(new Part.Tilde(""));
        cursor.skip();
      } else if (c == '\'' || c == '"' || c == '\\' || c == '$' || c == '`') {
        flush(parts, literal);
        special(parts, literal, inDouble && c != '"');
      } else {
        literal.append((char) c);
        cursor.skip();
      }
    }
    flush(parts, literal);
    return new Word(parts);
  }

  /** False when the word ends in front of a parenthesis. */
  private boolean parenthesis(Place place, List<Part> parts, StringBuilder literal) {
    int start = cursor.at;
    if (place == Place.REGULAR_EXPRESSION) {
      cursor.skip();
      literal.append('(');
      alternative(true, parts, literal);
      cursor.expect(')', "a parenthesis is not closed");
      literal.append(')');
      return true;
    }
    char operator = literal.isEmpty() ? ' ' : literal.charAt(literal.length() - 1);
    if ("?*+@!".indexOf(operator) < 0) {
      return false;
    }
    if (place != Place.PATTERN) {
      cursor.problem("an extended pattern is no part of the language without a shell option");
    }
    cursor.skip();
    literal.setLength(literal.length() - 1);
    flush(parts, literal);
    List<Word> alternatives = new ArrayList<>();
    if (!cursor.effort.enter(cursor.at)) {
      cursor.at = cursor.text.length();
    }
    do {
      List<Part> inner = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      alternative(false, inner, text);
      flush(inner, text);
      alternatives.add(new Word(inner));
    } while (cursor.accept('|'));
    cursor.effort.leave();
    cursor.expect(')', "an extended pattern is not closed");
    parts.add(new Part.ExtendedPattern(operator, alternatives, operator + cursor.since(start)));
    return true;
  }

  /** What stands between the parentheses of a pattern. */
  private void alternative(boolean takesBars, List<Part> parts, StringBuilder literal) {
    int open = 0;
    while (!cursor.isSpent()) {
      int c = cursor.peek();
      if (c == Cursor.END || c == ')' && open == 0 || c == '|' && open == 0 && !takesBars) {
        return;
      }
      if (c == '(' || c == ')') {
        open += c == '(' ? 1 : -1;
      }
      if (c == '\'' || c == '"' || c == '\\' || c == '$' || c == '`') {
        flush(parts, literal);
        special(parts, literal, false);
      } else {
        literal.append((char) c);
        cursor.skip();
      }
    }
  }

  /** A tilde counts at the beginning, and in what looks like an assignment behind its signs. */
  private boolean tilde(Place place, List<Part> parts, StringBuilder literal) {
    boolean first = parts.isEmpty() && literal.isEmpty();
    if (!first && !followsSign(place, parts, literal)) {
      return false;
    }
    int start = cursor.at;
    cursor.skip();
    int from = cursor.at;
    int c = cursor.peek();
    while (c != Cursor.END && (Characters.isNamePart(c) || c == '-' || c == '+' || c == '.')) {
      cursor.skip();
      c = cursor.peek();
    }
    if (c != '/' && c != ':' && !Characters.endsWord(c)) {
      cursor.at = start;
      return false;
    }
    String user = cursor.since(from);
    flush(parts, literal);
    parts.add(new Part.Tilde(user));
    return true;
  }

  private static boolean followsSign(Place place, List<Part> parts, StringBuilder literal) {
    if (literal.isEmpty()) {
      return false;
    }
    char before = literal.charAt(literal.length() - 1);
    if (place == Place.ASSIGNED) {
      return before == ':';
    }
    if (before != '=' && before != ':') {
      return false;
    }
    String beginning =
        parts.isEmpty()
            ? literal.toString()
            : parts.getFirst() instanceof Part.Literal(String text) ? text : "";
    int equals = beginning.indexOf('=');
    if (equals < 1 || before == '=' && !(parts.isEmpty() && equals == literal.length() - 1)) {
      return false;
    }
    int end = beginning.charAt(equals - 1) == '+' ? equals - 1 : equals;
    return Characters.isName(beginning.substring(0, end));
  }
}
