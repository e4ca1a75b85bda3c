package dev.agent.tui.input;

import java.nio.charset.StandardCharsets;

/** Collects a bracketed paste up to its end mark. */
final class PasteBuffer {
  private static final byte[] END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);

  private final int limit;
  private final ByteRun bytes = new ByteRun();
  private int matched;
  private long dropped;
  private boolean ended;

  /**
   * @param limit how many bytes are kept
   */
  PasteBuffer(int limit) {
    this.limit = limit;
  }

  /** Takes bytes up to the end mark; returns the position behind what was taken. */
  int add(byte[] source, int from, int to) {
    int at = from;
    while (at < to && !ended) {
      if (matched == 0) {
        int plain = at;
        while (at < to && source[at] != END[0]) {
          at++;
        }
        keep(source, plain, at);
        if (at < to) {
          matched = 1;
          at++;
        }
      } else if (source[at] == END[matched]) {
        matched++;
        at++;
        ended = matched == END.length;
      } else {
        // Not the mark after all; ESC, its first byte, occurs in it only once.
        keep(END, 0, matched);
        matched = 0;
      }
    }
    return at;
  }

  /** Whether the end mark came. */
  boolean ended() {
    return ended;
  }

  /** The paste, also when its end mark is missing; the buffer is empty afterwards. */
  InputEvent.Pasted take() {
    if (!ended) {
      keep(END, 0, matched);
    }
    int whole = dropped > 0 ? bytes.complete() : bytes.size();
    long cut = dropped + bytes.size() - whole;
    String text = PasteText.clean(bytes.take(whole));
    bytes.clear();
    matched = 0;
    dropped = 0;
    ended = false;
    return new InputEvent.Pasted(text, cut);
  }

  private void keep(byte[] source, int from, int to) {
    int kept = Math.min(to - from, limit - bytes.size());
    bytes.add(source, from, from + kept);
    dropped += to - from - kept;
  }
}
