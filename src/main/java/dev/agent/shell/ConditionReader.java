package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the inside of {@code [[ … ]]}. */
final class ConditionReader {
  private static final Set<String> BINARY =
      Set.of("=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

  private static final String UNARY = "abcdefghknoprstuvwxzGLNORS";

  private final Cursor cursor;
  private final WordReader words;

  ConditionReader(Cursor cursor, WordReader words) {
    this.cursor = cursor;
    this.words = words;
  }

  /** The condition; its opening brackets are read. */
  Node read() {
    Node.Test test = joined(false);
    cursor.skipLineEnds();
    if (!cursor.accept("]]") || !Characters.endsWord(cursor.peek())) {
      cursor.problem("a condition is not closed");
    }
    return new Node.Condition(test);
  }

  /** Conjunctions bind tighter than disjunctions. */
  private Node.Test joined(boolean all) {
    List<Node.Test> tests = new ArrayList<>(1);
    String operator = all ? "&&" : "||";
    do {
      tests.add(all ? term() : joined(true));
      cursor.skipLineEnds();
    } while (cursor.accept(operator) && !cursor.isSpent());
    return tests.size() == 1 ? tests.getFirst() : new Node.Test.Joined(all, tests);
  }

  private Node.Test term() {
    cursor.skipLineEnds();
    cursor.effort.node(cursor.at);
    int c = cursor.peek();
    if (c == '(') {
      cursor.skip();
      if (!cursor.effort.enter(cursor.at)) {
        cursor.at = cursor.text.length();
      }
      Node.Test inner = joined(false);
      cursor.effort.leave();
      cursor.skipLineEnds();
      cursor.expect(')', "a parenthesis is not closed");
      return inner;
    }
    if (c == '!' && Characters.endsWord(cursor.peekSecond())) {
      cursor.skip();
      if (!cursor.effort.enter(cursor.at)) {
        cursor.at = cursor.text.length();
      }
      Node.Test inner = term();
      cursor.effort.leave();
      return new Node.Test.Not(inner);
    }
    Word first = words.word(WordReader.Place.ANYWHERE);
    String text = plain(first);
    if (first.isAbsent() || text.equals("]]")) {
      cursor.problem("a test is missing");
      return new Node.Test.NotEmpty(first);
    }
    cursor.skipBlanks();
    if (text.length() == 2 && text.charAt(0) == '-' && UNARY.indexOf(text.charAt(1)) >= 0) {
      return unary(text);
    }
    return binary(first);
  }

  private Node.Test unary(String operator) {
    Word word = words.word(WordReader.Place.ANYWHERE);
    if (word.isAbsent() || isOperator(plain(word))) {
      cursor.problem("a test lacks its word");
    }
    return new Node.Test.Unary(operator, word);
  }

  private static boolean isOperator(String text) {
    return text.equals("]]") || BINARY.contains(text);
  }

  private Node.Test binary(Word left) {
    int c = cursor.peek();
    if (c == '<' || c == '>') {
      cursor.skip();
      return right(left, Character.toString(c), WordReader.Place.ANYWHERE);
    }
    int start = cursor.at;
    String operator = plain(words.word(WordReader.Place.ANYWHERE));
    if (BINARY.contains(operator)) {
      WordReader.Place place =
          switch (operator) {
            case "=", "==", "!=" -> WordReader.Place.PATTERN;
            case "=~" -> WordReader.Place.REGULAR_EXPRESSION;
            default -> WordReader.Place.ANYWHERE;
          };
      return right(left, operator, place);
    }
    cursor.at = start;
    return new Node.Test.NotEmpty(left);
  }

  private Node.Test right(Word left, String operator, WordReader.Place place) {
    cursor.skipBlanks();
    Word right = words.word(place);
    if (right.isAbsent()) {
      cursor.problem("a test lacks its right side");
    }
    return new Node.Test.Binary(left, operator, right);
  }

  private static String plain(Word word) {
    return word.parts().size() == 1
            && word.parts().getFirst() instanceof Word.Part.Literal(String text)
        ? text
        : "";
  }
}
