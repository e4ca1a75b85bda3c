package dev.agent.tui.cell;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The terminal on standard input, by the C library. {@code struct termios} is never looked into, so
 * what is set back is what was there, bit for bit; JLine's attributes lose the line's speed
 * (decision 15).
 */
final class NativeTty implements Tty {
  private static final int STANDARD_INPUT = 0;

  /** Larger than struct termios of any system (Linux 60 bytes, macOS 72). */
  private static final int ROOM = 256;

  private static final int AT_ONCE = 0;

  private final MethodHandle get;
  private final MethodHandle set;
  private final MethodHandle makeRaw;
  private final MethodHandle control;
  private final MethodHandle kill;
  private final long windowSize;
  private final int stopSignal;
  private final MemorySegment buffer = Arena.global().allocate(ROOM);

  /** Loads the calls: some 60 ms in a fresh JVM. */
  NativeTty(boolean mac) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor two = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
    this.get = handle(linker, "tcgetattr", two);
    this.set =
        handle(linker, "tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    this.makeRaw = handle(linker, "cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
    this.control =
        handle(
            linker,
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            Linker.Option.firstVariadicArg(2));
    this.kill = handle(linker, "kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    this.windowSize = mac ? 0x40087468L : 0x5413L;
    this.stopSignal = mac ? 18 : 20;
  }

  // The launcher allows native access; the calls and their types are fixed here.
  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      Linker linker, String name, FunctionDescriptor type, Linker.Option... options) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  @Override
  public synchronized byte[] attributes() throws IOException {
    int result;
    try {
      result = (int) get.invokeExact(STANDARD_INPUT, buffer);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return checked(result, "read the terminal's settings");
  }

  @Override
  public synchronized void set(byte[] attributes) throws IOException {
    MemorySegment.copy(attributes, 0, buffer, JAVA_BYTE, 0, ROOM);
    int result;
    try {
      result = (int) set.invokeExact(STANDARD_INPUT, AT_ONCE, buffer);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    checked(result, "change the terminal's settings");
  }

  @Override
  public synchronized byte[] raw(byte[] attributes) throws IOException {
    MemorySegment.copy(attributes, 0, buffer, JAVA_BYTE, 0, ROOM);
    try {
      makeRaw.invokeExact(buffer);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return buffer.toArray(JAVA_BYTE);
  }

  private byte[] checked(int result, String what) throws IOException {
    if (result != 0) {
      throw new IOException("cannot " + what + ": standard input is no terminal any more");
    }
    return buffer.toArray(JAVA_BYTE);
  }

  @Override
  public synchronized int size() {
    try {
      int result = (int) control.invokeExact(STANDARD_INPUT, windowSize, buffer);
      int rows = buffer.get(JAVA_SHORT, 0) & 0xFFFF;
      int columns = buffer.get(JAVA_SHORT, 2) & 0xFFFF;
      return result == 0 && rows > 0 && columns > 0 ? columns << 16 | rows : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void stop() {
    try {
      // The whole job, as the terminal itself does it: a pipe's other end would go on otherwise.
      int result = (int) kill.invokeExact(0, stopSignal);
      if (result != 0) {
        throw new IllegalStateException("the job cannot be stopped");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a call of the C library failed", e);
  }
}
