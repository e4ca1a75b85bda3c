package dev.agent.session;

import java.time.Duration;

/**
 * Takes the entries of one session in order. Thread-safe; no method throws for a full or missing
 * disk: the listener of the log is told, work goes on.
 */
public interface SessionLog extends AutoCloseable {

  /**
   * Takes an entry and returns at once; it is on disk within about 100 ms.
   *
   * @return the id given to the entry
   */
  String append(Entry entry);

  /**
   * Takes an entry and returns; it is on its way to the disk already. For prompts: the request to
   * the model need not wait for the disk, and whatever depends on it comes later in the log.
   */
  void appendSoon(Entry entry);

  /**
   * Takes an entry and returns when it and all before it are on disk, or when that turned out to be
   * impossible. For tool intents and the outcomes of calls with effects.
   *
   * @return whether it is on disk
   */
  boolean appendDurably(Entry entry);

  /** The id of the last conversation entry; empty before the first. */
  String leaf();

  /**
   * Waits until everything taken so far is on disk.
   *
   * @return whether it is
   */
  boolean flush(Duration limit);

  /** Writes what is left and lets go of the session; closing twice is harmless. */
  @Override
  void close();
}
