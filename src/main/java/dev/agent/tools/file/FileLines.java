package dev.agent.tools.file;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text cut into lines that remember their own ends and places. Used to put a replacement together
 * so that lines which the edit does not change keep the file's bytes.
 */
final class FileLines {
  private FileLines() {}

  /**
   * One line.
   *
   * @param from offset of its first character
   * @param end what ends it: {@code "\n"}, {@code "\r\n"}, {@code "\r"}, or empty for the last
   */
  record Line(String text, int from, String end) {
    int to() {
      return from + text.length();
    }

    int next() {
      return to() + end.length();
    }
  }

  /** The lines; the last one has no end and is empty when the text ends with a line end. */
  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        lines.add(new Line(text.substring(from, i), from, "\n"));
        from = i + 1;
      } else if (c == '\r') {
        String end = i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "\r\n" : "\r";
        lines.add(new Line(text.substring(from, i), from, end));
        i += end.length() - 1;
        from = i + 1;
      }
    }
    lines.add(new Line(text.substring(from), from, ""));
    return lines;
  }

  /** Only the texts of the lines. */
  static List<String> texts(String text) {
    return of(text).stream().map(Line::text).toList();
  }

  static String withLineEnds(String text, String lineEnd) {
    String plain = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    return lineEnd.equals("\n") ? plain : plain.replace("\n", lineEnd);
  }

  /**
   * What to put in place of a stretch of the file that stands for {@code old}: lines that are the
   * same in {@code old} and {@code replacement} stay as the file has them, new ones get the line
   * end of their neighbours.
   *
   * @param fit brings a new line into the file's form (indentation); empty when it can't. Null:
   *     lines stay as they are, but keep what the file spells differently in the unchanged
   *     beginning and end of a line
   * @param lineEnd for stretches without a line end of their own
   * @return empty when a line can't be brought into form
   */
  static Optional<String> rebuild(
      String stretch,
      String old,
      String replacement,
      @Nullable Function<String, Optional<String>> fit,
      String lineEnd) {
    List<Line> file = of(stretch);
    List<String> from = texts(old);
    List<String> to = texts(replacement);
    if (file.size() != from.size()) {
      return Optional.empty();
    }
    List<Line> out = new ArrayList<>();
    int at = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(from, to).getDeltas()) {
      for (; at < delta.getSource().getPosition(); at++) {
        out.add(file.get(at));
      }
      List<String> lines = delta.getTarget().getLines();
      int paired = delta.getSource().size();
      for (int i = 0; i < lines.size(); i++) {
        String fresh =
            paired == lines.size() && fit == null
                ? carried(file.get(at + i).text(), from.get(at + i), lines.get(i))
                : lines.get(i);
        Optional<String> line = fit == null ? Optional.of(fresh) : fit.apply(fresh);
        if (line.isEmpty()) {
          return Optional.empty();
        }
        out.add(new Line(line.get(), -1, paired > i ? file.get(at + i).end() : ""));
      }
      at += paired;
    }
    for (; at < file.size(); at++) {
      out.add(file.get(at));
    }
    return Optional.of(join(out, file, lineEnd));
  }

  private static String join(List<Line> lines, List<Line> file, String lineEnd) {
    String usual = file.getFirst().end().isEmpty() ? lineEnd : file.getFirst().end();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      text.append(line.text());
      if (i < lines.size() - 1) {
        usual = line.end().isEmpty() ? usual : line.end();
        text.append(usual);
      }
    }
    return text.toString();
  }

  /**
   * A changed line whose unchanged beginning and end stay as the file spells them, where both can
   * be laid side by side.
   */
  private static String carried(String file, String old, String fresh) {
    if (file.equals(old) || file.length() != old.length()) {
      return fresh;
    }
    int prefix = 0;
    int most = Math.min(old.length(), fresh.length());
    while (prefix < most && old.charAt(prefix) == fresh.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < most - prefix
        && old.charAt(old.length() - 1 - suffix) == fresh.charAt(fresh.length() - 1 - suffix)) {
      suffix++;
    }
    String head = file.substring(0, prefix);
    String tail = file.substring(file.length() - suffix);
    if (!looksLike(head, old.substring(0, prefix))
        || !looksLike(tail, old.substring(old.length() - suffix))) {
      return fresh;
    }
    return head + fresh.substring(prefix, fresh.length() - suffix) + tail;
  }

  private static boolean looksLike(String a, String b) {
    return TextView.lookAlikes(a).text().equals(TextView.lookAlikes(b).text());
  }
}
