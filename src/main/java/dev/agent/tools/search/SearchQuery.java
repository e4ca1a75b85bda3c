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
    boolean firstOnly) {

  /** Which files count. */
  NameFilter filter() {
    return NameFilter.of(names, types);
  }

  /** A line of output. */
  record HitLine(int number, String text, boolean isMatch) {}

  /**
   * What was found in one file.
   *
   * @param count matching lines
   */
  record FileHits(Path file, long modified, int count, List<HitLine> lines) {}

  /** What was found in all. */
  record Hits(List<FileHits> files, int unreadable, boolean stoppedEarly) {}
}
