package dev.agent.tui.markup;

import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a difference, ready to be drawn.
 *
 * @param sign a blank, {@code -} or {@code +}; {@link #FOLD} where lines or a part of the file are
 *     left out
 * @param number its line in the file as it was (removed) or as it is
 * @param oldNumber its line in the file as it was
 * @param runs the classes of its code
 * @param words what changed in it; empty where the line as a whole did
 */
record DiffLine(
    char sign,
    int number,
    int oldNumber,
    String text,
    List<Highlighter.Run> runs,
    List<WordDiff.Range> words) {

  static final char FOLD = '…';

  /** From this many lines on only the beginning and the end are shown. */
  private static final int MAX_LINES = 400;

  private static final int REACH = 4;

  private DiffLine with(List<WordDiff.Range> changed) {
    return new DiffLine(sign, number, oldNumber, text, runs, changed);
  }

  /** The lines of a difference; between hunks, and where the middle is left out, a fold. */
  static List<DiffLine> of(Display.Diff diff, Highlighter highlighter) {
    int total = diff.hunks().stream().mapToInt(hunk -> hunk.lines().size()).sum();
    int hiddenFrom = total > MAX_LINES ? MAX_LINES / 2 : total;
    int hiddenTo = total > MAX_LINES ? total - MAX_LINES / 2 : total;
    List<DiffLine> lines = new ArrayList<>();
    int at = 0;
    for (Display.Hunk hunk : diff.hunks()) {
      // The old and the new text are two texts: an opened comment of one is none of the other.
      Highlighter.Session old = highlighter.sessionForPath(diff.path());
      Highlighter.Session now = highlighter.sessionForPath(diff.path());
      int oldNumber = hunk.oldStart();
      int number = hunk.newStart();
      if (at > 0 && (at < hiddenFrom || at > hiddenTo)) {
        lines.add(fold(""));
      }
      for (String line : hunk.lines()) {
        char sign = line.isEmpty() ? ' ' : line.charAt(0);
        boolean isOld = sign == '-';
        if (at == hiddenFrom && at < hiddenTo) {
          lines.add(fold(" +" + (hiddenTo - hiddenFrom) + " lines"));
        }
        if (at < hiddenFrom || at >= hiddenTo) {
          String text = CodeRows.shown(line.isEmpty() ? "" : line.substring(1));
          List<Highlighter.Run> runs = isOld ? old.line(text) : now.line(text);
          if (sign == ' ') {
            old.line(text);
          }
          lines.add(
              new DiffLine(sign, isOld ? oldNumber : number, oldNumber, text, runs, List.of()));
        }
        oldNumber += sign == '+' ? 0 : 1;
        number += isOld ? 0 : 1;
        at++;
      }
    }
    return withWords(lines);
  }

  private static DiffLine fold(String text) {
    return new DiffLine(FOLD, 0, 0, text, List.of(), List.of());
  }

  private static List<DiffLine> withWords(List<DiffLine> lines) {
    List<DiffLine> result = new ArrayList<>(lines);
    int at = 0;
    while (at < lines.size()) {
      int added = end(lines, at, '-');
      int end = end(lines, added, '+');
      if (added > at && end > added) {
        pair(result, at, added, end);
      }
      at = Math.max(at + 1, end);
    }
    return result;
  }

  /** Looks for the changed form of each removed line among the next few added ones, in order. */
  private static void pair(List<DiffLine> lines, int removed, int added, int end) {
    int next = added;
    for (int i = removed; i < added && next < end; i++) {
      for (int j = next; j < Math.min(end, next + REACH); j++) {
        var changes = WordDiff.of(lines.get(i).text(), lines.get(j).text());
        if (changes.isPresent()) {
          lines.set(i, lines.get(i).with(changes.get().removed()));
          lines.set(j, lines.get(j).with(changes.get().added()));
          next = j + 1;
          break;
        }
      }
    }
  }

  /** The first index from {@code from} on whose line has another sign. */
  static int end(List<DiffLine> lines, int from, char sign) {
    int end = from;
    while (end < lines.size() && lines.get(end).sign() == sign) {
      end++;
    }
    return end;
  }
}
