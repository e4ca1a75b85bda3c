package dev.agent.tools.file;

import java.util.List;
import java.util.Optional;

/** Line numbers as Read prints them, copied into an edit by mistake. Pure. */
final class LineNumbers {
  private LineNumbers() {}

  /** The text without them; empty unless every line has one and they count up by one. */
  static Optional<String> strip(String text) {
    List<String> lines = FileLines.texts(text);
    int count = lines.size() > 1 && lines.getLast().isEmpty() ? lines.size() - 1 : lines.size();
    StringBuilder out = new StringBuilder(text.length());
    long before = -1;
    for (int i = 0; i < count; i++) {
      String line = lines.get(i);
      int end = end(line);
      if (end < 0) {
        return Optional.empty();
      }
      long number = Long.parseLong(line.substring(0, end).strip());
      if (before >= 0 && number != before + 1) {
        return Optional.empty();
      }
      before = number;
      out.append(i > 0 ? "\n" : "").append(line, end + 1, line.length());
    }
    return Optional.of(count < lines.size() ? out.append('\n').toString() : out.toString());
  }

  /** Whether some line has one: then it is unclear what belongs to the file. */
  static boolean hasSome(String text) {
    return FileLines.texts(text).stream().anyMatch(line -> end(line) >= 0);
  }

  /** The place of the tab or arrow behind the number; −1 when there is none. */
  private static int end(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == ' ') {
      i++;
    }
    int digits = i;
    while (i < line.length() && line.charAt(i) >= '0' && line.charAt(i) <= '9') {
      i++;
    }
    boolean marked =
        i > digits
            && i - digits < 10
            && i < line.length()
            && (line.charAt(i) == '\t' || line.charAt(i) == '\u2192');
    return marked ? i : -1;
  }
}
