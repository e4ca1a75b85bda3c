package dev.agent.tui.edit;

import java.util.Optional;

/** Where the motions of normal mode lead. Pure; positions are those of the passage. */
final class VimMotions {
  /** What the characters of one word have in common. */
  private enum Kind {
    BLANK,
    WORD,
    SIGN,
    INSET
  }

  /**
   * Where a motion leads.
   *
   * @param inclusive whether an operator takes the character there as well
   * @param lines whether an operator takes whole lines
   */
  record Motion(int to, boolean inclusive, boolean lines) {
    static Motion exclusive(int to) {
      return new Motion(to, false, false);
    }

    static Motion inclusive(int to) {
      return new Motion(to, true, false);
    }

    static Motion lines(int to) {
      return new Motion(to, false, true);
    }
  }

  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  private final Passage passage;
  private final String text;

  VimMotions(Passage passage) {
    this.passage = passage;
    this.text = passage.text();
  }

  /**
   * Where a motion of one key leads.
   *
   * @param count how often; 0 = not said
   */
  Optional<Motion> motion(String key, int from, int count) {
    int times = Math.max(1, count);
    return switch (key) {
      case "h" -> Optional.of(Motion.exclusive(left(from, times)));
      case "l", " " -> Optional.of(Motion.exclusive(right(from, times)));
      case "0" -> Optional.of(Motion.exclusive(passage.lineStart(from)));
      case "^", "_" -> Optional.of(Motion.exclusive(firstVisible(from)));
      case "$" -> Optional.of(Motion.inclusive(lastOfLine(down(from, times - 1))));
      case "w" -> Optional.of(Motion.exclusive(words(from, times, false)));
      case "W" -> Optional.of(Motion.exclusive(words(from, times, true)));
      case "b" -> Optional.of(Motion.exclusive(wordsBack(from, times, false)));
      case "B" -> Optional.of(Motion.exclusive(wordsBack(from, times, true)));
      case "e" -> Optional.of(Motion.inclusive(wordEnds(from, times, false)));
      case "E" -> Optional.of(Motion.inclusive(wordEnds(from, times, true)));
      case "gg" -> Optional.of(Motion.lines(firstVisible(lineNumber(times))));
      case "G" ->
          Optional.of(Motion.lines(firstVisible(count == 0 ? text.length() : lineNumber(count))));
      case "j" -> text.indexOf('\n', from) < 0 ? Optional.empty() : line(down(from, times));
      case "k" -> passage.lineStart(from) == 0 ? Optional.empty() : line(up(from, times));
      case "{" -> Optional.of(Motion.exclusive(paragraphBack(from, times)));
      case "}" -> Optional.of(Motion.exclusive(paragraph(from, times)));
      case "%" -> bracket(from);
      default -> Optional.empty();
    };
  }

  /**
   * Where {@code f}, {@code F}, {@code t} or {@code T} lead, in their line.
   *
   * @param again whether it is a repetition: {@code t} then skips what it stands before
   */
  Optional<Motion> find(char kind, String wanted, int from, int count, boolean again) {
    boolean back = kind == 'F' || kind == 'T';
    boolean till = kind == 't' || kind == 'T';
    int start = passage.lineStart(from);
    int end = passage.lineEnd(from);
    int at = from;
    if (till && again) {
      at = back ? Math.max(start, passage.previous(at)) : Math.min(end, passage.next(at));
    }
    for (int left = Math.max(1, count); left > 0; left--) {
      do {
        if (back ? at <= start : at >= end) {
          return Optional.empty();
        }
        at = back ? passage.previous(at) : passage.next(at);
      } while (!text.startsWith(wanted, at) || at >= end);
    }
    if (back) {
      return Optional.of(Motion.exclusive(till ? passage.next(at) : at));
    }
    return Optional.of(Motion.inclusive(till ? passage.previous(at) : at));
  }

  /** The end of so many words from a position on, for {@code cw}: without the blanks behind. */
  int endOfWords(int from, int count, boolean big) {
    int at = from;
    for (int left = Math.max(1, count); left > 0; left--) {
      if (left < Math.max(1, count)) {
        at = skip(at, Kind.BLANK, big);
      }
      if (at < text.length()) {
        at = skip(at, kind(at, big), big);
      }
    }
    return at;
  }

  /** Where {@code dw} stops: it doesn't take the end of the line of its last word. */
  int words(int from, int count, boolean big, boolean operator) {
    int last = count > 1 ? words(from, count - 1, big) : from;
    int to = words(last, 1, big);
    int end = passage.lineEnd(last);
    return operator && to > end && last < end ? end : to;
  }

  /** The first character of the line of a position that is no blank; its end if there is none. */
  int firstVisible(int position) {
    int at = passage.lineStart(position);
    int end = passage.lineEnd(position);
    while (at < end && isBlank(at)) {
      at++;
    }
    return at;
  }

  /** The last character of the line of a position; its begin when it is empty. */
  int lastOfLine(int position) {
    int end = passage.lineEnd(position);
    return end > passage.lineStart(position) ? passage.previous(end) : end;
  }

  /** A position that the cursor of normal mode may have: on a character where there is one. */
  int onCharacter(int position) {
    return position == passage.lineEnd(position) ? lastOfLine(position) : position;
  }

  int right(int from, int count) {
    int at = from;
    int end = passage.lineEnd(from);
    for (int left = count; left > 0 && at < end; left--) {
      at = passage.next(at);
    }
    return at;
  }

