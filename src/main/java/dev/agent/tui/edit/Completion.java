package dev.agent.tui.edit;

import java.util.List;

/**
 * An open completion menu. Immutable.
 *
 * @param commands whether it completes a command (else a file)
 * @param from where in the text begins what is replaced
 * @param to where that ends
 * @param candidates the best ones, at least one
 * @param total how many there are in all
 * @param selected which one is marked
 * @param first which one is in the first row
 */
public record Completion(
    boolean commands,
    int from,
    int to,
    List<Candidate> candidates,
    int total,
    int selected,
    int first) {
  /** So many rows are shown at once. */
  public static final int MAX_ROWS = 8;

  /** So many candidates can be walked through. */
  static final int MAX_CANDIDATES = 200;

  public Completion {
    candidates = List.copyOf(candidates);
  }

  /** The candidate that is marked. */
  public Candidate choice() {
    return candidates.get(selected);
  }

  /** The candidates that are shown. */
  public List<Candidate> visible() {
    return candidates.subList(first, Math.min(candidates.size(), first + MAX_ROWS));
  }

  /** The menu with another candidate marked: behind the last comes the first. */
  Completion moved(int by) {
    int next = Math.floorMod(selected + by, candidates.size());
    int top = Math.clamp(first, Math.max(0, next - MAX_ROWS + 1), next);
    return new Completion(commands, from, to, candidates, total, next, top);
  }
}
