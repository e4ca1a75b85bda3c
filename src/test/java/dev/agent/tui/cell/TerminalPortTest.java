package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.testing.TestTerminal;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalPortTest {
  private static final List<TerminalMode> USUAL =
      List.of(
          TerminalMode.ALTERNATE_SCREEN,
          TerminalMode.TITLE,
          TerminalMode.MODIFIED_KEYS,
          TerminalMode.KITTY_KEYS,
          TerminalMode.PASTE,
          TerminalMode.FOCUS,
          TerminalMode.MOUSE);

  private final FakeTty tty = new FakeTty();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TerminalPort port = port(Optional.empty(), out);

  private TerminalPort port(Optional<TerminalHandover> handover, OutputStream to) {
    return new TerminalPort(
        handover, new TerminalInput(InputStream.nullInputStream(), List.of()), to, () -> tty);
  }

  /** A driver that notes what it is told. */
  private static final class FakeTty implements Tty {
    private final List<String> calls = new ArrayList<>();
    private byte[] now = new byte[256];
    private int loads;

    @Override
    public byte[] attributes() {
      loads++;
      return now.clone();
    }

    @Override
    public void set(byte[] attributes) {
      now = attributes.clone();
      calls.add("set " + Arrays.hashCode(now));
    }

    @Override
    public byte[] raw(byte[] attributes) {
      byte[] raw = attributes.clone();
      raw[0] = 1;
      return raw;
    }

    @Override
    public int size() {
      return 100 << 16 | 30;
    }

    @Override
    public void stop() {
      calls.add("stop");
    }
  }

  private String written() {
    String text = out.toString(StandardCharsets.UTF_8).replace("\33", "^");
    out.reset();
    return text;
  }

  @Test
  void modesAndFirstFrameAreOneWriteAndAreUndoneInReverseOrder() throws IOException {
    port.start(USUAL, new Bytes().ascii("frame"));
    assertThat(written())
        .isEqualTo("^[?1049h^[22;0t^[>4;1m^[>1u^[?2004h^[?1004h^[?1002h^[?1006hframe");
    assertThat(tty.now[0]).isEqualTo((byte) 1);
    assertThat(port.columns() + "x" + port.rows()).isEqualTo("100x30");

    port.restore();
    port.restore();

    assertThat(written())
        .isEqualTo(
            "^[?2026l^[?1006l^[?1003l^[?1002l^[?1000l^[?1004l^[?2004l^[<u^[>4;0m"
                + "^[?25h^[0 q^[r^[m^[23;0t^[?1049l");
    assertThat(tty.now[0]).isZero();
    assertThat(tty.calls).hasSize(2);
    assertThat(port.write(new Bytes().ascii("late"))).isFalse();
    assertThat(written()).isEmpty();
  }

  @Test
  void nothingIsLeftBehindInTheTerminal() throws IOException {
    TestTerminal terminal = TestTerminal.naive(40, 5, _ -> 1);
    port.start(USUAL, new Bytes());
    port.enable(TerminalMode.COLOR_SCHEME);
    port.write(new Bytes().ascii("\33[?2026h\33[?25l\33[6 q\33[1;31mx"));
    terminal.feed(out.toByteArray());
    out.reset();
    assertThat(terminal.modes()).contains("?1049", "?2004", "?1004", "?1002", "?1006", "?2031");

    port.end();

    terminal.feed(out.toByteArray());
    assertThat(terminal.modes()).isEmpty();
    assertThat(terminal.isCursorVisible()).isTrue();
    assertThat(terminal.cursorShape()).isZero();
    terminal.feed("y".getBytes(StandardCharsets.UTF_8));
    assertThat(terminal.at(0, 0)).isEqualTo(new TestTerminal.Shown("y", "", "", 0, "", 1));
  }

  @Test
  void withoutTheAlternateScreenTheCursorStaysWhereItIs() throws IOException {
    port.start(List.of(TerminalMode.PASTE), new Bytes());
    written();

    port.restore();

    assertThat(written()).isEqualTo("^[?2026l^[?2004l^[?25h^[0 q^[m");
  }

  @Test
  void modesThatWereSwitchedOffAreNotUndoneAgain() throws IOException {
    port.start(List.of(TerminalMode.ALTERNATE_SCREEN, TerminalMode.MOUSE), new Bytes());
    port.enable(TerminalMode.MOUSE);
    port.disable(TerminalMode.MOUSE);
    port.disable(TerminalMode.FOCUS);
    written();

    port.restore();

    assertThat(written()).isEqualTo("^[?2026l^[?25h^[0 q^[r^[m^[?1049l");
  }

  @Test
  void everythingIsSetAgainAfterAChildHadTheTerminal() throws IOException {
    port.start(USUAL, new Bytes());
    String on = written();
    port.restore();
    written();

    port.resume();

    assertThat(written()).isEqualTo(on);
    assertThat(tty.now[0]).isEqualTo((byte) 1);
    port.end();
    written();
    port.resume();
    assertThat(written()).as("after the end").isEmpty();
  }

  @Test
  void suspendingGivesTheTerminalBackBeforeTheJobStops() throws IOException {
    port.start(List.of(TerminalMode.ALTERNATE_SCREEN), new Bytes());
    tty.calls.clear();
    written();

    port.suspend(() -> tty.calls.add("left: " + written()));

    // Nobody continues the job here, as with one that the system does not stop.
    assertThat(tty.calls).element(1).isEqualTo("left: ^[?2026l^[?25h^[0 q^[r^[m^[?1049l");
    assertThat(tty.calls).element(2).isEqualTo("stop");
    assertThat(tty.calls).hasSize(4);
    assertThat(written()).isEqualTo("^[?1049h");
  }

  @Test
  void aTerminalThatTakesNothingIsGivenUp() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            try {
              released.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    TerminalPort port =
        new TerminalPort(
            Optional.empty(),
            new TerminalInput(InputStream.nullInputStream(), List.of()),
            stuck,
            () -> tty,
            20);
    port.prepare();
    port.startedBefore(List.of(TerminalMode.ALTERNATE_SCREEN));
    assertThat(port.isStuck()).isFalse();

    port.end(); // or the test hangs

    assertThat(port.isStuck()).isTrue();
    released.countDown();
  }

  @Test
  void aWriteThatHangsDoesNotKeepTheTerminal() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int value) {
            out.write(value);
          }

          @Override
          public void write(byte[] bytes, int from, int count) {
            if (count > 1000) {
              hangs.countDown();
              try {
                released.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            } else {
              out.write(bytes, from, count);
            }
          }
        };
    TerminalPort stuck = port(Optional.empty(), slow);
    stuck.start(List.of(TerminalMode.ALTERNATE_SCREEN), new Bytes());
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    stuck.write(new Bytes().ascii("x".repeat(5000)));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    hangs.await();

    stuck.restore();

    assertThat(written()).endsWith("^[?1049l");
    released.countDown();
    writer.join();
  }

  @Test
  void aPreparedTerminalStartsWithoutTheDriver() throws IOException {
    Map<String, String> environment =
        Map.of(
            "AGENT_TERMINAL",
            "120 40"
                + " 4500:5:bf:8a3b:3:1c:7f:15:4:0:1:0:11:13:1a:0:12:f:17:16:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0");
    TerminalPort prepared = port(TerminalHandover.of(environment), out);

    prepared.start(List.of(TerminalMode.ALTERNATE_SCREEN), new Bytes().ascii("frame"));

    assertThat(prepared.columns() + "x" + prepared.rows()).isEqualTo("120x40");
    assertThat(tty.loads).isZero();
    tty.now[16] = 9;
    prepared.end();
    assertThat(Arrays.copyOf(tty.now, 24))
        .containsExactly(
            0, 0x45, 0, 0, 5, 0, 0, 0, 0xBF, 0, 0, 0, 0x3B, 0x8A, 0, 0, 9, 3, 0x1C, 0x7F, 0x15, 4,
            0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "80 24",
    "80 24 gfmt1:cflag=4b00",
    "80 24 500:5:bf",
    "x 24 500:5:bf:8a3b:3",
    "80 24 500:5:bf:8a3b:3; 1",
    "99999 24 500:5:bf:8a3b:3"
  })
  void aNoteThatIsNotUnderstoodIsNoNote(String note) {
    assertThat(TerminalHandover.of(Map.of("AGENT_TERMINAL", note))).isEmpty();
  }

  /** In a real terminal: the settings before and after, and what came between. */
  @ParameterizedTest
  @CsvSource({"exit, false", "throw, false", "kill, true", "early, true"})
  void theDriverIsSetBackBitForBit(String how, boolean prepared) throws Exception {
    assumeTrue(new File("/usr/bin/script").canExecute(), "there is no script(1)");
    String prepare =
        prepared
            ? "AGENT_TERMINAL=\"80 24 $(stty -g)\"; export AGENT_TERMINAL; stty raw -echo; "
            : "";
    String java =
        String.join(
            " ",
            "'" + System.getProperty("java.home") + "/bin/java'",
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED",
            "-cp \"$TEST_PATH\"",
            PortProgram.class.getName(),
            how);
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/script",
            "-qec",
            "echo before $(stty -g); "
                + prepare
                + java
                + " 2>/dev/null; echo; echo after $(stty -g)",
            "/dev/null");
    builder.environment().put("TEST_PATH", System.getProperty("java.class.path"));
    builder.environment().put("SHELL", "/bin/sh");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    StringBuilder seen = new StringBuilder();
    boolean told = false;
    try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        seen.append((char) c);
        if (!told && seen.indexOf("ready") >= 0) {
          told = true;
          if (how.equals("kill")) {
            process
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroy);
          } else {
            process.outputWriter().append('q').flush();
          }
        }
      }
    }
    String text = seen.toString();
    List<String> settings =
        Pattern.compile("(?:before|after) ([0-9a-f:]+)")
            .matcher(text)
            .results()
            .map(r -> r.group(1))
            .toList();
    assertThat(settings).as(text).hasSize(2);
    assertThat(settings.get(1)).isEqualTo(settings.get(0));
    assertThat(text.contains("\33[?1049h")).isEqualTo(!how.equals("early"));
    assertThat(text.contains("\33[23;0t\33[?1049l")).isEqualTo(!how.equals("early"));
  }
}
