package dev.agent.shell;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes the inside of <code>$'…'</code> as bash does in a UTF-8 locale: escapes name bytes, and
 * the bytes together are the text.
 */
final class AnsiQuote {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final String text;
  private int at;

  private AnsiQuote(String text) {
    this.text = text;
  }

  /** The text; empty when its bytes are none, or when a zero byte would cut it off. */
  static Optional<String> decode(String inside) {
    if (inside.indexOf('\\') < 0) {
      return Optional.of(inside);
    }
    AnsiQuote quote = new AnsiQuote(inside);
    return quote.run() ? quote.asText() : Optional.empty();
  }

  private Optional<String> asText() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty(); // a word that is no text can't be compared with rules
    }
  }

  private boolean run() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c != '\\' || at >= text.length()) {
        character(c);
      } else if (!escape()) {
        return false;
      }
    }
    return true;
  }

  private void character(int c) {
    bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
  }

  private boolean escape() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    switch (c) {
      case 'a' -> bytes.write(7);
      case 'b' -> bytes.write('\b');
      case 'e', 'E' -> bytes.write(0x1B);
      case 'f' -> bytes.write('\f');
      case 'n' -> bytes.write('\n');
      case 'r' -> bytes.write('\r');
      case 't' -> bytes.write('\t');
      case 'v' -> bytes.write(0x0B);
      case '\\', '\'', '"', '?' -> bytes.write(c);
      case 'x' -> {
        return hexadecimal();
      }
      case 'u' -> {
        return codePoint(4, c);
      }
      case 'U' -> {
        return codePoint(8, c);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        return oneByte(number(8, 3));
      }
      case 'c' -> {
        return control();
      }
      default -> {
        bytes.write('\\');
        character(c);
      }
    }
    return true;
  }

  private boolean hexadecimal() {
    if (at < text.length() && text.charAt(at) == '{') {
      return false; // \x{…} differs between versions of the shell
    }
    int start = at;
    long value = number(16, 2);
    if (at == start) {
      bytes.write('\\');
      bytes.write('x');
      return true;
    }
    return oneByte(value);
  }

  private boolean oneByte(long value) {
    bytes.write((int) value);
    return (value & 0xFF) != 0;
  }

  private boolean codePoint(int digits, int kind) {
    int start = at;
    long value = number(16, digits);
    if (at == start) {
      bytes.write('\\');
      bytes.write(kind);
      return true;
    }
    if (value == 0 || value > Character.MAX_CODE_POINT || value >= 0xD800 && value <= 0xDFFF) {
      return false;
    }
    character((int) value);
    return true;
  }

  /** {@code \cx}; only for letters, where all versions agree. */
  private boolean control() {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    bytes.write(c & 0x1F);
    return letter;
  }

  private long number(int radix, int most) {
    long value = 0;
    int end = Math.min(text.length(), at + most);
    while (at < end && digit(text.charAt(at), radix) >= 0) {
      value = value * radix + digit(text.charAt(at++), radix);
    }
    return value;
  }

  private static int digit(char c, int radix) {
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }
}
