package dev.agent.tools.search;

import dev.agent.runtime.Cancellation;
import dev.agent.tools.search.SearchQuery.FileHits;
import dev.agent.tools.search.SearchQuery.HitLine;
import dev.agent.tools.search.SearchQuery.Hits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Search by ripgrep, where it is installed. Asked in a way that gives what {@link OwnEngine} gives;
 * what it can't answer the same way is left to that one.
 */
public final class RipgrepEngine implements SearchEngine {
  private final SearchPlace place;
  private final Runner runner;

  /** Runs ripgrep. */
  @FunctionalInterface
  public interface Runner {
    /**
     * What it printed, when it is installed, ended with 0 or 1, and printed less than the bound;
     * else empty.
     */
    Optional<String> run(List<String> arguments, Path cwd, Cancellation cancellation)
        throws InterruptedException;
  }

  RipgrepEngine(SearchPlace place, Runner runner) {
    this.place = place;
    this.runner = runner;
  }

  @Override
  public Optional<Hits> search(SearchQuery query, Cancellation cancellation)
      throws InterruptedException {
    if (usesMoreThanRipgrepKnows(query.source())) {
      return Optional.empty();
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--no-config",
                "--color=never",
                "--no-heading",
                "--with-filename",
                "--null",
                "--no-messages",
                "--max-filesize=256M"));
    if (!place.respectIgnores()) {
      arguments.add("--no-ignore");
    }
    for (Path file : place.respectIgnores() ? place.globalIgnoreFiles() : List.<Path>of()) {
      arguments.add("--ignore-file=" + file);
    }
    arguments.add("--no-ignore-global");
    arguments.add("--crlf");
    if (query.ignoreCase()) {
      arguments.add("--ignore-case");
    }
    if (query.multiline()) {
      arguments.add("--multiline");
      arguments.add("--multiline-dotall");
    }
    coarseNames(query, arguments);
    if (query.firstOnly()) {
      arguments.add("--files-with-matches");
    } else if (!query.wantsLines()) {
      arguments.add("--count");
    } else {
      arguments.add("--line-number");
      arguments.add("--before-context=" + query.before());
      arguments.add("--after-context=" + query.after());
    }
    arguments.add("--regexp=" + query.source());
    arguments.add("--");
    arguments.add(query.root().toString());
    return runner
        .run(arguments, place.workspace().cwd(), cancellation)
        .flatMap(output -> parse(output, query))
        .map(hits -> withoutUnwanted(hits, query));
  }

  /**
   * Names are judged by {@link NameFilter}, since ripgrep's own patterns override ignore files. Its
   * kinds of files don't: simple patterns become one, so that it opens fewer files.
   */
  private static void coarseNames(SearchQuery query, List<String> arguments) {
    List<String> wanted = query.types().isEmpty() ? query.names() : query.types();
    if (wanted.isEmpty() || wanted.stream().anyMatch(name -> !name.matches("[A-Za-z0-9_.*?-]+"))) {
      return;
    }
    for (String name : wanted) {
      arguments.add("--type-add=agentwanted:" + name);
    }
    arguments.add("--type=agentwanted");
  }

  private static Hits withoutUnwanted(List<FileHits> hits, SearchQuery query) {
    NameFilter names = query.filter();
    boolean single = Files.isRegularFile(query.root());
    FirstHits wanted = new FirstHits(query);
    for (FileHits hit : hits) {
      String relative =
          single
              ? String.valueOf(hit.file().getFileName())
              : query.root().relativize(hit.file()).toString();
      if (names.accepts(relative)
          && (single || !IgnoreRules.hiddenFromAgent(hit.file(), query.root()))) {
        wanted.add(hit);
      }
    }
    return wanted.hits(0, false);
  }

  /** Look-around, back-references and possessive repetition exist in Java only. */
  private static boolean usesMoreThanRipgrepKnows(String source) {
    return source.contains("(?=")
        || source.contains("(?!")
        || source.contains("(?<")
        || source.matches(".*\\\\[1-9].*")
        || source.contains("{")
        || source.contains("\n");
  }

  /** Empty when the output can't be told apart: names may hold line ends. */
  static Optional<List<FileHits>> parse(String output, SearchQuery query) {
    Map<String, List<HitLine>> lines = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    if (query.firstOnly()) {
      for (String name : output.split("\0")) {
        String trimmed = name.startsWith("\n") ? name.substring(1) : name;
        if (!trimmed.isEmpty()) {
          counts.put(trimmed, 1);
        }
      }
    } else {
      for (String line : output.split("\n")) {
        int nul = line.indexOf('\0');
        if (nul < 0) {
          if (line.isEmpty() || line.equals("--")) {
            continue; // the mark between groups of lines
          }
          return Optional.empty();
        }
        String name = line.substring(0, nul);
        int end = nul + 1;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
          end++;
        }
        if (end == nul + 1 || end - nul > 10) {
          return Optional.empty();
        }
        int number = Integer.parseInt(line.substring(nul + 1, end));
        if (!query.wantsLines()) {
          counts.put(name, number);
        } else {
          boolean hit = end < line.length() && line.charAt(end) == ':';
          String text = end < line.length() ? line.substring(end + 1) : "";
          text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
          lines
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(
                  new HitLine(
                      number, text.length() > 500 ? text.substring(0, 500) + "…" : text, hit));
          counts.merge(name, hit ? 1 : 0, Integer::sum);
        }
      }
    }
    List<FileHits> files = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          try {
            Path file = Path.of(name);
            files.add(
                new FileHits(
                    file,
                    Files.getLastModifiedTime(file).toMillis(),
                    count,
                    lines.getOrDefault(name, List.of())));
          } catch (IOException | InvalidPathException e) {
            // It vanished between the search and now.
          }
        });
    return Optional.of(files);
  }
}
