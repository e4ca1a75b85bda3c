package dev.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agent.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Lines to the bytes of a journal and back. The last member of each object is a checksum (CRC-32C,
 * eight hex digits) of the bytes before it, so that a changed byte is noticed and never sent on; a
 * line without one, written by hand, is taken as it is.
 */
final class LineCodec {
  private static final byte[] MARK = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = MARK.length + 8 + 2;

  private final List<String> secrets;

  /**
   * @param secrets values that are replaced wherever they occur: keys and tokens
   */
  LineCodec(List<String> secrets) {
    this.secrets = secrets.stream().filter(secret -> secret.length() >= 8).toList();
  }

  byte[] encode(Line line) {
    String text = EntryJson.write(line);
    for (String secret : secrets) {
      String quoted = Json.write(com.fasterxml.jackson.databind.node.TextNode.valueOf(secret));
      text = text.replace(quoted.substring(1, quoted.length() - 1), "[secret removed]");
    }
    byte[] body = escapeLoneSurrogates(text).getBytes(StandardCharsets.UTF_8);
    int length = body.length - 1;
    byte[] out = new byte[length + TAIL + 1];
    System.arraycopy(body, 0, out, 0, length);
    System.arraycopy(MARK, 0, out, length, MARK.length);
    byte[] sum = checksum(body, length);
    System.arraycopy(sum, 0, out, length + MARK.length, 8);
    out[out.length - 3] = '"';
    out[out.length - 2] = '}';
    out[out.length - 1] = '\n';
    return out;
  }

  /**
   * Half a surrogate pair has no UTF-8 form and would become a question mark; inside a JSON string
   * its escape is the same value.
   */
  private static String escapeLoneSurrogates(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        if (out == null) {
          out = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        out.append("\\u").append(Integer.toHexString(c));
      } else {
        if (out != null) {
          out.append(c);
        }
        if (pair) {
          i++;
          if (out != null) {
            out.append(text.charAt(i));
          }
        }
      }
    }
    return out == null ? text : out.toString();
  }

  private static byte[] checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    long value = crc.getValue();
    byte[] hex = new byte[8];
    for (int i = 7; i >= 0; i--) {
      hex[i] = (byte) Character.forDigit((int) (value & 15), 16);
      value >>= 4;
    }
    return hex;
  }

  /**
   * Reads one line without its line break.
   *
   * @throws IllegalArgumentException when it is damaged; the sentence says how
   */
  static Line decode(byte[] bytes) {
    int length = bytes.length;
    int mark = length - TAIL;
    if (mark > 0
        && matches(bytes, mark, MARK)
        && !matches(bytes, mark + MARK.length, checksum(bytes, mark))) {
      throw new IllegalArgumentException("its checksum does not fit");
    }
    try {
      return EntryJson.read(Json.STRICT.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static boolean matches(byte[] bytes, int at, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (bytes[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
