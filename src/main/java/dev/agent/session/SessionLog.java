package dev.agent.session;

/** Where entries go. Thread-safe. */
public interface SessionLog extends AutoCloseable {
  /** Takes an entry; it is on disk within a tenth of a second. Never blocks on the disk. */
  void append(Entry entry);

  /**
   * Takes an entry and returns when it and all before it are on disk. When the disk refuses, it
   * returns too: the work goes on in memory and the person was told.
   */
  void appendDurably(Entry entry);

  /** Returns when all that was taken is on disk. */
  void flush();

  @Override
  void close();

  /** Keeps nothing. */
  SessionLog NONE =
      new SessionLog() {
        @Override
        public void append(Entry entry) {}

        @Override
        public void appendDurably(Entry entry) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
}
