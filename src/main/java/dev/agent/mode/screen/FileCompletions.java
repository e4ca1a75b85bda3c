package dev.agent.mode.screen;

import dev.agent.tui.edit.Candidate;
import dev.agent.tui.edit.CompletionSource;
import dev.agent.tui.edit.Ranking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Files for what is typed behind an at sign. A key never waits: an answer comes from what is known,
 * and what takes longer (walking through the project, looking into a directory, ranking many names)
 * is done in the background, one thing at a time and for the newest text only.
 *
 * <p>The names of the project are kept, without hidden and ignored files, and read again when they
 * are asked for and old. Others are offered only if the typed part names them: its directory is not
 * one of the project, or its last segment begins with a dot, or is the whole name.
 *
 * <p>{@link #find} is for the UI thread; the rest happens in the background.
 */
final class FileCompletions implements CompletionSource, AutoCloseable {
  /** Names are read again when they are older than this, in nanoseconds. */
  static final long MAX_AGE = 5_000_000_000L;

  /** Where reading takes long, it must not be most of what is done. */
  private static final int PAUSE_FACTOR = 20;

  /** So many names are ranked at once; more of them take longer than a key may. */
  private static final int FEW = 2_000;

  private static final Comparator<Candidate> BY_NAME = Comparator.comparing(Candidate::name);

  private final Tree tree;
  private final Executor background;
  private final LongSupplier clock;
  private final Runnable knowsMore;
  private volatile boolean closed;

  // Guarded by this.
  private @Nullable Index index;
  private Optional<Answer> answer = Optional.empty();
  private Optional<Query> wanted = Optional.empty();
  private boolean busy;

  /** The files that there are; both methods block. */
  interface Tree {
    /** All names of the project, sorted; those of directories end with a slash. */
    List<String> all(BooleanSupplier stop);

    /** The names in one directory, hidden and ignored ones too; those of directories end so too. */
    List<String> entries(String directory);
  }

  private record Query(String typed, int limit) {}

  /**
   * @param of the names that it was found in
   */
  private record Answer(Query query, Found found, Index of) {
    @SuppressWarnings("ReferenceEquality") // comparing many names would take as long as ranking
    boolean isOf(Index index) {
      return of == index;
    }
  }

  /**
   * @param good until then, by the clock
   */
  private record Index(List<Candidate> names, long good) {
    boolean has(String name) {
      return Collections.binarySearch(names, new Candidate(name, "", 0), BY_NAME) >= 0;
    }
  }

  /**
   * @param background runs one task at a time, which may take seconds
   * @param clock nanoseconds that run evenly
   * @param knowsMore called in the background when {@link #find} would answer something else now
   */
  FileCompletions(Tree tree, Executor background, LongSupplier clock, Runnable knowsMore) {
    this.tree = tree;
    this.background = background;
    this.clock = clock;
    this.knowsMore = knowsMore;
  }

  @Override
  public Found find(String typed, int limit) {
    Query query = new Query(typed, limit);
    Optional<Answer> known;
    Index names;
    boolean starts;
    synchronized (this) {
      known = answer;
      names = index;
      if (known.isPresent()
          && known.get().query().equals(query)
          && names != null
          && known.get().isOf(names)
          && !isOld(names)) {
        return known.get().found();
      }
      wanted = Optional.of(query);
      starts = !busy && !closed;
      busy |= starts;
    }
    if (starts) {
      background.execute(this::work);
    }
    if (known.isPresent() && known.get().query().equals(query)) {
      return known.get().found();
    }
    if (names != null && names.names().size() <= FEW) {
      return ranked(plain(typed), names.names(), limit);
    }
    return known.map(it -> narrowed(it, query)).orElseGet(() -> new Found(List.of(), 0));
  }

  /** Something may have changed: the names are old from now on. */
  synchronized void refresh() {
    if (index != null) {
      index = new Index(index.names(), clock.getAsLong() - 1);
    }
  }

  /** Ends what goes on in the background soon. */
  @Override
  public void close() {
    closed = true;
  }

  private boolean isOld(Index names) {
    return clock.getAsLong() - names.good() > 0;
  }

  /** What of an earlier answer fits as well, until there is a better one. */
  private static Found narrowed(Answer known, Query query) {
    return query.typed().startsWith(known.query().typed())
        ? ranked(plain(query.typed()), known.found().best(), query.limit())
        : new Found(List.of(), 0);
  }

  /** Answers until nothing is wanted any more. */
  private void work() {
    boolean goesOn = true;
    try {
      while (goesOn) {
        goesOn = step();
      }
    } finally {
      if (goesOn) {
        // Something is broken here; the next key may try again.
        synchronized (this) {
          busy = false;
        }
      }
    }
  }

  private boolean step() {
    Query query;
    Index names;
    synchronized (this) {
      if (closed || wanted.isEmpty()) {
        busy = false;
        return false;
      }
      query = wanted.get();
      wanted = Optional.empty();
      names = index;
    }
    if (names == null) {
      names = read();
    }
    settle(new Answer(query, found(query, names), names));
    if (isOld(names)) {
      Index newer = read();
      Query now = newest().orElse(query);
      settle(new Answer(now, found(now, newer), newer));
    }
    return true;
  }

  private synchronized Optional<Query> newest() {
    return wanted;
  }

  private Index read() {
    long begin = clock.getAsLong();
    List<Candidate> names = new ArrayList<>();
    for (String name : tree.all(() -> closed)) {
      names.add(new Candidate(name, "", 0));
    }
    long end = clock.getAsLong();
    return new Index(names, end + Math.max(MAX_AGE, PAUSE_FACTOR * (end - begin)));
  }

  private void settle(Answer found) {
    synchronized (this) {
      if (closed) {
        return;
      }
      index = found.of();
      answer = Optional.of(found);
      if (wanted.equals(Optional.of(found.query())) && !isOld(found.of())) {
        wanted = Optional.empty();
      }
    }
    knowsMore.run();
  }

  private Found found(Query query, Index names) {
    String typed = plain(query.typed());
    int slash = typed.lastIndexOf('/') + 1;
    String directory = typed.substring(0, slash);
    String segment = typed.substring(slash);
    boolean known = directory.isEmpty() || names.has(directory);
    if (known && segment.isEmpty()) {
      return ranked(typed, names.names(), query.limit());
    }
    List<Candidate> all = new ArrayList<>(known ? names.names() : List.of());
    for (String entry : tree.entries(directory)) {
      boolean hidden = entry.startsWith(".");
      boolean named =
          hidden && segment.startsWith(".")
              || !hidden && !known
              || entry.equalsIgnoreCase(segment)
              || entry.equalsIgnoreCase(segment + "/");
      if (named && !names.has(directory + entry)) {
        all.add(new Candidate(directory + entry, "", 0));
      }
    }
    return ranked(typed, all, query.limit());
  }

  /** The best but for the directory that is typed already: choosing it would lead nowhere. */
  private static Found ranked(String typed, List<Candidate> names, int limit) {
    Found found = Ranking.rank(typed, names, limit + 1);
    List<Candidate> best = new ArrayList<>(found.best());
    boolean there = typed.endsWith("/") && !best.isEmpty() && best.getFirst().name().equals(typed);
    if (there) {
      best.removeFirst();
    }
    return new Found(
        best.subList(0, Math.min(limit, best.size())), found.total() - (there ? 1 : 0));
  }

  /** Without what says nothing: names of the project begin in its directory. */
  private static String plain(String typed) {
    return typed.startsWith("./") ? typed.substring(2) : typed;
  }
}
