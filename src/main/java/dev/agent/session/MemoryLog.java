package dev.agent.session;

import dev.agent.runtime.Ids;
import java.time.Duration;
import java.time.InstantSource;

/** The log of a session that is not to be saved: gives out ids and writes nothing. */
public final class MemoryLog implements SessionLog {
  private final Stamp stamp;

  public MemoryLog(String sessionId, Ids ids, InstantSource time) {
    this.stamp = new Stamp(sessionId, ids, time, 0, "");
  }

  @Override
  public synchronized String append(Entry entry) {
    // An outcome is not remembered: there is no file in which the message could refer to it.
    return stamp
        .next(entry instanceof Entry.ToolOutcome ? new Entry.Notice("debug", "") : entry)
        .uuid();
  }

  @Override
  public void appendSoon(Entry entry) {
    append(entry);
  }

  /** Takes the entry; true, because nothing was promised to be saved. */
  @Override
  public boolean appendDurably(Entry entry) {
    append(entry);
    return true;
  }

  @Override
  public synchronized String leaf() {
    return stamp.leaf();
  }

  @Override
  public boolean flush(Duration limit) {
    return true;
  }

  @Override
  public void close() {}
}
