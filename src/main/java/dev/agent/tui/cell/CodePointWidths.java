package dev.agent.tui.cell;

import java.util.Arrays;

/**
 * What Unicode 16 says of the width of single code points. The ranges are the property values W and
 * F (wide) and A (ambiguous) of EastAsianWidth.txt and, for the disputed ones, the age of
 * emoji-data.txt; marks and format characters are known to the JDK, which has Unicode 16 as well.
 *
 * <p>Ranges lie in one array, two numbers each, in ascending order.
 */
final class CodePointWidths {
  /**
   * Regional indicators are neutral in the file, but every terminal that shows one alone gives it
   * the place of an emoji.
   */
  private static final int[] WIDE =
      ranges(
          "1100-115F 231A-231B 2329-232A 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 2630-2637"
              + " 2648-2653 267F 268A-268F 2693 26A1 26AA-26AB 26BD-26BE 26C4-26C5 26CE 26D4 26EA"
              + " 26F2-26F3 26F5 26FA 26FD 2705 270A-270B 2728 274C 274E 2753-2755 2757 2795-2797"
              + " 27B0 27BF 2B1B-2B1C 2B50 2B55 2E80-2E99 2E9B-2EF3 2F00-2FD5 2FF0-303E 3041-3096"
              + " 3099-30FF 3105-312F 3131-318E 3190-31E5 31EF-321E 3220-3247 3250-A48C A490-A4C6"
              + " A960-A97C AC00-D7A3 F900-FAFF FE10-FE19 FE30-FE52 FE54-FE66 FE68-FE6B FF01-FF60"
              + " FFE0-FFE6 16FE0-16FE4 16FF0-16FF1 17000-187F7 18800-18CD5 18CFF-18D08 1AFF0-1AFF3"
              + " 1AFF5-1AFFB 1AFFD-1AFFE 1B000-1B122 1B132 1B150-1B152 1B155 1B164-1B167"
              + " 1B170-1B2FB 1D300-1D356 1D360-1D376 1F004 1F0CF 1F18E 1F191-1F19A 1F1E6-1F202"
              + " 1F210-1F23B 1F240-1F248 1F250-1F251 1F260-1F265 1F300-1F320 1F32D-1F335"
              + " 1F337-1F37C 1F37E-1F393 1F3A0-1F3CA 1F3CF-1F3D3 1F3E0-1F3F0 1F3F4 1F3F8-1F43E"
              + " 1F440 1F442-1F4FC 1F4FF-1F53D 1F54B-1F54E 1F550-1F567 1F57A 1F595-1F596 1F5A4"
              + " 1F5FB-1F64F 1F680-1F6C5 1F6CC 1F6D0-1F6D2 1F6D5-1F6D7 1F6DC-1F6DF 1F6EB-1F6EC"
              + " 1F6F4-1F6FC 1F7E0-1F7EB 1F7F0 1F90C-1F93A 1F93C-1F945 1F947-1F9FF 1FA70-1FA7C"
              + " 1FA80-1FA89 1FA8F-1FAC6 1FACE-1FADC 1FADF-1FAE9 1FAF0-1FAF8 20000-2FFFD"
              + " 30000-3FFFD");

  /** Wide since a version of Unicode (14 or later) that many terminals don't know yet. */
  private static final int[] RECENT =
      ranges(
          "2630-2637 268A-268F 4DC0-4DFF 1D300-1D356 1D360-1D376 1F6DC-1F6DF 1F7F0 1F979 1F9CC"
              + " 1FA75-1FA77 1FA7B-1FA7C 1FA87-1FA89 1FA8F 1FAA9-1FAAF 1FAB7-1FABF 1FAC3-1FAC6"
              + " 1FACE-1FACF 1FAD7-1FADC 1FADF-1FAE9 1FAF0-1FAF8");

  private CodePointWidths() {}

  /**
   * Columns of a code point by itself: 0, 1 or 2. Control characters and halves of surrogate pairs
   * count 1, the place of the symbol that is shown for them.
   *
   * @param ambiguous columns of a character that is wide in East Asian fonts only
   */
  static int of(int point, int ambiguous) {
    if (point < 0x300) {
      return ambiguous == 2 && point >= 0xA1 && Ambiguous.contains(point) ? 2 : 1;
    }
    if ((point >= 0x4E00 && point <= 0x9FFF) || (point >= 0xAC00 && point <= 0xD7A3)) {
      return 2;
    }
    if (isZero(point)) {
      return 0;
    }
    if (isIn(WIDE, point)) {
      return 2;
    }
    return ambiguous == 2 && Ambiguous.contains(point) ? 2 : 1;
  }

