package dev.agent.mode.interactive;

import dev.agent.shell.Analysis;
import dev.agent.text.Ansi;
import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Data as lines of text that mean the same read aloud. */
final class PlainText {
  private static final int MAX_LINES = 200;
  private static final int MAX_LINE = 400;
  private static final int HEAD = 3;
  private static final int TAIL = 8;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int DELETE = 0x7F;

  private PlainText() {}

  /**
   * Text from outside without what a terminal would obey: control sequences are gone, characters
   * that turn or hide text are named. A carriage return begins a new line, so that nothing can be
   * written over.
   */
  static String clean(String text) {
    return named(Ansi.strip(text.replace("\r\n", "\n").replace('\r', '\n').replace("\b", "")));
  }

  /** Output of a program, with what it wrote over in the way of a terminal gone. */
  static String output(String text) {
    return named(Ansi.strip(text));
  }

  /** For what is decided about, such as a command: nothing is left out, what hides is named. */
  static String exact(String text) {
    return named(text, c -> c < ' ' || c == DELETE || Analysis.hides(c));
  }

  /** The text with what a terminal would obey, or what turns and hides text, named. */
  static String named(String text) {
    return named(text, PlainText::hides);
  }

  private static String named(String text, IntPredicate hides) {
    if (text.codePoints().noneMatch(hides)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (hides.test(c)) {
                out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean hides(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.FORMAT -> c != ZERO_WIDTH_JOINER;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
      default -> false;
    };
  }

  /** The first line, cut where it is long. */
  static String brief(String text) {
    String line = clean(text).strip().lines().findFirst().orElse("");
    String cut = line.length() > MAX_LINE ? dev.agent.text.Clip.head(line, MAX_LINE) + " …" : line;
    return text.strip().lines().count() > 1 ? cut + " …" : cut;
  }

  /** The beginning of an output; of a failed one the end. */
  static List<String> excerpt(String output, boolean failed) {
    List<String> all = output(output).stripTrailing().lines().toList();
    int most = failed ? TAIL : HEAD;
    if (all.size() <= most + 1) {
      return all;
    }
    List<String> shown = new ArrayList<>();
    String more = (all.size() - most) + " more lines";
    if (failed) {
      shown.add("(" + more + " before)");
      shown.addAll(all.subList(all.size() - most, all.size()));
    } else {
      shown.addAll(all.subList(0, most));
      shown.add("(" + more + ")");
    }
    return shown;
  }

  /** A change as sentences: {@code removed line 6: …}, {@code added line 6: …}. */
  static List<String> diff(Display.Diff diff) {
    List<String> lines = new ArrayList<>();
    for (Display.Hunk hunk : diff.hunks()) {
      int before = hunk.oldStart();
      int after = hunk.newStart();
      for (String line : hunk.lines()) {
        String text = named(line.isEmpty() ? "" : line.substring(1).replaceFirst("\r$", ""));
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case '-' -> {
            lines.add("removed line " + before + ": " + text);
            before++;
          }
          case '+' -> {
            lines.add("added line " + after + ": " + text);
            after++;
          }
          default -> {
            before++;
            after++;
          }
        }
      }
    }
    return limited(lines);
  }

  private static List<String> limited(List<String> lines) {
    if (lines.size() <= MAX_LINES) {
      return lines;
    }
    List<String> shown = new ArrayList<>(lines.subList(0, MAX_LINES));
    shown.add("(" + (lines.size() - MAX_LINES) + " more lines)");
    return shown;
  }

  /** A result for people; no line when there is nothing to see. */
  static List<String> of(Display display, boolean failed) {
    return switch (display) {
      case Display.Text(String text) -> excerpt(text, failed);
      case Display.Diff diff -> {
        List<String> lines = new ArrayList<>();
        lines.add((diff.created() ? "created " : "changed ") + exact(diff.path()));
        lines.addAll(diff(diff));
        yield lines;
      }
      case Display.FileList(List<String> paths, int more) -> {
        int count = paths.size() + more;
        List<String> lines = new ArrayList<>();
        lines.add(count == 1 ? "1 file" : count + " files");
        lines.addAll(excerpt(String.join("\n", paths), false));
        yield lines;
      }
      case Display.Table(List<String> headings, List<List<String>> rows) -> table(headings, rows);
      case Display.Todos(List<Display.Todo> items) -> todos(items);
      case Display.Image(String type, long bytes) -> List.of(type + ", " + bytes + " bytes");
      case Display.Command(String output, int code, boolean timedOut, String background) -> {
        List<String> lines = new ArrayList<>(excerpt(output, failed));
        if (!background.isEmpty()) {
          lines.add("runs in the background as " + background);
        } else if (timedOut) {
          lines.add("stopped: its time was over");
        } else if (code != 0) {
          lines.add("exit code " + code);
        }
        yield lines;
      }
    };
  }

  /** Rows as {@code heading: value}. */
  static List<String> table(List<String> headings, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>();
      boolean pair = row.size() == 2 && headings.stream().allMatch(String::isBlank);
      for (int i = 0; i < row.size(); i++) {
        String heading = i < headings.size() ? headings.get(i) : "";
        if (!row.get(i).isBlank()) {
          cells.add((heading.isBlank() ? "" : heading + ": ") + clean(row.get(i)));
        }
      }
      lines.add(String.join(pair ? ": " : ", ", cells));
    }
    return limited(lines);
  }

  private static List<String> todos(List<Display.Todo> items) {
    List<String> lines = new ArrayList<>();
    for (Display.Todo item : items) {
      lines.add(
          switch (item.status()) {
                case "completed" -> "done: ";
                case "in_progress" -> "now: ";
                default -> "open: ";
              }
              + clean(item.content()));
    }
    return lines;
  }
}
