package dev.agent.tui.view;

import dev.agent.text.Clip;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The text of a block. A long one that a {@link SourceStore} has taken is here with its head and
 * its tail only, which is all that a folded block shows. Immutable.
 */
public final class Source {
  /** Nothing. */
  public static final Source EMPTY = new Source("", "", 0, 0, Optional.empty());

  /** Above this many characters a text is offered to the store. */
  static final int MAX_IN_MEMORY = 32 * 1024;

  private static final int END = 4 * 1024;

  private final String head;
  private final String tail;
  private final int length;
  private final int lines;
  private final Optional<SourceStore.Kept> kept;

  private Source(String head, String tail, int length, int lines, Optional<SourceStore.Kept> kept) {
    this.head = head;
    this.tail = tail;
    this.length = length;
    this.lines = lines;
    this.kept = kept;
  }

  /** A text; blank lines at its end do not count. */
  public static Source of(String text, SourceStore store) {
    String trimmed = text.stripTrailing();
    int lines = trimmed.isEmpty() ? 0 : 1 + count(trimmed);
    Optional<SourceStore.Kept> kept =
        trimmed.length() > MAX_IN_MEMORY ? store.keep(trimmed) : Optional.empty();
    if (kept.isEmpty()) {
      return new Source(trimmed, "", trimmed.length(), lines, kept);
    }
    int from = Clip.boundary(trimmed, trimmed.length() - END);
    return new Source(
        trimmed.substring(0, Clip.boundary(trimmed, END)),
        trimmed.substring(from),
        trimmed.length(),
        lines,
        kept);
  }

  /** A text that stays in memory. */
  public static Source of(String text) {
    return of(text, SourceStore.NONE);
  }

  private static int count(String text) {
    int count = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      count++;
    }
    return count;
  }

  /** Writes what is in memory of it; who keeps the whole goes to a list. */
  void write(PageWriter out, List<SourceStore.Kept> held) {
    out.text(head);
    out.number(length);
    out.number(lines);
    out.flag(kept.isPresent());
    if (kept.isPresent()) {
      out.text(tail);
      out.number(held.size());
      held.add(kept.get());
    }
  }

  /** Reads what {@link #write} has written. */
  static Source read(PageReader in, List<SourceStore.Kept> held) {
    String head = in.text();
    int length = in.number();
    int lines = in.number();
    return in.flag()
        ? new Source(head, in.text(), length, lines, Optional.of(held.get(in.number())))
        : new Source(head, "", length, lines, Optional.empty());
  }

  /** How many characters the whole has. */
  public int length() {
    return length;
  }

  /** How many lines the whole has; 0 for an empty text. */
  public int lines() {
    return lines;
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The whole text, read back when it is kept elsewhere; head and tail when it is gone there. */
  public String text() {
    if (kept.isEmpty()) {
      return head;
    }
    try {
      return kept.get().read();
    } catch (IOException e) {
      return head + "\n… (the middle can't be read any more: " + e.getMessage() + ")\n" + tail;
    }
  }

  /** Its first lines, from memory: fewer when they are very long. */
  public String firstLines(int count) {
    int end = -1;
    for (int i = 0; i < count; i++) {
      end = head.indexOf('\n', end + 1);
      if (end < 0) {
        return head;
      }
    }
    return head.substring(0, Math.max(0, end));
  }

  /** Its last lines, from memory: fewer when they are very long. */
  public String lastLines(int count) {
    String end = kept.isEmpty() ? head : tail;
    int from = end.length();
    for (int i = 0; i < count; i++) {
      from = end.lastIndexOf('\n', from - 1);
      if (from < 0) {
        return end;
      }
    }
    return end.substring(from + 1);
  }
}
