package dev.agent.mode.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As much of HTTP/1.1 as the server needs, with every byte in hand. Pure but for the streams. */
final class Wire {
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_HEADERS = 200;

  private Wire() {}

  /** What is no HTTP at all; the connection ends after an answer with status 400. */
  static final class BadRequest extends IOException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }

  /**
   * The beginning of a request.
   *
   * @param path without its query
   * @param headers names in lower case
   */
  record Head(String method, String path, Map<String, String> headers) {
    boolean wantsClose() {
      return "close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
    }
  }

  /** The next request's head; null when the client has closed the connection. */
  static @Nullable Head head(InputStream in) throws IOException {
    String first = line(in);
    if (first == null || first.isEmpty()) {
      return null;
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new BadRequest("not a request line: " + first);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() >= MAX_HEADERS) {
        throw new BadRequest("not a header: " + line);
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return new Head(parts[0], before(parts[1], '?'), headers);
  }

  /**
   * The body that belongs to these headers.
   *
   * @throws BadRequest when its length is none or above the limit
   */
  static byte[] body(InputStream in, Map<String, String> headers, int limit) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        String size = line(in);
        int length = number(size == null ? "" : before(size, ';').strip(), 16);
        if (length == 0) {
          String trailer = line(in);
          while (trailer != null && !trailer.isEmpty()) {
            trailer = line(in);
          }
          return body.toByteArray();
        }
        if (length > limit - body.size()) {
          throw new BadRequest("the body is longer than " + limit + " bytes");
        }
        body.write(in.readNBytes(length));
        line(in);
      }
    }
    int length = number(headers.getOrDefault("content-length", "0"), 10);
    if (length > limit) {
      throw new BadRequest("the body is longer than " + limit + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the request ended early");
    }
    return body;
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private static int number(String text, int radix) throws BadRequest {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BadRequest("not a length: \"" + text + "\"");
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
      if (line.size() > MAX_LINE) {
        throw new BadRequest("a header line is too long");
      }
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
  }

  static void writeHead(OutputStream out, int status, String type, Map<String, String> headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ');
    head.append(status < 400 ? "OK" : "Error").append("\r\ncontent-type: ").append(type);
    head.append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A whole answer with its length. */
  static void respond(
      OutputStream out, int status, String type, byte[] body, Map<String, String> headers)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("content-length", String.valueOf(body.length));
    writeHead(out, status, type, all);
    out.write(body);
    out.flush();
  }

  /** One chunk; an empty one ends the answer. */
  static void chunk(OutputStream out, byte[] bytes, int from, int length) throws IOException {
    out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes, from, length);
    out.write('\r');
    out.write('\n');
  }

  static void lastChunk(OutputStream out) throws IOException {
    chunk(out, new byte[0], 0, 0);
    out.flush();
  }
}
