package dev.agent.tools.file;

import dev.agent.text.Clip;
import java.util.List;

/**
 * Tells the model where the file comes closest to a text that is not in it, and which characters
 * differ. Pure.
 */
final class NearestPlace {
  private static final int MAX_WANTED = 60;

  private NearestPlace() {}

  /**
   * Where the file comes closest to the text, and which characters differ: for the error message.
   */
  static String describe(String text, String wanted) {
    List<String> lines = FileLines.texts(text);
    List<String> wantedLines = FileLines.texts(wanted);
    if (wantedLines.size() > MAX_WANTED) {
      wantedLines = wantedLines.subList(0, MAX_WANTED);
    }
    List<String> views = lines.stream().map(NearestPlace::view).toList();
    List<String> wantedViews = wantedLines.stream().map(NearestPlace::view).toList();
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
            && !wantedViews.get(i).isEmpty()
            && similar(views.get(line), wantedViews.get(i))) {
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
      String have = line >= 0 && line < lines.size() ? lines.get(line) : "(end of file)";
      if (!have.equals(wantedLines.get(i))) {
        out.append("\nline ").append(line + 1).append(" is    ").append(quoted(have));
        out.append("\nold_string has ").append(quoted(wantedLines.get(i)));
        out.append(difference(have, wantedLines.get(i)));
        named++;
      }
    }
    return out.toString();
  }

  private static String view(String line) {
    return TextView.lookAlikes(line).text().strip();
  }

  private static boolean similar(String x, String y) {
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
    return "\"" + Clip.head(line, 160) + "\"";
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
