package dev.agent.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the commands that contain commands. */
final class CompoundReader {
  private final Cursor cursor;
  private final CommandReader commands;
  private final WordReader words;
  private final RedirectReader redirects;
  private int redirectsEnd = -1;

  CompoundReader(
      Cursor cursor, CommandReader commands, WordReader words, RedirectReader redirects) {
    this.cursor = cursor;
    this.commands = commands;
    this.words = words;
    this.redirects = redirects;
  }

  /** The compound command that begins here; null for none. */
  @Nullable Node read() {
    if (cursor.peek() == '(') {
      return nested(this::parenthesis);
    }
    Keyword keyword = Keyword.at(cursor);
    if (!begins(keyword)) {
      return null;
    }
    keyword.take(cursor);
    return nested(() -> of(keyword));
  }

  private interface Reader {
    Node read();
  }

  private Node nested(Reader reader) {
    if (!cursor.effort.enter(cursor.at)) {
      cursor.at = cursor.text.length();
    }
    Node node = reader.read();
    cursor.effort.leave();
    return node;
  }

  private static boolean begins(Keyword keyword) {
    return switch (keyword) {
      case IF, FOR, SELECT, WHILE, UNTIL, CASE, FUNCTION, COPROCESS, OPEN, CONDITION -> true;
      default -> false;
    };
  }

  private Node of(Keyword keyword) {
    return switch (keyword) {
      case IF -> conditional();
      case FOR, SELECT -> over(keyword == Keyword.SELECT);
      case WHILE, UNTIL -> loop(keyword == Keyword.UNTIL);
      case CASE -> choices();
      case FUNCTION -> function();
      case COPROCESS -> coprocess();
      case CONDITION -> new ConditionReader(cursor, words).read();
      default -> {
        Node.Sequence body = body(Keyword.CLOSE);
        expect(Keyword.CLOSE);
        yield new Node.Group(body);
      }
    };
  }

  /** Whether the redirections of a compound command end here: no keyword may follow them. */
  boolean endsRedirects() {
    return redirectsEnd == cursor.at;
  }

  Node withRedirects(Node node) {
    cursor.skipBlanks();
    List<Redirect> targets = new ArrayList<>(0);
    while (redirects.isNext() && !cursor.isSpent()) {
      targets.add(redirects.read());
      cursor.skipBlanks();
    }
    if (targets.isEmpty()) {
      return node;
    }
    redirectsEnd = cursor.at;
    return new Node.Redirected(node, targets);
  }

  private Node parenthesis() {
    cursor.skip();
    if (cursor.peek() == '(' && Arithmetics.closesTwice(cursor, cursor.at + 1)) {
      cursor.skip();
      Word.Expression expression = words.expression(')');
      closeTwice();
      return new Node.Arithmetic(expression);
    }
    Node.Sequence body = commands.sequence(EnumSet.noneOf(Keyword.class));
    requireCommands(body);
    cursor.expect(')', "a parenthesis is not closed");
    return new Node.Subshell(body);
  }

  private void closeTwice() {
    cursor.expect(')', "an arithmetic command is not closed");
    cursor.expect(')', "an arithmetic command is not closed");
  }

  private void requireCommands(Node.Sequence body) {
    if (body.items().isEmpty()) {
      cursor.problem("a command is missing");
    }
  }

  private Node.Sequence body(Keyword... closing) {
    Node.Sequence body = commands.sequence(Set.of(closing));
    requireCommands(body);
    return body;
  }

  private boolean accept(Keyword keyword) {
    cursor.skipBlanks();
    boolean next = Keyword.at(cursor) == keyword;
    if (next) {
      keyword.take(cursor);
    }
    return next;
  }

  private void expect(Keyword keyword) {
    if (!accept(keyword)) {
      cursor.problem("\"" + keyword.text() + "\" is missing");
    }
  }

