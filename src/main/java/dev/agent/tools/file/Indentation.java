package dev.agent.tools.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How the indentation of an edit relates to that of the file. Pure. */
final class Indentation {
  private static final int[] TAB_WIDTHS = {4, 2, 8, 3};

  private Indentation() {}

  /** Brings a line from the edit's indentation to the file's; empty when it is not clear how. */
  interface Shift extends Function<String, Optional<String>> {}

  /**
   * The shifts that lead from one run of lines to the other, whose lines are equal apart from
   * blanks at both sides.
   *
   * @param fresh lines that will have to be shifted: where the possible widths of a tab would give
   *     different results, there is no shift
   * @return at most one
   */
  static List<Shift> between(List<String> wanted, List<String> have, List<String> fresh) {
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).isBlank()) {
        String before = known.putIfAbsent(indent(wanted.get(i)), indent(have.get(i)));
        if (before != null && !before.equals(indent(have.get(i)))) {
          return List.of();
        }
      }
    }
    if (known.isEmpty()) {
      return List.of();
    }
    Optional<Shift> uniform = uniform(known);
    if (uniform.isPresent()) {
      return List.of(uniform.get());
    }
    List<Shift> possible = new ArrayList<>();
    List<List<Optional<String>>> results = new ArrayList<>();
    boolean inPlace = false;
    for (int width : TAB_WIDTHS) {
      inPlace |= isSameColumns(known, width);
    }
    for (int width : TAB_WIDTHS) {
      // A width of the tab that explains everything is more likely than another width together with
      // a wrong depth.
      if (inPlace && !isSameColumns(known, width)) {
        continue;
      }
      columns(known, width)
          .ifPresent(
              shift -> {
                List<Optional<String>> result = fresh.stream().map(shift).toList();
                if (!results.contains(result)) {
                  results.add(result);
                  possible.add(shift);
                }
              });
    }
    return possible.size() == 1 ? possible : List.of();
  }

  static String indent(String line) {
    int end = 0;
    while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
      end++;
    }
    return line.substring(0, end);
  }

  /** The same text in front of every line, or the same text gone. */
  private static Optional<Shift> uniform(Map<String, String> known) {
    String remove = "";
    String add = "";
    boolean first = true;
    for (Map.Entry<String, String> pair : known.entrySet()) {
      String from = pair.getKey();
      String to = pair.getValue();
      String gone =
          to.length() <= from.length() && from.endsWith(to)
              ? from.substring(0, from.length() - to.length())
              : "";
      String more =
          from.length() <= to.length() && to.endsWith(from)
              ? to.substring(0, to.length() - from.length())
              : "";
      if (!(gone + to).equals(from) && !(more + from).equals(to)) {
        return Optional.empty();
      }
      if (!first && !(gone.equals(remove) && more.equals(add))) {
        return Optional.empty();
      }
      first = false;
      remove = gone;
      add = more;
    }
    String gone = remove;
    String more = add;
    return Optional.of(
        line ->
            line.isBlank()
                ? Optional.of(line)
                : line.startsWith(gone)
                    ? Optional.of(more + line.substring(gone.length()))
                    : Optional.empty());
  }

  /** The same number of columns more or less, and tabs instead of blanks or the other way round. */
  private static Optional<Shift> columns(Map<String, String> known, int width) {
    Integer shift = null;
    boolean tabs = false;
    boolean blanks = false;
    for (Map.Entry<String, String> pair : known.entrySet()) {
      int here = columns(pair.getValue(), width) - columns(pair.getKey(), width);
      if (shift != null && shift != here) {
        return Optional.empty();
      }
      shift = here;
      tabs |= pair.getValue().indexOf('\t') >= 0;
      blanks |= pair.getValue().indexOf(' ') >= 0;
    }
    if (shift == null || (tabs && blanks)) {
      return Optional.empty();
    }
    int by = shift;
    boolean withTabs = tabs;
    return Optional.of(line -> shifted(line, known, by, withTabs, width));
  }

  private static boolean isSameColumns(Map<String, String> known, int width) {
    for (Map.Entry<String, String> pair : known.entrySet()) {
      if (columns(pair.getKey(), width) != columns(pair.getValue(), width)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> shifted(
      String line, Map<String, String> known, int by, boolean tabs, int width) {
    if (line.isBlank()) {
      return Optional.of(line);
    }
    String indent = indent(line);
    String rest = line.substring(indent.length());
    String same = known.get(indent);
    if (same != null) {
      return Optional.of(same + rest);
    }
    int column = columns(indent, width) + by;
    if (column < 0 || (tabs && column % width != 0)) {
      return Optional.empty();
    }
    return Optional.of((tabs ? "\t".repeat(column / width) : " ".repeat(column)) + rest);
  }

  private static int columns(String indent, int width) {
    int column = 0;
    for (int i = 0; i < indent.length(); i++) {
      column = indent.charAt(i) == '\t' ? (column / width + 1) * width : column + 1;
    }
    return column;
  }
}
