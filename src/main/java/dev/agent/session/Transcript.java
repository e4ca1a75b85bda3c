package dev.agent.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.Ids;
import dev.agent.runtime.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session's file of JSON lines. A thread of its own writes what has gathered every tenth of a
 * second, or at once when someone waits for it. The file only grows. While it is open it is locked;
 * the lock ends with the process, however that ends.
 */
public final class Transcript implements SessionLog {
  private static final long FLUSH_MILLIS = 100;
  private static final int CHUNK = 4 * 1024 * 1024;

  private final Path file;
  private final String sessionId;
  private final Ids ids;
  private final InstantSource time;
  private final Consumer<String> troubles;
  private final FileChannel channel;
  private final Deque<Item> queue = new ArrayDeque<>();
  private final Thread writer;
  private String parent = "";
  private long sequence;
  private boolean closed;
  private boolean troubled;

  private record Item(byte[] line, @Nullable CountDownLatch done) {}

  private Transcript(
      Path file,
      String sessionId,
      Ids ids,
      InstantSource time,
      Consumer<String> troubles,
      FileChannel channel) {
    this.file = file;
    this.sessionId = sessionId;
    this.ids = ids;
    this.time = time;
    this.troubles = troubles;
    this.channel = channel;
    this.writer = Thread.ofPlatform().daemon().name("transcript").start(this::write);
  }

  /**
   * Opens a session's file for appending; makes it when it is new. A torn last line is put aside.
   *
   * @param troubles told once when the disk refuses, and once when it takes entries again
   * @throws UserError when another process writes it
   * @throws IOException when it can't be opened
   */
  public static Transcript open(
      Path file, String sessionId, Ids ids, InstantSource time, Consumer<String> troubles)
      throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
      makePrivate(parent, "rwx------");
    }
    boolean fresh = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      if (!lock(channel)) {
        throw new UserError(
            "Session " + sessionId + " is open in another process.",
            "Close it there, or work on a copy with --fork-session.");
      }
      if (fresh) {
        makePrivate(file, "rw-------");
      }
      mendTail(file, channel);
      channel.position(channel.size());
      done = true;
      return new Transcript(file, sessionId, ids, time, troubles, channel);
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void makePrivate(Path path, String mode) throws IOException {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (UnsupportedOperationException e) {
      // This file system has no such permissions.
    }
  }

  /**
   * A last line without its end was cut off by a crash: it goes into a file of its own, so that the
   * next entry is not glued to it.
   */
  private static void mendTail(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long end = size;
    ByteBuffer one = ByteBuffer.allocate(64 * 1024);
    while (end > 0) {
      long from = Math.max(0, end - one.capacity());
      one.clear().limit((int) (end - from));
      channel.read(one, from);
      int newline = one.position() - 1;
      while (newline >= 0 && one.get(newline) != '\n') {
        newline--;
      }
      if (newline >= 0) {
        end = from + newline + 1;
        break;
      }
      end = from;
    }
    if (end == size) {
      return;
    }
    ByteBuffer torn = ByteBuffer.allocate((int) Math.min(size - end, Integer.MAX_VALUE - 8));
    channel.read(torn, end);
    byte[] bytes = java.util.Arrays.copyOf(torn.array(), torn.position());
    if (SessionLoader.isEntry(bytes)) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      return;
    }
    Files.write(
        file.resolveSibling(file.getFileName() + ".torn"),
        bytes,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    channel.truncate(end);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  @Override
  public void append(Entry entry) {
    add(entry, null);
  }

  @Override
  public void appendDurably(Entry entry) {
    CountDownLatch done = new CountDownLatch(1);
    if (!add(entry, done)) {
      return;
    }
    await(done);
  }

  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the promise to be on disk holds for an interrupted caller too
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void flush() {
    CountDownLatch done = new CountDownLatch(1);
    synchronized (queue) {
      if (closed) {
        return;
      }
      queue.add(new Item(new byte[0], done));
      queue.notifyAll();
    }
    await(done);
  }

  private boolean add(Entry entry, @Nullable CountDownLatch done) {
    synchronized (queue) {
      if (closed) {
        return false;
      }
      ObjectNode line = Json.object();
      String id = ids.next();
      line.put("seq", ++sequence)
          .put("uuid", id)
          .put("parent", parent)
          .put("at", time.instant().toString())
          .put("session", sessionId);
      parent = id;
      line.setAll(Entry.toJson(entry));
      queue.add(new Item((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8), done));
      queue.notifyAll();
      return true;
    }
  }

  private void write() {
    while (true) {
      Deque<Item> batch = new ArrayDeque<>();
      synchronized (queue) {
        try {
          while (queue.isEmpty() && !closed) {
            queue.wait();
          }
          if (!closed && queue.stream().noneMatch(item -> item.done() != null)) {
            queue.wait(FLUSH_MILLIS);
          }
        } catch (InterruptedException e) {
          closed = true;
        }
        batch.addAll(queue);
        queue.clear();
        if (batch.isEmpty() && closed) {
          break;
        }
      }
      writeBatch(batch);
    }
    try {
      channel.close();
    } catch (IOException e) {
      troubles.accept("The session's file could not be closed: " + e.getMessage() + ".");
    }
  }

  /**
   * Writes all of a batch; what the disk does not take goes back to the front of the queue and is
   * tried again with the next.
   */
  private void writeBatch(Deque<Item> batch) {
    boolean durable = batch.stream().anyMatch(item -> item.done() != null);
    Deque<Item> written = new ArrayDeque<>();
    try {
      while (!batch.isEmpty()) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        Deque<Item> taken = new ArrayDeque<>();
        while (!batch.isEmpty()
            && (chunk.size() == 0 || chunk.size() + batch.peek().line().length <= CHUNK)) {
          chunk.writeBytes(batch.peek().line());
          taken.add(batch.remove());
        }
        long before = channel.position();
        try {
          ByteBuffer buffer = ByteBuffer.wrap(chunk.toByteArray());
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        } catch (IOException e) {
          channel.truncate(before);
          channel.position(before);
          taken.descendingIterator().forEachRemaining(batch::addFirst);
          throw e;
        }
        written.addAll(taken);
      }
      if (durable) {
        channel.force(false);
      }
      written.forEach(Transcript::release);
      if (troubled) {
        troubled = false;
        troubles.accept("The session is saved again.");
      }
    } catch (IOException e) {
      if (!troubled) {
        troubled = true;
        troubles.accept(
            "The session can't be saved ("
                + e.getMessage()
                + "). Work goes on in memory; saving is tried again.");
      }
      written.forEach(Transcript::release);
      keepForLater(batch);
    }
  }

  private static void release(Item item) {
    CountDownLatch done = item.done();
    if (done != null) {
      done.countDown();
    }
  }

  private void keepForLater(Deque<Item> batch) {
    batch.forEach(Transcript::release);
    synchronized (queue) {
      if (closed) {
        return; // nothing comes after this that could still be tried
      }
      batch
          .descendingIterator()
          .forEachRemaining(item -> queue.addFirst(new Item(item.line(), null)));
    }
    try {
      Thread.sleep(FLUSH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (queue) {
      closed = true;
      queue.notifyAll();
    }
    try {
      writer.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
