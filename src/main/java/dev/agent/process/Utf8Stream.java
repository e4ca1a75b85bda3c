package dev.agent.process;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that come in pieces, as text: a character that is cut by the end of a piece waits for its
 * rest. What is no UTF-8 becomes U+FFFD. For one thread.
 */
final class Utf8Stream {
  private static final int LONGEST_REST = 3;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final byte[] rest = new byte[LONGEST_REST];
  private int restLength;

  /** The text of the first {@code length} bytes, with what was left of the piece before. */
  String decode(byte[] bytes, int length) {
    ByteBuffer in = ByteBuffer.allocate(restLength + length);
    in.put(rest, 0, restLength).put(bytes, 0, length).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.reset();
    decoder.decode(in, out, false);
    restLength = in.remaining();
    in.get(rest, 0, restLength);
    return out.flip().toString();
  }

  /** What is left at the end: a character that never became whole. */
  String end() {
    String text = new String(rest, 0, restLength, StandardCharsets.UTF_8);
    restLength = 0;
    return text;
  }
}
