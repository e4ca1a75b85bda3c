package dev.agent.tools.file;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text seen through glasses that make some characters equal, with the way back: each character of
 * the view knows the stretch of the original that it stands for. A match in the view is therefore
 * always a stretch of the original's own text. Immutable.
 */
final class TextView {
  private final String text;

  /**
   * Where the original of each character begins and ends; null when view and original are the same.
   */
  private final int @Nullable [] starts;

  private final int @Nullable [] ends;

  private TextView(String text, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** A stretch of the original. */
  record Range(int from, int to) {}

  /** Every line end is a plain {@code \n}. */
  static TextView lineEnds(String original) {
    if (original.indexOf('\r') < 0) {
      return new TextView(original, null, null);
    }
    Builder view = new Builder(original.length());
    for (int i = 0; i < original.length(); i++) {
      char c = original.charAt(i);
      if (c != '\r') {
        view.add(c, i, i + 1);
      } else if (i + 1 < original.length() && original.charAt(i + 1) == '\n') {
        view.add('\n', i, i + 2);
        i++;
      } else {
        view.add('\n', i, i + 1);
      }
    }
    return view.done();
  }

  /**
   * Line ends are plain, and so are characters that look alike: quotes, dashes, special blanks,
   * composed letters; invisible ones are gone.
   */
  static TextView lookAlikes(String original) {
    if (isPlain(original)) {
      return lineEnds(original);
    }
    Builder view = new Builder(original.length());
    int length = original.length();
    for (int i = 0; i < length; ) {
      int end = i + 1;
      char c = original.charAt(i);
      if (c == '\r' && end < length && original.charAt(end) == '\n') {
        view.add('\n', i, i + 2);
        i += 2;
        continue;
      }
      if (Character.isHighSurrogate(c)
          && end < length
          && Character.isLowSurrogate(original.charAt(end))) {
        end++;
      }
      while (end < length && isMark(original.charAt(end))) {
        end++;
      }
      String cluster = original.substring(i, end);
      String composed =
          end - i > 1 || c > 127 ? Normalizer.normalize(cluster, Normalizer.Form.NFC) : cluster;
      for (int k = 0; k < composed.length(); k++) {
        view.addPlain(composed.charAt(k), i, end);
      }
      i = end;
    }
    return view.done();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return c > 127
        && (type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.ENCLOSING_MARK);
  }

  String text() {
    return text;
  }

  /**
   * All places of a text of the same kind of view, also those that overlap; only places that cut no
   * character of the original in two.
   */
  List<Range> places(String wanted) {
    List<Range> places = new ArrayList<>();
    if (wanted.isEmpty()) {
      return places;
    }
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      if (isBorder(at) && isBorder(at + wanted.length())) {
        places.add(new Range(start(at), end(at + wanted.length() - 1)));
      }
    }
    return places;
  }

  private boolean isBorder(int at) {
    if (at > 0
        && at < text.length()
        && Character.isLowSurrogate(text.charAt(at))
        && Character.isHighSurrogate(text.charAt(at - 1))) {
      return false;
    }
    return starts == null || at == 0 || at == text.length() || start(at) != start(at - 1);
  }

  private int start(int at) {
    return starts == null ? at : starts[at];
  }

  private int end(int at) {
    return ends == null ? at + 1 : ends[at];
  }

  private static final class Builder {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Builder(int length) {
      text = new StringBuilder(length);
      starts = new int[length + 16];
      ends = new int[length + 16];
    }

    void add(char c, int from, int to) {
      int at = text.length();
      if (at == starts.length) {
        starts = Arrays.copyOf(starts, at * 2);
        ends = Arrays.copyOf(ends, at * 2);
      }
      starts[at] = from;
      ends[at] = to;
      text.append(c);
    }

    void addPlain(char c, int from, int to) {
      switch (c) {
        case '\r' -> add('\n', from, to);
        case '\u00A0',
            '\u1680',
            '\u2000',
            '\u2001',
            '\u2002',
            '\u2003',
            '\u2004',
            '\u2005',
            '\u2006',
            '\u2007',
            '\u2008',
            '\u2009',
            '\u200A',
            '\u202F',
            '\u205F',
            '\u3000' ->
            add(' ', from, to);
        case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032' -> add('\'', from, to);
        case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033' -> add('"', from, to);
        case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' ->
            add('-', from, to);
        case '\u2026' -> {
          add('.', from, to);
          add('.', from, to);
          add('.', from, to);
        }
        case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD' -> {}
        default -> add(c, from, to);
      }
    }

    TextView done() {
      return new TextView(text.toString(), starts, ends);
    }
  }
}
