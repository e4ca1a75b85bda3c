import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A program in a pseudo-terminal of its own (Linux). What it writes goes to an {@link Emulator} and
 * is counted; questions about the terminal are answered as a modern one answers them.
 */
final class PtyProgram implements AutoCloseable {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN = function("posix_openpt", ValueLayout.JAVA_INT);
  private static final MethodHandle GRANT = function("grantpt", ValueLayout.JAVA_INT);
  private static final MethodHandle UNLOCK = function("unlockpt", ValueLayout.JAVA_INT);
  private static final MethodHandle NAME =
      function("ptsname_r", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  private static final MethodHandle CONTROL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ = transfer("read");
  private static final MethodHandle WRITE = transfer("write");
  private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);
  private static final MethodHandle ATTRIBUTES =
      function("posix_spawnattr_init", ValueLayout.ADDRESS);
  private static final MethodHandle FLAGS =
      function("posix_spawnattr_setflags", ValueLayout.ADDRESS, ValueLayout.JAVA_SHORT);
  private static final MethodHandle ACTIONS =
      function("posix_spawn_file_actions_init", ValueLayout.ADDRESS);
  private static final MethodHandle ADD_OPEN =
      function(
          "posix_spawn_file_actions_addopen",
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT);
  private static final MethodHandle SPAWN =
      function(
          "posix_spawn",
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS);
  private static final MethodHandle WAIT =
      function("waitpid", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

  private static final long SET_SIZE = 0x5414L;
  private static final int READ_WRITE = 2;
  private static final short NEW_SESSION = 0x80;

  /** Asked last; what stands before it was asked too. */
  private static final byte[] LAST_QUESTION = "\33[c".getBytes(StandardCharsets.US_ASCII);

  private static final String ANSWERS = "\33[?1u\33[?2026;2$y\33[?2027;0$y\33[?62;22c";

  private final int master;
  private final long pid;
  private final Emulator screen;
  private final Thread reader;
  // Guarded by this object:
  private long bytes;
  private long lastAt;
  private boolean ended;
  private int matched;

  private PtyProgram(int master, long pid, Emulator screen) {
    this.master = master;
    this.pid = pid;
    this.screen = screen;
    this.reader = Thread.ofPlatform().daemon().name("pty").start(this::read);
  }

  /**
   * Starts a program.
   *
   * @param environment nothing else is passed on
   * @throws IOException where there are no pseudo-terminals as on Linux
   */
  static PtyProgram start(
      List<String> command, Map<String, String> environment, Path directory, int columns, int rows)
      throws IOException {
    List<String> line =
        new ArrayList<>(List.of("/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory.toString()));
    line.addAll(command);
    try (Arena arena = Arena.ofConfined()) {
      int master = checked((int) OPEN.invokeExact(READ_WRITE | 0x100 | 0x80000), "posix_openpt");
      checked((int) GRANT.invokeExact(master), "grantpt");
      checked((int) UNLOCK.invokeExact(master), "unlockpt");
      MemorySegment name = arena.allocate(128);
      checked((int) NAME.invokeExact(master, name, 128L), "ptsname_r");
      size(master, columns, rows);
      MemorySegment attributes = arena.allocate(1024, 16);
      checked((int) ATTRIBUTES.invokeExact(attributes), "posix_spawnattr_init");
      checked((int) FLAGS.invokeExact(attributes, NEW_SESSION), "posix_spawnattr_setflags");
      MemorySegment actions = arena.allocate(1024, 16);
      checked((int) ACTIONS.invokeExact(actions), "posix_spawn_file_actions_init");
      for (int stream = 0; stream < 3; stream++) {
        checked(
            (int) ADD_OPEN.invokeExact(actions, stream, name, READ_WRITE, 0),
            "posix_spawn_file_actions_addopen");
      }
      String[] variables =
          environment.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .toArray(String[]::new);
      MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
      int error =
          (int)
              SPAWN.invokeExact(
                  pid,
                  arena.allocateFrom("/bin/sh"),
                  actions,
                  attributes,
                  strings(arena, line.toArray(String[]::new)),
                  strings(arena, variables));
      if (error != 0) {
        throw new IOException("posix_spawn: error " + error);
      }
      return new PtyProgram(master, pid.get(ValueLayout.JAVA_INT, 0), new Emulator(columns, rows));
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  long pid() {
    return pid;
  }

  /** What it has written so far, in bytes. */
  synchronized long bytes() {
    return bytes;
  }

  /** When it wrote last, on {@link System#nanoTime}. */
  synchronized long lastAt() {
    return lastAt;
  }

  /** The screen as it is; look at it in {@link #look} and {@link #await} only. */
  Emulator screen() {
    return screen;
  }

  /** The screen as text with its styles. */
  synchronized String picture() {
    return screen.picture();
  }

  /** The screen as text. */
  synchronized String text() {
    return screen.text();
  }

  /** Presses keys; returns when the terminal's driver has all of them. */
  void type(String keys) throws IOException {
    byte[] data = keys.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
      long done = 0;
      while (done < data.length) {
        done +=
            checked(
                (long) WRITE.invokeExact(master, buffer.asSlice(done), data.length - done),
                "write");
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  /** Gives the terminal another size; the program gets its signal. */
  void resize(int columns, int rows) throws IOException {
    synchronized (this) {
      screen.resize(columns, rows);
    }
    size(master, columns, rows);
  }

  /**
   * Waits until something is true of the screen.
   *
   * @return when the bytes came that made it true, on {@link System#nanoTime}
   */
  synchronized long await(String what, long seconds, BooleanSupplier isTrue)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000;
    while (!isTrue.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || ended) {
        throw new IOException(
            "waited in vain for "
                + what
                + (ended ? " (it ended)" : "")
                + "; the screen:\n"
                + screen.text());
      }
      wait(left);
    }
    return lastAt;
  }

  /** Waits until a text stands somewhere on the screen. */
  long await(String text) throws IOException, InterruptedException {
    return await("\"" + text + "\"", 60, () -> screen.contains(text));
  }

  /** Waits until nothing came for so long. */
  void settle(long millis) throws InterruptedException {
    long before;
    do {
      before = bytes();
      Thread.sleep(millis);
    } while (bytes() != before);
  }

  private void read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64 * 1024);
      byte[] data = new byte[64 * 1024];
      while (true) {
        long count = (long) READ.invokeExact(master, buffer, 64L * 1024);
        long now = System.nanoTime();
        if (count <= 0) {
          break;
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, data, 0, (int) count);
        if (take(data, (int) count, now)) {
          type(ANSWERS);
        }
      }
    } catch (Throwable e) {
      System.err.println("scripts/bench: the terminal failed: " + e);
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized boolean take(byte[] data, int count, long now) {
    boolean asked = false;
    for (int i = 0; i < count; i++) {
      matched = data[i] == LAST_QUESTION[matched] ? matched + 1 : data[i] == '\33' ? 1 : 0;
      if (matched == LAST_QUESTION.length) {
        asked = true;
        matched = 0;
      }
    }
    screen.feed(data, count);
    bytes += count;
    lastAt = now;
    notifyAll();
    return asked;
  }

  private static void size(int master, int columns, int rows) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(8);
      size.set(ValueLayout.JAVA_SHORT, 0, (short) rows);
      size.set(ValueLayout.JAVA_SHORT, 2, (short) columns);
      checked((int) CONTROL.invokeExact(master, SET_SIZE, size), "ioctl");
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private static int checked(int result, String what) throws IOException {
    return (int) checked((long) result, what);
  }

  private static long checked(long result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed");
    }
    return result;
  }

  private static MemorySegment strings(Arena arena, String[] values) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, values.length + 1L);
    for (int i = 0; i < values.length; i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(values[i]));
    }
    return array;
  }

  private static MethodHandle transfer(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG));
  }

  private static MethodHandle function(String name, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  /** Ends the program and waits for it. */
  @Override
  public void close() throws IOException {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) WAIT.invokeExact((int) pid, arena.allocate(4), 0);
      reader.join(2000);
      int _ = (int) CLOSE.invokeExact(master);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }
}
