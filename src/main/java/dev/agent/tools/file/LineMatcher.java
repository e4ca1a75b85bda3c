package dev.agent.tools.file;

import dev.agent.tools.file.EditMatcher.Answer;
import dev.agent.tools.file.EditMatcher.Change;
import dev.agent.tools.file.FileLines.Line;
import dev.agent.tools.file.TextView.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rungs of {@link EditMatcher} that compare whole lines: one text that is looked for in a file,
 * and what shall stand in its place. Immutable.
 */
final class LineMatcher {
  private static final int ANCHORED_LINES = 4;

  private final String text;
  private final String plain;
  private final String fresh;
  private final String lineEnd;
  private final List<Line> file;
  private final List<String> wanted;
  private final int covered;

  /**
   * @param text of the file
   * @param plain what is looked for, its lines ending with LF
   * @param fresh what shall stand there, likewise
   * @param lineEnd the file's usual one
   */
  LineMatcher(String text, String plain, String fresh, String lineEnd) {
    this.text = text;
    this.plain = plain;
    this.fresh = fresh;
    this.lineEnd = lineEnd;
    this.file = FileLines.of(text);
    this.wanted = FileLines.texts(plain);
    this.covered = covered(wanted);
  }

  /**
   * How many lines a match covers; a wanted text that ends with a line end covers that end, but
   * nothing of the next line.
   */
  private static int covered(List<String> wanted) {
    return wanted.size() > 1 && wanted.getLast().isEmpty() ? wanted.size() - 1 : wanted.size();
  }

  private String line(int at) {
    return file.get(at).text();
  }

  private Range range(int at) {
    Line last = file.get(at + covered - 1);
    return new Range(file.get(at).from(), covered < wanted.size() ? last.next() : last.to());
  }

  /**
   * Where a run of lines fits one by one; the last of the file has no end, so a text that ends with
   * one does not fit there.
   */
  private List<Integer> runs(List<String> sought, BiPredicate<Integer, Integer> fits) {
    int lines = covered(sought);
    List<Integer> places = new ArrayList<>();
    int last = file.size() - (lines < sought.size() ? lines + 1 : lines);
    for (int at = 0; at <= last; at++) {
      boolean all = true;
      for (int i = 0; i < lines && all; i++) {
        all = fits.test(at + i, i);
      }
      if (all) {
        places.add(at);
      }
    }
    return places;
  }

  private List<Change> changes(
      List<Integer> places, @Nullable Function<String, Optional<String>> fit) {
    List<Change> changes = new ArrayList<>();
    for (int at : places) {
      Range range = range(at);
      FileLines.rebuild(
              text.substring(range.from(), range.to()),
              plain,
              fresh,
              fit,
              EditMatcher.lineEndAt(text, range.from(), lineEnd))
          .ifPresent(replacement -> changes.add(new Change(range.from(), range.to(), replacement)));
    }
    return changes;
  }

  List<Change> ignoringBlanksAtEnds() {
    return changes(
        runs(wanted, (at, i) -> line(at).stripTrailing().equals(wanted.get(i).stripTrailing())),
        null);
  }

  List<Change> ignoringLookAlikesAndBlanksAtEnds() {
    List<String> sought = wanted.stream().map(LineMatcher::view).toList();
    List<String> views = file.stream().map(line -> view(line.text())).toList();
    return changes(runs(sought, (at, i) -> views.get(at).equals(sought.get(i))), null);
  }

  private static String view(String line) {
    return TextView.lookAlikes(line).text().stripTrailing();
  }

  /** The same lines with another indentation, which the new text gets as well. */
  Answer shifted() {
    List<String> bare = wanted.stream().map(String::strip).toList();
    List<Integer> places = runs(wanted, (at, i) -> line(at).strip().equals(bare.get(i)));
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
      List<Change> changes = changes(places, shift);
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
  Answer anchored() {
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
            wanted,
            (at, i) -> !firm[i] || line(at).stripTrailing().equals(wanted.get(i).stripTrailing()));
    if (places.size() != 1 || content < 2) {
      return new Answer.Nowhere();
    }
    int at = places.getFirst();
    int equal = 0;
    for (int i = 0; i < covered; i++) {
      String have = line(at + i).strip();
      if (have.equals(wanted.get(i).strip())) {
        equal++;
      } else if (!Firmness.similar(have, wanted.get(i).strip())) {
        return new Answer.Nowhere();
      }
    }
    if (equal * 3 < covered * 2) {
      return new Answer.Nowhere();
    }
    return EditMatcher.choose(
        changes(places, Optional::of),
        false,
        (covered - equal)
            + " neighbouring lines are not as old_string has them and were kept as the file has"
            + " them; the lines to change matched");
  }
}
