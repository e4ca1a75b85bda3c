package dev.agent.shell;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reserved words; they count only where a command may begin, and only unquoted. */
enum Keyword {
  NONE(""),
  IF("if"),
  THEN("then"),
  ELIF("elif"),
  ELSE("else"),
  FI("fi"),
  FOR("for"),
  SELECT("select"),
  WHILE("while"),
  UNTIL("until"),
  DO("do"),
  DONE("done"),
  CASE("case"),
  ESAC("esac"),
  IN("in"),
  FUNCTION("function"),
  COPROCESS("coproc"),
  TIME("time"),
  NOT("!"),
  OPEN("{"),
  CLOSE("}"),
  CONDITION("[[");

  private static final int LONGEST = 8;

  private static final Map<String, Keyword> BY_TEXT =
      Stream.of(values())
          .filter(it -> it != NONE)
          .collect(Collectors.toUnmodifiableMap(Keyword::text, Function.identity()));

  private final String text;

  Keyword(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Whether it only goes on with something that another one began. */
  boolean isOnlyInside() {
    return switch (this) {
      case THEN, ELIF, ELSE, FI, DO, DONE, ESAC, IN, CLOSE -> true;
      default -> false;
    };
  }

  /** The keyword that comes next, which stays. */
  static Keyword at(Cursor cursor) {
    int c = cursor.peek();
    boolean possible = c >= 'c' && c <= 'w' || c == '{' || c == '}' || c == '!' || c == '[';
    if (!possible) {
      return NONE;
    }
    int start = cursor.at;
    StringBuilder word = new StringBuilder(LONGEST);
    while (!Characters.endsWord(c) && word.length() <= LONGEST) {
      word.append((char) c);
      cursor.skip();
      c = cursor.peek();
    }
    cursor.at = start;
    return BY_TEXT.getOrDefault(word.toString(), NONE);
  }

  /** Takes it; only after {@link #at} has said that it comes. */
  void take(Cursor cursor) {
    cursor.accept(text);
  }
}
