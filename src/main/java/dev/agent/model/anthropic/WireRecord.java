package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keeps the whole traffic of a run as JSON lines, for {@code --record}: requests, answers, their
 * bytes as they came, with the time of each in milliseconds since the start. Headers that carry
 * secrets are left out, and secrets that are known are replaced wherever they stand. Thread-safe as
 * far as {@code lines} is.
 */
public final class WireRecord {
  private final Consumer<String> lines;
  private final List<String> secrets;
  private final long began = System.nanoTime();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param lines takes one line at a time, without its end
   * @param secrets values that must not appear; shorter ones than 8 characters are passed over
   */
  public WireRecord(Consumer<String> lines, List<String> secrets) {
    this.lines = lines;
    this.secrets = secrets.stream().filter(secret -> secret.length() >= 8).toList();
  }

  /** Writes a request's body. */
  interface BodyWriter {
    void to(OutputStream out) throws IOException;
  }

  Exchange request(String method, String path, Map<String, List<String>> headers, BodyWriter body) {
    Exchange exchange = new Exchange(count.incrementAndGet());
    ObjectNode line = exchange.line("request");
    line.put("method", method);
    line.put("path", path);
    line.set("headers", headers(headers));
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      body.to(bytes);
      line.set("body", Json.MAPPER.readTree(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(line);
    return exchange;
  }

  private void write(ObjectNode line) {
    String text = Json.write(line);
    for (String secret : secrets) {
      text = text.replace(secret, "[secret]");
    }
    lines.accept(text);
  }

  private static JsonNode headers(Map<String, List<String>> headers) {
    ObjectNode node = Json.object();
    headers.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          boolean secret =
              lower.contains("key")
                  || lower.contains("auth")
                  || lower.contains("cookie")
                  || lower.contains("token") && !lower.startsWith("anthropic-ratelimit");
          node.put(lower, secret ? "[secret]" : String.join(", ", values));
        });
    return node;
  }

  /** One request with its answer. */
  final class Exchange {
    private final int number;

    Exchange(int number) {
      this.number = number;
    }

    private ObjectNode line(String type) {
      ObjectNode line = Json.object();
      line.put("type", type);
      line.put("n", number);
      line.put("at_ms", (System.nanoTime() - began) / 1_000_000);
      return line;
    }

    void response(int status, Map<String, List<String>> headers) {
      ObjectNode line = line("response");
      line.put("status", status);
      line.set("headers", headers(headers));
      write(line);
    }

    void chunk(byte[] bytes) {
      ObjectNode line = line("chunk");
      try {
        line.put(
            "text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      } catch (CharacterCodingException e) {
        line.put("base64", Base64.getEncoder().encodeToString(bytes));
      }
      write(line);
    }

    void end() {
      write(line("end"));
    }

    void fault(String message) {
      write(line("fault").put("message", message));
    }

    /** The same bytes, kept on their way. */
    InputStream tee(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int n = super.read(buffer, offset, length);
          if (n > 0) {
            chunk(java.util.Arrays.copyOfRange(buffer, offset, offset + n));
          }
          return n;
        }
      };
    }
  }
}
