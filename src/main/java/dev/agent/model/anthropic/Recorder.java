package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agent.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import okhttp3.Headers;

/**
 * The wire traffic of a run as lines of JSON, which the replay server can serve again: {@code
 * request}, {@code response}, {@code chunk}…, then {@code end} or {@code fault}, each with the
 * exchange's number {@code n} and {@code at_ms} since the recorder was made.
 *
 * <p>Secrets are left out: headers that carry them, and every known secret value wherever it stands
 * in a request or within one line of an answer. For the latter, bytes are recorded in whole lines.
 * Thread-safe; lines of several exchanges interleave.
 */
public final class Recorder {
  private static final String HIDDEN = "[redacted]";

  /** Shorter values are no secrets, and would turn the recording into confetti. */
  private static final int MIN_SECRET_CHARS = 8;

  private static final int MAX_PENDING_BYTES = 64 * 1024;
  private static final List<String> SECRET_NAMES =
      List.of("key", "token", "secret", "password", "passwd", "credential", "auth", "cookie");

  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final List<String> secrets;
  private final AtomicInteger exchanges = new AtomicInteger();

  /**
   * @param lines takes one line at a time, without its line end; called under this recorder's lock,
   *     so it must not block for long
   * @param secrets values that must not appear
   * @param nanoTime {@code System::nanoTime}, or a test's
   */
  public Recorder(Consumer<String> lines, Collection<String> secrets, LongSupplier nanoTime) {
    this.lines = lines;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    List<String> known = new ArrayList<>();
    for (String secret : secrets) {
      String text = secret.strip();
      if (text.length() >= MIN_SECRET_CHARS && !known.contains(text)) {
        known.add(text);
      }
    }
    // The longest first: one secret may hold another.
    known.sort(Comparator.comparingInt(String::length).reversed());
    this.secrets = List.copyOf(known);
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String word : SECRET_NAMES) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Begins an exchange with its request; {@code body} is the JSON as sent. */
  Exchange begin(String path, Headers headers, String body) {
    int number = exchanges.incrementAndGet();
    // What these headers hold is secret even when no variable said so, such as the output of a
    // helper command.
    List<String> own = new ArrayList<>(secrets);
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      if (name.equals("x-api-key") || name.equals("authorization")) {
        String value = headers.value(i);
        String bare = value.startsWith("Bearer ") ? value.substring(7) : value;
        if (bare.length() >= MIN_SECRET_CHARS && !own.contains(bare)) {
          own.addFirst(bare);
        }
      }
    }
    Exchange exchange = new Exchange(number, List.copyOf(own));
    exchange.line(
        "request",
        out -> {
          out.writeStringField("method", "POST");
          out.writeStringField("path", path);
          exchange.headers(out, headers);
          out.writeFieldName("body");
          Json.MAPPER.writeTree(out, Json.parseReceived(exchange.hide(body)));
        });
    return exchange;
  }

  private static String escaped(String text) {
    String quoted = Json.write(TextNode.valueOf(text));
    return quoted.substring(1, quoted.length() - 1);
  }

  private interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  /** One request and what came back. Belongs to one thread. */
  final class Exchange {
    private final int number;
    private final List<String> hidden;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean over;

    private Exchange(int number, List<String> hidden) {
      this.number = number;
      this.hidden = hidden;
    }

    void response(int status, Headers headers) {
      line(
          "response",
          out -> {
            out.writeNumberField("status", status);
            headers(out, headers);
          });
    }

    /** Bytes of the answer, in whatever pieces they came. */
    void chunk(byte[] bytes, int offset, int length) {
      int last = -1;
      for (int i = offset + length - 1; i >= offset && last < 0; i--) {
        last = bytes[i] == '\n' ? i : -1;
      }
      if (last >= 0) {
        pending.write(bytes, offset, last + 1 - offset);
        flush();
        pending.write(bytes, last + 1, offset + length - last - 1);
      } else {
        pending.write(bytes, offset, length);
        if (pending.size() > MAX_PENDING_BYTES) {
          flush();
        }
      }
    }

    /** The answer is over; only the first end counts. */
    void end() {
      if (!over) {
        flush();
        over = true;
        line("end", _ -> {});
      }
    }

    /** The answer broke. */
    void fault(String message) {
      if (!over) {
        flush();
        over = true;
        line("fault", out -> out.writeStringField("message", hide(message)));
      }
    }

    private void flush() {
      if (pending.size() == 0) {
        return;
      }
      byte[] bytes = pending.toByteArray();
      pending.reset();
      String text;
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] clean = hide(latin).getBytes(StandardCharsets.ISO_8859_1);
        line(
            "chunk",
            out -> out.writeStringField("base64", Base64.getEncoder().encodeToString(clean)));
        return;
      }
      line("chunk", out -> out.writeStringField("text", hide(text)));
    }

    private void headers(JsonGenerator out, Headers headers) throws IOException {
      out.writeObjectFieldStart("headers");
      for (int i = 0; i < headers.size(); i++) {
        String name = headers.name(i).toLowerCase(Locale.ROOT);
        if (!isSecret(name)) {
          out.writeStringField(name, hide(headers.value(i)));
        }
      }
      out.writeEndObject();
    }

    private String hide(String text) {
      String clean = text;
      for (String secret : hidden) {
        // As it is, within a JSON string, and within JSON inside a JSON string, as tool inputs
        // travel.
        String once = escaped(secret);
        clean = clean.replace(escaped(once), HIDDEN).replace(once, HIDDEN).replace(secret, HIDDEN);
      }
      return clean;
    }

    private void line(String type, Members members) {
      StringWriter text = new StringWriter();
      long atMillis = (nanoTime.getAsLong() - startedAt) / 1_000_000;
      try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(text)) {
        out.writeStartObject();
        out.writeStringField("type", type);
        out.writeNumberField("n", number);
        out.writeNumberField("at_ms", atMillis);
        members.write(out);
        out.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      synchronized (Recorder.this) {
        lines.accept(text.toString());
      }
    }
  }
}
