package dev.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All prompts of the user, of all projects, in {@code history.jsonl}: one JSON object per line,
 * appended with one write each, so that several processes can share it. Thread-safe.
 */
public final class PromptHistory {
  /** Longer prompts are cut: this is for finding and repeating, the transcript has them whole. */
  static final int MAX_CHARS = 50_000;

  private static final int CHUNK = 64 * 1024;

  private final Path file;
  private final InstantSource time;

  /** One prompt. */
  public record Prompt(String text, String cwd, String sessionId, Instant time) {}

  /**
   * @param data the user's data directory
   */
  public PromptHistory(Path data, InstantSource time) {
    this.file = data.resolve("history.jsonl");
    this.time = time;
  }

  /**
   * Adds a prompt; blank ones are not kept.
   *
   * @throws IOException when it can't be written
   */
  public void add(String text, Path cwd, String sessionId) throws IOException {
    if (text.isBlank()) {
      return;
    }
    ObjectNode node = Json.object();
    node.put("display", text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text);
    node.put("timestamp", time.instant().toEpochMilli());
    node.put("project", cwd.toString());
    node.put("sessionId", sessionId);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      PrivateFiles.createDirectories(directory);
    }
    try (FileChannel out =
        PrivateFiles.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      // A line break first as well: should another process have died in the middle of its line,
      // ours still stands alone.
      ByteBuffer line =
          ByteBuffer.wrap(("\n" + Json.write(node) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        out.write(line);
      }
    }
  }

  /**
   * The latest prompts, newest first, each text once. Reads backwards and stops when it has enough;
   * lines that can't be read are passed over.
   *
   * @param cwd only prompts of this directory; null for all
   * @throws IOException when the file exists and can't be read
   */
  public List<Prompt> latest(int limit, @Nullable Path cwd) throws IOException {
    List<Prompt> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    backwards(
        bytes -> {
          Prompt prompt = parse(bytes);
          if (prompt != null
              && (cwd == null || prompt.cwd().equals(cwd.toString()))
              && seen.add(prompt.text())) {
            found.add(prompt);
          }
          return found.size() < limit;
        });
    return found;
  }

  private static @Nullable Prompt parse(byte[] bytes) {
    try {
      JsonNode node = Json.parse(new String(bytes, StandardCharsets.UTF_8));
      if (!node.path("display").isTextual()) {
        return null;
      }
      return new Prompt(
          node.get("display").asText(),
          node.path("project").asText(""),
          node.path("sessionId").asText(""),
          Instant.ofEpochMilli(node.path("timestamp").asLong(0)));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Returns false when the reader had enough. */
  private boolean backwards(Predicate<byte[]> line) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = in.size();
      byte[] later = {};
      boolean more = true;
      while (end > 0) {
        int count = (int) Math.min(CHUNK, end);
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && in.read(buffer, end - count + buffer.position()) > 0) {
          // reads on until the chunk is full
        }
        end -= count;
        byte[] bytes = Arrays.copyOf(buffer.array(), count + later.length);
        System.arraycopy(later, 0, bytes, count, later.length);
        int stop = bytes.length;
        for (int i = count - 1; i >= 0; i--) {
          if (bytes[i] == '\n') {
            if (i + 1 < stop && !line.test(Arrays.copyOfRange(bytes, i + 1, stop))) {
              return false;
            }
            stop = i;
          }
        }
        later = Arrays.copyOf(bytes, stop);
      }
      if (later.length > 0) {
        more &= line.test(later);
      }
      return more;
    } catch (NoSuchFileException e) {
      // No prompt was ever kept.
      return true;
    }
  }
}
