package dev.agent.mode.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Speaks HTTP by hand, so that a test sees every byte and how the connection ended. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  /** How a connection ended. */
  enum End {
    CLOSED,
    RESET,
    OPEN
  }

  /**
   * @param head status line and headers
   * @param body with the framing of chunks removed
   * @param chunks how many there were
   * @param complete whether the last chunk or all of the length came
   */
  record Answer(String head, String body, int chunks, boolean complete, End end) {
    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }
  }

  RawClient(String url) throws IOException {
    URI address = URI.create(url);
    socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(20_000);
  }

  Answer post(String body) throws IOException {
    return send("POST", "/v1/messages", body);
  }

  Answer send(String method, String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return raw(
        (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length)
            + "\r\n\r\n"
            + body);
  }

  Answer raw(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return read();
  }

  private Answer read() throws IOException {
    InputStream in = socket.getInputStream();
    String head = "";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int chunks = 0;
    try {
      head = head(in);
      int length = length(head);
      if (length >= 0) {
        body.write(in.readNBytes(length));
        return new Answer(
            head, body.toString(StandardCharsets.UTF_8), 0, body.size() == length, End.OPEN);
      }
      while (true) {
        String size = line(in);
        if (size == null) {
          return new Answer(head, body.toString(StandardCharsets.UTF_8), chunks, false, End.CLOSED);
        }
        int n = Integer.parseInt(size, 16);
        if (n == 0) {
          line(in);
          return new Answer(head, body.toString(StandardCharsets.UTF_8), chunks, true, End.OPEN);
        }
        body.write(in.readNBytes(n));
        line(in);
        chunks++;
      }
    } catch (SocketException e) {
      return new Answer(head, body.toString(StandardCharsets.UTF_8), chunks, false, End.RESET);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private static int length(String head) {
    for (String line : head.split("\n")) {
      if (line.startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return -1;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(b);
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
