package dev.agent.mode.interactive;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * How the terminal of standard input was set before anything was changed, to the last bit: JLine
 * puts back what it knows of, which is not the speed of the line. Where the C library can't be
 * called nothing is restored beyond that.
 */
final class TerminalState implements AutoCloseable {
  private static final int STDIN = 0;
  private static final int NOW = 0; // TCSANOW, on Linux and macOS

  /** Larger than any system's {@code struct termios}. */
  private static final int BYTES = 256;

  private final Arena memory = Arena.ofShared();
  private final Optional<MemorySegment> saved;

  private TerminalState(boolean possible) {
    MemorySegment state = memory.allocate(BYTES);
    this.saved = possible && get(state) ? Optional.of(state) : Optional.empty();
  }

  /** Looks how it is set now. */
  static TerminalState save() {
    return new TerminalState(TerminalState.class.getModule().isNativeAccessEnabled());
  }

  private static boolean get(MemorySegment state) {
    return call(
        "tcgetattr",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
        handle -> (int) handle.invokeExact(STDIN, state));
  }

  private static boolean set(MemorySegment state) {
    return call(
        "tcsetattr",
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
        handle -> (int) handle.invokeExact(STDIN, NOW, state));
  }

  private interface Call {
    int on(MethodHandle handle) throws Throwable;
  }

  @SuppressWarnings("restricted") // asked for before
  private static boolean call(String name, FunctionDescriptor shape, Call call) {
    try {
      Linker linker = Linker.nativeLinker();
      Optional<MemorySegment> function = linker.defaultLookup().find(name);
      return function.isPresent() && call.on(linker.downcallHandle(function.get(), shape)) == 0;
    } catch (UnsupportedOperationException e) {
      return false; // a runtime without native calls
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure); // a native function throws nothing
    }
  }

  /** Sets it as it was. */
  @Override
  public void close() {
    saved.ifPresent(TerminalState::set);
    memory.close();
  }
}
