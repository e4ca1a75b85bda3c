package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyType;
import java.util.function.Consumer;

/**
 * Characters, TABs and line ends outside of sequences: keys, or a paste of a terminal that doesn't
 * mark pastes. Text goes out as it comes; from a line end on that comes faster than a person types,
 * everything waits until it is known which of the two it is.
 */
final class TypedRun {
  /** Who ends a line and begins the third within this time, in nanoseconds, is not a person. */
  static final long BURST = 20_000_000;

  /** How long the rest of a character may take, in nanoseconds. */
  static final long REST = 1_000_000_000;

  private static final int PASTE_LINES = 3;

  private final int limit;
  private final Consumer<InputEvent> events;
  private final ByteRun bytes = new ByteRun();
  private int breaks;
  private boolean visible;
  private boolean endsWithCr;
  private boolean textBehindBreak;
  private boolean held;
  private long heldSince;
  private boolean typed;
  private long lastText;
  private boolean entered;
  private long lastEnter;
  private long due = Long.MAX_VALUE;

  /**
   * @param limit bytes of one paste; what is longer becomes several
   */
  TypedRun(int limit, Consumer<InputEvent> events) {
    this.limit = limit;
    this.events = events;
  }

  /** Whether a byte belongs here. */
  static boolean takes(byte b) {
    return b >= ' ' && b != 0x7F || b < 0 || b == '\r' || b == '\n' || b == '\t';
  }

  /** Takes bytes as long as they belong here; returns the position behind what was taken. */
  int add(byte[] source, int from, int to, long now) {
    int at = from;
    while (at < to && takes(source[at])) {
      note(source[at]);
      at++;
    }
    bytes.add(source, from, at);
    if (bytes.size() >= limit) {
      decide(now);
    }
    return at;
  }

  /** When {@link #expire} has something to do, if no more bytes come; MAX_VALUE = never. */
  long due() {
    return due;
  }

  /** All bytes that are there now have been added: what is clear goes out. */
  void pause(long now) {
    if (bytes.isEmpty()) {
      return;
    }
    if (breaks == 0 || !held && loneBreak() && !(typed && now - lastText < BURST)) {
      decide(now);
      return;
    }
    if (!held) {
      held = true;
      heldSince = now;
    }
    due = lines() >= PASTE_LINES ? now + BURST : heldSince + BURST;
  }

  /** The time {@link #due} has come. */
  void expire(long now) {
    if (breaks == 0) {
      finish(now);
    } else {
      decide(now);
    }
  }

  /** Something else follows: all goes out, an unfinished character as U+FFFD. */
  void finish(long now) {
    if (!bytes.isEmpty()) {
      decide(now);
    }
    if (!bytes.isEmpty()) {
      type(bytes.take(bytes.size()), now);
    }
    entered = false;
    due = Long.MAX_VALUE;
  }

  private void note(byte b) {
    if (b == '\n' && endsWithCr) {
      endsWithCr = false;
      return;
    }
    endsWithCr = b == '\r';
    if (b == '\r' || b == '\n') {
      breaks++;
      textBehindBreak = false;
    } else {
      textBehindBreak = true;
      visible |= b != ' ' && b != '\t';
    }
  }

  private int lines() {
    return breaks + (textBehindBreak ? 1 : 0);
  }

  private boolean loneBreak() {
    return breaks == 1 && !textBehindBreak && (bytes.at(0) == '\r' || bytes.at(0) == '\n');
  }

  private void decide(long now) {
    boolean paste = lines() >= PASTE_LINES && visible;
    String text = bytes.take(bytes.complete());
    breaks = 0;
    visible = false;
    endsWithCr = false;
    textBehindBreak = false;
    held = false;
    due = bytes.isEmpty() ? Long.MAX_VALUE : now + REST;
    if (paste) {
      typed = true;
      lastText = now;
      events.accept(new InputEvent.Pasted(PasteText.clean(text)));
    } else {
      type(text, now);
    }
  }

  private void type(String text, long now) {
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      // CR LF is one Enter, also when the terminal's bytes came in two parts.
      boolean behindCr = entered && now - lastEnter < BURST;
      entered = point == '\r';
      switch (point) {
        case '\r' -> {
          lastEnter = now;
          press(Key.named(KeyType.Enter, false, false, false));
        }
        case '\t' -> press(Key.named(KeyType.Tab, false, false, false));
        case '\n' -> {
          if (!behindCr) {
            press(Key.typed("j", true, false, false));
          }
        }
        default -> {
          if (point < 0x80 || point > 0x9F) {
            typed = true;
            lastText = now;
            press(Key.typed(Character.toString(point), false, false, false));
          }
        }
      }
    }
  }

  private void press(Key key) {
    events.accept(new InputEvent.Pressed(key));
  }
}
