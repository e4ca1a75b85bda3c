package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads sequences, pipelines and simple commands. */
final class CommandReader {
  /** Builtins behind whose name words may be assignments of arrays. */
  private static final Set<String> DECLARES =
      Set.of("declare", "typeset", "local", "export", "readonly", "alias", "eval", "let");

  private final Cursor cursor;
  private final WordReader words;
  private final RedirectReader redirects;
  private final CompoundReader compounds;
  private int substitutionStart = -1;

  CommandReader(Cursor cursor) {
    this.cursor = cursor;
    this.words = new WordReader(cursor, this);
    this.redirects = new RedirectReader(cursor, words);
    this.compounds = new CompoundReader(cursor, this, words, redirects);
  }

  /** The whole text. */
  Node.Sequence whole() {
    List<Node.Item> items = new ArrayList<>(1);
    read(EnumSet.noneOf(Keyword.class), items);
    while (cursor.peek() != Cursor.END) {
      // Something that closes nothing: what stands behind it may still be forbidden.
      cursor.problem("\"" + (char) cursor.peek() + "\" is unexpected here");
      cursor.skip();
      read(EnumSet.noneOf(Keyword.class), items);
    }
    cursor.checkNoDocumentWaits();
    return new Node.Sequence(items);
  }

  /** What stands between parentheses, of which the opening one is read. */
  Node.Sequence enclosed(String unclosed) {
    if (!cursor.effort.enter(cursor.at)) {
      cursor.at = cursor.text.length();
    }
    cursor.skipBlanks();
    substitutionStart = cursor.at;
    Node.Sequence body = sequence(EnumSet.noneOf(Keyword.class));
    cursor.effort.leave();
    cursor.expect(')', unclosed);
    return body;
  }

  /** A text that is a script of its own, with the limits of this one. */
  Node.Sequence nested(String text) {
    boolean follows = cursor.effort.enter(cursor.at);
    Node.Sequence body =
        follows ? new CommandReader(new Cursor(text, cursor.effort)).whole() : Node.Sequence.EMPTY;
    cursor.effort.leave();
    return body;
  }

  /** Commands up to one of the keywords, a closing parenthesis, a double semicolon or the end. */
  Node.Sequence sequence(Set<Keyword> closing) {
    List<Node.Item> items = new ArrayList<>(1);
    read(closing, items);
    return items.isEmpty() ? Node.Sequence.EMPTY : new Node.Sequence(items);
  }

  private void read(Set<Keyword> closing, List<Node.Item> items) {
    boolean separated = true;
    while (!cursor.isSpent()) {
      cursor.skipLineEnds();
      int c = cursor.peek();
      if (c == Cursor.END || c == ')') {
        return;
      }
      if (c == ';' && isCaseEnding(cursor.peekSecond())) {
        return;
      }
      if (c == ';' || c == '|' || c == '&' && cursor.peekSecond() != '>') {
        cursor.problem("\"" + (char) c + "\" has no command in front of it");
        cursor.skip();
        continue;
      }
      Keyword keyword = Keyword.at(cursor);
      if (keyword != Keyword.NONE && closing.contains(keyword)) {
        return;
      }
      if (keyword.isOnlyInside()) {
        cursor.problem("\"" + keyword.text() + "\" is unexpected here");
        keyword.take(cursor);
        continue;
      }
      if (!separated) {
        cursor.problem("something follows a command that can't");
      }
      int before = cursor.at;
      Node command = andOr();
      boolean endsRedirects = compounds.endsRedirects();
      Separator separator = separator();
      items.add(new Node.Item(command, separator == Separator.BACKGROUND));
      separated = separator != Separator.NONE;
      if (!separated && endsRedirects && Keyword.at(cursor) != Keyword.NONE) {
        cursor.problem("a keyword can't follow a redirection");
      }
      if (cursor.at == before) {
        cursor.problem("this is not known");
        cursor.skip();
      }
    }
  }

  private static boolean isCaseEnding(int second) {
    return second == ';' || second == '&';
  }

  private enum Separator {
    NONE,
    PLAIN,
    BACKGROUND
  }

  private Separator separator() {
    cursor.skipBlanksAndComment();
    int c = cursor.peek();
    if (c == '&') {
      cursor.skip();
      return Separator.BACKGROUND;
    }
    if (c == ';' && !isCaseEnding(cursor.peekSecond())) {
      cursor.skip();
      return Separator.PLAIN;
    }
    return c == '\n' ? Separator.PLAIN : Separator.NONE;
  }

