package dev.agent.model.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a {@code text/event-stream} apart into the data of its events, as the WHATWG specification
 * of server-sent events describes: lines end with CR, LF or CRLF, data lines join with LF, comments
 * and other fields are skipped, an event without data is none. Bytes become text only when an event
 * is whole, so no character is ever split.
 *
 * <p>Our own because the usual readers hide comments and raw bytes, which the watchdog and the
 * recording need. Owned by one thread.
 */
final class SseReader {
  private static final int MAX_EVENT_BYTES = 64 * 1024 * 1024;
  private static final int MAX_STRAY = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;
  private boolean skipLineFeed;
  private boolean atStart = true;
  private byte[] line = new byte[1024];
  private int lineLength;
  private byte[] data = new byte[4096];
  private int dataLength;
  private boolean hasData;
  private final StringBuilder stray = new StringBuilder();

  SseReader(InputStream in) {
    this.in = in;
  }

  /**
   * The data of the next event; null at the end of the bytes. An event at the very end counts even
   * when its blank line is missing.
   *
   * @throws IOException when the bytes can't be read, or an event is larger than 64 MB
   */
  @Nullable String next() throws IOException {
    while (readLine()) {
      if (lineLength == 0) {
        if (hasData) {
          return take();
        }
      } else {
        field();
      }
    }
    if (lineLength > 0) {
      field();
      lineLength = 0;
    }
    return hasData ? take() : null;
  }

  private String take() {
    String text = new String(data, 0, dataLength, StandardCharsets.UTF_8);
    dataLength = 0;
    hasData = false;
    return text;
  }

  /**
   * Reads up to the end of a line; false when the bytes end first (what was read so far stays in
   * the line).
   */
  private boolean readLine() throws IOException {
    lineLength = 0;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer);
        position = 0;
        if (limit < 0) {
          limit = 0;
          return false;
        }
        continue;
      }
      if (skipLineFeed) {
        skipLineFeed = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      int end = position;
      while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      line = append(line, lineLength, buffer, position, end - position);
      lineLength += end - position;
      if (end < limit) {
        skipLineFeed = buffer[end] == '\r';
        position = end + 1;
        dropByteOrderMark();
        return true;
      }
      position = end;
    }
  }

  private void dropByteOrderMark() {
    if (atStart) {
      atStart = false;
      if (lineLength >= 3
          && line[0] == (byte) 0xEF
          && line[1] == (byte) 0xBB
          && line[2] == (byte) 0xBF) {
        System.arraycopy(line, 3, line, 0, lineLength - 3);
        lineLength -= 3;
      }
    }
  }

  private void field() throws IOException {
    dropByteOrderMark();
    boolean isData =
        lineLength >= 4 && line[0] == 'd' && line[1] == 'a' && line[2] == 't' && line[3] == 'a';
    if (!isData || (lineLength > 4 && line[4] != ':')) {
      noteStray();
      return;
    }
    int from = 4;
    if (lineLength > 4) {
      from = lineLength > 5 && line[5] == ' ' ? 6 : 5;
    }
    if (hasData) {
      data = append(data, dataLength, new byte[] {'\n'}, 0, 1);
      dataLength++;
    }
    data = append(data, dataLength, line, from, lineLength - from);
    dataLength += lineLength - from;
    hasData = true;
  }

  /** Keeps the beginning of lines that no stream of events has, to tell later what came instead. */
  private void noteStray() {
    if (stray.length() < MAX_STRAY && lineLength > 0) {
      String text = new String(line, 0, Math.min(lineLength, MAX_STRAY), StandardCharsets.UTF_8);
      if (!text.startsWith(":")
          && !text.startsWith("event")
          && !text.startsWith("id")
          && !text.startsWith("retry")) {
        stray.append(text).append('\n');
      }
    }
  }

  /**
   * The beginning of what stood in the bytes but belongs to no stream: HTML of a proxy, a JSON
   * body. Empty for a clean stream.
   */
  String stray() {
    return stray.toString();
  }

  private static byte[] append(byte[] to, int length, byte[] from, int start, int count)
      throws IOException {
    byte[] target = to;
    if (length + count > target.length) {
      if (length + count > MAX_EVENT_BYTES) {
        throw new IOException("an event of the stream is larger than 64 MB");
      }
      target = Arrays.copyOf(target, Math.max(target.length * 2, length + count));
    }
    System.arraycopy(from, start, target, length, count);
    return target;
  }
}