  private static boolean isZero(int point) {
    // Vowels and finals of Hangul are drawn into the place of the initial before them.
    if ((point >= 0x1160 && point <= 0x11FF) || (point >= 0xD7B0 && point <= 0xD7FB)) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
      default -> false;
    };
  }

  /** Whether terminals of different age give it different widths. */
  static boolean isRecent(int point) {
    return point >= 0x2630 && isIn(RECENT, point);
  }

  private static boolean isIn(int[] ranges, int point) {
    int found = Arrays.binarySearch(ranges, point);
    // Not a bound itself: it lies inside a range when an odd number of bounds is below it.
    return found >= 0 || (-found - 1) % 2 == 1;
  }

  /** Reads hexadecimal ranges; a single number stands for a range of one. */
  private static int[] ranges(String text) {
    String[] words = text.split(" ");
    int[] bounds = new int[words.length * 2];
    for (int i = 0; i < words.length; i++) {
      int dash = words[i].indexOf('-');
      String first = dash < 0 ? words[i] : words[i].substring(0, dash);
      bounds[2 * i] = Integer.parseInt(first, 16);
      bounds[2 * i + 1] = Integer.parseInt(words[i].substring(dash + 1), 16);
    }
    return bounds;
  }

  /** Read only by those who want ambiguous characters wide. */
  private static final class Ambiguous {
    private static final int[] RANGES =
        ranges(
            "A1 A4 A7-A8 AA AD-AE B0-B4 B6-BA BC-BF C6 D0 D7-D8 DE-E1 E6 E8-EA EC-ED F0 F2-F3 F7-FA"
                + " FC FE 101 111 113 11B 126-127 12B 131-133 138 13F-142 144 148-14B 14D 152-153"
                + " 166-167 16B 1CE 1D0 1D2 1D4 1D6 1D8 1DA 1DC 251 261 2C4 2C7 2C9-2CB 2CD 2D0"
                + " 2D8-2DB 2DD 2DF 391-3A1 3A3-3A9 3B1-3C1 3C3-3C9 401 410-44F 451 2010 2013-2016"
                + " 2018-2019 201C-201D 2020-2022 2024-2027 2030 2032-2033 2035 203B 203E 2074 207F"
                + " 2081-2084 20AC 2103 2105 2109 2113 2116 2121-2122 2126 212B 2153-2154 215B-215E"
                + " 2160-216B 2170-2179 2189 2190-2199 21B8-21B9 21D2 21D4 21E7 2200 2202-2203"
                + " 2207-2208 220B 220F 2211 2215 221A 221D-2220 2223 2225 2227-222C 222E 2234-2237"
                + " 223C-223D 2248 224C 2252 2260-2261 2264-2267 226A-226B 226E-226F 2282-2283"
                + " 2286-2287 2295 2299 22A5 22BF 2312 2460-24E9 24EB-254B 2550-2573 2580-258F"
                + " 2592-2595 25A0-25A1 25A3-25A9 25B2-25B3 25B6-25B7 25BC-25BD 25C0-25C1 25C6-25C8"
                + " 25CB 25CE-25D1 25E2-25E5 25EF 2605-2606 2609 260E-260F 261C 261E 2640 2642"
                + " 2660-2661 2663-2665 2667-266A 266C-266D 266F 269E-269F 26BF 26C6-26CD 26CF-26D3"
                + " 26D5-26E1 26E3 26E8-26E9 26EB-26F1 26F4 26F6-26F9 26FB-26FC 26FE-26FF 273D"
                + " 2776-277F 2B56-2B59 3248-324F E000-F8FF FFFD 1F100-1F10A 1F110-1F12D"
                + " 1F130-1F169 1F170-1F18D 1F18F-1F190 1F19B-1F1AC F0000-FFFFD 100000-10FFFD");

    static boolean contains(int point) {
      return isIn(RANGES, point);
    }
  }
}
