package dev.agent.model.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, recorded on their way, with a limit on the time in which bytes come but
 * no content does.
 */
final class WatchedInput extends InputStream {
  /** Bytes, but nothing in them. */
  static final class NoContent extends IOException {
    private static final long serialVersionUID = 1L;

    NoContent() {
      super("no content");
    }
  }

  private final InputStream in;
  private final long limitNanos;
  private final Recorder.@Nullable Exchange recording;
  private long waited;

  WatchedInput(InputStream in, Duration limit, Optional<Recorder.Exchange> recording) {
    this.in = in;
    this.limitNanos = limit.toNanos();
    this.recording = recording.orElse(null);
  }

  /** Something other than a sign of life was found in the bytes. */
  void contentCame() {
    waited = 0;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    long start = System.nanoTime();
    int count = in.read(to, offset, length);
    waited += System.nanoTime() - start;
    if (count > 0 && recording != null) {
      recording.chunk(to, offset, count);
    }
    if (waited > limitNanos) {
      throw new NoContent();
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }
}
