package dev.agent.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The content of a text file with all that is needed to write it back: encoding, byte order mark.
 * Line ends are part of the text.
 *
 * @param hash identifies the bytes
 */
public record TextFile(Path path, String text, Encoding encoding, String hash) {
  /** Larger files are not read as a whole. */
  public static final long MAX_BYTES = 64L * 1024 * 1024;

  /** How text became bytes. */
  public enum Encoding {
    UTF_8(StandardCharsets.UTF_8, false, "UTF-8"),
    UTF_8_MARKED(StandardCharsets.UTF_8, true, "UTF-8 with byte order mark"),
    UTF_16_LE(StandardCharsets.UTF_16LE, true, "UTF-16 little-endian"),
    UTF_16_BE(StandardCharsets.UTF_16BE, true, "UTF-16 big-endian"),
    LATIN_1(StandardCharsets.ISO_8859_1, false, "ISO 8859-1"),
    WINDOWS_1252(Charset.forName("windows-1252"), false, "Windows-1252");

    private final Charset charset;
    private final boolean marked;
    private final String shown;

    Encoding(Charset charset, boolean marked, String shown) {
      this.charset = charset;
      this.marked = marked;
      this.shown = shown;
    }

    /** The byte order mark is one character, U+FEFF, in the encoding itself. */
    byte[] mark() {
      return (marked ? "\uFEFF" : "").getBytes(charset);
    }

    /** Its name for people. */
    public String shown() {
      return shown;
    }

    /** Whether every character of the text can be written in it. */
    public boolean canEncode(String text) {
      return charset.newEncoder().canEncode(text);
    }

    Charset charset() {
      return charset;
    }

    int markLength() {
      return mark().length;
    }

    byte[] bytes(String text) {
      byte[] body = text.getBytes(charset);
      byte[] mark = mark();
      byte[] all = Arrays.copyOf(mark, mark.length + body.length);
      System.arraycopy(body, 0, all, mark.length, body.length);
      return all;
    }
  }

  /** A file that is no text. */
  public static final class BinaryFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long size;

    BinaryFileException(Path path, long size) {
      super(path + " is a binary file of " + size + " bytes");
      this.size = size;
    }

    /** In bytes. */
    public long size() {
      return size;
    }
  }

  /**
   * Reads a file as a whole.
   *
   * @throws BinaryFileException when it holds no text
   * @throws IOException when it does not exist, is no regular file, is larger than 64 MB or can't
   *     be read; the reason says which
   */
  public static TextFile read(Path path) throws IOException {
    BasicFileAttributes attributes = regular(path);
    if (attributes.size() > MAX_BYTES) {
      throw new FileSystemException(
          path.toString(),
          null,
          "is larger than " + MAX_BYTES / 1024 / 1024 + " MB; read it in parts with a command");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes((int) MAX_BYTES + 1);
    }
    return decode(path, bytes);
  }

  /**
   * The attributes of a regular file (links are followed).
   *
   * @throws IOException when it is none: devices and pipes could block for ever
   */
  public static BasicFileAttributes regular(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(
          path.toString(), null, "is a device, pipe or socket, which is never opened");
    }
    return attributes;
  }

  static TextFile decode(Path path, byte[] bytes) throws IOException {
    Encoding encoding = detect(path, bytes);
    int from = encoding.markLength();
    String text = new String(bytes, from, bytes.length - from, encoding.charset);
    if (text.indexOf('\0') >= 0) {
      throw new BinaryFileException(path, bytes.length);
    }
    return new TextFile(path, text, encoding, hash(bytes));
  }

  /** The encoding of a file by its beginning, which may end in the middle of a character. */
  static Encoding encodingOfHead(Path path, byte[] head, long size) throws BinaryFileException {
    byte[] whole = head;
    if (head.length < size) {
      int last = Math.max(0, head.length - 1);
      while (last > 0 && last > head.length - 4 && (head[last] & 0xC0) == 0x80) {
        last--;
      }
      // A mark of two bytes means characters of two or four bytes: the cut may only fall between
      // them.
      boolean wide = head.length > 1 && ((head[0] & 255) == 0xFF || (head[0] & 255) == 0xFE);
      whole = Arrays.copyOf(head, wide ? head.length & ~1 : last);
      if (wide
          && whole.length > 2
          && !isValid(whole, (head[0] & 255) == 0xFF ? Encoding.UTF_16_LE : Encoding.UTF_16_BE)) {
        whole = Arrays.copyOf(head, whole.length - 2);
      }
    }
    try {
      return detect(path, whole);
    } catch (BinaryFileException e) {
      throw new BinaryFileException(path, size);
    }
  }

  private static Encoding detect(Path path, byte[] bytes) throws BinaryFileException {
    for (Encoding marked :
        new Encoding[] {Encoding.UTF_8_MARKED, Encoding.UTF_16_LE, Encoding.UTF_16_BE}) {
      if (startsWith(bytes, marked.mark()) && isValid(bytes, marked)) {
        return marked;
      }
    }
    for (byte b : bytes) {
      if (b == 0) {
        throw new BinaryFileException(path, bytes.length);
      }
    }
    if (isValid(bytes, Encoding.UTF_8)) {
      return Encoding.UTF_8;
    }
    // Every byte means something in ISO 8859-1, so such a file comes out as it went in; but many
    // control characters mean that it is no text.
    int controls = 0;
    boolean upper = false;
    boolean undefined = false;
    for (byte b : bytes) {
      controls +=
          b < 32 && b >= 0 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 27 ? 1 : 0;
      int value = b & 255;
      upper |= value >= 0x80 && value < 0xA0;
      undefined |=
          value == 0x81 || value == 0x8D || value == 0x8F || value == 0x90 || value == 0x9D;
    }
    if (controls > bytes.length / 20) {
      throw new BinaryFileException(path, bytes.length);
    }
    // The range where the two differ holds no letters in ISO 8859-1, but quotes and dashes in
    // Windows-1252, which has five holes.
    return upper && !undefined ? Encoding.WINDOWS_1252 : Encoding.LATIN_1;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static boolean isValid(byte[] bytes, Encoding encoding) {
    try {
      encoding
          .charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(
              ByteBuffer.wrap(bytes, encoding.markLength(), bytes.length - encoding.markLength()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Identifies bytes: the beginning of their SHA-256. */
  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The line end that most lines have: {@code "\n"}, {@code "\r\n"} or {@code "\r"}; {@code "\n"}
   * for a single line.
   */
  public String lineEnd() {
    int lf = 0;
    int crlf = 0;
    int cr = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          crlf++;
          i++;
        } else {
          cr++;
        }
      } else if (c == '\n') {
        lf++;
      }
    }
    return crlf > lf && crlf >= cr ? "\r\n" : cr > lf && cr > crlf ? "\r" : "\n";
  }

  /** A file that is to be made: UTF-8 without a mark. */
  public static TextFile fresh(Path path, String text) {
    return new TextFile(path, text, Encoding.UTF_8, hash(Encoding.UTF_8.bytes(text)));
  }

  /** The same file with another text, in its old encoding where that can hold it, else in UTF-8. */
  public TextFile with(String newText) {
    Encoding kept = encoding.canEncode(newText) ? encoding : Encoding.UTF_8;
    String body =
        kept.marked && !newText.isEmpty() && newText.charAt(0) == '\uFEFF'
            ? newText.substring(1)
            : newText;
    return new TextFile(path, body, kept, hash(kept.bytes(body)));
  }

  /** What goes to disk. */
  public byte[] bytes() {
    return encoding.bytes(text);
  }
}
