package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.InputEvent.Pressed;
import java.time.Duration;
import java.util.Optional;
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

  /** A sequence or a paste whose rest doesn't come for so long is given up, in nanoseconds. */
  static final long SEQUENCE_WAIT = 2_000_000_000;

  static final long PASTE_WAIT = 5_000_000_000L;

  private static final int MAX_KEPT = 4096;
  private static final int ESC = 0x1B;
  private static final int BEL = 0x07;
  private static final int CTRL_C = 0x03;
  private static final int CAN = 0x18;
  private static final int SUB = 0x1A;
  private static final int DEL = 0x7F;
  private static final long NEVER = Long.MAX_VALUE;

  private enum State {
    GROUND,
    /** Behind ESC. */
    ESCAPE,
    /** Behind ESC and the first bytes of one character. */
    ALT_CHARACTER,
    CONTROL,
    /** Behind {@code CSI [}: a function key of the Linux console. */
    CONSOLE_KEY,
    /** Behind {@code CSI M}: three bytes of a mouse report of old. */
    OLD_MOUSE,
    APPLICATION,
    STRING,
    /** Behind ESC in a string. */
    STRING_ESCAPE,
    PASTE
  }

  private final long escapeWait;
  private final Consumer<InputEvent> events;
  private final TypedRun typed;
  private final PasteBuffer paste = new PasteBuffer(MAX_PASTE_BYTES);
  private final ByteRun body = new ByteRun();
  private State state = State.GROUND;
  private char introducer;

  /** Whether two ESC stood before the sequence. */
  private boolean doubled;

  private int left;
  private long due = NEVER;

  /**
   * @param escapeWait {@link #LOCAL_WAIT} or {@link #REMOTE_WAIT}
   * @param events gets the events, on the thread that feeds
   */
  public InputDecoder(Duration escapeWait, Consumer<InputEvent> events) {
    this.escapeWait = escapeWait.toNanos();
    this.events = events;
    this.typed = new TypedRun(MAX_PASTE_BYTES, events);
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
      if (state == State.GROUND && TypedRun.takes(bytes[at])) {
        at = typed.add(bytes, at, to, now);
      } else if (state == State.PASTE) {
        at = paste.add(bytes, at, to);
        if (paste.ended()) {
          endPaste();
        }
      } else if (step(bytes[at] & 0xFF, now)) {
        at++;
      }
    }
    typed.pause(now);
    due = state == State.GROUND ? NEVER : now + patience();
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
    if (state != State.GROUND) {
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
    if (due <= now && state == State.ESCAPE && next != '[' && next != ']') {
      giveUp();
    }
  }

  private long patience() {
    return switch (state) {
      case ESCAPE, STRING_ESCAPE -> escapeWait;
      case CONTROL, APPLICATION, STRING -> body.isEmpty() ? 4 * escapeWait : SEQUENCE_WAIT;
      case PASTE -> PASTE_WAIT;
      default -> SEQUENCE_WAIT;
    };
  }

  /** The rest didn't come. */
  private void giveUp() {
    State waited = state;
    boolean bare = body.isEmpty();
    char first = introducer;
    boolean second = doubled;
    ground();
    due = NEVER;
    switch (waited) {
      case GROUND -> {}
      case ESCAPE -> {
        escapeKey();
        if (second) {
          escapeKey();
        }
      }
      case ALT_CHARACTER -> escapeKey();
      case CONTROL, APPLICATION, STRING -> {
        // No sequence at all: Alt and the key that happens to be its second byte.
        if (bare) {
          if (second) {
            escapeKey();
          }
          press(KeyCodes.chord(first, false, true, false));
        }
      }
      case STRING_ESCAPE -> escapeKey();
      case CONSOLE_KEY, OLD_MOUSE -> {}
      case PASTE -> events.accept(paste.take());
    }
  }

  /** Takes one byte outside of text; false: the state has changed and the byte counts there. */
  private boolean step(int b, long now) {
    return switch (state) {
      case GROUND -> {
        typed.finish(now);
        if (b == ESC) {
          enter(State.ESCAPE);
        } else {
          control(b, false);
        }
        yield true;
      }
      case ESCAPE -> escape(b);
      case ALT_CHARACTER -> altCharacter(b);
      case CONTROL -> control(b);
      case CONSOLE_KEY -> {
        ground();
        if (b >= 'A' && b <= 'E') {
          KeyCodes.number(b - 'A' + 11, 1).ifPresent(this::press);
        }
        yield true;
      }
      case OLD_MOUSE -> {
        left--;
        if (left == 0) {
          ground();
        }
        yield true;
      }
      case APPLICATION -> application(b);
      case STRING -> string(b);
      case STRING_ESCAPE -> {
        if (b == '\\') {
          endString();
          yield true;
        }
        ground();
        enter(State.ESCAPE);
        yield false;
      }
      case PASTE -> throw new IllegalStateException("a paste is taken in one");
    };
  }

  private boolean escape(int b) {
    switch (b) {
      case ESC -> {
        if (doubled) {
          escapeKey();
        }
        doubled = true;
      }
      case '[' -> introduce(State.CONTROL, b);
      case 'O' -> introduce(State.APPLICATION, b);
      case ']', 'P', '_', '^', 'X' -> {
        if (doubled) {
          escapeKey();
          doubled = false;
        }
        introduce(State.STRING, b);
      }
      default -> {
        if (doubled) {
          escapeKey();
        }
        ground();
        if (b >= 0x80) {
          state = State.ALT_CHARACTER;
          return false;
        }
        if (b < ' ' || b == DEL) {
          control(b, true);
        } else {
          press(KeyCodes.chord(b, false, true, false));
        }
      }
    }
    return true;
  }

  private boolean altCharacter(int b) {
    if (!body.isEmpty() && (b & 0xC0) != 0x80) {
      endAltCharacter();
      return false;
    }
    body.add((byte) b);
    if (body.complete() == body.size()) {
      endAltCharacter();
    }
    return true;
  }

  private void endAltCharacter() {
    int point = body.take(body.size()).codePointAt(0);
    ground();
    if (KeyCodes.isText(point)) {
      press(KeyCodes.chord(point, false, true, false));
    }
  }

  private boolean control(int b) {
    if (b == CAN || b == SUB) {
      ground();
      return true;
    }
    if (b < ' ' || b >= DEL) {
      ground();
      return false;
    }
    boolean isLast = b >= '@' || b == '$' && isRxvtShift();
    if (!isLast) {
      keep(b);
      return true;
    }
    boolean bare = body.isEmpty();
    if (bare && b == '[') {
      state = State.CONSOLE_KEY;
    } else if (bare && b == 'M') {
      state = State.OLD_MOUSE;
      left = 3;
    } else {
      endControl((char) b);
    }
    return true;
  }

  /** {@code CSI 3 $} is a key of rxvt; answers with a dollar sign have more before it. */
  private boolean isRxvtShift() {
    for (int i = 0; i < body.size(); i++) {
      if (!Character.isDigit(body.at(i))) {
        return false;
      }
    }
    return !body.isEmpty();
  }

  private void endControl(char last) {
    String text = last == '$' ? takeBody() + "$" : takeBody();
    if (text.equals("200") && last == '~') {
      emit(Optional.empty());
      state = State.PASTE;
    } else {
      boolean alt = doubled;
      emit(Csi.parse(text, last).flatMap(csi -> Sequences.control(csi, alt)));
    }
  }

  private boolean application(int b) {
    if (b >= '0' && b <= ';') {
      keep(b);
      return true;
    }
    if (b < '@' || b >= DEL) {
      giveUp();
      return b == CAN || b == SUB;
    }
    boolean alt = doubled;
    emit(Csi.parse(takeBody(), (char) b).flatMap(csi -> Sequences.application(csi, alt)));
    return true;
  }

  /** A sequence has ended; where one ESC more stood before what is no key, that one was Escape. */
  private void emit(Optional<InputEvent> event) {
    if (doubled && !(event.orElse(null) instanceof Pressed)) {
      escapeKey();
    }
    ground();
    event.ifPresent(events);
  }

  private boolean string(int b) {
    switch (b) {
      case BEL -> endString();
      case ESC -> state = State.STRING_ESCAPE;
      case CAN, SUB -> ground();
      case CTRL_C -> {
        // No answer holds one: the person wants out.
        ground();
        return false;
      }
      default -> keep(b);
    }
    return true;
  }

  private void endString() {
    char kind = introducer;
    String text = takeBody();
    ground();
    Sequences.string(kind, text).ifPresent(events);
  }

  private void endPaste() {
    ground();
    events.accept(paste.take());
  }

  /** A control character outside of sequences. */
  private void control(int b, boolean alt) {
    switch (b) {
      case 0 -> press(Key.typed(" ", true, alt, false));
      case '\b', DEL -> press(Key.named(KeyType.Backspace, false, alt, false));
      case '\t' -> press(Key.named(KeyType.Tab, false, alt, false));
      case '\n', '\r' -> press(Key.named(KeyType.Enter, false, alt, false));
      default -> press(KeyCodes.chord(Character.toLowerCase(b + '@'), true, alt, false));
    }
  }

  private void escapeKey() {
    press(Key.named(KeyType.Escape, false, false, false));
  }

  private void press(Key key) {
    events.accept(new Pressed(key));
  }

  private void keep(int b) {
    if (body.size() < MAX_KEPT) {
      body.add((byte) b);
    }
  }

  /** The body; one that was too long is none that anybody understands. */
  private String takeBody() {
    return body.size() < MAX_KEPT ? body.take(body.size()) : "?";
  }

  private void introduce(State next, int b) {
    state = next;
    introducer = (char) b;
    body.clear();
  }

  private void enter(State next) {
    state = next;
    doubled = false;
    body.clear();
  }

  private void ground() {
    enter(State.GROUND);
  }
}
