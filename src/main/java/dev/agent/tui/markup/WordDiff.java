package dev.agent.tui.markup;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which words of a changed line changed. */
final class WordDiff {
  /** Lines that have less in common are two lines, not one that changed. */
  private static final double ALIKE = 0.4;

  private static final int MAX_CHARS = 1_000;

  private WordDiff() {}

  /** A part of a line, from an index to the one behind it. */
  record Range(int start, int end) {}

  /** The changed parts of both lines, from left to right. */
  record Changes(List<Range> removed, List<Range> added) {}

  /** The changes from one line to the other; empty when they have too little in common. */
  static Optional<Changes> of(String removed, String added) {
    if (removed.length() > MAX_CHARS || added.length() > MAX_CHARS) {
      return Optional.empty();
    }
    List<String> before = words(removed);
    List<String> after = words(added);
    List<Range> gone = new ArrayList<>();
    List<Range> come = new ArrayList<>();
    int goneInk = 0;
    int comeInk = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
      goneInk += note(before, delta.getSource(), gone);
      comeInk += note(after, delta.getTarget(), come);
    }
    int ink = ink(removed) + ink(added);
    if (ink == 0 || ink - goneInk - comeInk < ALIKE * ink) {
      return Optional.empty();
    }
    return Optional.of(new Changes(joined(gone, removed), joined(come, added)));
  }

  /** Adds the place of a changed run of words; returns how many of its characters are seen. */
  private static int note(List<String> words, Chunk<String> run, List<Range> ranges) {
    if (run.getLines().isEmpty()) {
      return 0;
    }
    int start = 0;
    for (String word : words.subList(0, run.getPosition())) {
      start += word.length();
    }
    String text = String.join("", run.getLines());
    ranges.add(new Range(start, start + text.length()));
    return ink(text);
  }

  /** Ranges with only blanks between them are one. */
  private static List<Range> joined(List<Range> ranges, String line) {
    List<Range> joined = new ArrayList<>();
    for (Range range : ranges) {
      Range last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && line.substring(last.end(), range.start()).isBlank()) {
        joined.set(joined.size() - 1, new Range(last.start(), range.end()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private static int ink(String text) {
    int ink = 0;
    for (int i = 0; i < text.length(); i++) {
      ink += text.charAt(i) == ' ' ? 0 : 1;
    }
    return ink;
  }

  /** Names and numbers, runs of blanks, all other characters singly. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < line.length()) {
      int end = start + Character.charCount(line.codePointAt(start));
      int kind = kind(line.codePointAt(start));
      while (kind != 0 && end < line.length() && kind(line.codePointAt(end)) == kind) {
        end += Character.charCount(line.codePointAt(end));
      }
      words.add(line.substring(start, end));
      start = end;
    }
    return words;
  }

  private static int kind(int point) {
    if (point == ' ') {
      return 1;
    }
    return Character.isLetterOrDigit(point) || point == '_' ? 2 : 0;
  }
}
