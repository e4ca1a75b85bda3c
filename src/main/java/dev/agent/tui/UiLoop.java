package dev.agent.tui;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The thread that owns the screen. It runs what others post, in order, and lets the screen be drawn
 * when something changed: at most once in 16 ms, at once after a rest. What the person did is drawn
 * at once even while text streams in, these frames again at most once in 16 ms. While nothing
 * happens it sleeps; no timer runs unless the screen asks for one.
 */
public final class UiLoop {
  /** The shortest time between two frames, in nanoseconds. */
  public static final long FRAME = 16_000_000;

  /** Never, as a point in time. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What is drawn. All methods are called by the loop's thread; times are those of the clock. */
  public interface Screen {
    /** Draws what changed. */
    void draw(long now);

    /**
     * Whether the terminal takes a frame now; when it does again, {@link UiLoop#wake} is called.
     */
    boolean canDraw();

    /** When {@link #tick} shall be called though nothing happens; {@link #NEVER} at rest. */
    long due(long now);

    /** Something is due. Asks for a frame itself, where one is needed. */
    void tick(long now);

    /** A posted task threw. The screen goes on, or ends the loop. */
    void failed(Throwable fault);
  }

  private final LongSupplier clock;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Queue<Runnable> batch = new ArrayDeque<>();
  // Owned by the loop's thread:
  private boolean dirty;
  private boolean stopped;
  private boolean hurried;
  private boolean calmed;
  private boolean early;
  private long lastFrame;
  private long lastHurried;

  /**
   * @param clock nanoseconds that run evenly
   */
  public UiLoop(LongSupplier clock) {
    this.clock = clock;
    this.lastFrame = clock.getAsLong() - FRAME;
    this.lastHurried = lastFrame;
  }

  /** Lets the loop's thread do something. Any thread; returns at once. */
  public void post(Runnable task) {
    tasks.add(task);
  }

  /** Lets the loop look again whether it can draw. Any thread. */
  public void wake() {
    post(() -> {});
  }

  /** Something changed: a frame is due. Only the loop's thread. */
  public void changed() {
    dirty = true;
  }

  /**
   * The person did something: the frame that shows it does not wait for its turn. Only the loop's
   * thread.
   */
  public void hurry() {
    hurried = true;
  }

  /**
   * More of what changed will follow, and each frame of it is dear, as with a window that is being
   * resized: the next one waits twice as long. Only the loop's thread.
   */
  public void calm() {
    calmed = true;
  }

  /**
   * Whether the frame that is being drawn came before its turn, for the person's sake: what can
   * wait for the next one may. Only the loop's thread.
   */
  public boolean isEarly() {
    return early;
  }

  /** Ends the loop after the present task. Only the loop's thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Runs until it is stopped; then it may run again, with what was posted meanwhile.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void run(Screen screen) throws InterruptedException {
    while (!stopped) {
      long now = clock.getAsLong();
      long wait = Math.min(screen.due(now), nextFrame(screen)) - now;
      Runnable first = wait <= 0 ? tasks.poll() : take(wait);
      if (first != null) {
        // All that has come meanwhile goes into one frame.
        batch.add(first);
        tasks.drainTo(batch);
        for (Runnable task = batch.poll(); task != null; task = batch.poll()) {
          guarded(screen, task);
        }
      }
      now = clock.getAsLong();
      if (screen.due(now) <= now) {
        long time = now;
        guarded(screen, () -> screen.tick(time));
      }
      if (!stopped && nextFrame(screen) <= now) {
        dirty = false;
        early = now - lastFrame < FRAME;
        lastHurried = hurried ? now : lastHurried;
        hurried = false;
        calmed = false;
        lastFrame = now;
        long time = now;
        guarded(screen, () -> screen.draw(time));
      }
    }
    stopped = false;
  }

  private Runnable take(long wait) throws InterruptedException {
    return wait > NEVER / 2 ? tasks.take() : tasks.poll(wait, TimeUnit.NANOSECONDS);
  }

  private long nextFrame(Screen screen) {
    if (!dirty || !screen.canDraw()) {
      return NEVER;
    }
    return hurried ? lastHurried + FRAME : lastFrame + (calmed ? 2 * FRAME : FRAME);
  }

  /** An edge of the program: what goes wrong in one task must not take the session with it. */
  private static void guarded(Screen screen, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      screen.failed(e);
    }
  }
}