  private Node andOr() {
    Node first = pipeline();
    List<Node.Link> links = List.of();
    while (!cursor.isSpent()) {
      cursor.skipBlanks();
      int c = cursor.peek();
      if (c != '&' && c != '|' || cursor.peekSecond() != c) {
        break;
      }
      cursor.skip();
      cursor.accept((char) c);
      if (links.isEmpty()) {
        links = new ArrayList<>(2);
      }
      cursor.skipLineEnds();
      links.add(new Node.Link(c == '&', pipeline()));
    }
    return links.isEmpty() ? first : new Node.AndOr(first, links);
  }

  private Node pipeline() {
    boolean negated = false;
    boolean timed = false;
    boolean marked = false;
    boolean opensSubstitution = cursor.at == substitutionStart;
    Keyword keyword = Keyword.at(cursor);
    while (keyword == Keyword.NOT || keyword == Keyword.TIME) {
      keyword.take(cursor);
      marked = true;
      cursor.skipBlanks();
      if (keyword == Keyword.NOT) {
        negated = !negated;
      } else {
        timed = true;
        timeOptions();
      }
      keyword = Keyword.at(cursor);
    }
    if (marked && endsCommand()) {
      return new Node.Pipeline(List.of(), negated, timed);
    }
    Node first = command();
    if (timed && opensSubstitution && !(first instanceof Node.Simple)) {
      cursor.problem("some versions of the shell can't read this use of \"time\"");
    }
    cursor.skipBlanks();
    if (!marked && (cursor.peek() != '|' || cursor.peekSecond() == '|')) {
      return first;
    }
    List<Node.Stage> stages = new ArrayList<>(2);
    Node last = first;
    while (cursor.peek() == '|' && cursor.peekSecond() != '|' && !cursor.isSpent()) {
      cursor.skip();
      stages.add(new Node.Stage(last, cursor.accept('&')));
      cursor.skipLineEnds();
      Keyword next = Keyword.at(cursor);
      if (next == Keyword.NOT) {
        cursor.problem("\"!\" can't follow a pipe");
        next.take(cursor);
        cursor.skipBlanks();
      }
      last = command();
      cursor.skipBlanks();
    }
    stages.add(new Node.Stage(last, false));
    return new Node.Pipeline(stages, negated, timed);
  }

  private void timeOptions() {
    for (String option : List.of("-p", "--")) {
      int start = cursor.at;
      if (cursor.accept(option) && Characters.endsWord(cursor.peek())) {
        cursor.skipBlanks();
      } else {
        cursor.at = start;
      }
    }
  }

  private boolean endsCommand() {
    int c = cursor.peek();
    return c == Cursor.END || c == '\n' || c == ';' || c == ')' || c == '&' || c == '|' || c == '#';
  }

  /** One command of a pipeline. */
  Node command() {
    cursor.skipBlanks();
    cursor.effort.node(cursor.at);
    Node compound = compounds.read();
    if (compound != null) {
      return compounds.withRedirects(compound);
    }
    if (Keyword.at(cursor).isOnlyInside()) {
      cursor.problem("a command is missing");
    }
    return simple();
  }

  Node simple() {
    List<Node.Assignment> assignments = List.of();
    List<Word> read = new ArrayList<>(4);
    List<Redirect> targets = List.of();
    boolean declares = false;
    while (!cursor.isSpent()) {
      cursor.skipBlanks();
      int c = cursor.peek();
      if (c == Cursor.END || c == '\n' || c == '#' || c == ';') {
        break;
      }
      if (redirects.isNext()) {
        targets = targets.isEmpty() ? new ArrayList<>(2) : targets;
        targets.add(redirects.read());
        continue;
      }
      if (c == '(' && read.size() == 1 && assignments.isEmpty() && targets.isEmpty()) {
        return compounds.function(read.getFirst());
      }
      if (c == '|' || c == '&' || c == ')' || c == '(') {
        break;
      }
      if (read.isEmpty() && Characters.isNameStart(c)) {
        Assigned assigned = assignment();
        if (assigned.assignment() != null) {
          assignments = assignments.isEmpty() ? new ArrayList<>(2) : assignments;
          assignments.add(assigned.assignment());
          continue;
        }
        read.add(assigned.word());
      } else {
        read.add(declares ? declaration() : words.word(WordReader.Place.ANYWHERE));
      }
      declares =
          declares
              || read.size() == 1
                  && read.getFirst().parts().size() == 1
                  && read.getFirst().parts().getFirst() instanceof Part.Literal(String text)
                  && DECLARES.contains(text);
    }
    if (assignments.isEmpty() && read.isEmpty() && targets.isEmpty()) {
      cursor.problem("a command is missing");
    }
    return new Node.Simple(assignments, read, targets);
  }

