package dev.agent.tui.dialog;

import dev.agent.text.Clip;
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
  private static final int MAX_CELL = 400;

  Entry {
    cells = cells.stream().map(Text::shown).toList();
  }

  Entry(T value, List<String> cells) {
    this(value, cells, "");
  }

  /** The beginning of a text with several lines, as one. */
  static String line(String text) {
    return Clip.head(text.strip(), MAX_CELL).replaceAll("\\s*\\n\\s*", " ⏎ ");
  }

  /** How well its first cell fits: 0 is that text, 1 begins with it, 2 contains it, 3 other. */
  int rank(String text) {
    String first = cells.getFirst().toLowerCase(Locale.ROOT);
    if (text.isEmpty() || !first.contains(text)) {
      return 3;
    }
    return first.equals(text) ? 0 : first.startsWith(text) ? 1 : 2;
  }

  /** Whether all words occur in it, in any case. */
  boolean contains(List<String> words) {
    String all = (String.join(" ", cells) + " " + more).toLowerCase(Locale.ROOT);
    return words.stream().allMatch(all::contains);
  }
}
