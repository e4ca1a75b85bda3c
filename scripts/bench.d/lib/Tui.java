import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import com.sun.management.ThreadMXBean;
import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.CellScreen;
import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.ColorDepth;
import dev.agent.tui.cell.CursorShape;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Measures painting, comparing and writing of frames, ours and Lanterna's. */
final class Tui {
  private static final int FRAMES = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Capabilities CAPABILITIES =
      new Capabilities(ColorDepth.RGB, true, false, false, true);

  /** One way to show frame number n. */
  private interface Frames {
    void show(int number) throws IOException;
  }

  private record Cost(double cpuMicros, double allocatedBytes) {}

  /** Counts what goes nowhere. */
  private static final class Sink extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] data, int from, int count) {
      bytes += count;
    }
  }

  /** Lanterna's own terminal for streams, of a fixed size. */
  private static final class StreamTerminal extends ANSITerminal {
    private final TerminalSize size;

    StreamTerminal(OutputStream out, TerminalSize size) {
      super(new ByteArrayInputStream(new byte[0]), out, StandardCharsets.UTF_8);
      this.size = size;
    }

    @Override
    protected TerminalSize findTerminalSize() {
      return size;
    }

    @Override
    public synchronized TerminalPosition getCursorPosition() {
      return TerminalPosition.TOP_LEFT_CORNER;
    }
  }

  private Tui() {}

  static void run(int rounds) throws IOException {
    costs(rounds);
    bytes();
  }

  private static void costs(int rounds) throws IOException {
    Row[] rows = rows(400, 200);
    CellScreen screen = new CellScreen(200, 50, CAPABILITIES);
    Sink sink = new Sink();
    TerminalScreen theirs = theirs(sink, 200, 50);
    compare(
        "frame, all rows scrolled by one",
        rounds,
        number -> ours(screen, rows, number, sink),
        number -> theirs(theirs, rows, number));
    compare(
        "frame, every row new",
        rounds,
        number -> ours(screen, rows, number * 53 % 340, sink),
        number -> theirs(theirs, rows, number * 53 % 340));
    compare(
        "frame, nothing changed",
        rounds,
        _ -> ours(screen, rows, 7, sink),
        _ -> theirs(theirs, rows, 7));
  }

  private static void compare(String name, int rounds, Frames ours, Frames theirs)
      throws IOException {
    Cost[] own = new Cost[rounds];
    Cost[] other = new Cost[rounds];
    for (int i = 0; i < 2; i++) {
      measure(ours);
      measure(theirs);
    }
    for (int i = 0; i < rounds; i++) {
      own[i] = measure(ours);
      other[i] = measure(theirs);
    }
    double ownMicros = median(own, true);
    double otherMicros = median(other, true);
    Bars.ratio(name + ", CPU µs", ownMicros, otherMicros, 0.05);
    double allocated = median(own, false);
    Bars.atMost(name + ", bytes allocated", allocated, 2048);
    Bars.told(name + ", bytes that TerminalScreen allocates", median(other, false));
  }

  private static Cost measure(Frames frames) throws IOException {
    long thread = Thread.currentThread().threadId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < FRAMES; i++) {
      frames.show(i);
    }
    return new Cost(
        (THREADS.getCurrentThreadCpuTime() - nanos) / 1000.0 / FRAMES,
        (double) (THREADS.getThreadAllocatedBytes(thread) - bytes) / FRAMES);
  }

  private static double median(Cost[] costs, boolean cpu) {
    return Arrays.stream(costs)
        .mapToDouble(cost -> cpu ? cost.cpuMicros() : cost.allocatedBytes())
        .sorted()
        .toArray()[costs.length / 2];
  }

  private static int ours(CellScreen screen, Row[] rows, int from, Sink sink) throws IOException {
    int height = screen.buffer().rows();
    for (int y = 0; y < height; y++) {
      screen.buffer().paint(rows[from + y], 0, y, screen.buffer().columns());
    }
    screen.cursor(0, height - 1, CursorShape.BAR);
    var bytes = screen.frame(0);
    bytes.writeTo(sink);
    return bytes.length();
  }

  private static TerminalScreen theirs(Sink sink, int columns, int rows) throws IOException {
    TerminalScreen screen =
        new TerminalScreen(new StreamTerminal(sink, new TerminalSize(columns, rows)));
    screen.startScreen();
    return screen;
  }

  private static void theirs(TerminalScreen screen, Row[] rows, int from) throws IOException {
    screen.clear();
    TextGraphics graphics = screen.newTextGraphics();
    int height = screen.getTerminalSize().getRows();
    for (int y = 0; y < height; y++) {
      int x = 0;
      for (Span span : rows[from + y].spans()) {
        Color color = span.style().foreground();
        graphics.setForegroundColor(
            color.isDefault()
                ? TextColor.ANSI.DEFAULT
                : new TextColor.RGB(
                    color.value() >> 16, color.value() >> 8 & 0xFF, color.value() & 0xFF));
        graphics.clearModifiers();
        if (span.style().has(Style.BOLD)) {
          graphics.enableModifiers(SGR.BOLD);
        }
        graphics.putString(x, y, span.text());
        x += span.width();
      }
    }
    screen.setCursorPosition(new TerminalPosition(0, height - 1));
    screen.refresh();
  }

  private static void bytes() throws IOException {
    Sink sink = new Sink();
    Row[] rows = rows(100, 100);
    CellScreen screen = new CellScreen(100, 30, CAPABILITIES);
    int full = ours(screen, rows, 0, sink);
    int scrolled = ours(screen, rows, 1, sink);
    CellScreen rewriting =
        new CellScreen(100, 30, new Capabilities(ColorDepth.RGB, true, false, false, false));
    ours(rewriting, rows, 0, sink);
    int rewritten = ours(rewriting, rows, 1, sink);
    Bars.ratio("bytes, scroll by a row", scrolled, rewritten, 0.4);

    Sink theirBytes = new Sink();
    TerminalScreen theirs = theirs(theirBytes, 100, 30);
    theirBytes.bytes = 0;
    theirs(theirs, rows, 0);
    Bars.ratio("bytes, full frame", full, theirBytes.bytes, 1);

    String typed = "> ";
    int most = 0;
    for (int i = 0; i < 60; i++) {
      typed += (char) ('a' + i % 26);
      screen.buffer().paint(Row.of(typed, Style.PLAIN), 0, 27, 100);
      screen.cursor(typed.length(), 27, CursorShape.BAR);
      int length = screen.frame(0).length();
      most = i == 0 ? most : Math.max(most, length);
    }
    Bars.atMost("bytes, an echoed key", most, 48);
  }

  /** Rows of text in three styles that fill most of the width. */
  private static Row[] rows(int count, int columns) {
    Random random = new Random(1);
    Row[] rows = new Row[count];
    for (int i = 0; i < count; i++) {
      rows[i] =
          Row.of(
              Span.of(i + " ", Style.PLAIN.with(Color.rgb(0x808080))),
              Span.of(words(random, columns / 3), Style.PLAIN),
              Span.of(words(random, columns / 4), Style.PLAIN.plus(Style.BOLD)),
              Span.of(words(random, columns / 4), Style.PLAIN.with(Color.rgb(0x3060C0))));
    }
    return rows;
  }

  private static String words(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      for (int letters = 1 + random.nextInt(8); letters > 0; letters--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(' ');
    }
    return text.toString();
  }
}