  /** One of the two; the other is null or absent. */
  private record Assigned(
      Node.@org.jspecify.annotations.Nullable Assignment assignment, Word word) {}

  /** An assignment, or a word that begins like one. */
  private Assigned assignment() {
    int start = cursor.at;
    StringBuilder name = new StringBuilder();
    int c = cursor.peek();
    while (Characters.isNamePart(c)) {
      name.append((char) c);
      cursor.skip();
      c = cursor.peek();
    }
    if (c == '=' || c == '+' && cursor.peekSecond() == '=') {
      boolean appends = cursor.accept('+');
      cursor.skip();
      return new Assigned(assigned(name.toString(), Word.ABSENT, appends), Word.ABSENT);
    }
    if (c == '[') {
      cursor.skip();
      Word.Expression subscript = words.expression(']');
      boolean closed = cursor.accept(']');
      c = cursor.peek();
      if (closed && (c == '=' || c == '+' && cursor.peekSecond() == '=')) {
        boolean appends = cursor.accept('+');
        cursor.skip();
        Word index = new Word(subscript.parts());
        if (index.isAbsent()) {
          cursor.problem("a subscript is empty");
        }
        return new Assigned(assigned(name.toString(), index, appends), Word.ABSENT);
      }
      if (!closed || hasBlank(cursor.since(start))) {
        cursor.problem("a bracket behind a name may reach over blanks");
      }
      cursor.at = start;
      return new Assigned(null, words.word(WordReader.Place.ANYWHERE));
    }
    return new Assigned(null, words.word(name.toString()));
  }

  private static boolean hasBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Characters.endsWord(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private Node.Assignment assigned(String name, Word subscript, boolean appends) {
    Word value;
    if (cursor.peek() == '(') {
      value = new Word(List.of(array()));
      if (!Characters.endsWord(cursor.peek())) {
        cursor.problem("something follows the values of an array");
      }
      if (!subscript.isAbsent()) {
        cursor.problem("a list can't be one value of an array");
      }
    } else {
      value = words.word(WordReader.Place.ASSIGNED);
    }
    return new Node.Assignment(name, subscript, appends, value);
  }

  /** A word behind {@code declare} and its like. */
  private Word declaration() {
    Word word = words.word(WordReader.Place.ANYWHERE);
    if (cursor.peek() == '('
        && word.parts().size() == 1
        && word.parts().getFirst() instanceof Part.Literal(String text)
        && text.endsWith("=")
        && Characters.isName(text.substring(0, text.length() - (text.endsWith("+=") ? 2 : 1)))) {
      return new Word(List.of(word.parts().getFirst(), array()));
    }
    return word;
  }

  private Part array() {
    int start = cursor.at;
    cursor.skip();
    if (!cursor.effort.enter(start)) {
      cursor.at = cursor.text.length();
    }
    List<Word.Element> elements = new ArrayList<>();
    cursor.skipLineEnds();
    while (cursor.peek() != ')' && cursor.peek() != Cursor.END && !cursor.isSpent()) {
      int before = cursor.at;
      elements.add(element());
      if (cursor.at == before) {
        cursor.problem("an array holds only words");
        break;
      }
      cursor.skipLineEnds();
    }
    cursor.effort.leave();
    cursor.expect(')', "an array is not closed");
    return new Part.Array(elements, cursor.since(start));
  }

  private Word.Element element() {
    int start = cursor.at;
    if (cursor.accept('[')) {
      Word.Expression subscript = words.expression(']');
      if (cursor.accept(']') && (cursor.peek() == '=' || cursor.peek() == '+')) {
        cursor.accept('+');
        cursor.expect('=', "a value of an array lacks its sign");
        return new Word.Element(new Word(subscript.parts()), words.word(WordReader.Place.ASSIGNED));
      }
      cursor.at = start;
    }
    return new Word.Element(Word.ABSENT, words.word(WordReader.Place.ANYWHERE));
  }
}
