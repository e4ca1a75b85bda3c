package dev.agent.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name that was most likely meant: the same but for case and separators, or a few letters away.
 */
final class NearestName {
  private NearestName() {}

  /** Empty when none is near. */
  static Optional<String> of(String wrong, List<String> names) {
    String plain = plain(wrong);
    Optional<String> best = Optional.empty();
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      String other = plain(name);
      int distance = distance(plain, other);
      boolean part =
          plain.length() >= 4
              && other.length() >= 4
              && (other.contains(plain) || plain.contains(other));
      int limit =
          part ? Integer.MAX_VALUE : Math.max(1, Math.min(plain.length(), other.length()) / 3);
      if (distance <= limit && distance < least) {
        least = distance;
        best = Optional.of(name);
      }
    }
    return best;
  }

  private static String plain(String name) {
    String cut = name.length() > 60 ? name.substring(0, 60) : name;
    return cut.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
