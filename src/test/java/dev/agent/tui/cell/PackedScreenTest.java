package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.input.InputProvider;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.MouseCaptureMode;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import dev.agent.testing.TestTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedScreenTest {
  private static final int COLUMNS = 40;
  private static final int ROWS = 12;
  private static final KeyStroke ENTER = new KeyStroke(KeyType.Enter);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final FixedTty tty = new FixedTty();
  private final TerminalPort port =
      new TerminalPort(
          Optional.empty(),
          new TerminalInput(InputStream.nullInputStream(), List.of()),
          out,
          () -> tty);
  private final Capabilities capabilities =
      new Capabilities(ColorDepth.RGB, true, false, false, true);
  private final PortTerminal terminal =
      new PortTerminal(
          port,
          new InputProvider() {
            @Override
            public KeyStroke pollInput() {
              return ENTER;
            }

            @Override
            public KeyStroke readInput() {
              return ENTER;
            }
          },
          capabilities,
          List.of(TerminalMode.ALTERNATE_SCREEN));
  private final TestTerminal shown = TestTerminal.clustering(COLUMNS, ROWS, Cells::width);

  private static final class FixedTty implements Tty {
    private int size = COLUMNS << 16 | ROWS;

    @Override
    public byte[] attributes() {
      return new byte[256];
    }

    @Override
    public void set(byte[] attributes) {}

    @Override
    public byte[] raw(byte[] attributes) {
      return attributes;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void stop() {}
  }

  private PackedScreen screen() throws IOException {
    port.prepare();
    return new PackedScreen(terminal, capabilities, () -> 0);
  }

  private void show() {
    shown.feed(out.toByteArray());
    out.reset();
  }

  @Test
  void paintsWhatLanternasScreenPaints() throws IOException {
    PackedScreen ours = screen();
    DefaultVirtualTerminal virtual = new DefaultVirtualTerminal(new TerminalSize(COLUMNS, ROWS));
    TerminalScreen theirs = new TerminalScreen(virtual);
    ours.startScreen();
    theirs.startScreen();
    for (int seed = 0; seed < 200; seed++) {
      draw(ours, new Random(seed));
      draw(theirs, new Random(seed));
      ours.refresh();
      theirs.refresh();
      show();

      for (int y = 0; y < ROWS; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          TextCharacter expected = virtual.getCharacter(x, y);
          String where = "seed " + seed + " cell " + x + "," + y;
          if (ours.buffer().widthAt(x, y) > 0) {
            assertThat(ours.getBackCharacter(x, y)).as(where).isEqualTo(expected);
            assertThat(ours.getFrontCharacter(x, y)).as(where).isEqualTo(expected);
            assertThat(shown.at(x, y).text()).as(where).isEqualTo(expected.getCharacterString());
          }
        }
      }
      assertThat(new TerminalPosition(shown.cursorX(), shown.cursorY()))
          .isEqualTo(virtual.getCursorPosition());
    }
  }

  private static void draw(Screen screen, Random random) {
    TextGraphics graphics = screen.newTextGraphics();
    for (int times = 0; times < 4; times++) {
      graphics.setForegroundColor(color(random));
      graphics.setBackgroundColor(color(random));
      graphics.clearModifiers();
      if (random.nextBoolean()) {
        graphics.enableModifiers(
            random.nextBoolean() ? SGR.BOLD : SGR.UNDERLINE, SGR.REVERSE, SGR.ITALIC);
      }
      int x = random.nextInt(COLUMNS);
      int y = random.nextInt(ROWS);
      switch (random.nextInt(5)) {
        case 0 -> graphics.putString(x, y, "plain text, and some more of it");
        // Even columns, so that none is overwritten by half: Lanterna leaves the other half.
        case 1 -> graphics.putString(x / 4 * 2, y, "été ─│●");
        case 2 ->
            graphics.drawRectangle(
                new TerminalPosition(x, y), new TerminalSize(1 + random.nextInt(9), 3), '#');
        case 3 -> graphics.drawLine(x, y, random.nextInt(COLUMNS), random.nextInt(ROWS), '*');
        default ->
            graphics.fillRectangle(
                new TerminalPosition(x, y), new TerminalSize(5, 1 + random.nextInt(3)), '.');
      }
    }
    screen.setCursorPosition(new TerminalPosition(random.nextInt(COLUMNS), random.nextInt(ROWS)));
  }

  private static TextColor color(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> TextColor.ANSI.values()[random.nextInt(17)];
      case 1 -> new TextColor.Indexed(16 + random.nextInt(240));
      case 2 -> new TextColor.RGB(random.nextInt(256), random.nextInt(256), random.nextInt(256));
      default -> TextColor.ANSI.DEFAULT;
    };
  }

  @Test
  void aScreenStartsWithOneWriteAndLeavesNothingBehind() throws IOException {
    PackedScreen screen = screen();
    screen.newTextGraphics().putString(0, 0, "hello");
    screen.startScreen();
    show();
    assertThat(shown.text(0)).startsWith("hello");
    assertThat(shown.modes()).contains("?1049");
    assertThat(shown.syncedFrames()).isEqualTo(1);

    screen.setCursorPosition(null);
    screen.refresh();
    show();
    assertThat(shown.isCursorVisible()).isFalse();
    screen.stopScreen();
    show();

    assertThat(shown.modes()).isEmpty();
    assertThat(shown.isCursorVisible()).isTrue();
  }

  @Test
  void aNewSizeKeepsWhatBothSizesHave() throws IOException {
    PackedScreen screen = screen();
    screen.newTextGraphics().putString(0, 0, "hello");
    List<TerminalSize> heard = new ArrayList<>();
    terminal.addResizeListener((_, size) -> heard.add(size));
    screen.startScreen();
    assertThat(screen.doResizeIfNecessary()).isNull();

    tty.size = 20 << 16 | 5;
    terminal.resized();

    assertThat(screen.doResizeIfNecessary()).isEqualTo(new TerminalSize(20, 5));
    assertThat(heard).containsExactly(new TerminalSize(20, 5));
    assertThat(screen.getBackCharacter(0, 0).getCharacterString()).isEqualTo("h");
    assertThat(screen.getTerminalSize()).isEqualTo(new TerminalSize(20, 5));
  }

  @Test
  void rowsScrollAndTabsBecomeBlanks() throws IOException {
    PackedScreen screen = screen();
    for (int y = 0; y < ROWS; y++) {
      screen.newTextGraphics().putString(0, y, "row " + y);
    }
    screen.setCharacter(10, 0, TextCharacter.fromCharacter('\t')[0]);
    screen.scrollLines(2, 6, 2);
    screen.scrollLines(8, 11, -1);

    assertThat(
            java.util.stream.IntStream.range(0, ROWS).mapToObj(y -> screen.buffer().text(y).trim()))
        .containsExactly(
            "row 0", "row 1", "row 4", "row 5", "row 6", "", "", "row 7", "", "row 8", "row 9",
            "row 10");
    assertThat(screen.pollInput()).isEqualTo(ENTER);
    assertThat(screen.readInput()).isEqualTo(ENTER);
  }

  @Test
  void singleCallsReachTheTerminalAtAFlush() throws IOException {
    terminal.enterPrivateMode();
    terminal.setCursorPosition(3, 1);
    terminal.enableSGR(SGR.BOLD);
    terminal.setForegroundColor(TextColor.ANSI.RED);
    terminal.putString("a\33b");
    terminal.resetColorAndSGR();
    terminal.putCharacter('c');
    terminal.newTextGraphics().putString(0, 0, "top");
    terminal.setTitle("a\7b");
    terminal.bell();
    terminal.setMouseCaptureMode(MouseCaptureMode.CLICK);
    terminal.setMouseCaptureMode(null);
    out.reset();
    terminal.flush();
    String bytes = out.toString(StandardCharsets.UTF_8).replace("\33", "^");

    assertThat(bytes).isEqualTo("^[2;4H^[1;31ma␛b^[mc^[1;1Ht^[1;2Ho^[1;3Hp^]0;a␇b\7\7");
    terminal.close();
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\33[?1049l");
  }
}
