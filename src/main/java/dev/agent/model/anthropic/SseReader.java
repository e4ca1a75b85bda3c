package dev.agent.model.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into server-sent events (HTML standard, section 9.2). Bytes are decoded only when a
 * whole event is there, so no split of the input can break a character. Belongs to one thread;
 * blocks in {@link InputStream#read(byte[], int, int)}.
 */
final class SseReader {
  /**
   * One event larger than this is refused: 64 MB, twice what the service takes as a whole request.
   */
  static final int MAX_EVENT_BYTES = 64 * 1024 * 1024;

  private static final int MAX_FOREIGN_BYTES = 64 * 1024;
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String[] FIELDS = {"data", "event", "id", "retry"};

  /**
   * One event that has data.
   *
   * @param name from the {@code event} line; empty without one
   * @param data the data lines joined by LF
   * @param terminated whether a blank line ended it; if not, the bytes ended and the data may be
   *     cut
   */
  record Event(String name, String data, boolean terminated) {}

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;
  private byte[] line = new byte[512];
  private int lineLength;
  private byte[] data = new byte[512];
  private int dataLength;
  private boolean hasData;
  private String name = "";
  private boolean skipLineFeed;
  private boolean firstLine = true;
  private boolean ended;
  private boolean sawEvent;
  private byte[] foreign = new byte[0];
  private int foreignLength;

  SseReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next event; null when the bytes ended.
   *
   * @throws StreamFault when one event is larger than {@link #MAX_EVENT_BYTES}
   */
  @Nullable Event next() throws IOException, StreamFault {
    while (!ended) {
      boolean terminated = readLine();
      int start = 0;
      if (firstLine) {
        firstLine = false;
        if (lineLength >= 3 && Arrays.equals(line, 0, 3, BOM, 0, 3)) {
          start = 3;
        }
      }
      if (!terminated) {
        ended = true;
        field(start, false);
        return hasData ? dispatch(false) : null;
      }
      if (lineLength == start) {
        if (hasData) {
          return dispatch(true);
        }
        name = "";
      } else {
        field(start, true);
      }
    }
    return null;
  }

  /**
   * Text of lines that belong to no event stream, as an error page has them; empty as soon as one
   * event came. At most 64 KB.
   */
  String foreignText() {
    return sawEvent ? "" : new String(foreign, 0, foreignLength, StandardCharsets.UTF_8);
  }

  private Event dispatch(boolean terminated) {
    Event event =
        new Event(name, new String(data, 0, dataLength, StandardCharsets.UTF_8), terminated);
    sawEvent = true;
    hasData = false;
    dataLength = 0;
    name = "";
    return event;
  }

  /** Reads up to CR, LF, CRLF or the end; false at the end. */
  private boolean readLine() throws IOException, StreamFault {
    lineLength = 0;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer, 0, buffer.length);
        position = 0;
        if (limit <= 0) {
          limit = 0;
          return false;
        }
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
      position = end;
      if (end < limit) {
        skipLineFeed = buffer[end] == '\r';
        position = end + 1;
        return true;
      }
    }
  }

  private void field(int start, boolean terminated) throws StreamFault {
    if (lineLength == start || line[start] == ':') {
      return;
    }
    int colon = start;
    while (colon < lineLength && line[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, lineLength);
    if (value < lineLength && line[value] == ' ') {
      value++;
    }
    if (is("data", start, colon)) {
      if (hasData) {
        data = append(data, dataLength++, new byte[] {'\n'}, 0, 1);
      }
      data = append(data, dataLength, line, value, lineLength - value);
      dataLength += lineLength - value;
      hasData = true;
    } else if (is("event", start, colon)) {
      name = new String(line, value, lineLength - value, StandardCharsets.UTF_8);
    } else if (!is("id", start, colon)
        && !is("retry", start, colon)
        && (terminated || !beginsAField(start))) {
      int length = Math.min(lineLength - start, MAX_FOREIGN_BYTES - foreignLength - 1);
      if (!sawEvent && length > 0) {
        foreign = append(foreign, foreignLength, line, start, length);
        foreignLength += length;
        foreign = append(foreign, foreignLength++, new byte[] {'\n'}, 0, 1);
      }
    }
  }

  private boolean is(String field, int start, int end) {
    return end - start == field.length() && beginsWith(field, start, end);
  }

  /** Whether the cut line may have been going to become a field of ours. */
  private boolean beginsAField(int start) {
    for (String field : FIELDS) {
      if (lineLength - start <= field.length() && beginsWith(field, start, lineLength)) {
        return true;
      }
    }
    return start == 0 && lineLength < 3 && Arrays.equals(line, 0, lineLength, BOM, 0, lineLength);
  }

  private boolean beginsWith(String field, int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] != field.charAt(i - start)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] append(byte[] to, int length, byte[] from, int offset, int count)
      throws StreamFault {
    byte[] grown = to;
    if (count > to.length - length) {
      if ((long) length + count > MAX_EVENT_BYTES) {
        throw StreamFault.malformed("The stream holds an event of more than 64 MB.");
      }
      grown =
          Arrays.copyOf(
              to, Math.max(length + count, (int) Math.min(MAX_EVENT_BYTES, to.length * 2L)));
    }
    System.arraycopy(from, offset, grown, length, count);
    return grown;
  }
}
