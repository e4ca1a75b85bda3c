package dev.agent.tools.file;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the place that an edit means. Exact first; when the text does not occur, a ladder of honest
 * approximations, each of which must fit in exactly one place: trailing blanks and line ends,
 * look-alike characters, indentation. What is replaced is always a stretch of the file's own text,
 * so everything else stays byte for byte. Pure.
 */
final class EditMatcher {
  private EditMatcher() {}

  /**
   * A place: from (inclusive), to (exclusive), and what has to be put there. {@code how} is empty
   * for an exact match.
   */
  record Match(int from, int to, String replacement, String how) {}

  /** All exact places of a text. */
  static List<Integer> exact(String text, String wanted) {
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
      places.add(at);
    }
    return places;
  }

  /**
   * The one place that the text fits approximately; empty when there is none or more than one on
   * the first rung that has any.
   */
  static Optional<Match> approximate(
      String text, String wanted, String replacement, String lineEnd) {
    List<Line> lines = lines(text);
    List<String> wantedLines = plainLines(wanted);
    record Rung(UnaryOperator<String> view, String how) {}
    List<Rung> ladder =
        List.of(
            new Rung(UnaryOperator.identity(), "line ends"),
            new Rung(String::stripTrailing, "blanks at line ends"),
            new Rung(
                line -> plainCharacters(line).stripTrailing(),
                "look-alike characters (quotes, dashes, special blanks)"));
    for (Rung rung : ladder) {
      List<Integer> places = places(lines, wantedLines, rung.view());
      if (!places.isEmpty()) {
        return places.size() > 1
            ? Optional.empty()
            : Optional.of(
                match(
                    lines,
                    wantedLines,
                    places.getFirst(),
                    withLineEnds(replacement, lineEnd),
                    "matched after ignoring " + rung.how()));
      }
    }
    return shifted(lines, wantedLines, replacement, lineEnd);
  }

  private record Line(String text, int from, int to, int next) {}

  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      int next = end;
      if (next < text.length()) {
        next +=
            text.charAt(next) == '\r' && next + 1 < text.length() && text.charAt(next + 1) == '\n'
                ? 2
                : 1;
      }
      lines.add(new Line(text.substring(from, end), from, end, next));
      if (next == end) {
        break;
      }
      from = next;
    }
    return lines;
  }

  private static List<String> plainLines(String text) {
    return lines(text).stream().map(Line::text).toList();
  }

  /**
   * The last wanted line is empty when the text ends with a line end: then it matches at the
   * beginning of any line.
   */
  private static List<Integer> places(
      List<Line> lines, List<String> wanted, UnaryOperator<String> view) {
    int count = endsOpen(wanted) ? wanted.size() - 1 : wanted.size();
    List<Integer> places = new ArrayList<>();
    if (count == 0 || wanted.subList(0, count).stream().allMatch(String::isBlank)) {
      return places;
    }
    for (int at = 0; at + count <= lines.size(); at++) {
      boolean fits = true;
      for (int i = 0; i < count && fits; i++) {
        fits = view.apply(lines.get(at + i).text()).equals(view.apply(wanted.get(i)));
      }
      if (fits) {
        places.add(at);
      }
    }
    return places;
  }

  private static boolean endsOpen(List<String> wanted) {
    return wanted.size() > 1 && wanted.getLast().isEmpty();
  }

  private static Match match(
      List<Line> lines, List<String> wantedLines, int place, String replacement, String how) {
    boolean open = endsOpen(wantedLines);
    int count = open ? wantedLines.size() - 1 : wantedLines.size();
    Line last = lines.get(place + count - 1);
    return new Match(lines.get(place).from(), open ? last.next() : last.to(), replacement, how);
  }

  static String withLineEnds(String text, String lineEnd) {
    String plain = text.replace("\r\n", "\n").replace('\r', '\n');
    return lineEnd.equals("\n") ? plain : plain.replace("\n", lineEnd);
  }

  /** Characters that look alike brought to their plain form. */
  static String plainCharacters(String line) {
    StringBuilder out = new StringBuilder(line.length());
    String composed =
        Normalizer.isNormalized(line, Normalizer.Form.NFC)
            ? line
            : Normalizer.normalize(line, Normalizer.Form.NFC);
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      switch (c) {
        case '\u00A0', '\u2007', '\u202F', '\u2002', '\u2003', '\u2009', '\u3000' ->
            out.append(' ');
        case '\u2018', '\u2019', '\u201A', '\u2032' -> out.append('\'');
        case '\u201C', '\u201D', '\u201E', '\u2033' -> out.append('"');
        case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> out.append('-');
        case '\u2026' -> out.append("...");
        case '\u200B', '\u200C', '\u200D', '\uFEFF' -> {}
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Lines that differ only by the same shift of their indentation; the replacement is shifted
   * likewise.
   */
  private static Optional<Match> shifted(
      List<Line> lines, List<String> wanted, String replacement, String lineEnd) {
    int count = endsOpen(wanted) ? wanted.size() - 1 : wanted.size();
    List<Match> found = new ArrayList<>();
    for (int at = 0; at + count <= lines.size(); at++) {
      Optional<Shift> shift = shift(lines.subList(at, at + count), wanted.subList(0, count));
      if (shift.isPresent()) {
        Optional<String> moved = shift.get().apply(withLineEnds(replacement, "\n"));
        if (moved.isEmpty()) {
          return Optional.empty();
        }
        found.add(
            match(
                lines,
                wanted,
                at,
                withLineEnds(moved.get(), lineEnd),
                "matched after shifting the indentation; the new text was shifted likewise"));
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Text that stands in front of each line instead of other text. */
  private record Shift(String remove, String add) {
    Optional<String> apply(String text) {
      StringBuilder out = new StringBuilder();
      String[] parts = text.split("\n", -1);
      for (int i = 0; i < parts.length; i++) {
        if (i > 0) {
          out.append('\n');
        }
        if (parts[i].isBlank()) {
          out.append(parts[i].isEmpty() ? "" : parts[i]);
        } else if (parts[i].startsWith(remove)) {
          out.append(add).append(parts[i], remove.length(), parts[i].length());
        } else {
          return Optional.empty();
        }
      }
      return Optional.of(out.toString());
    }
  }

  /**
   * The shift that turns the wanted lines into the file's; all lines must agree on it, and
   * something besides blanks must match.
   */
  private static Optional<Shift> shift(List<Line> actual, List<String> wanted) {
    Shift agreed = null;
    for (int i = 0; i < wanted.size(); i++) {
      String have = actual.get(i).text().stripTrailing();
      String want = wanted.get(i).stripTrailing();
      if (have.isEmpty() || want.isEmpty()) {
        if (!have.equals(want)) {
          return Optional.empty();
        }
        continue;
      }
      if (!have.stripLeading().equals(want.stripLeading())) {
        return Optional.empty();
      }
      String haveIndent = have.substring(0, have.length() - have.stripLeading().length());
      String wantIndent = want.substring(0, want.length() - want.stripLeading().length());
      int common = 0;
      while (common < haveIndent.length()
          && common < wantIndent.length()
          && haveIndent.charAt(haveIndent.length() - 1 - common)
              == wantIndent.charAt(wantIndent.length() - 1 - common)) {
        common++;
      }
      Shift here =
          new Shift(
              wantIndent.substring(0, wantIndent.length() - common),
              haveIndent.substring(0, haveIndent.length() - common));
      if (agreed == null) {
        agreed = here;
      } else if (!agreed.equals(here)) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(agreed);
  }

  /**
   * Where the file comes closest to the text, and which characters differ: for the error message.
   */
  static String nearest(String text, String wanted) {
    List<Line> lines = lines(text);
    List<String> wantedLines = plainLines(wanted);
    String first = wantedLines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
    int offset = wantedLines.indexOf(first);
    int bestAt = -1;
    int bestScore = 0;
    for (int at = 0; at < lines.size(); at++) {
      int score = 0;
      for (int i = 0; i < wantedLines.size(); i++) {
        int line = at - offset + i;
        if (line >= 0
            && line < lines.size()
            && !wantedLines.get(i).isBlank()
            && similar(lines.get(line).text(), wantedLines.get(i))) {
          score++;
        }
      }
      if (score > bestScore) {
        bestScore = score;
        bestAt = at - offset;
      }
    }
    if (bestAt < 0) {
      return "Nothing in the file is like it.";
    }
    StringBuilder out = new StringBuilder("The closest place begins at line " + (bestAt + 1) + ":");
    int named = 0;
    for (int i = 0; i < wantedLines.size() && named < 3; i++) {
      int line = bestAt + i;
      String have = line >= 0 && line < lines.size() ? lines.get(line).text() : "(end of file)";
      if (!have.equals(wantedLines.get(i))) {
        out.append("\nline ").append(line + 1).append(" is    ").append(quoted(have));
        out.append("\nold_string has ").append(quoted(wantedLines.get(i)));
        out.append(difference(have, wantedLines.get(i)));
        named++;
      }
    }
    return out.toString();
  }

  private static boolean similar(String a, String b) {
    String x = plainCharacters(a).strip();
    String y = plainCharacters(b).strip();
    if (x.equals(y)) {
      return true;
    }
    int prefix = 0;
    while (prefix < x.length() && prefix < y.length() && x.charAt(prefix) == y.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < x.length() - prefix
        && suffix < y.length() - prefix
        && x.charAt(x.length() - 1 - suffix) == y.charAt(y.length() - 1 - suffix)) {
      suffix++;
    }
    return (prefix + suffix) * 2 >= Math.max(x.length(), y.length()) && prefix + suffix > 2;
  }

  private static String quoted(String line) {
    return "\"" + (line.length() > 160 ? line.substring(0, 160) + "…" : line) + "\"";
  }

  private static String difference(String have, String want) {
    int i = 0;
    while (i < have.length() && i < want.length() && have.charAt(i) == want.charAt(i)) {
      i++;
    }
    return "\n(column "
        + (i + 1)
        + ": the file has "
        + name(have, i)
        + ", old_string has "
        + name(want, i)
        + ")";
  }

  private static String name(String line, int at) {
    if (at >= line.length()) {
      return "the end of the line";
    }
    int c = line.codePointAt(at);
    return switch (c) {
      case '\t' -> "a tab";
      case ' ' -> "a blank";
      default -> c > ' ' && c < 127 ? "'" + (char) c + "'" : String.format("U+%04X", c);
    };
  }
}
