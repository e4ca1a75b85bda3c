package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyReaderTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final PipedOutputStream terminal = new PipedOutputStream();
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private PipedInputStream in = new PipedInputStream();
  private KeyReader reader = new KeyReader(in, _ -> {}, () -> {});

  @BeforeEach
  void begin() throws IOException {
    in = new PipedInputStream(terminal);
    reader =
        new KeyReader(
            in, bytes -> read.add(new String(bytes, StandardCharsets.UTF_8)), ended::countDown);
    reader.start();
  }

  @AfterEach
  void end() throws IOException {
    terminal.close();
  }

  private void types(String text) {
    try {
      terminal.write(text.getBytes(StandardCharsets.UTF_8));
      terminal.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(read.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void whatTheTerminalSaysEndsTheReadAndThenNothingIsRead() throws Exception {
    boolean rests = reader.pause(() -> types("answer"), LONG);

    assertThat(rests).isTrue();
    assertThat(next()).isEqualTo("answer");
    types("for another program");
    assertThat(in.available()).isEqualTo("for another program".length());
    assertThat(read).isEmpty();

    reader.resume();
    assertThat(next()).isEqualTo("for another program");
  }

  @Test
  void aSilentTerminalIsNotWaitedForLong() throws Exception {
    assertThat(reader.pause(() -> {}, Duration.ofMillis(1))).isFalse();

    types("a");
    assertThat(next()).isEqualTo("a");
    reader.resume();
    types("b");
    assertThat(next()).isEqualTo("b");
  }

  @Test
  void whatIsDivertedIsLost() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    reader.divert(came::countDown);
    types("a");
    assertThat(came.await(30, TimeUnit.SECONDS)).isTrue();

    reader.restore();
    types("b");

    assertThat(next()).isEqualTo("b");
  }

  @Test
  void theEndIsTold() throws Exception {
    terminal.close();

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
