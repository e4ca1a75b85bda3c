package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyType;
import java.util.Map;
import java.util.Optional;

/** The numbers and letters by which terminals name keys. */
final class KeyCodes {
  private static final int SHIFT = 1;
  private static final int ALT = 2;
  private static final int CTRL = 4;
  private static final int SUPER = 8;
  private static final int HYPER = 16;
  private static final int META = 32;

  /** The final byte of {@code CSI 1;m X} and of {@code SS3 X}. */
  private static final Map<Character, KeyType> LETTERS =
      Map.ofEntries(
          Map.entry('A', KeyType.ArrowUp),
          Map.entry('B', KeyType.ArrowDown),
          Map.entry('C', KeyType.ArrowRight),
          Map.entry('D', KeyType.ArrowLeft),
          Map.entry('F', KeyType.End),
          Map.entry('H', KeyType.Home),
          Map.entry('P', KeyType.F1),
          Map.entry('Q', KeyType.F2),
          Map.entry('R', KeyType.F3),
          Map.entry('S', KeyType.F4));

  /** The number of {@code CSI n;m ~}. */
  private static final Map<Integer, KeyType> NUMBERS =
      Map.ofEntries(
          Map.entry(1, KeyType.Home),
          Map.entry(2, KeyType.Insert),
          Map.entry(3, KeyType.Delete),
          Map.entry(4, KeyType.End),
          Map.entry(5, KeyType.PageUp),
          Map.entry(6, KeyType.PageDown),
          Map.entry(7, KeyType.Home),
          Map.entry(8, KeyType.End),
          Map.entry(11, KeyType.F1),
          Map.entry(12, KeyType.F2),
          Map.entry(13, KeyType.F3),
          Map.entry(14, KeyType.F4),
          Map.entry(15, KeyType.F5),
          Map.entry(17, KeyType.F6),
          Map.entry(18, KeyType.F7),
          Map.entry(19, KeyType.F8),
          Map.entry(20, KeyType.F9),
          Map.entry(21, KeyType.F10),
          Map.entry(23, KeyType.F11),
          Map.entry(24, KeyType.F12),
          Map.entry(25, KeyType.F13),
          Map.entry(26, KeyType.F14),
          Map.entry(28, KeyType.F15),
          Map.entry(29, KeyType.F16),
          Map.entry(31, KeyType.F17),
          Map.entry(32, KeyType.F18),
          Map.entry(33, KeyType.F19));

  /** Keys with a name among the code points of {@code CSI c;m u}. */
  private static final Map<Integer, KeyType> POINTS =
      Map.ofEntries(
          Map.entry(8, KeyType.Backspace),
          Map.entry(9, KeyType.Tab),
          Map.entry(10, KeyType.Enter),
          Map.entry(13, KeyType.Enter),
          Map.entry(27, KeyType.Escape),
          Map.entry(127, KeyType.Backspace),
          Map.entry(57376, KeyType.F13),
          Map.entry(57377, KeyType.F14),
          Map.entry(57378, KeyType.F15),
          Map.entry(57379, KeyType.F16),
          Map.entry(57380, KeyType.F17),
          Map.entry(57381, KeyType.F18),
          Map.entry(57382, KeyType.F19),
          Map.entry(57414, KeyType.Enter),
          Map.entry(57417, KeyType.ArrowLeft),
          Map.entry(57418, KeyType.ArrowRight),
          Map.entry(57419, KeyType.ArrowUp),
          Map.entry(57420, KeyType.ArrowDown),
          Map.entry(57421, KeyType.PageUp),
          Map.entry(57422, KeyType.PageDown),
          Map.entry(57423, KeyType.Home),
          Map.entry(57424, KeyType.End),
          Map.entry(57425, KeyType.Insert),
          Map.entry(57426, KeyType.Delete));

  /** What the keys of the number pad type, from code point 57399 on; a blank types nothing. */
  private static final String KEYPAD = "0123456789./*-+ =,";

  private static final int KEYPAD_FIRST = 57399;

  /** What the keys of the number pad type in application mode, from {@code SS3 j} on. */
  private static final String APPLICATION_KEYPAD = "*+,-./0123456789";

  private KeyCodes() {}

  /** {@code CSI 1;m X}, {@code CSI X}. */
  static Optional<Key> letter(char last, int modifiers) {
    return Optional.ofNullable(LETTERS.get(last)).flatMap(type -> named(type, modifiers));
  }

  /** {@code CSI n;m ~}. */
  static Optional<Key> number(int number, int modifiers) {
    return Optional.ofNullable(NUMBERS.get(number)).flatMap(type -> named(type, modifiers));
  }

