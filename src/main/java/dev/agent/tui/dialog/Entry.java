package dev.agent.tui.dialog;

import java.util.List;
import java.util.Locale;

/**
 * A row of a list.
 *
 * @param cells what it shows: the first takes what room there is, the others stand in columns at
 *     the right and are left out, last first, where there is none
 * @param more what a filter finds besides
 */
record Entry<T>(T value, List<String> cells, String more) {
  Entry {
    cells = cells.stream().map(Text::shown).toList();
  }

  Entry(T value, List<String> cells) {
    this(value, cells, "");
  }

  /** 0 when its first cell is that text, 1 when it begins with it, 2 otherwise. */
  int rank(String text) {
    String first = cells.getFirst().toLowerCase(Locale.ROOT);
    return text.isEmpty() ? 2 : first.equals(text) ? 0 : first.startsWith(text) ? 1 : 2;
  }

  /** Whether all words occur in it, in any case. */
  boolean contains(List<String> words) {
    String all = (String.join(" ", cells) + " " + more).toLowerCase(Locale.ROOT);
    return words.stream().allMatch(all::contains);
  }
}
