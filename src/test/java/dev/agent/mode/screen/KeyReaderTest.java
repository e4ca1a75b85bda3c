package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyReaderTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Terminal terminal = new Terminal();
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final KeyReader reader =
      new KeyReader(
          terminal, bytes -> read.add(new String(bytes, StandardCharsets.UTF_8)), ended::countDown);

  /** Says what it is told to say, and lets tests know that somebody waits for that. */
  private static final class Terminal extends InputStream {
    private static final String END = "";

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Semaphore readers = new Semaphore(0);

    void says(String text) {
      said.add(text);
    }

    void isReadFrom() throws InterruptedException {
      assertThat(readers.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into) throws IOException {
      readers.release();
      try {
        byte[] next = said.take().getBytes(StandardCharsets.UTF_8);
        System.arraycopy(next, 0, into, 0, next.length);
        return next.length == 0 ? -1 : next.length;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @BeforeEach
  void begin() throws Exception {
    reader.start();
    terminal.isReadFrom();
  }

  @AfterEach
  void end() {
    terminal.says(Terminal.END);
  }

  private String next() throws InterruptedException {
    return String.valueOf(read.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void whatTheTerminalSaysEndsTheReadAndThenNothingIsRead() throws Exception {
    boolean rests = reader.pause(() -> terminal.says("answer"), LONG);

    assertThat(rests).isTrue();
    assertThat(next()).isEqualTo("answer");
    assertThat(terminal.readers.availablePermits()).isZero();

    reader.resume();
    terminal.isReadFrom();
    terminal.says("a");
    assertThat(next()).isEqualTo("a");
  }

  @Test
  void aSilentTerminalIsNotWaitedForLong() throws Exception {
    assertThat(reader.pause(() -> {}, Duration.ofMillis(1))).isFalse();

    terminal.says("a");
    assertThat(next()).isEqualTo("a");
    reader.resume();
    terminal.says("b");
    assertThat(next()).isEqualTo("b");
  }

  @Test
  void whatIsDivertedIsLost() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    reader.divert(came::countDown);
    terminal.says("a");
    assertThat(came.await(30, TimeUnit.SECONDS)).isTrue();

    reader.restore();
    terminal.says("b");

    assertThat(next()).isEqualTo("b");
  }

  @Test
  void theEndIsTold() throws Exception {
    terminal.says(Terminal.END);

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
