package dev.agent.tools.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to look for and where, the same for both engines.
 *
 * @param source the expression as the model wrote it
 * @param pattern the expression for Java
 * @param literal the text that every match holds, when there is one; the whole expression when
 *     {@code isLiteral}
 * @param names patterns for names, negated ones begin with {@code !}
 * @param types patterns for the names of the wanted kind of files; a file must fit both
 * @param before lines of context
 * @param wantsLines whether lines are wanted, or only which files and how often
 * @param shownLines so many lines of output are looked at, from the first one on; at least 1
 */
record SearchQuery(
    String source,
    Pattern pattern,
    Optional<String> literal,
    boolean isLiteral,
    boolean ignoreCase,
    boolean multiline,
    Path root,
    List<String> names,
    List<String> types,
    int before,
    int after,
    boolean wantsLines,
    boolean firstOnly,
    long shownLines) {

  /** Which files count. */
  NameFilter filter() {
    return NameFilter.of(names, types);
  }

  /** How many lines of output a file yields: its lines and a mark at each gap, or its name. */
  int outputLines(FileHits hits) {
    if (!wantsLines) {
      return 1;
    }
    int gaps = 0;
    if (before + after > 0) {
      for (int i = 1; i < hits.lines().size(); i++) {
        gaps += hits.lines().get(i).number() == hits.lines().get(i - 1).number() + 1 ? 0 : 1;
      }
    }
    return hits.lines().size() + gaps;
  }

  /** A line of output. */
  record HitLine(int number, String text, boolean isMatch) {}

  /**
   * What was found in one file.
   *
   * @param count matching lines
   */
  record FileHits(Path file, long modified, int count, List<HitLine> lines) {}

  /**
   * What was found in all.
   *
   * @param files those that come first, as many as hold the lines that are shown
   * @param lines of output that all files together would yield
   * @param matches matching lines of all files
   * @param fileCount how many files match
   */
  record Hits(
      List<FileHits> files,
      long lines,
      long matches,
      int fileCount,
      int unreadable,
      boolean stoppedEarly) {}
}
