package dev.agent.tui.edit;

import java.util.Optional;

/** What the text objects of operators and visual mode cover. Pure. */
final class VimObjects {
  /**
   * A part of the text.
   *
   * @param to behind the last character
   * @param lines whether it is whole lines
   */
  record Range(int from, int to, boolean lines) {}

  private final Passage passage;
  private final String text;
  private final VimMotions motions;

  VimObjects(Passage passage) {
    this.passage = passage;
    this.text = passage.text();
    this.motions = new VimMotions(passage);
  }

  /**
   * The object of a letter around a position; empty when there is none.
   *
   * @param around {@code a} instead of {@code i}: with its delimiters or the blanks beside it
   */
  Optional<Range> find(String object, boolean around, int position, int count) {
    return switch (object) {
      case "w" -> word(position, around, count, false);
      case "W" -> word(position, around, count, true);
      case "p" -> Optional.of(paragraph(position, around));
      case "\"", "'", "`" -> quotes(object.charAt(0), position, around);
      case "(", ")", "b" -> brackets('(', ')', position, around);
      case "[", "]" -> brackets('[', ']', position, around);
      case "{", "}", "B" -> brackets('{', '}', position, around);
      case "<", ">" -> brackets('<', '>', position, around);
      default -> Optional.empty();
    };
  }

  private Optional<Range> word(int position, boolean around, int count, boolean big) {
    int lineEnd = passage.lineEnd(position);
    if (position >= lineEnd) {
      return Optional.empty();
    }
    int from = motions.runStart(position, big);
    int to = from;
    for (int left = Math.max(1, count); left > 0 && to < lineEnd; left--) {
      boolean blank = motions.isBlank(to);
      to = motions.runEnd(to, big);
      // "a word" is the word and the blanks behind it, or the blanks and the word behind them.
      if (around && to < lineEnd && (blank || motions.isBlank(to))) {
        to = motions.runEnd(to, big);
      } else if (around && !blank && left == 1) {
        from = blanksBefore(from);
      }
    }
    return Optional.of(new Range(from, to, false));
  }

  private Range paragraph(int position, boolean around) {
    boolean blank = isBlankLine(position);
    int from = passage.lineStart(position);
    while (from > 0 && isBlankLine(from - 1) == blank) {
      from = passage.lineStart(from - 1);
    }
    int to = linesEnd(position, blank);
    if (around && to < text.length()) {
      to = linesEnd(to + 1, !blank);
    }
    return new Range(from, to, true);
  }

  private int linesEnd(int position, boolean blank) {
    int to = passage.lineEnd(position);
    while (to < text.length() && isBlankLine(to + 1) == blank) {
      to = passage.lineEnd(to + 1);
    }
    return to;
  }

  private boolean isBlankLine(int position) {
    return text.substring(passage.lineStart(position), passage.lineEnd(position)).isBlank();
  }

  private Optional<Range> quotes(char quote, int position, boolean around) {
    int end = passage.lineEnd(position);
    int open = -1;
    for (int at = passage.lineStart(position); at < end; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote && open < 0) {
        open = at;
      } else if (c == quote) {
        if (at >= position) {
          return Optional.of(around ? withBlanks(open, at + 1) : new Range(open + 1, at, false));
        }
        open = -1;
      }
    }
    return Optional.empty();
  }

  private Range withBlanks(int from, int to) {
    int end = to;
    while (motions.isBlank(end)) {
      end++;
    }
    return end > to ? new Range(from, end, false) : new Range(blanksBefore(from), to, false);
  }

  private int blanksBefore(int position) {
    int at = position;
    while (at > 0 && motions.isBlank(at - 1)) {
      at--;
    }
    // Blanks that begin the line are its indent.
    return at == passage.lineStart(position) ? position : at;
  }

  private Optional<Range> brackets(char opening, char closing, int position, boolean around) {
    int depth = 0;
    int open = position;
    if (position < text.length() && text.charAt(position) == closing) {
      open--;
    }
    for (; open >= 0; open--) {
      char c = open < text.length() ? text.charAt(open) : 0;
      if (c == closing) {
        depth++;
      } else if (c == opening && depth-- == 0) {
        break;
      }
    }
    if (open < 0) {
      return Optional.empty();
    }
    depth = 0;
    for (int close = open + 1; close < text.length(); close++) {
      char c = text.charAt(close);
      if (c == opening) {
        depth++;
      } else if (c == closing && depth-- == 0) {
        return Optional.of(
            around ? new Range(open, close + 1, false) : new Range(open + 1, close, false));
      }
    }
    return Optional.empty();
  }
}
