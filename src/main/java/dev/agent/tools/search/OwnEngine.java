package dev.agent.tools.search;

import dev.agent.runtime.Cancellation;
import dev.agent.tool.ToolException;
import dev.agent.tools.search.SearchQuery.FileHits;
import dev.agent.tools.search.SearchQuery.Hits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Search without any other program. Needs nothing, answers everything. */
final class OwnEngine implements SearchEngine {
  /** More lines than this are no answer any more; the rest of the tree is left alone. */
  private static final int MAX_LINES = 50_000;

  private final SearchPlace place;

  OwnEngine(SearchPlace place) {
    this.place = place;
  }

  @Override
  public Optional<Hits> search(SearchQuery query, Cancellation cancellation)
      throws ToolException, InterruptedException {
    ConcurrentLinkedQueue<FileHits> found = new ConcurrentLinkedQueue<>();
    AtomicInteger lines = new AtomicInteger();
    AtomicInteger unreadable = new AtomicInteger();
    AtomicBoolean tooSlow = new AtomicBoolean();
    // One search per thread: each has its own buffer. Threads of the walk's pool end with it, and
    // their searches with them.
    ThreadLocal<FileSearch> searches =
        ThreadLocal.withInitial(() -> new FileSearch(query, cancellation::isCancelled));
    NameFilter names = query.filter();
    String prefix = query.root().toString();
    int skip = prefix.endsWith("/") ? prefix.length() : prefix.length() + 1;
    TreeWalk.Visitor visitor =
        (file, attributes) -> {
          String relative =
              file.toString().length() > skip
                  ? file.toString().substring(skip)
                  : String.valueOf(file.getFileName());
          if (names.accepts(relative)) {
            try {
              searches
                  .get()
                  .search(file, attributes.lastModifiedTime().toMillis())
                  .ifPresent(
                      hits -> {
                        found.add(hits);
                        lines.addAndGet(hits.lines().size());
                      });
            } catch (IOException e) {
              unreadable.incrementAndGet();
            } catch (FileSearch.TooSlowException e) {
              tooSlow.set(true);
            }
          }
        };
    boolean[] early = {false};
    if (Files.isDirectory(query.root())) {
      TreeWalk walk =
          new TreeWalk(
              false,
              place.respectIgnores(),
              place.globalIgnoreFiles(),
              () -> cancellation.isCancelled() || tooSlow.get() || lines.get() > MAX_LINES,
              visitor);
      walk.walk(query.root());
      unreadable.addAndGet(walk.unreadable());
      early[0] = lines.get() > MAX_LINES;
    } else {
      one(query.root(), visitor);
    }
    cancellation.check();
    if (tooSlow.get()) {
      throw new ToolException(
          "The expression takes too long on some text, most likely because of nested repetitions"
              + " such as (a+)+. Write it more simply.");
    }
    List<FileHits> all = new ArrayList<>(found);
    return Optional.of(new Hits(all, unreadable.get(), early[0]));
  }

  private static void one(Path file, TreeWalk.Visitor visitor) throws ToolException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new ToolException(file + " is a device, pipe or socket, which is never opened.");
      }
      visitor.visit(file, attributes);
    } catch (IOException e) {
      throw new ToolException(file + " can't be read (" + e.getMessage() + ").", e);
    }
  }
}
