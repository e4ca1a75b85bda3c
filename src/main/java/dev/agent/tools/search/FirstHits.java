package dev.agent.tools.search;

import dev.agent.tools.search.SearchQuery.FileHits;
import dev.agent.tools.search.SearchQuery.Hits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Of all files found, those that come first in the order of the answer, as many as it shows; the
 * rest is only counted, so that a word that stands in every file of a large tree costs no more
 * memory than one that stands in a hundred. Thread-safe.
 */
final class FirstHits {
  private final SearchQuery query;
  private final Comparator<FileHits> order;
  private final PriorityQueue<FileHits> lastFirst;
  private long keptLines;
  private long lines;
  private long matches;
  private int files;

  FirstHits(SearchQuery query) {
    this.query = query;
    this.order =
        query.firstOnly()
            ? Comparator.comparingLong(FileHits::modified).reversed().thenComparing(FileHits::file)
            : Comparator.comparing(FileHits::file);
    this.lastFirst = new PriorityQueue<>(order.reversed());
  }

  synchronized void add(FileHits hits) {
    int more = query.outputLines(hits);
    files++;
    matches += hits.count();
    lines += more;
    lastFirst.add(hits);
    keptLines += more;
    FileHits last = lastFirst.element();
    while (keptLines - query.outputLines(last) >= query.shownLines()) {
      keptLines -= query.outputLines(lastFirst.remove());
      last = lastFirst.element();
    }
  }

  /** What was found, the kept files in the order of the answer. */
  synchronized Hits hits(int unreadable, boolean stoppedEarly) {
    List<FileHits> kept = new ArrayList<>(lastFirst);
    kept.sort(order);
    return new Hits(kept, lines, matches, files, unreadable, stoppedEarly);
  }
}