  private Node conditional() {
    List<Node.Branch> branches = new ArrayList<>(1);
    do {
      Node.Sequence condition = body(Keyword.THEN);
      expect(Keyword.THEN);
      branches.add(new Node.Branch(condition, body(Keyword.ELIF, Keyword.ELSE, Keyword.FI)));
    } while (accept(Keyword.ELIF) && !cursor.isSpent());
    Node.Sequence otherwise = Node.Sequence.EMPTY;
    if (accept(Keyword.ELSE)) {
      otherwise = body(Keyword.FI);
    }
    expect(Keyword.FI);
    return new Node.If(branches, otherwise);
  }

  private Node loop(boolean until) {
    Node.Sequence condition = body(Keyword.DO);
    return new Node.Loop(until, condition, block());
  }

  /** {@code do … done}. */
  private Node.Sequence block() {
    expect(Keyword.DO);
    Node.Sequence body = body(Keyword.DONE);
    expect(Keyword.DONE);
    return body;
  }

  /** {@code do … done}, or braces. */
  private Node.Sequence blockOrBraces() {
    if (accept(Keyword.OPEN)) {
      Node.Sequence body = body(Keyword.CLOSE);
      expect(Keyword.CLOSE);
      return body;
    }
    return block();
  }

  private Node over(boolean select) {
    cursor.skipBlanks();
    if (!select && cursor.peek() == '(' && cursor.peekSecond() == '(') {
      return counting();
    }
    String name = plain(words.word(WordReader.Place.ANYWHERE));
    if (!Characters.isName(name)) {
      cursor.problem("a loop needs the name of a variable");
    }
    cursor.skipLineEnds();
    boolean overArguments = !accept(Keyword.IN);
    List<Word> over = new ArrayList<>();
    if (!overArguments) {
      cursor.skipBlanks();
      while (!Characters.endsWord(cursor.peek()) || isProcess()) {
        if (cursor.peek() == '#' || cursor.isSpent()) {
          break;
        }
        over.add(words.word(WordReader.Place.ANYWHERE));
        cursor.skipBlanks();
      }
    }
    cursor.skipBlanksAndComment();
    if (!cursor.accept(';') && !overArguments && cursor.peek() != '\n') {
      cursor.problem("a loop lacks its body");
    }
    cursor.skipLineEnds();
    return new Node.For(select, name, overArguments, over, blockOrBraces());
  }

  private boolean isProcess() {
    int c = cursor.peek();
    return (c == '<' || c == '>') && cursor.peekSecond() == '(';
  }

  private Node counting() {
    cursor.skip();
    cursor.accept('(');
    if (!Arithmetics.closesTwice(cursor, cursor.at)) {
      cursor.problem("a loop is not closed by two parentheses");
    }
    Word.Expression all = words.expression(')');
    closeTwice();
    List<Word.Expression> clauses = clauses(all);
    if (clauses.size() != 3) {
      cursor.problem("a counting loop has three clauses");
    }
    cursor.skipBlanks();
    cursor.accept(';');
    cursor.skipLineEnds();
    return new Node.ArithmeticFor(clauses, blockOrBraces());
  }

  /** Cut at the semicolons, which no expansion contains. */
  private static List<Word.Expression> clauses(Word.Expression all) {
    List<Word.Expression> clauses = new ArrayList<>();
    List<Word.Part> clause = new ArrayList<>();
    for (Word.Part part : all.parts()) {
      if (!(part instanceof Word.Part.Literal(String text))) {
        clause.add(part);
        continue;
      }
      int start = 0;
      for (int i = text.indexOf(';'); i >= 0; i = text.indexOf(';', start)) {
        clause.add(new Word.Part.Literal(text.substring(start, i)));
        clauses.add(new Word.Expression(clause));
        clause = new ArrayList<>();
        start = i + 1;
      }
      clause.add(new Word.Part.Literal(text.substring(start)));
    }
    clauses.add(new Word.Expression(clause));
    return clauses;
  }

