package dev.agent.tools.file;

import dev.agent.tools.file.TextView.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the place that an edit means. Exact first (line ends of either kind count as equal); when
 * the text does not occur, a ladder of honest approximations: line numbers that were copied along,
 * blanks at line ends, look-alike characters, indentation, and at last neighbouring lines that were
 * remembered wrongly. The first rung that fits anywhere decides, and it must fit in exactly one
 * place. Outside of the match nothing changes, and inside it lines that the edit does not change
 * stay byte for byte. Pure.
 */
final class EditMatcher {
  private EditMatcher() {}

  /** What the search found. */
  sealed interface Answer {
    /**
     * The places to change, in order, not overlapping.
     *
     * @param how empty for an exact match, else what had to be ignored
     */
    record Found(List<Change> changes, String how) implements Answer {}

    /**
     * More than one place fits.
     *
     * @param offsets where they begin
     */
    record Ambiguous(List<Integer> offsets, String how) implements Answer {}

    /** Nothing fits. */
    record Nowhere() implements Answer {}
  }

  /** Put {@code replacement} where {@code from} (inclusive) to {@code to} (exclusive) was. */
  record Change(int from, int to, String replacement) {}

  /**
   * Exact matching only.
   *
   * @param lineEnd the file's usual one
   */
  static Answer exact(String text, String old, String replacement, boolean all, String lineEnd) {
    if (old.indexOf('\r') >= 0) {
      List<Integer> raw = new ArrayList<>();
      for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1)) {
        raw.add(at);
      }
      if (!raw.isEmpty()) {
        return choose(
            raw.stream().map(at -> new Change(at, at + old.length(), replacement)).toList(),
            all,
            "");
      }
    }
    String plain = FileLines.withLineEnds(old, "\n");
    List<Change> changes = new ArrayList<>();
    for (Range range : TextView.lineEnds(text).places(plain)) {
      String fresh =
          FileLines.rebuild(
                  text.substring(range.from(), range.to()),
                  plain,
                  replacement,
                  null,
                  lineEndAt(text, range.from(), lineEnd))
              .orElse(replacement);
      changes.add(
          new Change(
              range.from(), range.to(), replacement.indexOf('\r') >= 0 ? replacement : fresh));
    }
    return choose(changes, all, "");
  }

  /** The whole ladder below exact matching; never more than one change. */
  static Answer approximate(String text, String old, String replacement, String lineEnd) {
    String plain = FileLines.withLineEnds(old, "\n");
    String fresh = FileLines.withLineEnds(replacement, "\n");
    if (plain.isBlank()) {
      return new Answer.Nowhere();
    }
    Optional<String> unnumbered = LineNumbers.strip(plain);
    if (unnumbered.isPresent() && !unnumbered.get().isBlank()) {
      Optional<String> freshUnnumbered = LineNumbers.strip(fresh);
      Answer answer = exact(text, unnumbered.get(), freshUnnumbered.orElse(fresh), false, lineEnd);
      if (!(answer instanceof Answer.Nowhere)) {
        return LineNumbers.hasSome(freshUnnumbered.orElse(fresh))
            ? new Answer.Nowhere()
            : renamed(answer, "matched after removing the line numbers");
      }
    }
    LineMatcher lines = new LineMatcher(text, plain, fresh, lineEnd);
    List<Change> blanks = lines.ignoringBlanksAtEnds();
    if (!blanks.isEmpty()) {
      return choose(blanks, false, "matched after ignoring blanks at line ends");
    }
    String lookAlikes =
        "matched after ignoring look-alike characters (quotes, dashes, special blanks); unchanged"
            + " ones were kept";
    List<Change> alike = lookAlikes(text, plain, fresh, lineEnd);
    if (!alike.isEmpty()) {
      return choose(alike, false, lookAlikes);
    }
    List<Change> both = lines.ignoringLookAlikesAndBlanksAtEnds();
    if (!both.isEmpty()) {
      return choose(both, false, lookAlikes);
    }
    Answer shifted = lines.shifted();
    return shifted instanceof Answer.Nowhere ? lines.anchored() : shifted;
  }

  private static Answer renamed(Answer answer, String how) {
    return switch (answer) {
      case Answer.Found(List<Change> changes, _) -> new Answer.Found(changes, how);
      case Answer.Ambiguous(List<Integer> offsets, _) -> new Answer.Ambiguous(offsets, how);
      case Answer.Nowhere nowhere -> nowhere;
    };
  }

  /** Places may overlap: then "the" place is just as unclear as with two that stand apart. */
  static Answer choose(List<Change> changes, boolean all, String how) {
    if (changes.isEmpty()) {
      return new Answer.Nowhere();
    }
    if (changes.size() == 1) {
      return new Answer.Found(changes, how);
    }
    if (!all) {
      return new Answer.Ambiguous(changes.stream().map(Change::from).toList(), how);
    }
    List<Change> apart = new ArrayList<>();
    for (Change change : changes) {
      if (apart.isEmpty() || apart.getLast().to() <= change.from()) {
        apart.add(change);
      }
    }
    return new Answer.Found(apart, how);
  }

  /** The end of the line that an offset lies in, or of the one before. */
  static String lineEndAt(String text, int offset, String usual) {
    for (int i = offset; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        return "\n";
      }
      if (text.charAt(i) == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "\r\n" : "\r";
      }
    }
    return usual;
  }

  private static List<Change> lookAlikes(String text, String plain, String fresh, String lineEnd) {
    List<Change> changes = new ArrayList<>();
    for (Range range : TextView.lookAlikes(text).places(TextView.lookAlikes(plain).text())) {
      FileLines.rebuild(
              text.substring(range.from(), range.to()),
              plain,
              fresh,
              null,
              lineEndAt(text, range.from(), lineEnd))
          .ifPresent(replacement -> changes.add(new Change(range.from(), range.to(), replacement)));
    }
    return changes;
  }
}
