package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellScreenTest {
  private static final Capabilities SYNCED =
      new Capabilities(ColorDepth.RGB, true, true, true, true);
  private static final Capabilities PLAIN =
      new Capabilities(ColorDepth.RGB, false, false, false, true);
  private static final Style RED = Style.PLAIN.with(Color.rgb(0xFF0000));

  private static String frame(CellScreen screen) {
    return screen.frame(0).toString().replace("\33", "^");
  }

  @Test
  void anEchoedKeyIsOneBracketedLetterAtTheCursor() {
    CellScreen screen = new CellScreen(100, 30, SYNCED);
    screen.cursor(2, 27, CursorShape.BAR);
    screen.frame(0);

    screen.buffer().paint(Row.of("> a", Style.PLAIN), 0, 27, 100);
    screen.cursor(3, 27, CursorShape.BAR);
    String first = frame(screen);
    screen.buffer().paint(Row.of("> ab", Style.PLAIN), 0, 27, 100);
    screen.cursor(4, 27, CursorShape.BAR);
    String second = frame(screen);

    assertThat(first).isEqualTo("^[?2026h\r> a^[?2026l");
    assertThat(second).isEqualTo("^[?2026hb^[?2026l");
  }

  @Test
  void withoutSynchronizingTheCursorHidesWhileAFrameIsDrawn() {
    CellScreen screen = new CellScreen(20, 3, PLAIN);
    screen.cursor(0, 1, CursorShape.BLOCK);
    assertThat(frame(screen)).isEqualTo("^[2H^[2 q");

    screen.buffer().paint("x", Style.PLAIN, 5, 0, 1);

    assertThat(frame(screen)).isEqualTo("^[?25l^[1;6Hx\r\n^[?25h");
    screen.hideCursor();
    assertThat(frame(screen)).isEqualTo("^[?25l");
    assertThat(frame(screen)).isEmpty();
  }

  @Test
  void nearChangesAreJoinedAndFarOnesJumpedTo() {
    CellScreen screen = new CellScreen(40, 2, SYNCED);
    screen.hideCursor();
    screen.buffer().paint(Row.of("abcdefghijklmnopqrstuvwxyz", Style.PLAIN), 0, 0, 40);
    screen.frame(0);

    screen.buffer().paint(Row.of("AbcdeFghijkLmnopqrstuvwxyz", Style.PLAIN), 0, 0, 40);

    assertThat(frame(screen)).isEqualTo("^[?2026h\rAbcdeF^[5CL^[?2026l");
  }

  @Test
  void blankTailsAreErased() {
    CellScreen screen = new CellScreen(40, 1, SYNCED);
    screen.hideCursor();
    screen.buffer().paint(Row.of("a text that fills the row to the end", RED), 0, 0, 40);
    screen.frame(0);

    screen.buffer().paint(Row.of("a text", RED), 0, 0, 40);

    assertThat(frame(screen)).isEqualTo("^[?2026h^[7G^[K^[?2026l");
  }

  @Test
  void onlyTheDifferenceOfStylesIsSent() {
    CellScreen screen = new CellScreen(40, 1, PLAIN);
    screen.hideCursor();
    screen.frame(0);
    Style bold = RED.plus(Style.BOLD);
    Row row =
        Row.of(
            Span.of("a", RED),
            Span.of("b ", bold),
            Span.of("c", bold.plus(Style.UNDERLINE)),
            Span.of("d", Style.PLAIN.plus(Style.BOLD)),
            Span.of("e", Style.PLAIN));

    screen.buffer().paint(row, 0, 0, 6);

    assertThat(frame(screen)).isEqualTo("^[H^[38;2;255;0;0ma^[1mb ^[4mc^[0;1md^[me");
  }

  @Test
  void rowsThatMoveTogetherAreScrolled() {
    CellScreen screen = new CellScreen(100, 30, SYNCED);
    screen.hideCursor();
    Random random = new Random(1);
    Row[] rows = new Row[60];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Row.of("line " + i + " " + Long.toString(random.nextLong(), 36).repeat(5), RED);
    }
    for (int y = 0; y < 26; y++) {
      screen.buffer().paint(rows[y], 0, y, 100);
    }
    int whole = screen.frame(0).length();

    for (int y = 0; y < 26; y++) {
      screen.buffer().paint(rows[y + 1], 0, y, 100);
    }
    String bytes = frame(screen);

    assertThat(bytes).startsWith("^[?2026h^[1;26r^[S^[r^[26H");
    assertThat(bytes.length()).isLessThan(whole / 10);
  }

  @Test
  void disputedClustersAreClearedDrawnAndLeftByAnAbsoluteMove() {
    CellScreen screen = new CellScreen(16, 1, SYNCED);
    screen.hideCursor();
    screen.frame(0);
    screen.buffer().paint(Row.of("a❤\uFE0Fb│", Style.PLAIN), 0, 0, 5);
    assertThat(frame(screen)).isEqualTo("^[?2026h^[Ha  ^[1;2H❤\uFE0F^[1;4Hb│^[K^[?2026l");

    screen.buffer().paint(Row.of("a❤\uFE0Fc│", Style.PLAIN), 0, 0, 5);

    assertThat(frame(screen)).contains("❤").contains("^[1;4Hc│");
  }

  @Test
  void nothingFromUntrustedTextReachesTheTerminalAsASequence() {
    CellScreen screen = new CellScreen(40, 3, SYNCED);
    screen.hideCursor();
    String evil = "\33]52;c;AAAA\7\u009B2J\u202E\u2028\u0000\uD83D\r\n";
    Span link = new Span("x", Style.PLAIN, "https://a\33\\evil", false);

    screen.buffer().paint(Row.of(Span.of(evil, Style.PLAIN), link), 0, 0, 40);
    String bytes = frame(screen);

    assertThat(bytes)
        .contains("␛]52;c;AAAA␇␦2J␤␀�␍␊")
        .doesNotContain("evil")
        .doesNotContain("\u202E");
    assertThat(bytes.replaceAll("\\^\\[(\\?(2026|25)[hl]|[0-9;]*[HKm])|\\^\\]8;;\\^\\\\", ""))
        .doesNotContain("^");
  }

  @Test
  void linksAreSentWhereTheTerminalKnowsThem() {
    Row row =
        Row.of(new Span("go", Style.PLAIN, "https://a.org/", false), Span.of("x", Style.PLAIN));
    CellScreen knows = new CellScreen(4, 1, SYNCED);
    knows.hideCursor();
    knows.frame(0);
    knows.buffer().paint(row, 0, 0, 4);
    CellScreen not = new CellScreen(4, 1, SYNCED.withHyperlinks(false));
    not.hideCursor();
    not.frame(0);
    not.buffer().paint(row, 0, 0, 4);

    assertThat(frame(knows)).isEqualTo("^[?2026h^[H^]8;id=1;https://a.org/^\\go^]8;;^\\x^[?2026l");
    assertThat(frame(not)).isEqualTo("^[?2026h^[Hgox^[?2026l");
  }

  @Test
  void withoutColorsNoColorIsSent() {
    Random random = new Random(4);
    CellScreen screen =
        new CellScreen(60, 20, new Capabilities(ColorDepth.NONE, true, true, true, true));
    RandomPainter painter = new RandomPainter(random, true);
    for (int i = 0; i < 300; i++) {
      painter.paint(screen.buffer());
      String bytes = screen.frame(0).toString();
      for (var match :
          (Iterable<java.util.regex.MatchResult>)
              java.util.regex.Pattern.compile("\33\\[([0-9;:]*)m").matcher(bytes).results()
                  ::iterator) {
        assertThat(match.group(1))
            .matches("|(0|1|2|3|4|7|9|22|23|24|27|29)(;(1|2|3|4|7|9|22|23|24|27|29))*");
      }
    }
  }

  @Test
  void aRepaintWritesEverythingWithoutErasingTheScreen() {
    CellScreen screen = new CellScreen(20, 2, SYNCED);
    screen.hideCursor();
    screen.buffer().paint(Row.of("first", Style.PLAIN), 0, 0, 20);
    screen.frame(0);

    screen.repaint();

    assertThat(frame(screen)).isEqualTo("^[?2026h^[m^[Hfirst^[K\r\n^[K^[?2026l");
    assertThat(frame(screen)).isEmpty();
  }

  @Test
  void fullPoolsAreRenewedAndTheScreenStaysTheSame() {
    CellScreen screen = new CellScreen(30, 10, SYNCED);
    screen.hideCursor();
    screen.buffer().paint(Row.of("e\u0301 stays", RED), 0, 9, 30);
    for (int i = 0; i < 40_000; i++) {
      String cluster =
          "a"
              + Character.toString(0x300 + i % 100)
              + Character.toString(0x300 + i / 100 % 100)
              + Character.toString(0x300 + i / 10_000);
      screen.buffer().paint(cluster, Style.PLAIN, i % 30, i / 30 % 9, 1);
      if (i % 300 == 299) {
        screen.frame(0);
      }
    }

    assertThat(screen.buffer().pools().generation()).isPositive();
    assertThat(screen.buffer().text(9)).startsWith("e\u0301 stays");
    assertThat(screen.buffer().styleAt(0, 9)).isEqualTo(RED);
  }

  @Test
  void framesAllocateNothingWorthMentioning() {
    CellScreen screen = new CellScreen(200, 50, SYNCED);
    Row[] rows = new Row[120];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Row.of(
              Span.of(i + " some text ", Style.PLAIN),
              Span.of("keyword ".repeat(8), RED.plus(Style.BOLD)),
              Span.of("漢字 └── e\u0301 ".repeat(4), Style.PLAIN.on(Color.rgb(i * 2))));
    }
    for (int i = 0; i < 60; i++) {
      paint(screen, rows, i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long before = threads.getThreadAllocatedBytes(thread);
      paint(screen, rows, i);
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertThat(least).as("bytes for a scrolled frame").isLessThanOrEqualTo(2048);
  }

  private static void paint(CellScreen screen, Row[] rows, int from) {
    for (int y = 0; y < 50; y++) {
      screen.buffer().paint(rows[from + y], 0, y, 200);
    }
    screen.cursor(from, 49, CursorShape.BAR);
    screen.frame(0);
  }

  @Test
  void anySizeDownToOneCellIsPainted() {
    for (int columns = 1; columns < 4; columns++) {
      CellScreen screen = new CellScreen(columns, 1, SYNCED);
      screen.buffer().paint(Row.of("漢字 text", RED), -1, 0, 50);
      screen.buffer().paint(Row.of("漢", RED), 0, -1, 50);
      screen.buffer().fill(-5, -5, 100, 100, RED);
      screen.buffer().paint("漢", RED, columns - 1, 0, 5);
      screen.cursor(99, 99, CursorShape.BAR);
      assertThat(screen.frame(0).length()).isPositive();
      assertThat(screen.buffer().text(0)).isEqualTo(" ".repeat(columns));
    }
  }

  @Test
  void halvesOfWideCharactersBecomeBlanks() {
    CellBuffer buffer = new CellBuffer(8, 1);
    buffer.paint(Row.of("漢字漢字", Style.PLAIN), 0, 0, 8);

    buffer.paint("x", Style.PLAIN, 1, 0, 1);
    buffer.paint("y", Style.PLAIN, 4, 0, 1);

    assertThat(buffer.text(0)).isEqualTo(" x字y 字");
    buffer.blit(buffer, 3, 0, 3, 1, 0, 0);
    assertThat(String.format(Locale.ROOT, "%s", buffer.text(0))).isEqualTo(" y  y 字");
  }
}
