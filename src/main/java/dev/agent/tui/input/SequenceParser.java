package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.InputEvent.Pressed;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The states between the first byte of a sequence and its last one: collects it, byte by byte, and
 * emits what it means. What was never meant as a sequence becomes the keys that it was. Text and
 * what is pasted are others'. Not thread-safe.
 */
final class SequenceParser {
  /** A sequence whose rest doesn't come for so long is given up, in nanoseconds. */
  private static final long SEQUENCE_WAIT = 2_000_000_000;

  /** The same for a paste. */
  private static final long PASTE_WAIT = 5_000_000_000L;

  private static final int MAX_KEPT = 4096;
  private static final int ESC = 0x1B;
  private static final int BEL = 0x07;
  private static final int CTRL_C = 0x03;
  private static final int CAN = 0x18;
  private static final int SUB = 0x1A;
  private static final int DEL = 0x7F;

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

  private final Consumer<InputEvent> events;
  private final ByteRun body = new ByteRun();
  private State state = State.GROUND;
  private char introducer;

  /** Whether two ESC stood before the sequence. */
  private boolean doubled;

  private int left;

  SequenceParser(Consumer<InputEvent> events) {
    this.events = events;
  }

  /** Whether no sequence has begun. */
  boolean isIdle() {
    return state == State.GROUND;
  }

  /** Whether nothing but ESC has come. */
  boolean isBehindEscape() {
    return state == State.ESCAPE;
  }

  /** Whether what comes is pasted, until {@link #endPaste}. */
  boolean isInPaste() {
    return state == State.PASTE;
  }

  /** The paste is over. */
  void endPaste() {
    ground();
  }

  /**
   * How long its rest may take, in nanoseconds.
   *
   * @param escapeWait how long it may take behind ESC
   */
  long patience(long escapeWait) {
    return switch (state) {
      case ESCAPE, STRING_ESCAPE -> escapeWait;
      case CONTROL, APPLICATION, STRING -> body.isEmpty() ? 4 * escapeWait : SEQUENCE_WAIT;
      case PASTE -> PASTE_WAIT;
      default -> SEQUENCE_WAIT;
    };
  }

  /** The rest didn't come: what waits is decided. */
  void giveUp() {
    State waited = state;
    boolean bare = body.isEmpty();
    char first = introducer;
    boolean second = doubled;
    ground();
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
      case CONSOLE_KEY, OLD_MOUSE, PASTE -> {}
    }
  }

  /** Takes one byte outside of text; false: the state has changed and the byte counts there. */
  boolean take(int b) {
    return switch (state) {
      case GROUND -> {
        if (b == ESC) {
          enter(State.ESCAPE);
        } else {
          press(KeyCodes.control(b, false));
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
          press(KeyCodes.control(b, true));
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
