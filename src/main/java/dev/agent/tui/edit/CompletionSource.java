package dev.agent.tui.edit;

import java.util.List;
import java.util.function.Supplier;

/**
 * Knows candidates: the commands, or an index of the files that is built in the background.
 *
 * <p>It is asked on the UI thread at each key, so it answers at once with what it knows by then;
 * when it knows more, its owner calls {@link Composer#refresh} there. An index of files names
 * hidden and ignored ones only when the typed part names them.
 */
public interface CompletionSource {

  /**
   * What it found.
   *
   * @param best the best ones, in order
   * @param total how many there are in all
   */
  record Found(List<Candidate> best, int total) {
    public Found {
      best = List.copyOf(best);
    }
  }

  /** The best candidates for what is typed, as {@link Ranking} orders them. */
  Found find(String typed, int limit);

  /** A source of few candidates, ranked anew each time. */
  static CompletionSource of(Supplier<List<Candidate>> candidates) {
    return (typed, limit) -> Ranking.rank(typed, candidates.get(), limit);
  }
}
