package dev.agent.tui.cell;

import java.util.HashMap;
import java.util.Map;

/**
 * Signs that we draw with, for terminals whose locale knows ASCII only: lines, ellipses, dashes,
 * marks. Each becomes one character of ASCII, so that nothing changes its place. Letters stay as
 * they are: many such terminals show them all the same, and nothing else would say as much.
 */
final class AsciiSigns {
  private static final Map<Integer, Character> SIGNS = signs();

  private AsciiSigns() {}

  /** What stands for a code point; itself when it is none of the signs. */
  static int of(int point) {
    if (point < 0x80) {
      return point;
    }
    if (point >= 0x2500 && point <= 0x257F) {
      return line(point);
    }
    if (point >= 0x2580 && point <= 0x259F) {
      return point == 0x2591 ? '.' : point >= 0x2589 && point <= 0x258F ? '|' : '#';
    }
    if (point >= 0x2400 && point <= 0x243F) {
      return '?'; // a picture of a control character
    }
    Character sign = SIGNS.get(point);
    return sign == null ? point : sign;
  }

  private static int line(int point) {
    return switch (point) {
      case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2550 -> '-';
      case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551 -> '|';
      default -> '+';
    };
  }

  private static Map<Integer, Character> signs() {
    Map<Integer, Character> signs = new HashMap<>();
    put(signs, "…⏎–—·•‐‑", ".;---*--");
    put(signs, "●✻✢✳✶✽✔✗✘×", "******xxxx");
    put(signs, "◼◻☐☑☒", "#o.xx");
    put(signs, "←↑→↓⎿›‹«»⟨⟩", "<^>v`><<><>");
    put(signs, "“”„‘’‚", "\"\"\"'',");
    return Map.copyOf(signs);
  }

  private static void put(Map<Integer, Character> signs, String from, String to) {
    for (int i = 0; i < from.length(); i++) {
      signs.put((int) from.charAt(i), to.charAt(i));
    }
  }
}
