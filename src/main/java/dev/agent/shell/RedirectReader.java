package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads redirections, and the here-documents that they announce. */
final class RedirectReader {
  /** Longest first, so that none is taken for the beginning of another. */
  private static final List<String> OPERATORS =
      List.of("<<<", "<<-", "&>>", "<<", "<&", "<>", ">>", ">&", ">|", "&>", "<", ">");

  private final Cursor cursor;
  private final WordReader words;

  RedirectReader(Cursor cursor, WordReader words) {
    this.cursor = cursor;
    this.words = words;
  }

  /** Whether a redirection comes next, with its descriptor. */
  boolean isNext() {
    int c = cursor.peek();
    if (c == '<' || c == '>') {
      return cursor.peekSecond() != '(';
    }
    if (c == '&') {
      return cursor.peekSecond() == '>';
    }
    if (!Characters.isDigit(c) && c != '{') {
      return false;
    }
    int start = cursor.at;
    descriptor();
    c = cursor.peek();
    boolean next = cursor.at > start && (c == '<' || c == '>') && cursor.peekSecond() != '(';
    cursor.at = start;
    return next;
  }

  private String descriptor() {
    int start = cursor.at;
    StringBuilder text = new StringBuilder();
    int c = cursor.peek();
    if (c == '{') {
      do {
        text.append((char) c);
        cursor.skip();
        c = cursor.peek();
      } while (Characters.isNamePart(c));
      boolean closed = c == '}' && Characters.isName(text.substring(1));
      if (closed) {
        cursor.skip();
        return text.append('}').toString();
      }
      cursor.at = start;
      return "";
    }
    while (Characters.isDigit(c)) {
      text.append((char) c);
      cursor.skip();
      c = cursor.peek();
    }
    return text.toString();
  }

  /** Reads one; only when {@link #isNext} has said so. */
  Redirect read() {
    cursor.effort.node(cursor.at);
    String descriptor = descriptor();
    String operator = "";
    for (String candidate : OPERATORS) {
      if (cursor.accept(candidate)) {
        operator = candidate;
        break;
      }
    }
    cursor.skipBlanks();
    boolean document = operator.equals("<<") || operator.equals("<<-");
    int start = cursor.at;
    Word target = words.word(WordReader.Place.ANYWHERE);
    if (target.isAbsent()) {
      cursor.problem("\"" + operator + "\" has no target");
    }
    Word text = document ? document(target, cursor.since(start), operator) : Word.ABSENT;
    return new Redirect(descriptor, operator, target, text);
  }

  private Word document(Word target, String source, String operator) {
    boolean quoted = false;
    StringBuilder delimiter = new StringBuilder();
    for (Part part : target.parts()) {
      switch (part) {
        case Part.Literal(String text) -> delimiter.append(text);
        case Part.Escaped(String text) -> {
          quoted = true;
          delimiter.append(text);
        }
        case Part.SingleQuoted(String text) -> {
          quoted = true;
          delimiter.append(text);
        }
        case Part.DoubleQuoted(List<Part> inner, boolean translated)
            when !translated && isLiteral(inner) -> {
          quoted = true;
          inner.forEach(it -> delimiter.append(((Part.Literal) it).text()));
        }
        default -> {
          cursor.problem("\"" + source + "\" is no plain end of a here-document");
          quoted = true;
        }
      }
    }
    if (delimiter.indexOf("\n") >= 0) {
      cursor.problem("the end of a here-document reaches over two lines");
    }
    int from = cursor.documentStart();
    if (from < 0) {
      cursor.problem("a here-document has no text");
      return Word.ABSENT;
    }
    String text = lines(from, delimiter.toString(), quoted, operator.equals("<<-"));
    return new Word(
        List.of(
            quoted ? new Part.SingleQuoted(text) : new Part.DoubleQuoted(expanded(text), false)));
  }

  private static boolean isLiteral(List<Part> parts) {
    for (Part part : parts) {
      if (!(part instanceof Part.Literal)) {
        return false;
      }
    }
    return true;
  }

  private List<Part> expanded(String text) {
    Cursor inside = new Cursor(text, cursor.effort);
    boolean follows = cursor.effort.enter(cursor.at);
    List<Part> parts =
        follows
            ? new WordReader(inside, new CommandReader(inside)).doubleQuoted(Cursor.END)
            : List.of();
    cursor.effort.leave();
    return parts;
  }

  /** The lines up to the delimiter; in an expanded document a backslash joins two. */
  private String lines(int from, String delimiter, boolean quoted, boolean stripsTabs) {
    String text = cursor.text;
    List<String> lines = new ArrayList<>();
    int at = from;
    while (at < text.length()) {
      StringBuilder line = new StringBuilder();
      boolean joined;
      do {
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        cursor.effort.steps += end - at + 1;
        line.append(text, at, end);
        at = end + 1;
        joined = !quoted && at <= text.length() && endsWithBackslash(line);
        if (joined) {
          line.setLength(line.length() - 1);
        }
      } while (joined && at < text.length());
      int tabs = 0;
      while (stripsTabs && tabs < line.length() && line.charAt(tabs) == '\t') {
        tabs++;
      }
      String content = line.substring(tabs);
      if (content.equals(delimiter)) {
        cursor.documentEnd(Math.min(at, text.length()));
        return joined(lines);
      }
      lines.add(content);
    }
    cursor.problem("a here-document is not closed by \"" + delimiter + "\"");
    cursor.documentEnd(text.length());
    return joined(lines);
  }

  private static boolean endsWithBackslash(StringBuilder line) {
    int count = 0;
    for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
      count++;
    }
    return count % 2 == 1;
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
