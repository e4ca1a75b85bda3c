package dev.agent.tools.search;

import dev.agent.tools.search.SearchQuery.HitLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects the matching lines of one text, with the lines around them. Owned by one thread. */
final class HitLines {
  private static final int MAX_LINE_CHARS = 500;

  private final byte[] in;
  private final int length;
  private final int before;
  private final int after;
  private final List<HitLine> out = new ArrayList<>();

  // The first line that is not shown yet, and how many from there on belong to the last match.
  private int place;
  private int number = 1;
  private int owed;

  /**
   * @param in the text as UTF-8, as far as {@code length}
   * @param before lines to show before a match
   */
  HitLines(byte[] in, int length, int before, int after) {
    this.in = in;
    this.length = length;
    this.before = before;
    this.after = after;
  }

  /** Where the line ends that this place is in: at its line end, or at the end of the text. */
  static int endOfLine(byte[] in, int from, int length) {
    int end = from;
    while (end < length && in[end] != '\n') {
      end++;
    }
    return end;
  }

  /** A line without its line end, which may be two characters. */
  static String text(byte[] in, int start, int end) {
    int contentEnd = end > start && in[end - 1] == '\r' ? end - 1 : end;
    return new String(in, start, contentEnd - start, StandardCharsets.UTF_8);
  }

  static String cut(String line) {
    return line.length() <= MAX_LINE_CHARS ? line : line.substring(0, MAX_LINE_CHARS) + "…";
  }

  /** Takes a matching line; lines come in order. */
  void add(int start, int end) {
    showOwed(start);
    int from = start;
    for (int i = 0; i < before && from > place; i++) {
      from--;
      while (from > place && in[from - 1] != '\n') {
        from--;
      }
    }
    while (place < from) {
      place = endOfLine(in, place, length) + 1;
      number++;
    }
    while (place < start) {
      show(endOfLine(in, place, length), false);
    }
    show(end, true);
    owed = after;
  }

  private void showOwed(int limit) {
    while (owed > 0 && place < limit) {
      show(endOfLine(in, place, length), false);
      owed--;
    }
  }

  private void show(int end, boolean isMatch) {
    out.add(new HitLine(number++, cut(text(in, place, end)), isMatch));
    place = end + 1;
  }

  /** All of them; nothing may be added afterwards. */
  List<HitLine> finish() {
    showOwed(length);
    return out;
  }
}
