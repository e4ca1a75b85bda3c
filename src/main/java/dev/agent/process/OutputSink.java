package dev.agent.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the whole output of a command goes besides memory: a capped file of the session.
 * Thread-safe.
 */
public interface OutputSink extends AutoCloseable {
  /** Takes bytes; false when it is full or the disk is, after which more bytes are dropped. */
  boolean append(byte[] bytes, int offset, int length);

  /** The file, when anything is in it. */
  Optional<Path> path();

  @Override
  void close();

  /** Keeps nothing. */
  OutputSink NONE =
      new OutputSink() {
        @Override
        public boolean append(byte[] bytes, int offset, int length) {
          return true;
        }

        @Override
        public Optional<Path> path() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };
}
