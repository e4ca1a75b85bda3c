package dev.agent.process;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps all that a command prints in memory, up to a limit. Thread-safe. */
final class ByteSink implements OutputSink {
  private final int maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean isFull;

  ByteSink(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public synchronized boolean append(byte[] more, int offset, int length) {
    isFull |= length > maxBytes - bytes.size();
    if (!isFull) {
      bytes.write(more, offset, length);
    }
    return !isFull;
  }

  /** All of it; empty when there was more than may be. */
  synchronized Optional<byte[]> bytes() {
    return isFull ? Optional.empty() : Optional.of(bytes.toByteArray());
  }

  @Override
  public Optional<Path> path() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
