package dev.agent.model.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.ExitCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * What {@code agent debug sse} does: a recorded stream through the product's own reader and
 * accumulator, and the outcome as one JSON object.
 */
public final class SseInspection {
  private SseInspection() {}

  /**
   * Reads the bytes as if they were the body of a streamed answer.
   *
   * @param chunkSize how many bytes are handed over at a time; below 1 = as they come
   * @param out gets the accumulated message, or {@code
   *     {"error":{"kind","type","message"},"partial"}}, and a line end
   * @return {@link ExitCode#OK} for a whole message, otherwise {@link ExitCode#FAILURE}
   */
  public static int run(InputStream file, int chunkSize, Appendable out) throws IOException {
    BlockAccumulator accumulator = new BlockAccumulator(false, "");
    ObjectNode result;
    int exit;
    try {
      accumulate(chunkSize < 1 ? file : new Chunked(file, chunkSize), accumulator);
      result = accumulator.messageSoFar().orElseThrow();
      exit = ExitCode.OK;
    } catch (StreamFault fault) {
      result = Json.object();
      ObjectNode error = result.putObject("error");
      error.put("kind", fault.kind().name().toLowerCase(java.util.Locale.ROOT));
      error.put("type", fault.type());
      error.put("message", Surrogates.clean(fault.getMessage()));
      if (!fault.requestId().isEmpty()) {
        error.put("request_id", fault.requestId());
      }
      result.set("partial", accumulator.messageSoFar().orElse(null));
      exit = ExitCode.FAILURE;
    }
    out.append(Json.write(result)).append('\n');
    return exit;
  }

  private static void accumulate(InputStream in, BlockAccumulator accumulator)
      throws IOException, StreamFault {
    SseReader reader = new SseReader(in);
    while (!accumulator.isDone()) {
      SseReader.Event event = reader.next();
      if (event == null) {
        throw accumulator.atEnd(reader.foreignText());
      }
      accumulator.accept(event, _ -> {});
    }
  }

  /** Hands bytes over a few at a time. */
  private static final class Chunked extends InputStream {
    private final InputStream in;
    private final int size;

    Chunked(InputStream in, int size) {
      this.in = in;
      this.size = size;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return in.read(to, offset, Math.min(size, length));
    }
  }
}
