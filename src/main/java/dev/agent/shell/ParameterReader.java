package dev.agent.shell;

import dev.agent.shell.Word.Part;

/** Reads <code>$name</code> and <code>${…}</code>. */
final class ParameterReader {
  private final Cursor cursor;
  private final WordReader words;

  ParameterReader(Cursor cursor, WordReader words) {
    this.cursor = cursor;
    this.words = words;
  }

  static Part.Parameter plain(String name, String source) {
    return new Part.Parameter(name, Word.ABSENT, "", Word.ABSENT, false, false, source);
  }

  /** A variable without braces; the dollar sign is read. */
  Part named(int start) {
    String name = name();
    return plain(name, cursor.since(start));
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    int c = cursor.peek();
    while (Characters.isNamePart(c)) {
      name.append((char) c);
      cursor.skip();
      c = cursor.peek();
    }
    return name.toString();
  }

  /** What follows the opening brace, with the closing one. */
  Part braced(int start, boolean inDouble) {
    if (!cursor.effort.enter(start)) {
      cursor.at = cursor.text.length();
    }
    Part part = inside(start, inDouble);
    cursor.effort.leave();
    return part;
  }

  private Part inside(int start, boolean inDouble) {
    boolean length = false;
    boolean indirect = false;
    int c = cursor.peek();
    int second = cursor.peekSecond();
    boolean named = Characters.isNamePart(second);
    if (c == '#' && (named || second == '@' || second == '*')) {
      length = true;
      cursor.skip();
    } else if (c == '!' && named) {
      indirect = true;
      cursor.skip();
    }
    String name = parameterName();
    Word subscript = subscript(name);
    int mark = cursor.at;
    String operator = length ? "" : operator(indirect);
    if (operator.equals("?unknown")) {
      cursor.problem("this expansion is not known");
      cursor.at = mark;
    }
    boolean quotes = !inDouble || isPattern(operator);
    Word operand =
        cursor.peek() == '}' || cursor.peek() == Cursor.END
            ? Word.ABSENT
            : words.operand(inDouble, quotes);
    if (!operand.isAbsent() && (operator.isEmpty() || operator.charAt(0) == '@')) {
      cursor.problem("this expansion is not known");
    }
    cursor.expect('}', "an expansion is not closed");
    return new Part.Parameter(
        name, subscript, operator, operand, indirect, length, cursor.since(start));
  }

  private String parameterName() {
    int c = cursor.peek();
    if (Characters.isDigit(c)) {
      StringBuilder digits = new StringBuilder();
      while (Characters.isDigit(c)) {
        digits.append((char) c);
        cursor.skip();
        c = cursor.peek();
      }
      return digits.toString();
    }
    if (c != Cursor.END && "@*#?-$!".indexOf(c) >= 0) {
      cursor.skip();
      return Character.toString(c);
    }
    String name = name();
    if (name.isEmpty()) {
      cursor.problem("this expansion names no variable");
    }
    return name;
  }

  private Word subscript(String name) {
    if (!Characters.isName(name) || !cursor.accept('[')) {
      return Word.ABSENT;
    }
    Word.Expression expression = words.expression(']');
    cursor.expect(']', "a subscript is not closed");
    if (expression.parts().isEmpty()) {
      cursor.problem("a subscript is empty");
    }
    return new Word(expression.parts());
  }

  private String operator(boolean indirect) {
    int c = cursor.peek();
    return switch (c) {
      case '}', Cursor.END -> {
        yield "";
      }
      case '-', '=', '?', '+' -> {
        cursor.skip();
        yield Character.toString(c);
      }
      case ':' -> {
        cursor.skip();
        int next = cursor.peek();
        if (next == '-' || next == '=' || next == '?' || next == '+') {
          cursor.skip();
          yield ":" + (char) next;
        }
        yield ":";
      }
      case '#', '%', '^', ',', '~' -> {
        cursor.skip();
        boolean twice = cursor.accept((char) c);
        yield Character.toString(c).repeat(twice ? 2 : 1);
      }
      case '/' -> {
        cursor.skip();
        int next = cursor.peek();
        if (next == '/' || next == '#' || next == '%') {
          cursor.skip();
          yield "/" + (char) next;
        }
        yield "/";
      }
      case '*' -> {
        cursor.skip();
        yield indirect && cursor.peek() == '}' ? "!*" : "?unknown";
      }
      case '@' -> {
        cursor.skip();
        int next = cursor.peek();
        if (next == '}' && indirect) {
          yield "!@";
        }
        if (next != Cursor.END && "QEPAKakuUL".indexOf(next) >= 0) {
          cursor.skip();
          yield "@" + (char) next;
        }
        yield "?unknown";
      }
      default -> {
        yield "?unknown";
      }
    };
  }

  private static boolean isPattern(String operator) {
    return !operator.isEmpty() && "#%/^,~".indexOf(operator.charAt(0)) >= 0;
  }
}
