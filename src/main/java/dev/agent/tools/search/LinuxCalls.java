package dev.agent.tools.search;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The few system calls that reading a tree takes, by way of the C library's {@code syscall}: one
 * function of one shape, so that linking it costs little, and the kernel's interface is the same in
 * all distributions. Linking takes some ten milliseconds, once, when {@link #get} is first called.
 * Addresses are plain numbers: the caller keeps the memory behind them. Any thread.
 */
final class LinuxCalls {
  // A constant, so that the compilers see through it.
  private static final @Nullable MethodHandle SYSCALL = link();
  private static final @Nullable LinuxCalls CALLS = SYSCALL == null ? null : ofThisProcessor();

  private static final long AT_FDCWD = -100;
  private static final long AT_SYMLINK_NOFOLLOW = 0x100;
  private static final long O_CLOEXEC = 0x80000;
  private static final long O_NONBLOCK = 0x800; // what became a pipe meanwhile holds nobody up
  private static final long STATX_MTIME = 0x40;
  private static final long STATX_SIZE = 0x200;

  private final long openat;
  private final long read;
  private final long close;
  private final long getdents64;
  private final long statx;
  private final long directoryFlag;
  private final long noFollowFlag;

  private LinuxCalls(
      long openat,
      long read,
      long close,
      long getdents64,
      long statx,
      long directoryFlag,
      long noFollowFlag) {
    this.openat = openat;
    this.read = read;
    this.close = close;
    this.getdents64 = getdents64;
    this.statx = statx;
    this.directoryFlag = directoryFlag;
    this.noFollowFlag = noFollowFlag;
  }

  /** Empty on other systems and processors, and where native access is not allowed. */
  static Optional<LinuxCalls> get() {
    return Optional.ofNullable(CALLS);
  }

  private static @Nullable LinuxCalls ofThisProcessor() {
    // From the kernel's asm/unistd.h and asm/fcntl.h.
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> new LinuxCalls(257, 0, 3, 217, 332, 0x10000, 0x20000);
      case "aarch64" -> new LinuxCalls(56, 63, 57, 61, 291, 0x4000, 0x8000);
      default -> null;
    };
  }

  @SuppressWarnings("restricted") // the launcher allows it, and it is asked for below
  private static @Nullable MethodHandle link() {
    // Names of files go to the kernel as UTF-8 here, so Java must take them for that too.
    if (!System.getProperty("os.name", "").equals("Linux")
        || !System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8")
        || !LinuxCalls.class.getModule().isNativeAccessEnabled()) {
      return null;
    }
    ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
    try {
      Linker linker = Linker.nativeLinker();
      Optional<MemorySegment> function = linker.defaultLookup().find("syscall");
      return function.isEmpty()
          ? null
          : linker.downcallHandle(
              function.get(),
              FunctionDescriptor.of(number, number, number, number, number, number, number),
              Linker.Option.firstVariadicArg(1));
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return null; // a runtime without native calls, or one that forbids them
    }
  }

  private static long call(long number, long a, long b, long c, long d, long e) {
    MethodHandle handle = SYSCALL;
    if (handle == null) {
      throw new IllegalStateException("there are no calls here");
    }
    try {
      return (long) handle.invokeExact(number, a, b, c, d, e);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure); // a native function throws nothing
    }
  }

  /** A descriptor for the directory of this name, which ends with a NUL; negative = no. */
  int openDirectory(long name) {
    return (int) call(openat, AT_FDCWD, name, directoryFlag | noFollowFlag | O_CLOEXEC, 0, 0);
  }

  /** A descriptor for a file of a directory; negative = no, also for a link. */
  int openFile(int directory, long name) {
    return (int) call(openat, directory, name, noFollowFlag | O_NONBLOCK | O_CLOEXEC, 0, 0);
  }

  /** Bytes read; 0 at the end; negative = failed. */
  int read(int descriptor, long into, int length) {
    return (int) call(read, descriptor, into, length, 0, 0);
  }

  /** Bytes of entries, each as getdents64(2) has it; 0 at the end; negative = failed. */
  int entries(int directory, long into, int length) {
    return (int) call(getdents64, directory, into, length, 0, 0);
  }

  /** Fills {@code into}, of 256 bytes, as statx(2) has it, with time and size; false = failed. */
  boolean status(int directory, long name, long into) {
    return call(statx, directory, name, AT_SYMLINK_NOFOLLOW, STATX_MTIME | STATX_SIZE, into) == 0;
  }

  void close(int descriptor) {
    call(close, descriptor, 0, 0, 0, 0);
  }
}
