package dev.agent.mode.interactive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Markdown for ears: marks that only shape the text are left out, tables become {@code heading:
 * value}. Takes whole lines, one after another.
 */
final class PlainMarkdown {
  private static final Pattern EMPHASIS =
      Pattern.compile("(\\*\\*\\*|\\*\\*|__)(?=\\S)(.+?)(?<=\\S)\\1");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
  private static final Pattern TABLE_RULE = Pattern.compile("^\\|?[\\s:|-]*-[\\s:|-]*\\|?$");
  private static final Pattern RULE = Pattern.compile("^\\s*([-*_]\\s*){3,}$");

  private String fence = "";
  private List<String> headings = List.of();
  private String candidate = "";

  /** What a line becomes; none, one or several lines. */
  List<String> line(String line) {
    String stripped = line.strip();
    if (!fence.isEmpty()) {
      if (stripped.startsWith(fence)) {
        fence = "";
        return List.of("end of code");
      }
      return List.of(line);
    }
    if (stripped.startsWith("```") || stripped.startsWith("~~~")) {
      List<String> before = end();
      fence = stripped.substring(0, 3);
      String language = stripped.replaceFirst("^[`~]+", "").strip();
      return plus(before, "code" + (language.isEmpty() ? "" : " " + language) + ":");
    }
    if (stripped.startsWith("|")) {
      return table(stripped);
    }
    List<String> before = end();
    return RULE.matcher(line).matches() ? before : plus(before, inline(line));
  }

  /** What was held back; call it when the text is over. */
  List<String> end() {
    headings = List.of();
    List<String> held = candidate.isEmpty() ? List.of() : List.of(inline(candidate));
    candidate = "";
    return held;
  }

  private List<String> table(String row) {
    if (headings.isEmpty() && !candidate.isEmpty() && TABLE_RULE.matcher(row).matches()) {
      headings = cells(candidate);
      candidate = "";
      return List.of();
    }
    if (headings.isEmpty()) {
      List<String> before = end();
      candidate = row; // a heading, if a rule follows
      return before;
    }
    List<String> cells = cells(row);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String heading = i < headings.size() ? headings.get(i) : "";
      lines.add(heading.isEmpty() ? cells.get(i) : heading + ": " + cells.get(i));
    }
    return lines;
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1);
    inner = inner.endsWith("|") ? inner.substring(0, inner.length() - 1) : inner;
    List<String> cells = new ArrayList<>();
    for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
      cells.add(inline(cell.strip().replace("\\|", "|")));
    }
    return cells;
  }

  private static List<String> plus(List<String> before, String line) {
    List<String> all = new ArrayList<>(before);
    all.add(line);
    return all;
  }

  private static String inline(String line) {
    var heading = HEADING.matcher(line);
    String text = heading.matches() ? heading.group(1) : line;
    return EMPHASIS.matcher(text).replaceAll("$2").replace("`", "");
  }
}
