package dev.agent.tui.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Orders candidates by how well they fit what is typed: exact, prefix, prefix of a word in them,
 * subsequence; among equals the more recent, then by name. Case doesn't count. Pure.
 */
public final class Ranking {
  private static final int EXACT = 0;
  private static final int PREFIX = 1;
  private static final int WORD_PREFIX = 2;
  private static final int SUBSEQUENCE = 3;
  private static final int NONE = 4;

  private record Ranked(Candidate candidate, int rank) {}

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::rank)
          .thenComparing(r -> r.candidate().recency(), Comparator.reverseOrder())
          .thenComparing(r -> r.candidate().name());

  private Ranking() {}

  /** The best so many of those that fit. */
  public static CompletionSource.Found rank(String typed, List<Candidate> candidates, int limit) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    List<Ranked> fitting = new ArrayList<>();
    for (Candidate candidate : candidates) {
      int rank = rank(wanted, candidate.name());
      if (rank < NONE) {
        fitting.add(new Ranked(candidate, rank));
      }
    }
    fitting.sort(ORDER);
    return new CompletionSource.Found(
        fitting.stream().limit(limit).map(Ranked::candidate).toList(), fitting.size());
  }

  private static int rank(String wanted, String name) {
    if (name.equalsIgnoreCase(wanted)) {
      return EXACT;
    }
    int length = wanted.length();
    if (name.regionMatches(true, 0, wanted, 0, length)) {
      return PREFIX;
    }
    for (int at = 1; at + length <= name.length(); at++) {
      if (beginsWord(name, at) && name.regionMatches(true, at, wanted, 0, length)) {
        return WORD_PREFIX;
      }
    }
    int next = 0;
    for (int at = 0; at < name.length() && next < length; at++) {
      if (Character.toLowerCase(name.charAt(at)) == wanted.charAt(next)) {
        next++;
      }
    }
    return next == length ? SUBSEQUENCE : NONE;
  }

  private static boolean beginsWord(String name, int at) {
    char before = name.charAt(at - 1);
    return !Character.isLetterOrDigit(before)
        || Character.isUpperCase(name.charAt(at)) && Character.isLowerCase(before);
  }
}
