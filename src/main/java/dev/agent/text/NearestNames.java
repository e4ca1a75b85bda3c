package dev.agent.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what someone most likely meant. */
public final class NearestNames {
  private NearestNames() {}

  /**
   * The candidates closest to a name, best first; only those that differ in at most a third of the
   * letters, or contain it.
   */
  public static List<String> of(String name, Collection<String> candidates, int most) {
    record Scored(String candidate, int distance) {}
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / 3);
    return candidates.stream()
        .map(
            candidate -> {
              String lower = candidate.toLowerCase(Locale.ROOT);
              boolean contains =
                  wanted.length() >= 3
                      && (lower.contains(wanted)
                          || (wanted.contains(lower) && lower.length() >= 3));
              return new Scored(candidate, contains ? 0 : distance(wanted, lower));
            })
        .filter(scored -> scored.distance() <= limit)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
        .limit(most)
        .map(Scored::candidate)
        .toList();
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
