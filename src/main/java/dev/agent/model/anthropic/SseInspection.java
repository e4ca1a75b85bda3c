package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.model.ModelException;
import dev.agent.runtime.ExitCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What {@code agent debug sse} does: feeds bytes to the product's own reader and prints the message
 * that came of them.
 */
public final class SseInspection {
  private SseInspection() {}

  /**
   * Prints one JSON object: the message, or {@code {"error":{"kind","type","message"},"partial"}}
   * with kind {@code api}, {@code incomplete} or {@code malformed}.
   *
   * @param chunkSize bytes handed over at a time; 0 = as they come
   * @return the exit code
   * @throws IOException when the file can't be read or the output can't be written
   */
  public static int run(InputStream file, int chunkSize, Appendable out) throws IOException {
    EventReader reader =
        new EventReader(chunkSize > 0 ? new Chunked(file, chunkSize) : file, "", false);
    try {
      while (!reader.isComplete()) {
        reader.next();
      }
      out.append(Json.write(reader.soFar().orElseThrow())).append('\n');
      return ExitCode.OK;
    } catch (ModelException e) {
      ObjectNode node = Json.object();
      ObjectNode error = node.putObject("error");
      error.put(
          "kind",
          switch (e.kind()) {
            case INCOMPLETE -> "incomplete";
            case MALFORMED -> "malformed";
            default -> "api";
          });
      error.put("type", e.errorType());
      error.put("message", e.getMessage());
      node.set(
          "partial",
          reader
              .soFar()
              .map(com.fasterxml.jackson.databind.JsonNode.class::cast)
              .orElse(com.fasterxml.jackson.databind.node.NullNode.instance));
      out.append(Json.write(node)).append('\n');
      return ExitCode.FAILURE;
    }
  }

  /** Hands bytes over in small portions, as a slow network does. */
  private static final class Chunked extends FilterInputStream {
    private final int size;

    Chunked(InputStream in, int size) {
      super(in);
      this.size = size;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, size));
    }
  }
}
