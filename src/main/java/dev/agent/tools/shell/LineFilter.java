package dev.agent.tools.shell;

import java.util.regex.Pattern;

/**
 * The lines in which a pattern is found. A pattern that tries too many ways through a line (about a
 * second's work in all), or nests too deeply for one, ends the filtering; the lines that were not
 * judged are returned as they are, with a note.
 */
final class LineFilter {
  private static final long MAX_STEPS = 50_000_000;

  private final Pattern pattern;
  private long steps;

  LineFilter(Pattern pattern) {
    this.pattern = pattern;
  }

  String apply(String text) {
    StringBuilder kept = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      String line = text.substring(start, end);
      try {
        if (pattern.matcher(new Counted(line)).find()) {
          kept.append(line).append('\n');
        }
      } catch (TooManySteps | StackOverflowError e) {
        return kept.append("[the filter takes too long; from here on all lines]\n")
            .append(text, start, text.length())
            .toString();
      }
      start = end + 1;
    }
    return kept.toString();
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  /** Counts how often the matcher looks at a character. */
  private final class Counted implements CharSequence {
    private final CharSequence text;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
