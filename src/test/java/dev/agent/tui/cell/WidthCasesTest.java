package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agent.testing.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * Widths against some thousand texts in {@code width-cases}, which know nothing of the product:
 * where terminals agree a row may trust the figure, where they don't it has to find its right edge
 * again whatever the terminal thinks.
 */
class WidthCasesTest {
  private static final Path CASES = Path.of("src/test/resources/width-cases");
  private static final int COLUMNS = 24;
  private static final Capabilities PLAIN =
      new Capabilities(ColorDepth.NONE, false, false, false, true);

  /** A text, how many columns it has, and whether terminals agree on that. */
  private record Case(String text, int cells, String kind) {
    boolean isContested() {
      return kind.equals("contested");
    }

    @Override
    public String toString() {
      return text
          + " "
          + text.codePoints().mapToObj(it -> "%04X".formatted(it)).toList()
          + " of class "
          + kind;
    }
  }

  private static List<Case> cases() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Case> cases = new ArrayList<>();
    for (String file : List.of("by-hand.jsonl", "unicode.jsonl")) {
      for (String line : Files.readAllLines(CASES.resolve(file))) {
        JsonNode row = json.readTree(line);
        cases.add(
            new Case(
                row.get("text").asText(), row.get("cells").asInt(), row.get("class").asText()));
      }
    }
    return cases;
  }

  @Test
  void everyTextHasItsWidth() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Case it : cases()) {
      int width = Cells.width(it.text);
      if (width != it.cells) {
        wrong.add(it + " has " + it.cells + " columns, not " + width);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void onlyWhatTerminalsDisputeIsTreatedAsDisputed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Case it : cases()) {
      Clusters clusters = new Clusters().reset(it.text);
      boolean contested = false;
      while (clusters.next()) {
        contested |= clusters.isContested();
      }
      if (contested != it.isContested()) {
        wrong.add(it + (contested ? " is disputed here" : " is trusted here"));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A terminal for which joiners, selectors, tones and marks above the base do nothing. */
  private static int apart(int point) {
    return switch (point) {
      case 0x200D, 0xFE0E, 0xFE0F -> 0;
      default -> Math.max(Cells.width(Character.toString(point)), isMark(point) ? 0 : 1);
    };
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT;
  }

  /** A terminal of long ago: whatever is beyond the first plane takes one column. */
  private static int old(int point) {
    return point > 0xFFFF ? 1 : apart(point);
  }

  /** A terminal that has an opinion of its own about everything that is disputed. */
  private static int stubborn(String cluster) {
    Clusters one = new Clusters().reset(cluster);
    int width = one.next() ? one.width() : 0;
    return one.isContested() && width > 0 ? 3 - width : width;
  }

  @Test
  void theRightBorderStaysWhereverTheTerminalThinksItIs() throws IOException {
    List<String> moved = new ArrayList<>();
    List<Case> contested = cases().stream().filter(Case::isContested).toList();
    assertThat(contested).hasSizeGreaterThan(300);
    IntUnaryOperator apart = WidthCasesTest::apart;
    IntUnaryOperator old = WidthCasesTest::old;
    ToIntFunction<String> stubborn = WidthCasesTest::stubborn;
    for (Case it : contested) {
      check(it, TestTerminal.naive(COLUMNS, 2, apart), "draws code points apart", moved);
      check(it, TestTerminal.naive(COLUMNS, 2, old), "knows no emoji", moved);
      check(it, TestTerminal.clustering(COLUMNS, 2, stubborn), "has other widths", moved);
    }
    assertThat(moved).isEmpty();
  }

  private static void check(Case it, TestTerminal terminal, String kind, List<String> moved) {
    CellScreen screen = new CellScreen(COLUMNS, 2, PLAIN);
    paint(screen, "│ " + it.text + " end", terminal);
    note(it, terminal, kind, moved);
    // Something behind it changes, and nothing else.
    paint(screen, "│ " + it.text + " new", terminal);
    note(it, terminal, kind + ", after a change", moved);
    paint(screen, "│ nothing of the kind", terminal);
    note(it, terminal, kind + ", when it is gone", moved);
  }

  private static void paint(CellScreen screen, String text, TestTerminal terminal) {
    String row = Cells.pad(text, COLUMNS - 1) + "│";
    screen.buffer().paint(Row.of(row, Style.PLAIN), 0, 0, COLUMNS);
    screen
        .buffer()
        .paint(Row.of(Cells.pad("below", COLUMNS - 1) + "│", Style.PLAIN), 0, 1, COLUMNS);
    terminal.feed(screen.frame(0).toArray());
  }

  private static void note(Case it, TestTerminal terminal, String kind, List<String> moved) {
    for (int y = 0; y < 2; y++) {
      if (!terminal.at(COLUMNS - 1, y).text().equals("│")
          || !terminal.at(0, y).text().startsWith(y == 0 ? "│" : "b")) {
        moved.add(it + " on a terminal that " + kind + ": " + terminal.text(y));
      }
    }
  }
}
