package dev.agent.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The server name in the first message of TLS (RFC 8446, 4.1.2 and RFC 6066, 3): a tunnel to one
 * host must not ask the machine behind it for another.
 */
final class ClientHello {
  /** The first byte of a record that holds a handshake. */
  static final int HANDSHAKE = 22;

  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_NAME = 0;
  private static final int RECORD_HEADER = 5;
  private static final int RANDOM_AND_VERSION = 34;

  private ClientHello() {}

  /** How many bytes the first record has, header included; −1 when too little is known. */
  static int recordLength(byte[] bytes, int count) {
    return count < RECORD_HEADER ? -1 : RECORD_HEADER + ((bytes[3] & 255) << 8 | bytes[4] & 255);
  }

  /** The name in a whole first record; empty when there is none, or none that can be read. */
  static Optional<String> serverName(byte[] bytes, int count) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, RECORD_HEADER, count - RECORD_HEADER);
      if (in.get() != CLIENT_HELLO) {
        return Optional.empty();
      }
      skip(in, 3 + RANDOM_AND_VERSION);
      skip(in, in.get() & 255);
      skip(in, in.getShort() & 0xFFFF);
      skip(in, in.get() & 255);
      int end = (in.getShort() & 0xFFFF) + in.position();
      while (in.position() < end) {
        int type = in.getShort() & 0xFFFF;
        int length = in.getShort() & 0xFFFF;
        if (type == SERVER_NAME) {
          skip(in, 3); // length of the list, kind of name
          byte[] name = new byte[in.getShort() & 0xFFFF];
          in.get(name);
          return Optional.of(new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
        }
        skip(in, length);
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty(); // cut or no hello at all
    }
  }

  private static void skip(ByteBuffer in, int count) {
    in.position(in.position() + count);
  }
}