  int left(int from, int count) {
    int at = from;
    int start = passage.lineStart(from);
    for (int left = count; left > 0 && at > start; left--) {
      at = passage.previous(at);
    }
    return at;
  }

  /** A position so many lines below. */
  int down(int from, int count) {
    int at = from;
    for (int left = count; left > 0; left--) {
      int end = passage.lineEnd(at);
      if (end == text.length()) {
        break;
      }
      at = end + 1;
    }
    return at;
  }

  /** The word, or what stands between words, that a position belongs to, in its line. */
  int runStart(int position, boolean big) {
    int at = position;
    int start = passage.lineStart(position);
    Kind kind = kindInLine(position, big);
    while (at > start && kindInLine(passage.previous(at), big) == kind) {
      at = passage.previous(at);
    }
    return at;
  }

  /** The end of what {@link #runStart} begins. */
  int runEnd(int position, boolean big) {
    int at = position;
    int end = passage.lineEnd(position);
    Kind kind = kindInLine(position, big);
    while (at < end && kindInLine(at, big) == kind) {
      at = passage.next(at);
    }
    return at;
  }

  /** Whether a blank or TAB stands there. */
  boolean isBlank(int position) {
    return position < text.length()
        && (text.charAt(position) == ' ' || text.charAt(position) == '\t');
  }

  private static Optional<Motion> line(int to) {
    return Optional.of(Motion.lines(to));
  }

  private int up(int from, int count) {
    int at = from;
    for (int left = count; left > 0; left--) {
      int start = passage.lineStart(at);
      if (start == 0) {
        break;
      }
      at = start - 1;
    }
    return at;
  }

  private int lineNumber(int number) {
    return down(0, number - 1);
  }

  private int words(int from, int count, boolean big) {
    int at = from;
    for (int left = count; left > 0 && at < text.length(); left--) {
      Kind kind = kind(at, big);
      if (kind != Kind.BLANK) {
        at = skip(at, kind, big);
      }
      int start = at;
      while (at < text.length() && kind(at, big) == Kind.BLANK) {
        // An empty line is a word.
        if (text.charAt(at) == '\n' && at != from && at == passage.lineStart(at) && at > start) {
          break;
        }
        at = passage.next(at);
      }
    }
    return at;
  }

  private int wordsBack(int from, int count, boolean big) {
    int at = from;
    for (int left = count; left > 0 && at > 0; left--) {
      at = passage.previous(at);
      while (at > 0 && kind(at, big) == Kind.BLANK && !isEmptyLine(at)) {
        at = passage.previous(at);
      }
      Kind kind = kind(at, big);
      while (kind != Kind.BLANK && at > 0 && kind(passage.previous(at), big) == kind) {
        at = passage.previous(at);
      }
    }
    return at;
  }

  private int wordEnds(int from, int count, boolean big) {
    int at = from;
    for (int left = count; left > 0 && at < text.length(); left--) {
      at = skip(passage.next(at), Kind.BLANK, big);
      if (at < text.length()) {
        at = passage.previous(skip(at, kind(at, big), big));
      }
    }
    return at == text.length() ? lastOfLine(at) : at;
  }

  private int skip(int from, Kind kind, boolean big) {
    int at = from;
    while (at < text.length() && kind(at, big) == kind) {
      at = passage.next(at);
    }
    return at;
  }

  private int paragraph(int from, int count) {
    int at = from;
    for (int left = count; left > 0; left--) {
      while (at < text.length() && isEmptyLine(at)) {
        at++;
      }
      while (at < text.length() && !isEmptyLine(at)) {
        at++;
      }
    }
    return at;
  }

  private int paragraphBack(int from, int count) {
    int at = from;
    for (int left = count; left > 0; left--) {
      while (at > 0 && isEmptyLine(at)) {
        at--;
      }
      while (at > 0 && !isEmptyLine(at)) {
        at--;
      }
    }
    return at;
  }

  private boolean isEmptyLine(int at) {
    return at < text.length() && text.charAt(at) == '\n' && at == passage.lineStart(at);
  }

  private Optional<Motion> bracket(int from) {
    int end = passage.lineEnd(from);
    int at = from;
    while (at < end && (OPENING + CLOSING).indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at >= end) {
      return Optional.empty();
    }
    char bracket = text.charAt(at);
    int opening = OPENING.indexOf(bracket);
    char other = opening >= 0 ? CLOSING.charAt(opening) : OPENING.charAt(CLOSING.indexOf(bracket));
    int step = opening >= 0 ? 1 : -1;
    int depth = 0;
    for (; at >= 0 && at < text.length(); at += step) {
      char c = text.charAt(at);
      depth += c == bracket ? 1 : c == other ? -1 : 0;
      if (depth == 0) {
        return Optional.of(Motion.inclusive(at));
      }
    }
    return Optional.empty();
  }

  private Kind kindInLine(int at, boolean big) {
    return at >= passage.lineEnd(at) ? Kind.BLANK : kind(at, big);
  }

  private Kind kind(int at, boolean big) {
    if (passage.pieceFrom(at).isPresent()) {
      return Kind.INSET;
    }
    int point = text.codePointAt(at);
    if (Character.isWhitespace(point)) {
      return Kind.BLANK;
    }
    return big || Words.isWord(point) ? Kind.WORD : Kind.SIGN;
  }
}
