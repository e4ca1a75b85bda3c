package dev.agent.tui.markup;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of a command, as it arrives. Colours and the like are kept as styles; a carriage
 * return lets the line be written over, as progress bars do; tabs lead to the next multiple of 8.
 * Every other control is removed, and no sequence gets through. The cuts between pieces don't
 * matter. Belongs to one thread.
 */
public final class AnsiText {
  private static final char ESCAPE = 27;
  private static final char BELL = 7;
  private static final int TAB = 8;

  /** Longer parameters are no colour; the sequence is skipped to its end. */
  private static final int MAX_PARAMETERS = 200;

  private static final Span NO_HANG = Span.decoration("", Style.PLAIN);

  private final List<List<Span>> lines = new ArrayList<>();
  private final AnsiLine line = new AnsiLine();
  private final StringBuilder parameters = new StringBuilder();
  private Reading reading = Reading.TEXT;
  private Style style = Style.PLAIN;

  /** The first half of a character whose second one has not come yet. */
  private String half = "";

  private int columns = -1;
  private boolean colourless;
  private final List<Row> rows = new ArrayList<>();
  private int drawn;

  /** Where in the grammar of control sequences (ECMA-48) the text stands. */
  private enum Reading {
    TEXT,
    ESCAPED,
    /** Behind ESC and an intermediate character: one more belongs to it. */
    DESIGNATION,
    SEQUENCE,
    /** OSC, DCS and their like: up to BEL or ESC \. */
    STRING,
    STRING_ESCAPED
  }

  /** The rows of a whole output. */
  public static List<Row> rows(String output, int columns, Theme theme) {
    AnsiText text = new AnsiText();
    text.append(output);
    return text.rows(columns, theme);
  }

  /** Adds output. */
  public void append(String more) {
    String output = half + more;
    half = "";
    if (!output.isEmpty() && Character.isHighSurrogate(output.charAt(output.length() - 1))) {
      half = output.substring(output.length() - 1);
      output = output.substring(0, output.length() - 1);
    }
    read(output);
  }

  private void read(String output) {
    int at = 0;
    while (at < output.length()) {
      char c = output.charAt(at);
      if (reading == Reading.TEXT && !isControl(c)) {
        int end = at + 1;
        while (end < output.length() && !isControl(output.charAt(end))) {
          end++;
        }
        line.write(Cells.visible(output.substring(at, end)), style);
        at = end;
      } else {
        control(c);
        at++;
      }
    }
  }

  /** How many lines there are; one without an end counts. */
  public int lines() {
    return lines.size() + (line.isEmpty() ? 0 : 1);
  }

  /**
   * The rows of everything so far; long lines wrap. A theme without colours takes those of the
   * output as well.
   */
  public List<Row> rows(int newColumns, Theme theme) {
    int wanted = Math.max(1, newColumns);
    if (wanted != columns || theme.isMonochrome() != colourless) {
      columns = wanted;
      colourless = theme.isMonochrome();
      rows.clear();
      drawn = 0;
    }
    for (; drawn < lines.size(); drawn++) {
      rows.addAll(wrap(lines.get(drawn)));
    }
    List<Row> all = new ArrayList<>(rows);
    if (!line.isEmpty()) {
      all.addAll(wrap(line.spans()));
    }
    return all;
  }

  private List<Row> wrap(List<Span> spans) {
    if (!colourless) {
      return Wrapping.wrap(spans, columns, NO_HANG);
    }
    List<Span> plain =
        spans.stream()
            .map(span -> Span.of(span.text(), Style.PLAIN.plus(span.style().flags())))
            .toList();
    return Wrapping.wrap(plain, columns, NO_HANG);
  }

  private static boolean isControl(char c) {
    return c < ' ' || (c >= 0x7F && c < 0xA0);
  }

  private void control(char c) {
    switch (reading) {
      case TEXT -> act(c);
      case ESCAPED -> escaped(c);
      case DESIGNATION -> reading = Reading.TEXT;
      case SEQUENCE -> sequence(c);
      case STRING -> string(c);
      case STRING_ESCAPED -> {
        // Whatever follows the ESC, the string is over.
        reading = Reading.TEXT;
        if (c != '\\') {
          escaped(c);
        }
      }
    }
  }

  private void act(char c) {
    switch (c) {
      case '\n' -> {
        lines.add(line.spans());
        line.clear();
      }
      case '\r' -> line.home();
      case '\b' -> line.back();
      case '\t' -> line.tab(TAB, style);
      case ESCAPE -> reading = Reading.ESCAPED;
      default -> {} // removed
    }
  }

  private void escaped(char c) {
    reading =
        switch (c) {
          case '[' -> Reading.SEQUENCE;
          case ']', 'P', '_', '^', 'X' -> Reading.STRING;
          case ESCAPE -> Reading.ESCAPED;
          case ' ', '#', '%', '(', ')', '*', '+', '-', '.', '/' -> Reading.DESIGNATION;
          default -> Reading.TEXT;
        };
    parameters.setLength(0);
    if (reading == Reading.TEXT && c < ' ') {
      act(c);
    }
  }

  private void sequence(char c) {
    if (c >= '@' && c <= '~') {
      reading = Reading.TEXT;
      finish(c);
    } else if (c >= ' ' && c <= '?') {
      if (parameters.length() <= MAX_PARAMETERS) {
        parameters.append(c);
      }
    } else {
      // No sequence holds this: what came is dropped, what comes is read anew.
      reading = Reading.TEXT;
      read(String.valueOf(c));
    }
  }

  private void finish(char kind) {
    String all = parameters.toString();
    boolean isPlain = all.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ';' || c == ':');
    if (!isPlain || all.length() > MAX_PARAMETERS) {
      return;
    }
    if (kind == 'm') {
      style = SgrStyle.change(style, all);
    } else if (kind == 'K') {
      line.erase(all);
    }
  }

  private void string(char c) {
    if (c == ESCAPE) {
      reading = Reading.STRING_ESCAPED;
    } else if (c == BELL || c == '\n') {
      // One that nobody ended must not swallow the rest of the output.
      reading = Reading.TEXT;
      if (c == '\n') {
        act(c);
      }
    }
  }
}
