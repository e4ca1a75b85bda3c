package dev.agent.tools.file;

import dev.agent.tools.file.FileLines.Line;
import dev.agent.tools.file.TextView.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place that an edit means. Exact first (line ends of either kind count as equal); when
 * the text does not occur, a ladder of honest approximations: line numbers that were copied along,
 * blanks at line ends, look-alike characters, indentation, and at last neighbouring lines that were
 * remembered wrongly. The first rung that fits anywhere decides, and it must fit in exactly one
 * place. Outside of the match nothing changes, and inside it lines that the edit does not change
 * stay byte for byte. Pure.
 */
final class EditMatcher {
  private static final int ANCHORED_LINES = 4;

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
    List<Line> file = FileLines.of(text);
    List<String> wanted = FileLines.texts(plain);
    List<Change> blanks =
        byLines(
            file,
            wanted,
            fresh,
            (have, want) -> have.stripTrailing().equals(want.stripTrailing()),
            text,
            plain,
            lineEnd);
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
    List<String> wantedViews = wanted.stream().map(EditMatcher::view).toList();
    List<String> views = file.stream().map(line -> view(line.text())).toList();
    List<Change> both = byViews(file, views, wantedViews, text, plain, fresh, lineEnd);
    if (!both.isEmpty()) {
      return choose(both, false, lookAlikes);
    }
    Answer shifted = shifted(file, wanted, text, plain, fresh, lineEnd);
    return shifted instanceof Answer.Nowhere
        ? anchored(file, wanted, text, plain, fresh, lineEnd)
        : shifted;
  }

  private static String view(String line) {
    return TextView.lookAlikes(line).text().stripTrailing();
  }

  private static Answer renamed(Answer answer, String how) {
    return switch (answer) {
      case Answer.Found(List<Change> changes, _) -> new Answer.Found(changes, how);
      case Answer.Ambiguous(List<Integer> offsets, _) -> new Answer.Ambiguous(offsets, how);
      case Answer.Nowhere nowhere -> nowhere;
    };
  }

  /** Places may overlap: then "the" place is just as unclear as with two that stand apart. */
  private static Answer choose(List<Change> changes, boolean all, String how) {
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
  private static String lineEndAt(String text, int offset, String usual) {
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

  /**
   * How many lines a match covers; a wanted text that ends with a line end covers that end, but
   * nothing of the next line.
   */
  private static int covered(List<String> wanted) {
    return wanted.size() > 1 && wanted.getLast().isEmpty() ? wanted.size() - 1 : wanted.size();
  }

  private static Range range(List<Line> file, int at, List<String> wanted) {
    int covered = covered(wanted);
    Line last = file.get(at + covered - 1);
    return new Range(file.get(at).from(), covered < wanted.size() ? last.next() : last.to());
  }

  /**
   * Where a run of lines fits one by one; the last of the file has no end, so a text that ends with
   * one does not fit there.
   */
  private static List<Integer> runs(
      List<Line> file, List<String> wanted, BiPredicate<Integer, Integer> fits) {
    int covered = covered(wanted);
    List<Integer> places = new ArrayList<>();
    int last = file.size() - (covered < wanted.size() ? covered + 1 : covered);
    for (int at = 0; at <= last; at++) {
      boolean all = true;
      for (int i = 0; i < covered && all; i++) {
        all = fits.test(at + i, i);
      }
      if (all) {
        places.add(at);
      }
    }
    return places;
  }

  private static List<Change> byLines(
      List<Line> file,
      List<String> wanted,
      String fresh,
      BiPredicate<String, String> same,
      String text,
      String plain,
      String lineEnd) {
    return changes(
        file,
        runs(file, wanted, (line, i) -> same.test(file.get(line).text(), wanted.get(i))),
        wanted,
        text,
        plain,
        fresh,
        null,
        lineEnd);
  }

  private static List<Change> byViews(
      List<Line> file,
      List<String> views,
      List<String> wantedViews,
      String text,
      String plain,
      String fresh,
      String lineEnd) {
    return changes(
        file,
        runs(file, wantedViews, (line, i) -> views.get(line).equals(wantedViews.get(i))),
        FileLines.texts(plain),
        text,
        plain,
        fresh,
        null,
        lineEnd);
  }

  private static List<Change> changes(
      List<Line> file,
      List<Integer> places,
      List<String> wanted,
      String text,
      String plain,
      String fresh,
      @Nullable Function<String, Optional<String>> fit,
      String lineEnd) {
    List<Change> changes = new ArrayList<>();
    for (int at : places) {
      Range range = range(file, at, wanted);
      FileLines.rebuild(
              text.substring(range.from(), range.to()),
              plain,
              fresh,
              fit,
              lineEndAt(text, range.from(), lineEnd))
          .ifPresent(replacement -> changes.add(new Change(range.from(), range.to(), replacement)));
    }
    return changes;
  }

  private static Answer shifted(
      List<Line> file,
      List<String> wanted,
      String text,
      String plain,
      String fresh,
      String lineEnd) {
    List<String> bare = wanted.stream().map(String::strip).toList();
    int covered = covered(wanted);
    List<Integer> places =
        runs(file, wanted, (line, i) -> file.get(line).text().strip().equals(bare.get(i)));
    if (places.size() > 1) {
      return new Answer.Ambiguous(
          places.stream().map(at -> file.get(at).from()).toList(), "ignoring indentation");
    }
    if (places.isEmpty()) {
      return new Answer.Nowhere();
    }
    int at = places.getFirst();
    List<String> have = file.subList(at, at + covered).stream().map(Line::text).toList();
    for (Indentation.Shift shift :
        Indentation.between(wanted.subList(0, covered), have, FileLines.texts(fresh))) {
      List<Change> changes = changes(file, places, wanted, text, plain, fresh, shift, lineEnd);
      if (!changes.isEmpty()) {
        return new Answer.Found(
            changes, "matched after adjusting the indentation; the new text was indented likewise");
      }
    }
    return new Answer.Nowhere();
  }

  /**
   * Lines that the edit leaves alone may be remembered wrongly, as long as those that it changes
   * are exactly there, the first and the last line are too, and no other place has these.
   */
  private static Answer anchored(
      List<Line> file,
      List<String> wanted,
      String text,
      String plain,
      String fresh,
      String lineEnd) {
    int covered = covered(wanted);
    if (covered < ANCHORED_LINES) {
      return new Answer.Nowhere();
    }
    boolean[] firm = Firmness.of(wanted, FileLines.texts(fresh));
    firm[0] = true;
    firm[covered - 1] = true;
    int content = 0;
    for (int i = 0; i < covered; i++) {
      content += firm[i] && wanted.get(i).strip().length() > 2 ? 1 : 0;
    }
    List<Integer> places =
        runs(
            file,
            wanted,
            (line, i) ->
                !firm[i]
                    || file.get(line).text().stripTrailing().equals(wanted.get(i).stripTrailing()));
    if (places.size() != 1 || content < 2) {
      return new Answer.Nowhere();
    }
    int at = places.getFirst();
    int equal = 0;
    for (int i = 0; i < covered; i++) {
      String have = file.get(at + i).text().strip();
      if (have.equals(wanted.get(i).strip())) {
        equal++;
      } else if (!Firmness.similar(have, wanted.get(i).strip())) {
        return new Answer.Nowhere();
      }
    }
    if (equal * 3 < covered * 2) {
      return new Answer.Nowhere();
    }
    List<Change> changes = changes(file, places, wanted, text, plain, fresh, Optional::of, lineEnd);
    return choose(
        changes,
        false,
        (covered - equal)
            + " neighbouring lines are not as old_string has them and were kept as the file has"
            + " them; the lines to change matched");
  }
}
