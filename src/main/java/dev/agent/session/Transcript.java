package dev.agent.session;

import dev.agent.runtime.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of one session on disk. One daemon thread writes; callers only put entries in its queue,
 * and wait only where they ask to.
 *
 * <p>When writing fails (disk full, read-only, gone) the entries stay in the queue and are written
 * in order once it works again, starting with the rest of a record that was cut in its middle, so
 * that no byte of the file ever changes. The queue holds at most {@value #MAX_QUEUED_CHARS}
 * characters; what does not fit is counted and the gap is noted in the file.
 */
public final class Transcript implements SessionLog {
  /** Time that entries wait for company. */
  static final Duration BATCH = Duration.ofMillis(100);

  /** Longest record, in bytes, and most text that waits, in characters. */
  static final int MAX_RECORD_BYTES = 100 * 1024 * 1024;

  static final int MAX_QUEUED_CHARS = 100 * 1024 * 1024;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration DURABLE_LIMIT = Duration.ofSeconds(20);
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final String sessionId;
  private final Stamp stamp;
  private final LineCodec codec;
  private final LogListener listener;
  private final Runnable onClose;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private long queuedChars;
  private long taken;
  private long written;
  private long forced;
  private long wanted;
  private long attemptedFor;
  private int lost;
  private boolean failing;
  private boolean closed;
  private boolean closing;

  // Of the writer's thread alone.
  private @Nullable FileChannel channel;
  private @Nullable ByteBuffer rest;
  private int restEntries;
  private boolean told;

  private record Queued(Line line, long chars) {}

  /**
   * @param file the journal; it and its directory are made with the first entry. It must end with a
   *     line break or be empty
   * @param from number and leaf from which a resumed session goes on
   * @param secrets values that never reach the file
   * @param onClose gives the session back to others
   */
  Transcript(
      Path file,
      Start from,
      Ids ids,
      InstantSource time,
      List<String> secrets,
      LogListener listener,
      Runnable onClose) {
    this.file = file;
    this.sessionId = from.sessionId();
    this.stamp = new Stamp(sessionId, ids, time, from.seq(), from.leaf());
    this.codec = new LineCodec(secrets);
    this.listener = listener;
    this.onClose = onClose;
    this.writer = Thread.ofPlatform().daemon().name("transcript").unstarted(this::write);
    writer.start();
  }

  /** Where a log begins: at nothing, or after what was loaded. */
  record Start(String sessionId, long seq, String leaf) {}

  @Override
  public String leaf() {
    lock.lock();
    try {
      return stamp.leaf();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String append(Entry entry) {
    lock.lock();
    try {
      return put(entry);
    } finally {
      lock.unlock();
    }
  }

  private String put(Entry entry) {
    if (closed || closing) {
      throw new IllegalStateException("the session is closed");
    }
    Line line = stamp.next(entry);
    long chars = EntrySize.of(entry);
    if (queuedChars + chars > MAX_QUEUED_CHARS && failing) {
      lost++;
    } else {
      queue.add(new Queued(line, chars));
      queuedChars += chars;
      taken++;
    }
    changed.signalAll();
    return line.uuid();
  }

  @Override
  public void appendSoon(Entry entry) {
    lock.lock();
    try {
      put(entry);
      wanted = Math.max(wanted, taken);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean appendDurably(Entry entry) {
    lock.lock();
    try {
      int lostBefore = lost;
      put(entry);
      return lost == lostBefore && await(taken, DURABLE_LIMIT);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean flush(Duration limit) {
    lock.lock();
    try {
      return closed ? forced >= taken && lost == 0 : await(taken, limit) && lost == 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until entry number {@code target} is forced, or one attempt made after the call has
   * failed. The wait is short, so an interrupt only leaves its mark.
   */
  private boolean await(long target, Duration limit) {
    wanted = Math.max(wanted, target);
    changed.signalAll();
    long left = limit.toNanos();
    boolean interrupted = false;
    while (forced < target && left > 0 && !closed && !(failing && attemptedFor >= target)) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return forced >= target;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed || closing) {
        return;
      }
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          writer.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      onClose.run();
    }
  }

  private void write() {
    try {
      boolean last = false;
      while (!last) {
        last = awaitWork();
        boolean good = attempt();
        if (!good && last) {
          tellUnsaved();
        }
      }
    } finally {
      closeChannel();
      lock.lock();
      try {
        closed = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Returns when a batch is due; true when it is the last one. */
  private boolean awaitWork() {
    lock.lock();
    try {
      long left = failing ? RETRY.toNanos() : BATCH.toNanos();
      while (true) {
        if (closing) {
          return true;
        }
        boolean pending = written < taken || forced < wanted || (failing && lost > 0);
        if (forced < wanted && !(failing && attemptedFor >= wanted)) {
          return false;
        }
        if (!pending) {
          changed.awaitUninterruptibly();
        } else if (left <= 0) {
          return false;
        } else {
          left = awaitNanos(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // The one caller loops.
  private long awaitNanos(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread on purpose; an interrupted channel would be closed.
      return nanos;
    }
  }

  /**
   * Writes what waits. True when all of it is written and, if somebody waits for that, forced.
   * Tells the listener before it wakes those who wait.
   */
  private boolean attempt() {
    String fault = null;
    long target;
    long safe = 0;
    lock.lock();
    try {
      // An attempt that began before an entry came says nothing about that entry.
      target = wanted;
    } finally {
      lock.unlock();
    }
    try {
      writeQueue();
      safe = forceIfWanted();
    } catch (IOException e) {
      fault = e.getMessage() == null ? e.toString() : e.getMessage();
    } catch (RuntimeException e) {
      fault = e.toString();
    }
    if (fault != null && !told) {
      told = true;
      listener.notice(
          "The session can't be saved: "
              + fault
              + " ("
              + file
              + "). Work goes on; it will be saved as soon as that is possible.");
    } else if (fault == null && told) {
      told = false;
      int gap = noteGap();
      listener.notice(
          "The session is saved again"
              + (gap == 0
                  ? "."
                  : ", without " + gap + " entries that no longer fitted in memory."));
    }
    lock.lock();
    try {
      failing = fault != null;
      attemptedFor = target;
      forced = Math.max(forced, safe);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return fault == null;
  }

  /** Records in the file how many entries are missing from it. */
  private int noteGap() {
    lock.lock();
    try {
      int gap = lost;
      if (gap > 0) {
        lost = 0;
        Line line =
            stamp.next(
                new Entry.Notice(
                    "error",
                    gap + " entries are missing here: the disk was full and memory was bounded."));
        queue.add(new Queued(line, 100));
        queuedChars += 100;
        taken++;
      }
      return gap;
    } finally {
      lock.unlock();
    }
  }

  private void writeQueue() throws IOException {
    while (true) {
      ByteBuffer bytes = rest;
      if (bytes == null) {
        bytes = nextChunk();
        if (bytes == null) {
          return;
        }
        rest = bytes;
      }
      FileChannel out = open();
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      rest = null;
      lock.lock();
      try {
        written += restEntries;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Encodes waiting entries, about a megabyte of them or one large one. */
  private @Nullable ByteBuffer nextChunk() {
    List<byte[]> parts = new ArrayList<>();
    int size = 0;
    restEntries = 0;
    while (size < CHUNK_BYTES) {
      Line line;
      lock.lock();
      try {
        Queued next = queue.poll();
        if (next == null) {
          break;
        }
        queuedChars -= next.chars();
        line = next.line();
      } finally {
        lock.unlock();
      }
      byte[] part = encode(line);
      parts.add(part);
      size += part.length;
      restEntries++;
    }
    if (restEntries == 0) {
      return null;
    }
    ByteBuffer chunk = ByteBuffer.allocate(size);
    parts.forEach(chunk::put);
    return chunk.flip();
  }

  private byte[] encode(Line line) {
    String fault;
    try {
      byte[] bytes = codec.encode(line);
      if (bytes.length <= MAX_RECORD_BYTES) {
        return bytes;
      }
      fault = "it has " + bytes.length + " bytes";
    } catch (RuntimeException e) {
      fault = e.toString();
    }
    Entry notice = new Entry.Notice("error", "An entry could not be written: " + fault + ".");
    return codec.encode(
        new Line(
            line.seq(),
            line.uuid(),
            line.parentUuid(),
            line.timestamp(),
            line.sessionId(),
            notice));
  }

  private FileChannel open() throws IOException {
    FileChannel out = channel;
    if (out == null || !out.isOpen()) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        PrivateFiles.createDirectories(directory);
      }
      out =
          PrivateFiles.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      channel = out;
    }
    return out;
  }

  /** Returns how many entries are known to be on disk now. */
  private long forceIfWanted() throws IOException {
    long target;
    lock.lock();
    try {
      if (forced >= wanted && !closing) {
        return forced;
      }
      target = written;
    } finally {
      lock.unlock();
    }
    FileChannel out = channel;
    if (out != null) {
      out.force(false);
    }
    return target;
  }

  private void tellUnsaved() {
    int unsaved;
    lock.lock();
    try {
      unsaved = (int) (taken - written) + lost;
    } finally {
      lock.unlock();
    }
    if (unsaved > 0) {
      listener.notice(unsaved + " entries of this session could not be saved (" + file + ").");
    }
  }

  private void closeChannel() {
    FileChannel out = channel;
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        listener.notice(
            "The session's file could not be closed: " + e.getMessage() + " (" + file + ").");
      }
    }
  }
}
