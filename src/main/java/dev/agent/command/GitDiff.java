package dev.agent.command;

import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code git diff} prints. What it can't make sense of is left out. */
final class GitDiff {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

  private final List<Display.Diff> diffs = new ArrayList<>();
  private List<Display.Hunk> hunks = new ArrayList<>();
  private String path = "";
  private boolean created;

  private GitDiff() {}

  /** The changes file by file; a file without readable hunks (a binary one) has none. */
  static List<Display.Diff> read(String output) {
    GitDiff reader = new GitDiff();
    reader.lines(output.split("\n", -1));
    reader.end();
    return List.copyOf(reader.diffs);
  }

  private void lines(String[] lines) {
    int i = 0;
    while (i < lines.length) {
      String line = lines[i++];
      Matcher hunk = HUNK.matcher(line);
      if (line.startsWith("diff --git ")) {
        end();
        int to = line.lastIndexOf(" b/");
        path = to < 0 ? "" : line.substring(to + 3);
      } else if (line.startsWith("+++ b/")) {
        path = line.substring("+++ b/".length());
      } else if (line.startsWith("--- a/") && path.isEmpty()) {
        path = line.substring("--- a/".length());
      } else if (line.startsWith("new file mode")) {
        created = true;
      } else if (hunk.matches()) {
        i = hunk(hunk, lines, i);
      }
    }
  }

  private int hunk(Matcher head, String[] lines, int from) {
    int oldLines = head.group(2) == null ? 1 : Integer.parseInt(head.group(2));
    int newLines = head.group(4) == null ? 1 : Integer.parseInt(head.group(4));
    List<String> body = new ArrayList<>();
    int oldLeft = oldLines;
    int newLeft = newLines;
    int i = from;
    // Counted, not guessed: a removed line may itself begin with "-- a/" or "@@".
    while (i < lines.length && (oldLeft > 0 || newLeft > 0)) {
      String line = lines[i];
      char sign = line.isEmpty() ? ' ' : line.charAt(0);
      if (sign != ' ' && sign != '-' && sign != '+' && sign != '\\') {
        break;
      }
      i++;
      if (sign == '\\') {
        continue; // "No newline at end of file"
      }
      oldLeft -= sign == '+' ? 0 : 1;
      newLeft -= sign == '-' ? 0 : 1;
      body.add(line.isEmpty() ? " " : line);
    }
    hunks.add(
        new Display.Hunk(
            Integer.parseInt(head.group(1)),
            oldLines,
            Integer.parseInt(head.group(3)),
            newLines,
            body));
    return i;
  }

  private void end() {
    if (!path.isEmpty()) {
      diffs.add(new Display.Diff(path, hunks, created));
    }
    hunks = new ArrayList<>();
    path = "";
    created = false;
  }
}
