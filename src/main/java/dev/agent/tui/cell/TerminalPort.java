package dev.agent.tui.cell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that the program runs in: the one owner of its streams, its modes and its driver.
 *
 * <p>{@link #start} writes the modes and the first frame in one go and needs nothing that is slow
 * to load, if the launcher has prepared the terminal ({@link TerminalHandover}); {@link #connect}
 * then loads the rest on a thread of its own. {@link #restore} may be called at any time from any
 * thread, a shutdown hook included, and undoes everything exactly once. {@link #write} is for one
 * thread.
 */
public final class TerminalPort {
  /** Hears of the terminal, on a thread of the port: it must hand over and return. */
  public interface Listener {
    /** The size may have changed. */
    void resized();

    /** The program was stopped and goes on: everything must be painted again. */
    void resumed();
  }

  /** How long a terminal may take to be restored until it is given up: it takes no bytes at all. */
  private static final long STUCK_MILLIS = 3_000;

  private final TerminalInput in;
  private final TerminalOutput out;
  private final TerminalDriver driver;
  private final JobControl job;
  private final Object state = new Object();

  // Guarded by state.
  private final ModeStack modes = new ModeStack();
  private boolean isRaw;
  private boolean isUp;
  private boolean isEnded;

  private volatile int size;
  private volatile byte[] parting = {};
  private volatile @Nullable Listener listener;

  /**
   * The terminal on the standard streams. From here on, the terminal is restored when the JVM ends.
   *
   * @param environment in which the launcher may have left its note
   */
  public static TerminalPort of(Map<String, String> environment, InputStream in, OutputStream out) {
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    TerminalPort port =
        new TerminalPort(
            TerminalHandover.of(environment), new TerminalInput(in), out, () -> new NativeTty(mac));
    Runtime.getRuntime().addShutdownHook(new Thread(port::end, "terminal-restore"));
    return port;
  }

  TerminalPort(
      Optional<TerminalHandover> handover, TerminalInput in, OutputStream out, Supplier<Tty> tty) {
    this(handover, in, out, tty, STUCK_MILLIS);
  }

  TerminalPort(
      Optional<TerminalHandover> handover,
      TerminalInput in,
      OutputStream out,
      Supplier<Tty> tty,
      long stuckMillis) {
    this.in = in;
    this.out = new TerminalOutput(out, stuckMillis);
    this.driver = new TerminalDriver(handover, tty);
    this.job = new JobControl(this, driver, () -> tell(Listener::resumed));
    this.isRaw = handover.isPresent();
    this.size = handover.map(note -> note.columns() << 16 | note.rows()).orElse(0);
  }

  /**
   * The bytes that the person and the terminal send, up to {@link #end}: what is typed afterwards
   * is for the shell.
   */
  public InputStream input() {
    return in;
  }

  /** Columns, as last known; 80 if nobody knows. */
  public int columns() {
    return size == 0 ? 80 : size >> 16;
  }

  /** Rows, as last known; 24 if nobody knows. */
  public int rows() {
    return size == 0 ? 24 : size & 0xFFFF;
  }

  /** Asks for the size, if that is quick by now. */
  public void measure() {
    int now = driver.size();
    size = now == 0 ? size : now;
  }

  /**
   * Puts the terminal into raw mode and makes the size known; without a handover this takes as long
   * as loading the native calls.
   *
   * @throws IOException if standard input is no terminal, or its driver can't be reached
   */
  public void prepare() throws IOException {
    synchronized (state) {
      if (isRaw) {
        return;
      }
    }
    makeRaw();
    measure();
  }

  /**
   * Switches modes on, in this order, and writes a first frame behind them, in one write.
   *
   * @throws IOException if the terminal can't be prepared or written to
   */
  public void start(List<TerminalMode> wanted, Bytes first) throws IOException {
    prepare();
    Bytes bytes = new Bytes();
    synchronized (state) {
      modes.addAll(wanted);
      isUp = true;
      bytes.add(ModeStack.on(wanted));
    }
    bytes.add(first);
    out.send(bytes);
  }

  /** The launcher has switched these modes on and painted a first frame: it is as after a start. */
  public void startedBefore(List<TerminalMode> wanted) {
    synchronized (state) {
      modes.addAll(wanted);
      isUp = true;
    }
  }

  /** Whether it is ours now: {@link #start} was called, and it was not given back since. */
  public boolean isStarted() {
    synchronized (state) {
      return isUp;
    }
  }

  /** Whether it was given back for good. */
  public boolean isEnded() {
    synchronized (state) {
      return isEnded;
    }
  }

  /** Loads native calls and listens to signals, on a thread of its own. */
  public void connect(Listener newListener) {
    listener = newListener;
    Thread.ofPlatform().daemon().name("terminal-connect").start(this::connect);
  }

  private void connect() {
    driver.load();
    Signals.register("WINCH", this::resized);
    job.listen();
    int known = size;
    measure();
    if (size != known) {
      resized();
    }
  }

  private void resized() {
    measure();
    tell(Listener::resized);
  }

  private void tell(Consumer<Listener> news) {
    Listener told = listener;
    if (told != null) {
      news.accept(told);
    }
  }

  /**
   * Writes a frame in one write; nothing while the terminal is not ours.
   *
   * @return whether it was written
   */
  public boolean write(Bytes bytes) throws IOException {
    return write(bytes.array(), 0, bytes.length());
  }

  /** The same for a part of an array. */
  public boolean write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (state) {
      if (!isUp) {
        return false;
      }
    }
    if (length > 0) {
      out.send(bytes, offset, length);
    }
    return true;
  }

  /** Switches one more mode on; nothing if it is on. */
  public void enable(TerminalMode mode) throws IOException {
    synchronized (state) {
      if (!isUp || !modes.add(mode)) {
        return;
      }
    }
    out.send(new Bytes().ascii(mode.on()));
  }

  /** Switches a mode off; nothing if it is not on. */
  public void disable(TerminalMode mode) throws IOException {
    synchronized (state) {
      if (!isUp || !modes.remove(mode)) {
        return;
      }
    }
    out.send(new Bytes().ascii(mode.off()));
  }

  /**
   * What is written first when the terminal is given back, because frames left something on the
   * normal screen that has to go; right for the last frame that was written.
   */
  public void parting(byte[] bytes) {
    parting = bytes;
  }

  /** Gives the terminal back so that {@link #start} can take it again with other modes. */
  public void leave() {
    restore();
    synchronized (state) {
      modes.clear();
    }
  }

  /** Undoes everything for good: what is written afterwards goes nowhere. */
  public void end() {
    synchronized (state) {
      isEnded = true;
    }
    in.close();
    restore();
  }

  /**
   * Gives the terminal back as it was: for a child that takes it, at the end, or before stopping. A
   * second call does nothing; {@link #resume} takes it again.
   */
  public void restore() {
    Bytes bytes = new Bytes();
    boolean wasRaw;
    synchronized (state) {
      if (isUp) {
        isUp = false;
        bytes.add(parting);
        parting = new byte[0];
        bytes.add(modes.undo());
      }
      wasRaw = isRaw;
      isRaw = false;
    }
    if (bytes.length() > 0) {
      out.sendInSpiteOfWrites(bytes);
    }
    if (wasRaw) {
      driver.reset();
    }
  }

  /** Whether it took no bytes when it was to be restored: what is written to it may hang. */
  public boolean isStuck() {
    return out.isStuck();
  }

  private void makeRaw() throws IOException {
    byte[] raw = driver.raw();
    synchronized (state) {
      isRaw = true;
    }
    driver.set(raw);
  }

  /** Takes the terminal again after {@link #restore}; the next frame must write everything. */
  public void resume() throws IOException {
    Bytes bytes = new Bytes();
    synchronized (state) {
      if (isUp || isEnded) {
        return;
      }
    }
    makeRaw();
    synchronized (state) {
      isUp = true;
      bytes.add(modes.on());
    }
    out.send(bytes);
    measure();
  }

  /**
   * Gives the terminal back, stops the whole job, and takes the terminal again when it is
   * continued; then tells the listener. Blocks until then.
   *
   * @param left done before the job stops, while the terminal is the shell's
   */
  public void suspend(Runnable left) {
    job.suspend(left);
  }
}
