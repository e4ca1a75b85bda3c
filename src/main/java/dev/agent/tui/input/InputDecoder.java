package dev.agent.tui.input;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Makes events of the bytes of a terminal, in whatever pieces they come: keys of old terminals, of
 * the kitty protocol and of modifyOtherKeys, pastes, the mouse, the focus and answers to questions.
 * What it does not know is swallowed whole, never typed.
 *
 * <p>Two things only time can tell: whether ESC is the key or the begin of a sequence, and whether
 * lines were typed or pasted. {@link #timeout} says how long the caller may wait for bytes before
 * it calls {@link #expire}. Where the kitty protocol is on the Escape key is a sequence of its own
 * ({@code CSI 27 u}) and nothing waits; a bare ESC is then only the first byte of a sequence whose
 * rest is still on its way.
 *
 * <p>Times are those of {@link System#nanoTime}. Not thread-safe: the thread that owns it feeds it.
 */
public final class InputDecoder {
  /** How long to wait behind ESC on this machine. */
  public static final Duration LOCAL_WAIT = Duration.ofMillis(25);

  /** How long to wait behind ESC over SSH. */
  public static final Duration REMOTE_WAIT = Duration.ofMillis(50);

  /** Pastes are cut behind so many bytes. */
  public static final int MAX_PASTE_BYTES = 10 * 1024 * 1024;

  private static final long NEVER = Long.MAX_VALUE;

  private final long escapeWait;
  private final Consumer<InputEvent> events;
  private final TypedRun typed;
  private final PasteBuffer paste = new PasteBuffer(MAX_PASTE_BYTES);
  private final SequenceParser sequences;
  private long due = NEVER;

  /**
   * @param escapeWait {@link #LOCAL_WAIT} or {@link #REMOTE_WAIT}
   * @param events gets the events, on the thread that feeds
   */
  public InputDecoder(Duration escapeWait, Consumer<InputEvent> events) {
    this.escapeWait = escapeWait.toNanos();
    this.events = events;
    this.typed = new TypedRun(MAX_PASTE_BYTES, events);
    this.sequences = new SequenceParser(events);
  }

  /**
   * Takes bytes.
   *
   * @param to the position behind the last one
   * @param now when they were read
   */
  public void feed(byte[] bytes, int from, int to, long now) {
    if (from < to) {
      beforeBytes(bytes[from], now);
    }
    int at = from;
    while (at < to) {
      if (sequences.isInPaste()) {
        at = paste.add(bytes, at, to);
        if (paste.ended()) {
          endPaste();
        }
      } else if (sequences.isIdle() && TypedRun.takes(bytes[at])) {
        at = typed.add(bytes, at, to, now);
      } else {
        if (sequences.isIdle()) {
          typed.finish(now);
        }
        if (sequences.take(bytes[at] & 0xFF)) {
          at++;
        }
      }
    }
    typed.pause(now);
    due = sequences.isIdle() ? NEVER : now + sequences.patience(escapeWait);
  }

  /** Takes bytes. */
  public void feed(byte[] bytes, long now) {
    feed(bytes, 0, bytes.length, now);
  }

  /**
   * For how many nanoseconds the caller may wait for bytes; then {@link #expire} is to be called.
   * Empty: for ever.
   */
  public OptionalLong timeout(long now) {
    long next = Math.min(due, typed.due());
    return next == NEVER ? OptionalLong.empty() : OptionalLong.of(Math.max(0, next - now));
  }

  /** No bytes came for the time of {@link #timeout}: what waits is decided. */
  public void expire(long now) {
    if (typed.due() <= now) {
      typed.expire(now);
    }
    if (due <= now) {
      giveUp();
    }
  }

  /** No more bytes will come: all that waits is decided. */
  public void finish(long now) {
    typed.finish(now);
    if (!sequences.isIdle()) {
      giveUp();
    }
  }

  /**
   * Bytes came although the time was over, because the caller was late. A sequence goes on even
   * then, since its rest would be typed; Escape and another key stay two keys.
   */
  private void beforeBytes(byte next, long now) {
    if (typed.due() <= now) {
      typed.expire(now);
    }
    if (due <= now && sequences.isBehindEscape() && next != '[' && next != ']') {
      giveUp();
    }
  }

  /** The rest of a sequence, or of a paste, didn't come. */
  private void giveUp() {
    due = NEVER;
    if (sequences.isInPaste()) {
      endPaste();
    } else {
      sequences.giveUp();
    }
  }

  private void endPaste() {
    sequences.endPaste();
    events.accept(paste.take());
  }
}