  /** {@code SS3 X}: cursor and function keys and the number pad in application mode. */
  static Optional<Key> application(char last, int modifiers) {
    if (last == 'M') {
      return named(KeyType.Enter, modifiers);
    }
    if (last == 'X') {
      return Optional.of(Key.typed("=", false, false, false));
    }
    if (last >= 'j' && last <= 'y') {
      return Optional.of(
          Key.typed(APPLICATION_KEYPAD.substring(last - 'j', last - 'j' + 1), false, false, false));
    }
    if (last >= 'a' && last <= 'd') {
      return letter((char) (last - 'a' + 'A'), 1 + CTRL);
    }
    return letter(last, modifiers);
  }

  /**
   * {@code CSI c:s:b;m u} and {@code CSI 27;m;c ~}.
   *
   * @param point the key's own code point
   * @param shifted what it types with Shift; -1 = not told
   * @param base the key at its place on the standard layout; -1 = not told
   * @param text what it types; empty = not told
   */
  static Optional<Key> point(int point, int shifted, int base, int modifiers, String text) {
    KeyType type = POINTS.get(point);
    if (type != null) {
      return named(type, modifiers);
    }
    int bits = bits(modifiers);
    if ((bits & (SUPER | HYPER)) != 0) {
      return Optional.empty();
    }
    boolean ctrl = (bits & CTRL) != 0;
    boolean alt = (bits & (ALT | META)) != 0;
    boolean shift = (bits & SHIFT) != 0;
    if (!text.isEmpty() && !ctrl && !alt) {
      return Optional.of(Key.typed(text, false, false, false));
    }
    if (point >= KEYPAD_FIRST && point < KEYPAD_FIRST + KEYPAD.length()) {
      String typed = KEYPAD.substring(point - KEYPAD_FIRST, point - KEYPAD_FIRST + 1);
      return typed.isBlank() ? Optional.empty() : Optional.of(Key.typed(typed, ctrl, alt, false));
    }
    if (!isText(point)) {
      return Optional.empty();
    }
    if (!ctrl && !alt) {
      int typed = !shift ? point : shifted > 0 && isText(shifted) ? shifted : upper(point);
      return Optional.of(Key.typed(Character.toString(typed), false, false, false));
    }
    // A chord is known by the key's place where its letter isn't Latin: Ctrl+C works on all
    // layouts.
    int key = point > 0x7F && base > 0x20 && base < 0x7F ? base : point;
    if (shift && !Character.isLetter(key) && shifted > 0x20 && shifted < 0x7F) {
      return Optional.of(chord(shifted, ctrl, alt, false));
    }
    return Optional.of(chord(key, ctrl, alt, shift));
  }

  /** A letter with Ctrl or Alt: lower case, and Shift where it was upper case. */
  static Key chord(int point, boolean ctrl, boolean alt, boolean shift) {
    int lower = Character.toLowerCase(point);
    return Key.typed(Character.toString(lower), ctrl, alt, shift || lower != point);
  }

  /** A key with a name; empty when it was pressed with a modifier that no chord here has. */
  static Optional<Key> named(KeyType type, int modifiers) {
    int bits = bits(modifiers);
    if ((bits & (SUPER | HYPER)) != 0) {
      return Optional.empty();
    }
    boolean ctrl = (bits & CTRL) != 0;
    boolean alt = (bits & (ALT | META)) != 0;
    boolean shift = (bits & SHIFT) != 0;
    if (type == KeyType.Tab && shift) {
      return Optional.of(Key.named(KeyType.ReverseTab, ctrl, alt, false));
    }
    return Optional.of(Key.named(type, ctrl, alt, shift));
  }

  /** The modifiers with Alt among them. */
  static int withAlt(int modifiers) {
    return (bits(modifiers) | ALT) + 1;
  }

  /** Whether a code point is a character to type: no control, no key without a character. */
  static boolean isText(int point) {
    return point >= ' '
        && (point < 0x7F || point > 0x9F)
        && point <= Character.MAX_CODE_POINT
        && (point < 0xD800 || point > 0xF8FF);
  }

  private static int upper(int point) {
    return Character.toUpperCase(point);
  }

  /** The bits of a modifier parameter, without the locks. */
  private static int bits(int modifiers) {
    return Math.max(0, modifiers - 1) & (SHIFT | ALT | CTRL | SUPER | HYPER | META);
  }

  /** The key of a control character outside of sequences. */
  static Key control(int b, boolean alt) {
    return switch (b) {
      case 0 -> Key.typed(" ", true, alt, false);
      case '\b', 0x7F -> Key.named(KeyType.Backspace, false, alt, false);
      case '\t' -> Key.named(KeyType.Tab, false, alt, false);
      case '\n', '\r' -> Key.named(KeyType.Enter, false, alt, false);
      default -> chord(Character.toLowerCase(b + '@'), true, alt, false);
    };
  }
}