  private static String plain(Word word) {
    return word.parts().size() == 1
            && word.parts().getFirst() instanceof Word.Part.Literal(String text)
        ? text
        : "";
  }

  private Node choices() {
    cursor.skipBlanks();
    Word subject = words.word(WordReader.Place.ANYWHERE);
    if (subject.isAbsent()) {
      cursor.problem("a choice lacks its word");
    }
    cursor.skipLineEnds();
    expect(Keyword.IN);
    cursor.skipLineEnds();
    List<Node.Choice> choices = new ArrayList<>();
    while (Keyword.at(cursor) != Keyword.ESAC && cursor.peek() != Cursor.END && !cursor.isSpent()) {
      int before = cursor.at;
      choices.add(choice());
      cursor.skipLineEnds();
      if (cursor.at == before) {
        cursor.skip();
      }
    }
    expect(Keyword.ESAC);
    return new Node.Case(subject, choices);
  }

  private Node.Choice choice() {
    cursor.accept('(');
    List<Word> patterns = new ArrayList<>(1);
    do {
      cursor.skipBlanks();
      Word pattern = words.word(WordReader.Place.ANYWHERE);
      if (pattern.isAbsent()) {
        cursor.problem("a choice lacks a pattern");
      }
      patterns.add(pattern);
      cursor.skipBlanks();
    } while (cursor.accept('|'));
    cursor.expect(')', "the patterns of a choice are not closed");
    Node.Sequence body = commands.sequence(EnumSet.of(Keyword.ESAC));
    Node.Ending ending = Node.Ending.BREAK;
    if (cursor.accept(";;&")) {
      ending = Node.Ending.GO_ON;
    } else if (cursor.accept(";&")) {
      ending = Node.Ending.FALL_THROUGH;
    } else if (!cursor.accept(";;") && Keyword.at(cursor) != Keyword.ESAC) {
      cursor.problem("a choice is not closed");
    }
    return new Node.Choice(patterns, body, ending);
  }

  /** {@code function name}, with or without parentheses. */
  private Node function() {
    cursor.skipBlanks();
    Word name = words.word(WordReader.Place.ANYWHERE);
    cursor.skipBlanks();
    int start = cursor.at;
    if (cursor.accept('(')) {
      cursor.skipBlanks();
      if (!cursor.accept(')')) {
        cursor.at = start; // the body is a subshell
      }
    }
    return defined(name);
  }

  /** {@code name()}; the name is read, the parentheses come next. */
  Node function(Word name) {
    cursor.skip();
    cursor.skipBlanks();
    if (!cursor.accept(')')) {
      cursor.problem("\"(\" is unexpected here");
    }
    return nested(() -> defined(name));
  }

  private Node defined(Word name) {
    String text = plain(name);
    if (text.isEmpty() || text.indexOf('=') >= 0) {
      cursor.problem("a function needs a plain name");
    }
    cursor.skipLineEnds();
    Node body = read();
    if (body == null) {
      cursor.problem("a function needs a compound command");
      return new Node.Function(text, commands.command());
    }
    if (body instanceof Node.Function || body instanceof Node.Coprocess) {
      cursor.problem("a function needs a compound command");
    }
    return new Node.Function(text, withRedirects(body));
  }

  private Node coprocess() {
    cursor.skipBlanks();
    if (cursor.peek() == '(' || begins(Keyword.at(cursor))) {
      return new Node.Coprocess("", commands.command());
    }
    int start = cursor.at;
    if (!redirects.isNext()) {
      String name = plain(words.word(WordReader.Place.ANYWHERE));
      cursor.skipBlanks();
      Keyword next = Keyword.at(cursor);
      if (Characters.isName(name) && (cursor.peek() == '(' || begins(next))) {
        return new Node.Coprocess(name, commands.command());
      }
    }
    cursor.at = start;
    return new Node.Coprocess("", commands.simple());
  }
}
