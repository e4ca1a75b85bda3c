package dev.agent.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.model.StreamEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random streams, split and cut everywhere: always the same message or a named fault. */
@Timeout(240)
final class StreamPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] PIECES = {
    "a",
    "Hello ",
    "é",
    "€",
    "😀",
    "\u2028",
    "\n",
    "\"",
    "\\",
    "\u0000",
    "\u001b[0m",
    "日本",
    "{",
    "data: ",
    "\r"
  };

  private record Made(byte[] bytes, ArrayNode content) {}

  /**
   * A legal stream with interleaved blocks, noise and changing line ends, and the content that it
   * means.
   */
  private static Made stream(Random random) {
    return stream(random, 3);
  }

  private static Made stream(Random random, int maxBlocks) {
    List<List<String>> blocks = new ArrayList<>();
    ArrayNode content = JSON.createArrayNode();
    int count = random.nextInt(maxBlocks + 1);
    for (int index = 0; index < count; index++) {
      blocks.add(block(random, index, content));
    }
    StringBuilder out = new StringBuilder(random.nextInt(10) == 0 ? "\uFEFF" : "");
    noise(random, out);
    out.append(Streams.START);
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(i);
    }
    boolean interleave = random.nextBoolean();
    int[] next = new int[count];
    while (!open.isEmpty()) {
      int choice = interleave ? random.nextInt(open.size()) : 0;
      int block = open.get(choice);
      out.append(blocks.get(block).get(next[block]++));
      noise(random, out);
      if (next[block] == blocks.get(block).size()) {
        open.remove(choice);
      }
    }
    out.append(Streams.end("end_turn"));
    String text = out.toString();
    String[] ends = {"\n", "\r\n", "\r"};
    String end = ends[random.nextInt(3)];
    return new Made(text.replace("\n", end).getBytes(StandardCharsets.UTF_8), content);
  }

  /** A stream of at most one block, in as few bytes as it can be said. */
  private static Made small(Random random) {
    Made made = stream(random, 1);
    String text =
        new String(made.bytes, StandardCharsets.UTF_8).replaceAll("event: \\w+[\r\n]{1,2}", "");
    text =
        text.replaceFirst(
            "\\{\"type\":\"message_start\".*", "{\"type\":\"message_start\",\"message\":{}}");
    text = text.replaceFirst("\\{\"type\":\"message_delta\".*", "{\"type\":\"message_delta\"}");
    return new Made(text.getBytes(StandardCharsets.UTF_8), made.content);
  }

  private static void noise(Random random, StringBuilder out) {
    switch (random.nextInt(12)) {
      case 0 -> out.append(Streams.PING);
      case 1 -> out.append(": comment é\n");
      case 2 -> out.append("id: 1\nretry: 5\n\n");
      case 3 -> out.append("data: {\"type\":\"later_kind\",\"index\":0,\"x\":[1]}\n\n");
      default -> {}
    }
  }

  private static List<String> block(Random random, int index, ArrayNode content) {
    List<String> events = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    ObjectNode block = content.addObject();
    switch (random.nextInt(4)) {
      case 0 -> {
        block.put("type", "text").put("text", text.toString());
        events.add(Streams.openText(index));
        pieces(
            random,
            text.toString(),
            piece ->
                events.add(
                    Streams.delta(
                        index,
                        "{\"type\":\"text_delta\",\"text\":" + quoted(random, piece) + "}")));
      }
      case 1 -> {
        block
            .put("type", "thinking")
            .put("thinking", text.toString())
            .put("signature", "sig" + index);
        events.add(
            Streams.open(index, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
        pieces(
            random,
            text.toString(),
            piece ->
                events.add(
                    Streams.delta(
                        index,
                        "{\"type\":\"thinking_delta\",\"thinking\":"
                            + quoted(random, piece)
                            + "}")));
        events.add(
            Streams.delta(
                index, "{\"type\":\"signature_delta\",\"signature\":\"sig" + index + "\"}"));
      }
      case 2 -> {
        ObjectNode input =
            JSON.createObjectNode().put("z", text.toString()).put("a", random.nextLong());
        block
            .put("type", "tool_use")
            .put("id", "t" + index)
            .put("name", "Read")
            .set("input", input);
        events.add(Streams.openTool(index, "t" + index, "Read"));
        pieces(
            random,
            input.toString(),
            piece ->
                events.add(
                    Streams.delta(
                        index,
                        "{\"type\":\"input_json_delta\",\"partial_json\":"
                            + quoted(random, piece)
                            + "}")));
      }
      default -> {
        block.put("type", "novelty").put("payload", text.toString());
        events.add(Streams.open(index, block.toString()));
      }
    }
    events.add(Streams.close(index));
    return events;
  }

  /** Cut anywhere, also within a pair. */
  private static void pieces(Random random, String text, java.util.function.Consumer<String> out) {
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + random.nextInt(5));
      out.accept(text.substring(from, to));
      from = to;
    }
  }

  /** A JSON string; halves of pairs are escaped, as a service does it, whole ones now and then. */
  private static String quoted(Random random, String text) {
    StringBuilder out = new StringBuilder("\"");
    boolean escape = random.nextBoolean();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair && !escape) {
        out.append(c).append(text.charAt(++i));
      } else if (c < ' '
          || c == '"'
          || c == '\\'
          || Character.isSurrogate(c)
          || (escape && c > '~')) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static JsonNode inspect(byte[] bytes, int length, int size, boolean whole)
      throws IOException {
    StringBuilder out = new StringBuilder();
    int exit = SseInspection.run(new ByteArrayInputStream(bytes, 0, length), size, out);
    JsonNode node = JSON.readTree(out.toString());
    assertThat(exit).as(out.toString()).isEqualTo(whole ? 0 : 1);
    return node;
  }

  @Test
  void everySplitOfAThousandStreamsGivesTheSameMessage() throws IOException {
    for (int seed = 0; seed < 1000; seed++) {
      Made made = stream(new Random(seed));
      for (int size : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 16, 64}) {
        assertThat(inspect(made.bytes, made.bytes.length, size, true).get("content"))
            .as("seed %d size %d", seed, size)
            .isEqualTo(made.content);
      }
    }
  }

  @Test
  void everyCutOfAThousandStreamsIsIncompleteOrWhole() throws Exception {
    for (int seed = 0; seed < 1000; seed++) {
      Made made = seed % 50 == 0 ? stream(new Random(seed)) : small(new Random(seed));
      // The data of the last event is whole a few bytes before the end of the stream.
      int whole = made.bytes.length;
      while (made.bytes[whole - 1] != '}') {
        whole--;
      }
      // Every byte of short streams; of long ones, whose cost grows with the square, every second,
      // third … from a changing start.
      int stride = 1 + made.bytes.length / 300;
      for (int length = seed % stride; length <= made.bytes.length; length += stride) {
        BlockAccumulator accumulator = new BlockAccumulator(false, "");
        String outcome = outcome(new ByteArrayInputStream(made.bytes, 0, length), accumulator);
        if (!outcome.equals(length >= whole ? "whole" : "INCOMPLETE")) {
          throw new AssertionError(
              outcome + " for seed " + seed + " cut at " + length + " of " + made.bytes.length);
        }
      }
      assertThat(
              inspect(made.bytes, made.bytes.length / 2, 3, false)
                  .path("error")
                  .path("kind")
                  .asText())
          .isEqualTo("incomplete");
    }
  }

  private static String outcome(InputStream in, BlockAccumulator accumulator) throws IOException {
    try {
      SseReader reader = new SseReader(in);
      while (!accumulator.isDone()) {
        SseReader.Event event = reader.next();
        if (event == null) {
          throw accumulator.atEnd(reader.foreignText());
        }
        accumulator.accept(event, _ -> {});
      }
      return "whole";
    } catch (StreamFault fault) {
      assertThat(fault.getMessage()).isNotBlank();
      return fault.kind().name();
    }
  }

  @Test
  void damagedBytesGiveAMessageOrANamedFaultAndNothingElse() throws IOException {
    int failed = 0;
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = stream(random).bytes;
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      StringBuilder out = new StringBuilder();
      int exit = SseInspection.run(new ByteArrayInputStream(bytes), random.nextInt(9), out);
      JsonNode node = JSON.readTree(out.toString());
      if (exit == 0) {
        assertThat(node.path("type").asText()).isEqualTo("message");
      } else {
        failed++;
        assertThat(node.path("error").path("kind").asText()).isIn("api", "incomplete", "malformed");
      }
    }
    assertThat(failed).isPositive();
  }

  @Test
  void eventsDroppedDoubledOrSwappedNeverLoseAToolsInputInSilence() throws Exception {
    int failed = 0;
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      Made made = stream(random);
      List<String> events =
          new ArrayList<>(
              Arrays.asList(
                  new String(made.bytes, StandardCharsets.UTF_8)
                      .replace("\r\n", "\n")
                      .replace('\r', '\n')
                      .split("(?<=\n\n)")));
      int one = random.nextInt(events.size());
      switch (random.nextInt(3)) {
        case 0 -> events.remove(one);
        case 1 -> events.add(one, events.get(one));
        default -> java.util.Collections.swap(events, one, random.nextInt(events.size()));
      }
      BlockAccumulator accumulator = new BlockAccumulator(false, "");
      String outcome =
          outcome(
              new ByteArrayInputStream(String.join("", events).getBytes(StandardCharsets.UTF_8)),
              accumulator);
      if (!outcome.equals("whole")) {
        failed++;
      }
    }
    assertThat(failed).isPositive();
  }

  @Test
  void deltasJoinToTheTextOfTheirBlock() throws Exception {
    for (int seed = 0; seed < 1000; seed++) {
      Made made = stream(new Random(seed));
      TreeMap<Integer, StringBuilder> shown = new TreeMap<>();
      List<ContentBlock> completed = new ArrayList<>();
      BlockAccumulator accumulator = new BlockAccumulator(false, "");
      SseReader reader = new SseReader(new ByteArrayInputStream(made.bytes));
      ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
      while (!accumulator.isDone()) {
        accumulator.accept(
            java.util.Objects.requireNonNull(reader.next()),
            event -> {
              switch (event) {
                case StreamEvent.TextDelta(int index, String text) -> {
                  shown.computeIfAbsent(index, _ -> new StringBuilder()).append(text);
                  utf8.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                }
                case StreamEvent.ThinkingDelta(int index, String text) ->
                    shown.computeIfAbsent(index, _ -> new StringBuilder()).append(text);
                case StreamEvent.BlockCompleted(int index, ContentBlock block) -> {
                  completed.add(block);
                  String all = shown.getOrDefault(index, new StringBuilder()).toString();
                  switch (block) {
                    case ContentBlock.Text(String text, _) -> assertThat(all).isEqualTo(text);
                    case ContentBlock.Thinking(String text, _, _) ->
                        assertThat(all).isEqualTo(text);
                    default -> assertThat(all).isEmpty();
                  }
                }
                default -> {}
              }
            });
      }
      assertThat(completed).hasSize(made.content.size());
      assertThat(utf8.toString(StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
    }
  }

  @Test
  void twoMegabytesInAHundredThousandDeltasStayExact() throws Exception {
    String piece = "twenty bytes of text";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((Streams.START + Streams.openText(0)).getBytes(StandardCharsets.UTF_8));
    byte[] delta = Streams.text(0, piece).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 100_000; i++) {
      bytes.writeBytes(delta);
    }
    bytes.writeBytes((Streams.close(0) + Streams.end("end_turn")).getBytes(StandardCharsets.UTF_8));
    BlockAccumulator accumulator = new BlockAccumulator(false, "");
    int[] events = new int[1];
    SseReader reader = new SseReader(new ByteArrayInputStream(bytes.toByteArray()));

    while (!accumulator.isDone()) {
      accumulator.accept(java.util.Objects.requireNonNull(reader.next()), _ -> events[0]++);
    }

    assertThat(
            accumulator.messageSoFar().orElseThrow().path("content").path(0).path("text").asText())
        .isEqualTo(piece.repeat(100_000));
    assertThat(events[0]).isEqualTo(100_000 + 5);
  }
}
