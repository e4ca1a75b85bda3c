package dev.agent.tui.cell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the grapheme clusters (UAX 29) of a text: what a person takes for one character,
 * and how many columns it gets. Made once and set to one text after the other; it allocates nothing
 * as long as no text needs more than a look at two neighbours. For one thread.
 */
public final class Clusters {
  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;

  private final int ambiguous;
  private String text = "";
  private int limit;
  private int start;
  private int end;
  private int width;
  private boolean contested;
  private @Nullable Matcher matcher;
  private boolean matcherHasText;

  /** A cursor that gives ambiguous characters the columns that {@link Cells} gives them. */
  public Clusters() {
    this(Cells.AMBIGUOUS_WIDTH);
  }

  /** A cursor that gives ambiguous characters this many columns, 1 or 2. */
  public Clusters(int ambiguousWidth) {
    if (ambiguousWidth != 1 && ambiguousWidth != 2) {
      throw new IllegalArgumentException("columns of ambiguous characters: " + ambiguousWidth);
    }
    this.ambiguous = ambiguousWidth;
  }

  /** Sets it in front of the first cluster of a text. */
  public Clusters reset(String newText) {
    return reset(newText, 0, newText.length());
  }

  /** Sets it in front of the first cluster of a part of a text. */
  public Clusters reset(String newText, int from, int to) {
    text = newText;
    start = from;
    end = from;
    limit = to;
    width = 0;
    contested = false;
    matcherHasText = false;
    return this;
  }

  /** Goes to the next cluster; false, and nothing changes, when there is none. */
  public boolean next() {
    if (end >= limit) {
      return false;
    }
    start = end;
    char first = text.charAt(start);
    if (first < 0x7F && (start + 1 >= limit || text.charAt(start + 1) < 0x7F)) {
      end = start + 1;
      width = 1;
      contested = false;
      return true;
    }
    int point = text.codePointAt(start);
    int after = Math.min(limit, start + Character.charCount(point));
    if (isLoner(point) && (after == limit || isLoner(text.codePointAt(after)))) {
      end = after;
    } else {
      end = boundary();
    }
    if (end == after) {
      measureOne(point);
    } else {
      measure(point, after);
    }
    return true;
  }

  /** Index of the first {@code char} of the cluster. */
  public int start() {
    return start;
  }

  /** Index behind its last {@code char}. */
  public int end() {
    return end;
  }

  /**
   * Its columns: 0 (a mark without a base, a format character), 1 or 2. A control character has 1:
   * a symbol is shown in its place.
   */
  public int width() {
    return width;
  }

  /**
   * Whether terminals disagree about its columns, so that the cursor's place is unknown once it is
   * written.
   */
  public boolean isContested() {
    return contested;
  }

  /** Its first code point. */
  public int codePoint() {
    return text.codePointAt(start);
  }

  /** Whether it is a single code point. */
  public boolean isSingle() {
    return end - start == Character.charCount(codePoint());
  }

  /** Its characters. */
  public String text() {
    return text.substring(start, end);
  }

  private int boundary() {
    Matcher found = matcher;
    if (found == null) {
      found = CLUSTER.matcher(text);
      matcher = found;
    } else if (!matcherHasText) {
      found.reset(text);
    }
    matcherHasText = true;
    found.region(start, limit);
    // \X takes any character, so it always matches; the alternative keeps the cursor moving.
    return found.lookingAt() ? found.end() : start + 1;
  }

  /** Whether a cluster surely ends at an index inside of a text; false says nothing. */
  static boolean isBoundary(String text, int index) {
    return isLoner(text.codePointBefore(index)) && isLoner(text.codePointAt(index));
  }

  /**
   * Whether a code point neither joins what stands before it nor what follows, if its neighbour is
   * one of these as well: the common scripts without marks, and emoji without their modifiers.
   */
  private static boolean isLoner(int point) {
    if (point < 0x2010) {
      return point < 0x300
          || (point >= 0x370 && point <= 0x482)
          || (point >= 0x48A && point <= 0x590);
    }
    if (point <= 0xFFFF) {
      return point <= 0x2027
          || (point >= 0x202F && point <= 0x205F)
          || (point >= 0x2070 && point <= 0x20CF)
          || (point >= 0x2100 && point <= 0x2BFF)
          || (point >= 0x2E80 && point <= 0x3029)
          || (point >= 0x3030 && point <= 0x3098)
          || (point >= 0x309B && point <= 0xA4CF)
          || (point >= 0xAC00 && point <= 0xD7A3)
          || (point >= 0xE000 && point <= 0xFAFF)
          || (point >= 0xFF01 && point <= 0xFF9D);
    }
    return (point >= 0x1F000 && point <= 0x1F1E5)
        || (point >= 0x1F200 && point <= 0x1F3FA)
        || (point >= 0x1F400 && point <= 0x1FAFF)
        || (point >= 0x20000 && point <= 0x3FFFD);
  }

  private void measureOne(int point) {
    width = CodePointWidths.of(point, ambiguous);
    contested =
        point == 0xAD
            || isRegionalIndicator(point)
            || isModifier(point)
            || CodePointWidths.isRecent(point);
  }

  private void measure(int first, int after) {
    int sum = CodePointWidths.of(first, ambiguous);
    int parts = sum > 0 ? 1 : 0;
    boolean emoji = false;
    boolean disputed = CodePointWidths.isRecent(first);
    for (int at = after; at < end; ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      switch (point) {
        case EMOJI_STYLE -> emoji |= Character.isEmoji(first);
        case TEXT_STYLE, ZERO_WIDTH_JOINER, KEYCAP -> {}
        default -> {
          emoji |= isModifier(point) && Character.isEmojiModifierBase(first);
          emoji |= isRegionalIndicator(point) && isRegionalIndicator(first);
          int columns = CodePointWidths.of(point, ambiguous);
          sum += columns;
          // Thai and Lao "am" is a letter of its own to every terminal.
          parts += columns > 0 && point != 0xE33 && point != 0xEB3 ? 1 : 0;
          disputed |= point >= 0xE0020 && point <= 0xE007F;
          continue;
        }
      }
      disputed = true;
    }
    width = emoji ? 2 : Math.min(2, sum);
    contested = disputed || emoji || parts > 1 || Character.getType(first) == Character.FORMAT;
  }

  private static boolean isRegionalIndicator(int point) {
    return point >= 0x1F1E6 && point <= 0x1F1FF;
  }

  private static boolean isModifier(int point) {
    return point >= 0x1F3FB && point <= 0x1F3FF;
  }
}
