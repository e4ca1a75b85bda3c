package dev.agent.mode.interactive;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Prompts have no syntax: a line is one word, and goes on when it ends with a backslash. */
final class PlainParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && line.endsWith("\\")) {
      throw new EOFError(-1, -1, "the line goes on", "");
    }
    int start = wordStart(line, cursor);
    String word = line.substring(start, wordEnd(line, cursor));
    return new Line(line, cursor, word, cursor - start);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  private static int wordStart(String line, int cursor) {
    int at = Math.min(cursor, line.length());
    while (at > 0 && !Character.isWhitespace(line.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static int wordEnd(String line, int cursor) {
    int at = Math.min(cursor, line.length());
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private record Line(String line, int cursor, String word, int wordCursor)
      implements CompletingParsedLine {
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor;
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}
