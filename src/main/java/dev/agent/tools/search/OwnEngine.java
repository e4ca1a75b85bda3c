package dev.agent.tools.search;

import dev.agent.runtime.Cancellation;
import dev.agent.tool.ToolException;
import dev.agent.tools.search.SearchQuery.Hits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

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
    FirstHits found = new FirstHits(query);
    AtomicInteger lines = new AtomicInteger();
    AtomicInteger unreadable = new AtomicInteger();
    AtomicBoolean tooSlow = new AtomicBoolean();
    NameFilter names = query.filter();
    Supplier<TreeWalk.Visitor> visitors =
        () -> {
          FileSearch search = new FileSearch(query, cancellation::isCancelled);
          return file -> {
            if (names.accepts(file.prefix(), file.name())) {
              try {
                search
                    .search(file)
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
        };
    boolean[] early = {false};
    if (Files.isDirectory(query.root())) {
      TreeWalk walk =
          new TreeWalk(
              false,
              place.respectIgnores(),
              place.globalIgnoreFiles(),
              () -> cancellation.isCancelled() || tooSlow.get() || lines.get() > MAX_LINES,
              visitors);
      walk.walk(query.root());
      unreadable.addAndGet(walk.unreadable());
      early[0] = lines.get() > MAX_LINES;
    } else {
      one(query.root(), visitors.get());
    }
    cancellation.check();
    if (tooSlow.get()) {
      throw new ToolException(
          "The expression takes too long on some text, most likely because of nested repetitions"
              + " such as (a+)+. Write it more simply.");
    }
    return Optional.of(found.hits(unreadable.get(), early[0]));
  }

  private static void one(Path file, TreeWalk.Visitor visitor) throws ToolException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new ToolException(file + " is a device, pipe or socket, which is never opened.");
      }
      visitor.visit(WalkedFile.alone(file));
    } catch (IOException e) {
      throw new ToolException(file + " can't be read (" + e.getMessage() + ").", e);
    }
  }
}
