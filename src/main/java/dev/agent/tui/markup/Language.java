package dev.agent.tui.markup;

import dev.agent.tui.markup.Highlighter.Run;
import dev.agent.tui.theme.Token;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One language as a table, and the machine that all tables share: it walks a line once and carries
 * one number from line to line. Immutable.
 *
 * @param regions what begins and ends with certain characters: comments, strings; the first that
 *     fits counts
 * @param prefixes lines that are one thing from the first column on (a diff's)
 * @param words names with a meaning of their own; in lower case where case does not count
 * @param sigils characters that give the name behind them a class: {@code @Override}, {@code $HOME}
 * @param wordChars what belongs to a name besides letters, digits and {@code _}
 * @param keyEnds characters that make the name or string before them a key; empty = there are none
 * @param capitals whether {@code Name} is a type and {@code NAME} a constant
 * @param calls whether a name before {@code (} is a function
 * @param tags whether only what stands between {@code <} and {@code >} is code
 */
record Language(
    List<Region> regions,
    List<Prefix> prefixes,
    Map<String, Token> words,
    Map<Character, Token> sigils,
    String wordChars,
    String keyEnds,
    boolean ignoreCase,
    boolean capitals,
    boolean calls,
    boolean tags,
    BitSet starters) {

  private static final int REGION = 0xFF;
  private static final int DEPTH_SHIFT = 8;
  private static final int DEPTH = 0xFF << DEPTH_SHIFT;
  private static final int IN_TAG = 1 << 16;
  private static final int MAX_CHARACTER_LITERAL = 12;

  /** Where a region may begin. */
  enum Where {
    ANYWHERE,
    /** At the beginning of a line, behind blanks. */
    LINE,
    /** Where a word may begin: behind a blank or nothing. */
    WORD
  }

  /**
   * Something with an opening and a closing mark.
   *
   * @param close empty = the end of the line
   * @param escapes whether a backslash takes the meaning of the next character
   * @param lines whether it goes on in the next line
   * @param nests whether it may hold another one of its kind
   * @param single whether it holds one character (which may be an escape), else it is none
   */
  record Region(
      String open,
      String close,
      Token token,
      Where where,
      boolean escapes,
      boolean lines,
      boolean nests,
      boolean single) {}

  /** A line that begins like this is of one class. */
  record Prefix(String text, Token token) {}

  /**
   * Reads a line.
   *
   * @param state what this returned for the line before; 0 for the first one
   * @param runs gets what was found
   */
  int read(String line, int state, List<Run> runs) {
    return new Walk(line, runs).read(state);
  }

  /** One line being read. */
  private final class Walk {
    private final String line;
    private final int length;
    private final List<Run> runs;
    private int at;
    private int state;

    Walk(String line, List<Run> runs) {
      this.line = line;
      this.length = line.length();
      this.runs = runs;
    }

    int read(int before) {
      state = before & IN_TAG;
      if ((before & REGION) != 0) {
        Region open = regions.get((before & REGION) - 1);
        region(open, 0, 0, (before & DEPTH) >> DEPTH_SHIFT);
      } else {
        for (Prefix prefix : prefixes) {
          if (line.startsWith(prefix.text())) {
            runs.add(new Run(0, length, prefix.token()));
            return 0;
          }
        }
      }
      while (at < length) {
        step();
      }
      return state;
    }

    private void step() {
      char c = line.charAt(at);
      if (c == ' ') {
        at++;
        return;
      }
      if (starters.get(c) && beginRegion()) {
        return;
      }
      if (tags && (state & IN_TAG) == 0) {
        text(c);
      } else if (isWordStart(c)) {
        word(at);
      } else if (isDigit(c) || isFraction(c)) {
        number();
      } else {
        other(c);
      }
    }

    /** Whether {@code .5} begins here; in {@code 1..5} it does not. */
    private boolean isFraction(char c) {
      return c == '.'
          && at + 1 < length
          && isDigit(line.charAt(at + 1))
          && (at == 0 || line.charAt(at - 1) != '.');
    }

    /** Outside of tags: nothing but the next tag is of interest. */
    private void text(char c) {
      if (c != '<' || at + 1 >= length) {
        at++;
        return;
      }
      int end = at + 1;
      while (end < length && "/!?".indexOf(line.charAt(end)) >= 0) {
        end++;
      }
      int name = end;
      while (end < length && isWordPart(line.charAt(end))) {
        end++;
      }
      if (end == name) {
        at++;
        return;
      }
      runs.add(new Run(at, name, Token.SYNTAX_PUNCTUATION));
      runs.add(new Run(name, end, Token.SYNTAX_KEYWORD));
      at = end;
      state |= IN_TAG;
    }

    private boolean beginRegion() {
      for (int i = 0; i < regions.size(); i++) {
        Region region = regions.get(i);
        if (line.startsWith(region.open(), at) && mayBegin(region)) {
          int start = at;
          if (region.single() && !isSingle(region)) {
            continue;
          }
          if (tags && (state & IN_TAG) == 0 && region.token() == Token.SYNTAX_STRING) {
            continue;
          }
          region(region, start, start + region.open().length(), 1);
          return true;
        }
      }
      return false;
    }

    private boolean mayBegin(Region region) {
      return switch (region.where()) {
        case ANYWHERE -> true;
        case LINE -> line.substring(0, at).isBlank();
        case WORD -> at == 0 || Character.isWhitespace(line.charAt(at - 1));
      };
    }

    private boolean isSingle(Region region) {
      int inside = at + region.open().length();
      if (inside + 1 >= length) {
        return false;
      }
      if (line.charAt(inside) != '\\') {
        return line.startsWith(
            region.close(), inside + Character.charCount(line.codePointAt(inside)));
      }
      int close = line.indexOf(region.close(), inside + 2);
      return close >= 0 && close - inside <= MAX_CHARACTER_LITERAL;
    }

    /** Reads on to the end of a region that began at {@code start}. */
    private void region(Region region, int start, int inside, int depth) {
      int open = depth;
      int end = inside;
      if (region.close().isEmpty()) {
        end = length;
      } else {
        while (end < length && open > 0) {
          if (region.escapes() && line.charAt(end) == '\\') {
            end = Math.min(length, end + 2);
          } else if (line.startsWith(region.close(), end)) {
            end += region.close().length();
            open--;
          } else if (region.nests() && line.startsWith(region.open(), end)) {
            end += region.open().length();
            open = Math.min(open + 1, REGION);
          } else {
            end++;
          }
        }
        if (open > 0 && region.lines()) {
          state = (state & IN_TAG) | (regions.indexOf(region) + 1) | (open << DEPTH_SHIFT);
        }
      }
      if (end > start) {
        boolean isKey = region.token() == Token.SYNTAX_STRING && open == 0 && isKeyEnd(end);
        runs.add(new Run(start, end, isKey ? Token.SYNTAX_TYPE : region.token()));
      }
      at = end;
    }

    private void word(int start) {
      int end = start;
      while (end < length && isWordPart(line.charAt(end))) {
        end++;
      }
      Token token = classify(line.substring(start, end), end);
      if (token != Token.CODE_BLOCK) {
        runs.add(new Run(start, end, token));
      }
      at = end;
    }

    private Token classify(String word, int end) {
      if (tags) {
        return Token.SYNTAX_TYPE;
      }
      if (!keyEnds.isEmpty() && isKeyEnd(end)) {
        return Token.SYNTAX_TYPE;
      }
      Token known = words.get(ignoreCase ? word.toLowerCase(Locale.ROOT) : word);
      if (known != null) {
        return known;
      }
      if (capitals && Character.isUpperCase(word.charAt(0))) {
        return word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT))
            ? Token.SYNTAX_CONSTANT
            : Token.SYNTAX_TYPE;
      }
      if (calls && end < length && line.charAt(end) == '(') {
        return Token.SYNTAX_FUNCTION;
      }
      return Token.CODE_BLOCK;
    }

    private boolean isKeyEnd(int end) {
      int next = end;
      while (next < length && line.charAt(next) == ' ') {
        next++;
      }
      if (keyEnds.isEmpty() || next >= length || keyEnds.indexOf(line.charAt(next)) < 0) {
        return false;
      }
      // A colon within a word (a time, an address) ends no key.
      return line.charAt(next) != ':'
          || next + 1 >= length
          || line.charAt(next + 1) == ' '
          || !isWordPart(line.charAt(next + 1)) && line.charAt(next + 1) != '/';
    }

    private void number() {
      int end = at + 1;
      while (end < length
          && (Character.isLetterOrDigit(line.charAt(end))
              || line.charAt(end) == '_'
              || line.charAt(end) == '%'
              || (line.charAt(end) == '.' && end + 1 < length && isDigit(line.charAt(end + 1)))
              || ("+-".indexOf(line.charAt(end)) >= 0
                  && "eE".indexOf(line.charAt(end - 1)) >= 0))) {
        end++;
      }
      boolean isKey = !keyEnds.isEmpty() && isKeyEnd(end);
      runs.add(new Run(at, end, isKey ? Token.SYNTAX_TYPE : Token.SYNTAX_NUMBER));
      at = end;
    }

    private void other(char c) {
      Token sigil = sigils.get(c);
      if (sigil != null && at + 1 < length && isWordStart(line.charAt(at + 1))) {
        int end = at + 1;
        while (end < length && isWordPart(line.charAt(end))) {
          end++;
        }
        runs.add(new Run(at, end, sigil));
        at = end;
        return;
      }
      runs.add(new Run(at, at + 1, Token.SYNTAX_PUNCTUATION));
      at++;
      if (tags && c == '>') {
        state &= ~IN_TAG;
      }
    }

    private boolean isWordStart(char c) {
      return Character.isLetter(c) || c == '_' || (wordChars.indexOf(c) >= 0 && c == '$');
    }

    private boolean isWordPart(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || wordChars.indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
