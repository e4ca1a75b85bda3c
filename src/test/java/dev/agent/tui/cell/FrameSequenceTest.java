package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.TestTerminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jline.builtins.ScreenTerminal;
import org.junit.jupiter.api.Test;

/**
 * Random frames, one after the other: a terminal that showed the first and gets the bytes must show
 * the second. {@code -Dframes.count=100000} runs the long way.
 */
class FrameSequenceTest {
  private static final int COUNT = Integer.getInteger("frames.count", 3000);
  private static final long SEED = Long.getLong("frames.seed", 7);

  @Test
  void aStrictTerminalShowsEachFrame() {
    for (int i = 0; i < COUNT / 10; i++) {
      play(new Random(SEED + i), 10, ColorDepth.RGB, true);
    }
  }

  @Test
  void aTerminalThatDrawsEveryCodePointByItselfKeepsAllCertainCells() {
    for (int i = 0; i < COUNT / 10; i++) {
      play(new Random(SEED * 31 + i), 10, ColorDepth.PALETTE, false);
    }
  }

  /** Widths as an old terminal has them: joiners vanish, selectors and modifiers do nothing. */
  private static int naiveWidth(int point) {
    if (point == 0x200D || point == 0xFE0F || point == 0x20E3 || Character.getType(point) == 6) {
      return 0;
    }
    return point >= 0x1100 && Cells.width(Character.toString(point)) == 2 ? 2 : 1;
  }

  private static void play(Random random, int frames, ColorDepth depth, boolean clustering) {
    int columns = 1 + random.nextInt(60);
    int rows = 1 + random.nextInt(24);
    Capabilities capabilities =
        new Capabilities(
            depth, random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), true);
    CellScreen screen = new CellScreen(columns, rows, capabilities);
    TestTerminal terminal = terminal(columns, rows, clustering);
    RandomPainter painter = new RandomPainter(random, true);
    for (int i = 0; i < frames; i++) {
      switch (random.nextInt(20)) {
        case 0 -> {
          columns = 1 + random.nextInt(60);
          rows = 1 + random.nextInt(24);
          // Whatever the terminal made of the old screen at the new size.
          terminal = terminal(columns, rows, clustering);
          terminal.litter();
          screen.resize(columns, rows);
          screen.repaint();
        }
        case 1 -> {
          terminal.litter();
          screen.repaint();
        }
        default -> {}
      }
      painter.paint(screen.buffer());
      if (random.nextInt(4) == 0) {
        screen.hideCursor();
      } else {
        screen.cursor(random.nextInt(columns), random.nextInt(rows), CursorShape.BAR);
      }
      // Twelve minutes between two frames: numbers are given anew every now and then.
      byte[] bytes = screen.frame(random.nextInt(6) == 0 ? i * 720_000_000_000L : 0).toArray();
      terminal.feed(bytes);
      compare(screen.buffer(), terminal, capabilities, clustering);
      assertThat(screen.frame(0).length()).as("an unchanged frame").isZero();
    }
  }

  private static TestTerminal terminal(int columns, int rows, boolean clustering) {
    return clustering
        ? TestTerminal.clustering(columns, rows, Cells::width)
        : TestTerminal.naive(columns, rows, FrameSequenceTest::naiveWidth);
  }

  private static void compare(
      CellBuffer buffer, TestTerminal terminal, Capabilities capabilities, boolean clustering) {
    ColorMap colors = new ColorMap(capabilities.depth());
    for (int y = 0; y < buffer.rows(); y++) {
      for (int x = 0; x < buffer.columns(); x++) {
        boolean contested = Cell.isContested(buffer.cells[y * buffer.columns() + x]);
        if (contested && !clustering) {
          continue;
        }
        Style style = buffer.styleAt(x, y);
        TestTerminal.Shown shown = terminal.at(x, y);
        String text = buffer.textAt(x, y);
        boolean blank = text.equals(" ");
        int seen = blank ? TestTerminal.UNDERLINE | TestTerminal.INVERSE | TestTerminal.STRIKE : -1;
        boolean inverted = style.has(Style.INVERSE);
        String link = capabilities.hyperlinks() ? buffer.linkAt(x, y) : "";
        TestTerminal.Shown wanted =
            new TestTerminal.Shown(
                text,
                blank && !inverted ? "" : color(colors.map(style.foreground())),
                color(colors.map(style.background())),
                flags(style) & seen,
                link,
                buffer.widthAt(x, y));
        TestTerminal.Shown actual =
            new TestTerminal.Shown(
                shown.text(),
                blank && !inverted ? "" : shown.foreground(),
                shown.background(),
                shown.flags() & seen,
                shown.link(),
                shown.width());
        if (!wanted.equals(actual)) {
          assertThat(actual)
              .as("cell " + x + "," + y + " of row " + buffer.text(y))
              .isEqualTo(wanted);
        }
      }
    }
  }

  private static String color(int bits) {
    int value = bits & 0xFFFFFF;
    return switch (bits >>> 24) {
      case 0 -> "";
      case 1 -> String.valueOf(value);
      default -> (value >> 16) + "," + (value >> 8 & 0xFF) + "," + (value & 0xFF);
    };
  }

  private static int flags(Style style) {
    return (style.has(Style.BOLD) ? TestTerminal.BOLD : 0)
        | (style.has(Style.DIM) ? TestTerminal.DIM : 0)
        | (style.has(Style.ITALIC) ? TestTerminal.ITALIC : 0)
        | (style.has(Style.UNDERLINE) ? TestTerminal.UNDERLINE : 0)
        | (style.has(Style.INVERSE) ? TestTerminal.INVERSE : 0)
        | (style.has(Style.STRIKE) ? TestTerminal.STRIKE : 0);
  }

  /**
   * JLine's emulator gives every character one column and knows few attributes, so it judges narrow
   * text: places, erasing, scrolling.
   */
  @Test
  void anotherEmulatorShowsEachFrameOfNarrowText() {
    for (int i = 0; i < COUNT / 10; i++) {
      Random random = new Random(SEED * 77 + i);
      int columns = 2 + random.nextInt(60);
      int rows = 2 + random.nextInt(24);
      CellScreen screen =
          new CellScreen(
              columns, rows, new Capabilities(ColorDepth.NONE, true, false, false, true));
      ScreenTerminal terminal = new ScreenTerminal(columns, rows);
      RandomPainter painter = new RandomPainter(random, false);
      for (int frame = 0; frame < 10; frame++) {
        painter.paint(screen.buffer());
        screen.cursor(random.nextInt(columns), random.nextInt(rows), CursorShape.DEFAULT);
        terminal.write(screen.frame(0).toString());
        long[] cells = new long[columns * rows];
        int[] cursor = new int[2];
        terminal.dump(cells, 0, 0, rows, columns, cursor);
        List<String> shown = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int y = 0; y < rows; y++) {
          StringBuilder row = new StringBuilder();
          for (int x = 0; x < columns; x++) {
            // It leaves zeros where it scrolls the whole screen by several rows.
            int point = (int) cells[y * columns + x];
            row.appendCodePoint(point == 0 ? ' ' : point);
          }
          shown.add(row.toString());
          wanted.add(screen.buffer().text(y));
        }
        assertThat(shown).isEqualTo(wanted);
      }
    }
  }
}
