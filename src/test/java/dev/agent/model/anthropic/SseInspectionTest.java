package dev.agent.model.anthropic;

import static dev.agent.model.anthropic.Streams.PING;
import static dev.agent.model.anthropic.Streams.START;
import static dev.agent.model.anthropic.Streams.STOP;
import static dev.agent.model.anthropic.Streams.answer;
import static dev.agent.model.anthropic.Streams.close;
import static dev.agent.model.anthropic.Streams.delta;
import static dev.agent.model.anthropic.Streams.end;
import static dev.agent.model.anthropic.Streams.event;
import static dev.agent.model.anthropic.Streams.input;
import static dev.agent.model.anthropic.Streams.open;
import static dev.agent.model.anthropic.Streams.openText;
import static dev.agent.model.anthropic.Streams.openTool;
import static dev.agent.model.anthropic.Streams.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What streams mean, one row each; every row is read in one piece and in pieces of 1, 2, 3, 5 and
 * 64 bytes.
 */
final class SseInspectionTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final int[] SIZES = {0, 1, 2, 3, 5, 64};
  private static final String HEAD =
      "\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\"";
  private static final String USAGE = "\"usage\":{\"input_tokens\":25,\"output_tokens\":9}";

  private record Outcome(int exit, String out) {}

  private static Outcome run(byte[] bytes, int size) {
    StringBuilder out = new StringBuilder();
    try {
      return new Outcome(
          SseInspection.run(new ByteArrayInputStream(bytes), size, out), out.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private final List<DynamicTest> rows = new ArrayList<>();

  /** A stream that gives this message. */
  private void whole(String name, byte[] bytes, String expected) {
    rows.add(
        dynamicTest(
            name,
            () -> {
              for (int size : SIZES) {
                Outcome outcome = run(bytes, size);
                assertThat(outcome.exit()).as(outcome.out()).isZero();
                assertThat(JSON.readTree(outcome.out())).isEqualTo(JSON.readTree(expected));
                assertThat(outcome.out()).endsWith("}\n").doesNotContain("\n{");
              }
            }));
  }

  private void whole(String name, String stream, String expected) {
    whole(name, stream.getBytes(StandardCharsets.UTF_8), expected);
  }

  /** A stream that ends well and has this content. */
  private void content(String name, String blocks, String content) {
    whole(name, START + blocks + end("end_turn"), message(content, "end_turn", USAGE));
  }

  private static String message(String content, String reason, String usage) {
    return "{"
        + HEAD
        + ",\"content\":"
        + content
        + ",\"stop_reason\":\""
        + reason
        + "\","
        + usage
        + "}";
  }

  private static String textContent(String text) {
    return "[{\"type\":\"text\",\"text\":\"" + text + "\"}]";
  }

  private static String hello() {
    return message(textContent("Hello"), "end_turn", USAGE);
  }

  /** A stream that fails like this; the part is JSON, or null. */
  private void bad(String name, byte[] bytes, String kind, String type, String part) {
    rows.add(
        dynamicTest(
            name,
            () -> {
              for (int size : SIZES) {
                Outcome outcome = run(bytes, size);
                assertThat(outcome.exit()).as(outcome.out()).isEqualTo(1);
                JsonNode node = JSON.readTree(outcome.out());
                assertThat(node.path("error").path("kind").asText())
                    .as(outcome.out())
                    .isEqualTo(kind);
                if (!type.isEmpty()) {
                  assertThat(node.path("error").path("type").asText()).isEqualTo(type);
                }
                assertThat(node.path("error").path("message").asText())
                    .isNotBlank()
                    .doesNotContain("Exception", "\tat ");
                assertThat(node.get("partial")).isEqualTo(JSON.readTree(part));
              }
            }));
  }

  private void bad(String name, String stream, String kind, String part) {
    bad(name, stream.getBytes(StandardCharsets.UTF_8), kind, "", part);
  }

  private void bad(String name, String stream, String kind) {
    rows.add(
        dynamicTest(
            name,
            () -> {
              for (int size : SIZES) {
                Outcome outcome = run(stream.getBytes(StandardCharsets.UTF_8), size);
                assertThat(outcome.exit()).as(outcome.out()).isEqualTo(1);
                JsonNode node = JSON.readTree(outcome.out());
                assertThat(node.path("error").path("kind").asText())
                    .as(outcome.out())
                    .isEqualTo(kind);
                assertThat(node.has("partial")).isTrue();
              }
            }));
  }

  private static String part(String content) {
    return "{"
        + HEAD
        + ",\"content\":"
        + content
        + ",\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}";
  }

  private static byte[] joined(Object... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (Object part : parts) {
      out.writeBytes(
          part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }

  @TestFactory
  Stream<DynamicTest> framing() {
    String stream = answer("Hello");
    whole("LF", stream, hello());
    whole("CRLF", stream.replace("\n", "\r\n"), hello());
    whole("CR", stream.replace("\n", "\r"), hello());
    whole("mixed line ends", mixed(stream), hello());
    whole("byte order mark", "\uFEFF" + stream, hello());
    whole(
        "comments", ": hi\n" + stream.replace("event:", ":\n: comment: data: x\nevent:"), hello());
    whole(
        "ids, retries and unknown fields",
        stream.replace("data:", "id: 7\nretry: 10\nfoo: bar\nfoo\ndata:"),
        hello());
    whole(
        "no space after the colon",
        stream.replace("data: ", "data:").replace("event: ", "event:"),
        hello());
    whole("two spaces after the colon", stream.replace("data: ", "data:  "), hello());
    whole("tab after the colon", stream.replace("data: ", "data:\t"), hello());
    whole("several data lines", stream.replace(",\"", "\ndata: ,\""), hello());
    whole("data line without colon between", stream.replace("data: {", "data\ndata: {"), hello());
    whole("no event lines", stream.replaceAll("event: \\w+\n", ""), hello());
    whole("wrong event lines", stream.replaceAll("event: \\w+", "event: ping"), hello());
    whole(
        "wrong event lines that say error",
        stream.replaceAll("event: \\w+", "event: error"),
        hello());
    whole(
        "event line after the data",
        stream.replaceAll("(event: \\w+)\n(data: .*)\n", "$2\n$1\n"),
        hello());
    whole(
        "events without data",
        stream.replace(
            "event: message_stop", "event: message_stop\n\nevent: error\n\nevent: message_stop"),
        hello());
    whole(
        "empty data",
        stream.replace("event: message_stop", "data:\n\ndata\n\nevent: message_stop"),
        hello());
    whole("blank lines between", stream.replace("\n\n", "\n\n\n\n\n"), hello());
    whole("blank lines first", "\n\r\n\n" + stream, hello());
    whole("no blank line at the end", stream.substring(0, stream.length() - 1), hello());
    whole("no line end at the end", stream.substring(0, stream.length() - 2), hello());
    whole("a CR at the end", stream.substring(0, stream.length() - 2) + "\r", hello());
    whole("done mark after the end", stream + "data: [DONE]\n\n", hello());
    whole(
        "done mark in the middle",
        START + "data: [DONE]\n\n" + stream.substring(START.length()),
        hello());
    whole("rubbish after the end", stream + "data: {{{\n\n<html>", hello());
    whole(
        "an error after the end",
        stream
            + event(
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}"),
        hello());
    whole("a second message after the end", stream + stream, hello());
    whole(
        "field names are case-sensitive",
        stream.replace("event: message_stop", "DATA: rubbish\nevent: message_stop"),
        hello());
    whole(
        "type last in the JSON",
        stream.replaceAll(
            "\\{\"type\":\"(\\w+)\",(\"(?:index|message|delta)\".*)\\}\n",
            "{$2,\"type\":\"$1\"}\n"),
        hello());
    whole("blanks in the JSON", stream.replace("\":", "\" : ").replace(",\"", " , \""), hello());
    whole(
        "events named by the event line only",
        stream.replaceAll("data: \\{\"type\":\"\\w+\",?", "data: {"),
        hello());
    whole("an id of NUL", stream.replace("data:", "id: \0\ndata:"), hello());
    return rows.stream();
  }

  private static String mixed(String stream) {
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (char c : stream.toCharArray()) {
      out.append(c == '\n' ? new String[] {"\n", "\r\n", "\r"}[number++ % 3] : String.valueOf(c));
    }
    // A CR before an LF would be one line end; a blank line after it keeps what was meant.
    return out.toString().replace("\r\n\r\n", "\r\n\r\n\n");
  }

  @TestFactory
  Stream<DynamicTest> textBlocks() {
    content("one delta", openText(0) + text(0, "Hi") + close(0), textContent("Hi"));
    content("no delta", openText(0) + close(0), textContent(""));
    content(
        "deltas append",
        openText(0) + text(0, "a") + text(0, "") + text(0, "b\\nc") + close(0),
        textContent("ab\\nc"));
    content(
        "text in the start",
        open(0, "{\"type\":\"text\",\"text\":\"A\"}") + text(0, "b") + close(0),
        textContent("Ab"));
    content(
        "text missing in the start",
        open(0, "{\"type\":\"text\"}") + text(0, "b") + close(0),
        textContent("b"));
    content(
        "characters of two, three and four bytes",
        openText(0) + text(0, "é€😀") + close(0),
        textContent("é€😀"));
    content(
        "line separator",
        openText(0) + text(0, "a\u2028b\u2029c\u0085d") + close(0),
        textContent("a\u2028b\u2029c\u0085d"));
    content(
        "escaped control characters",
        openText(0) + text(0, "\\u0000\\u001b[31m\\b\\f\\u007f") + close(0),
        textContent("\\u0000\\u001b[31m\\b\\f\\u007f"));
    content(
        "quotes and backslashes",
        openText(0) + text(0, "\\\"\\\\\\/") + close(0),
        textContent("\\\"\\\\/"));
    content(
        "escaped pair in one delta",
        openText(0) + text(0, "\\ud83d\\ude00") + close(0),
        textContent("😀"));
    content(
        "pair cut between two deltas",
        openText(0) + text(0, "x\\ud83d") + text(0, "\\ude00y") + close(0),
        textContent("x😀y"));
    content(
        "pair cut with an empty delta between",
        openText(0) + text(0, "\\ud83d") + text(0, "") + text(0, "\\ude00") + close(0),
        textContent("😀"));
    content(
        "pair cut with a ping between",
        openText(0) + text(0, "\\uD83D") + PING + text(0, "\\uDE00") + close(0),
        textContent("😀"));
    content(
        "first half alone at the end",
        openText(0) + text(0, "x\\ud83d") + close(0),
        textContent("x\uFFFD"));
    content(
        "first half alone in the middle",
        openText(0) + text(0, "\\ud83d") + text(0, "x") + close(0),
        textContent("\uFFFDx"));
    content(
        "second half alone", openText(0) + text(0, "\\ude00x") + close(0), textContent("\uFFFDx"));
    content(
        "two first halves",
        openText(0) + text(0, "\\ud83d") + text(0, "\\ud83d\\ude00") + close(0),
        textContent("\uFFFD😀"));
    content(
        "pairs cut in two blocks at once",
        openText(0)
            + openText(1)
            + text(0, "\\ud83d")
            + text(1, "\\ud83d")
            + text(0, "\\ude00")
            + text(1, "\\ude01")
            + close(0)
            + close(1),
        "[{\"type\":\"text\",\"text\":\"😀\"},{\"type\":\"text\",\"text\":\"😁\"}]");
    whole(
        "bytes that are no UTF-8",
        joined(
            START,
            openText(0),
            "data:"
                + " {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a",
            bytes(0xFF),
            "b",
            bytes(0xC3),
            "c",
            bytes(0xE2, 0x82),
            "\"}}\n\n",
            close(0),
            end("end_turn")),
        message(textContent("a\uFFFDb\uFFFDc\uFFFD"), "end_turn", USAGE));
    whole(
        "bad bytes in a comment and an event name",
        joined(": ", bytes(0xFF, 0xFE), "\nevent: ", bytes(0x80), "\n", answer("Hello")),
        hello());
    content(
        "citations append",
        openText(0)
            + delta(
                0,
                "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\",\"cited_text\":\"a\"}}")
            + text(0, "x")
            + delta(
                0, "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"unheard_of\",\"n\":1}}")
            + close(0),
        "[{\"type\":\"text\",\"text\":\"x\",\"citations\":[{\"type\":\"char_location\",\"cited_text\":\"a\"},{\"type\":\"unheard_of\",\"n\":1}]}]");
    content(
        "citations append to those of the start",
        open(0, "{\"type\":\"text\",\"text\":\"\",\"citations\":[{\"n\":1}]}")
            + delta(0, "{\"type\":\"citations_delta\",\"citation\":{\"n\":2}}")
            + close(0),
        "[{\"type\":\"text\",\"text\":\"\",\"citations\":[{\"n\":1},{\"n\":2}]}]");
    content(
        "unknown members of a block stay",
        open(0, "{\"type\":\"text\",\"text\":\"\",\"new\":{\"a\":[1]}}") + text(0, "x") + close(0),
        "[{\"type\":\"text\",\"text\":\"x\",\"new\":{\"a\":[1]}}]");
    content(
        "unknown members of a delta are ignored",
        openText(0)
            + delta(0, "{\"type\":\"text_delta\",\"text\":\"x\",\"n\":{\"a\":1},\"s\":\"t\"}")
            + close(0),
        textContent("x"));
    content(
        "a delta without text",
        openText(0)
            + delta(0, "{\"type\":\"text_delta\"}")
            + delta(0, "{\"type\":\"text_delta\",\"text\":null}")
            + close(0),
        textContent(""));
    return rows.stream();
  }

  @TestFactory
  Stream<DynamicTest> toolInput() {
    String use = "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":%s}]";
    String tool = openTool(0, "t1", "Read");
    content("no input", tool + close(0), use.formatted("{}"));
    content("empty input", tool + input(0, "") + close(0), use.formatted("{}"));
    content("blank input", tool + input(0, " ") + close(0), use.formatted("{}"));
    content(
        "in pieces",
        tool + input(0, "{\\\"a") + input(0, "\\\":[1,") + input(0, "2]}") + close(0),
        use.formatted("{\"a\":[1,2]}"));
    content(
        "whole in the start",
        open(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"a\":1}}")
            + close(0),
        use.formatted("{\"a\":1}"));
    content(
        "whole in the start and an empty delta",
        open(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"a\":1}}")
            + input(0, "")
            + close(0),
        use.formatted("{\"a\":1}"));
    content(
        "in the start, then in deltas",
        open(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"a\":1}}")
            + input(0, "{\\\"b\\\":2}")
            + close(0),
        use.formatted("{\"b\":2}"));
    content(
        "input missing in the start",
        open(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\"}") + close(0),
        use.formatted("{}"));
    content(
        "input null in the start",
        open(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":null}")
            + close(0),
        use.formatted("{}"));
    content(
        "large integers",
        tool
            + input(0, "{\\\"n\\\":123456789012345678901234567890,\\\"m\\\":9007199254740993}")
            + close(0),
        use.formatted("{\"n\":123456789012345678901234567890,\"m\":9007199254740993}"));
    content(
        "decimals",
        tool
            + input(0, "{\\\"n\\\":0.1000000000000000055511151231257827,\\\"m\\\":1.50}")
            + close(0),
        use.formatted("{\"n\":0.1000000000000000055511151231257827,\"m\":1.50}"));
    content(
        "a string that spells a pair",
        tool + input(0, "{\\\"s\\\":\\\"\\\\ud83d\\\\ude00\\\"}") + close(0),
        use.formatted("{\"s\":\"😀\"}"));
    content(
        "a string that spells half a pair",
        tool + input(0, "{\\\"s\\\":\\\"\\\\ud83dx\\\"}") + close(0),
        use.formatted("{\"s\":\"\uFFFDx\"}"));
    content(
        "a pair cut between two pieces",
        tool + input(0, "{\\\"s\\\":\\\"\\ud83d") + input(0, "\\ude00\\\"}") + close(0),
        use.formatted("{\"s\":\"😀\"}"));
    String invalid =
        "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{},\"invalid_input\":\"%s\"}]";
    content("cut", tool + input(0, "{\\\"a\\\":") + close(0), invalid.formatted("{\\\"a\\\":"));
    content("a list", tool + input(0, "[1]") + close(0), invalid.formatted("[1]"));
    content("a string", tool + input(0, "\\\"x\\\"") + close(0), invalid.formatted("\\\"x\\\""));
    content("a number", tool + input(0, "7") + close(0), invalid.formatted("7"));
    content("null", tool + input(0, "null") + close(0), invalid.formatted("null"));
    content("no JSON", tool + input(0, "ls -la") + close(0), invalid.formatted("ls -la"));
    content("two objects", tool + input(0, "{}{}") + close(0), invalid.formatted("{}{}"));
    content("text after the object", tool + input(0, "{} x") + close(0), invalid.formatted("{} x"));
    content(
        "a list in the start",
        open(0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":[1]}") + close(0),
        invalid.formatted("[1]"));
    content(
        "too deep",
        tool + input(0, "[".repeat(2000)) + close(0),
        invalid.formatted("[".repeat(2000)));
    content(
        "caller and other members stay",
        open(
                0,
                "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{},\"caller\":{\"type\":\"direct\"}}")
            + close(0),
        "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{},\"caller\":{\"type\":\"direct\"}}]");
    content(
        "input of a server tool",
        open(0, "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{}}")
            + input(0, "{\\\"query\\\":")
            + input(0, "\\\"x\\\"}")
            + close(0),
        "[{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"}}]");
    content(
        "input of a tool on an MCP server",
        open(
                0,
                "{\"type\":\"mcp_tool_use\",\"id\":\"s1\",\"name\":\"x\",\"server_name\":\"y\",\"input\":{}}")
            + input(0, "{\\\"a\\\":1}")
            + close(0),
        "[{\"type\":\"mcp_tool_use\",\"id\":\"s1\",\"name\":\"x\",\"server_name\":\"y\",\"input\":{\"a\":1}}]");
    rows.add(
        dynamicTest(
            "key order",
            () -> {
              String stream =
                  START
                      + tool
                      + input(0, "{\\\"z\\\":1,\\\"a\\\":{\\\"y\\\":1,\\\"b\\\":2},\\\"m\\\":3}")
                      + close(0)
                      + end("tool_use");
              assertThat(run(stream.getBytes(StandardCharsets.UTF_8), 0).out())
                  .contains("\"input\":{\"z\":1,\"a\":{\"y\":1,\"b\":2},\"m\":3}");
            }));
    return rows.stream();
  }

  @TestFactory
  Stream<DynamicTest> blocks() {
    content(
        "two tools, one after the other",
        openTool(0, "t1", "A")
            + input(0, "{\\\"n\\\":1}")
            + close(0)
            + openTool(1, "t2", "B")
            + input(1, "{\\\"n\\\":2}")
            + close(1),
        "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"A\",\"input\":{\"n\":1}},{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"B\",\"input\":{\"n\":2}}]");
    content(
        "two tools interleaved",
        openTool(0, "t1", "A")
            + openTool(1, "t2", "B")
            + input(1, "{\\\"n\\\"")
            + input(0, "{\\\"n\\\":1")
            + input(1, ":2}")
            + close(1)
            + input(0, "}")
            + close(0),
        "[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"A\",\"input\":{\"n\":1}},{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"B\",\"input\":{\"n\":2}}]");
    content(
        "started in the other order",
        openText(1) + openText(0) + text(1, "b") + text(0, "a") + close(1) + close(0),
        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]");
    content(
        "an index left out",
        openText(0) + close(0) + openText(2) + text(2, "x") + close(2),
        "[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"x\"}]");
    String strange = "{\"type\":\"hologram\",\"data\":{\"a\":[1,null,true]}}";
    content(
        "an unknown block shifts nothing",
        openText(0)
            + text(0, "a")
            + close(0)
            + open(1, strange)
            + delta(1, "{\"type\":\"hologram_delta\",\"x\":1}")
            + close(1)
            + openTool(2, "t1", "A")
            + close(2),
        "[{\"type\":\"text\",\"text\":\"a\"},"
            + strange
            + ",{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"A\",\"input\":{}}]");
    content(
        "a delta that does not fit its block",
        openText(0)
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"x\"}")
            + input(0, "{}")
            + close(0),
        textContent(""));
    content(
        "an unknown delta",
        openText(0)
            + delta(0, "{\"type\":\"smell_delta\",\"smell\":\"x\"}")
            + text(0, "x")
            + close(0),
        textContent("x"));
    content(
        "a delta without a type",
        openText(0) + delta(0, "{\"text\":\"y\"}") + text(0, "x") + close(0),
        textContent("x"));
    content(
        "no delta member",
        openText(0)
            + event("{\"type\":\"content_block_delta\",\"index\":0}")
            + text(0, "x")
            + close(0),
        textContent("x"));
    content(
        "an unknown event",
        openText(0)
            + event("{\"type\":\"progress\",\"index\":9}")
            + text(0, "x")
            + event("{\"type\":\"x\"}")
            + close(0),
        textContent("x"));
    content(
        "thinking with its signature",
        open(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"hm\",\"estimated_tokens\":64}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"m\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"A\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"EqQB\"}")
            + close(0),
        "[{\"type\":\"thinking\",\"thinking\":\"hmm\",\"signature\":\"EqQB\"}]");
    content(
        "empty thinking with a signature",
        open(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"S\"}")
            + close(0),
        "[{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"S\"}]");
    content(
        "thinking whose start lacks members",
        open(0, "{\"type\":\"thinking\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"S\"}")
            + close(0),
        "[{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"S\"}]");
    content(
        "thinking cut in a pair",
        open(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"\\ud83d\"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"\\ude00\"}")
            + close(0),
        "[{\"type\":\"thinking\",\"thinking\":\"😀\",\"signature\":\"\"}]");
    content(
        "redacted thinking",
        open(0, "{\"type\":\"redacted_thinking\",\"data\":\"abc=\"}") + close(0),
        "[{\"type\":\"redacted_thinking\",\"data\":\"abc=\"}]");
    String search =
        "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s1\",\"content\":[{\"type\":\"web_search_result\",\"url\":\"u\",\"title\":\"t\",\"encrypted_content\":\"e\",\"page_age\":null}]}";
    content("a result whole in its start", open(0, search) + close(0), "[" + search + "]");
    String failed =
        "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s1\",\"content\":{\"type\":\"web_search_tool_result_error\",\"error_code\":\"unavailable\"}}";
    content("an error result whole in its start", open(0, failed) + close(0), "[" + failed + "]");
    String odd = "{\"type\":\"tool_result\",\"tool_use_id\":\"s1\",\"content\":{\"type\":\"odd\"}}";
    content("a known kind of unknown shape", open(0, odd) + close(0), "[" + odd + "]");
    content(
        "compaction",
        open(0, "{\"type\":\"compaction\",\"content\":null}")
            + delta(
                0,
                "{\"type\":\"compaction_delta\",\"content\":\"sum\",\"encrypted_content\":\"E\"}")
            + delta(
                0, "{\"type\":\"compaction_delta\",\"content\":\"med\",\"encrypted_content\":null}")
            + close(0),
        "[{\"type\":\"compaction\",\"content\":\"summed\",\"encrypted_content\":\"E\"}]");
    content("no content", "", "[]");
    content(
        "pings everywhere",
        PING + openText(0) + PING + text(0, "x") + PING + close(0) + PING,
        textContent("x"));
    whole("a ping before the start", PING + answer("Hello"), hello());
    whole(
        "an unknown event before the start",
        event("{\"type\":\"hello\"}") + answer("Hello"),
        hello());
    return rows.stream();
  }

  @TestFactory
  Stream<DynamicTest> ends() {
    for (String reason :
        List.of(
            "end_turn",
            "tool_use",
            "max_tokens",
            "stop_sequence",
            "pause_turn",
            "refusal",
            "model_context_window_exceeded",
            "compaction",
            "unheard_of")) {
      whole("stop reason " + reason, START + end(reason), message("[]", reason, USAGE));
    }
    String base = "{" + HEAD + ",\"content\":[]";
    whole(
        "no stop reason at all",
        START + STOP,
        base + ",\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}");
    whole(
        "an empty delta",
        START
            + event("{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":3}}")
            + STOP,
        base + ",\"usage\":{\"input_tokens\":25,\"output_tokens\":3}}");
    whole(
        "no usage",
        START
            + event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}")
            + STOP,
        base
            + ",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}");
    whole(
        "totals replace",
        START
            + event("{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":3}}")
            + event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7,\"input_tokens\":30}}")
            + STOP,
        base
            + ",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":30,\"output_tokens\":7}}");
    whole(
        "null totals change nothing",
        START
            + event(
                "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":null,\"input_tokens\":null,\"cache_read_input_tokens\":5}}")
            + STOP,
        base
            + ",\"usage\":{\"input_tokens\":25,\"output_tokens\":1,\"cache_read_input_tokens\":5}}");
    whole(
        "usage null",
        START
            + event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":null}")
            + STOP,
        base
            + ",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}");
    whole(
        "nested totals replace",
        START
            + event(
                "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"server_tool_use\":{\"web_search_requests\":2}}}")
            + STOP,
        base
            + ",\"usage\":{\"input_tokens\":25,\"output_tokens\":1,\"server_tool_use\":{\"web_search_requests\":2}}}");
    whole(
        "a stop reason stays when a later delta has none",
        START
            + event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}")
            + event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null},\"usage\":{\"output_tokens\":9}}")
            + STOP,
        message("[]", "tool_use", USAGE));
    whole(
        "stop sequence",
        START
            + event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"},\"usage\":{\"output_tokens\":9}}")
            + STOP,
        base + ",\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"," + USAGE + "}");
    whole(
        "stop details",
        START
            + event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":{\"category\":\"x\",\"explanation\":\"y\"}},\"usage\":{\"output_tokens\":9}}")
            + STOP,
        base
            + ",\"stop_reason\":\"refusal\",\"stop_details\":{\"category\":\"x\",\"explanation\":\"y\"},"
            + USAGE
            + "}");
    whole(
        "container and context management",
        START
            + event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"container\":{\"id\":\"c\"}},\"context_management\":{\"applied_edits\":[]},\"usage\":{\"output_tokens\":9}}")
            + STOP,
        base
            + ",\"stop_reason\":\"end_turn\",\"container\":{\"id\":\"c\"},\"context_management\":{\"applied_edits\":[]},"
            + USAGE
            + "}");
    whole(
        "usage missing in the start",
        START.replaceAll(",\"usage\":\\{[^}]*\\}", "") + end("end_turn"),
        base + ",\"stop_reason\":\"end_turn\",\"usage\":{\"output_tokens\":9}}");
    whole(
        "content in the start is not lost",
        START.replace("\"content\":[]", "\"content\":[{\"type\":\"text\",\"text\":\"x\"}]")
            + end("end_turn"),
        message(textContent("x"), "end_turn", USAGE));
    return rows.stream();
  }

  @TestFactory
  Stream<DynamicTest> failures() {
    bad("nothing", "", "incomplete", "null");
    bad("blank lines only", "\n\n\r\n", "incomplete", "null");
    bad("byte order mark only", "\uFEFF", "incomplete", "null");
    bad("comments only", ": hi\n\n: hi\n\n", "incomplete", "null");
    bad("pings only", PING + PING, "incomplete", "null");
    bad("done mark only", "data: [DONE]\n\n", "incomplete", "null");
    bad("the start only", START, "incomplete", part("[]"));
    bad(
        "cut in text",
        START + openText(0) + text(0, "Hal"),
        "incomplete",
        part(textContent("Hal")));
    bad(
        "cut after the block",
        START + openText(0) + text(0, "Hal") + close(0),
        "incomplete",
        part(textContent("Hal")));
    bad(
        "cut after message_delta",
        START + openText(0) + text(0, "x") + close(0) + end("end_turn").replace(STOP, ""),
        "incomplete",
        message(textContent("x"), "end_turn", USAGE));
    bad(
        "done mark instead of the end",
        answer("x").replace(STOP, "data: [DONE]\n\n"),
        "incomplete");
    bad(
        "cut within the last event",
        answer("x").substring(0, answer("x").length() - 3),
        "incomplete");
    bad("cut within the name of a field", START + "even", "incomplete", part("[]"));
    bad(
        "cut in a tool's input",
        START + openTool(0, "t", "A") + input(0, "{\\\"a"),
        "incomplete",
        part(
            "[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"A\",\"input\":{},\"invalid_input\":\"{\\\"a\"}]"));
    bad(
        "cut in half a character",
        START + openText(0) + text(0, "x\\ud83d"),
        "incomplete",
        part(textContent("x\uFFFD")));
    String overloaded =
        event(
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"},\"request_id\":\"req_9\"}");
    bad(
        "an error first",
        overloaded.getBytes(StandardCharsets.UTF_8),
        "api",
        "overloaded_error",
        "null");
    bad(
        "an error in the middle",
        (START + openText(0) + text(0, "Hal") + overloaded).getBytes(StandardCharsets.UTF_8),
        "api",
        "overloaded_error",
        part(textContent("Hal")));
    bad(
        "an error after message_delta",
        (START + end("end_turn").replace(STOP, "") + overloaded).getBytes(StandardCharsets.UTF_8),
        "api",
        "overloaded_error",
        message("[]", "end_turn", USAGE));
    bad(
        "an error with an end after it",
        (START + overloaded + STOP).getBytes(StandardCharsets.UTF_8),
        "api",
        "overloaded_error",
        part("[]"));
    bad(
        "an unknown error",
        event("{\"type\":\"error\",\"error\":{\"type\":\"new_error\",\"message\":\"M\"}}")
            .getBytes(StandardCharsets.UTF_8),
        "api",
        "new_error",
        "null");
    bad("an error without anything", event("{\"type\":\"error\"}"), "api", "null");
    bad(
        "an error named by the line only",
        "event: error\ndata: {\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}\n\n"
            .getBytes(StandardCharsets.UTF_8),
        "api",
        "api_error",
        "null");
    bad(
        "an error without a blank line",
        overloaded.strip().getBytes(StandardCharsets.UTF_8),
        "api",
        "overloaded_error",
        "null");
    bad(
        "an HTML page",
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body>x</body></html>",
        "malformed",
        "null");
    bad("an HTML page on one line", "<html>x</html>", "malformed", "null");
    bad("an HTML page after a BOM", "\uFEFF<html>x</html>", "malformed", "null");
    bad("plain text", "Service unavailable", "malformed", "null");
    bad(
        "a whole message as JSON",
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}",
        "malformed",
        "null");
    bad(
        "a whole message as JSON with line breaks",
        "{\n  \"id\": \"msg_1\",\n  \"content\": []\n}\n",
        "malformed",
        "null");
    bad(
        "an error as JSON",
        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}",
        "malformed",
        "null");
    bad("half an object as JSON", "{\"type\":\"err", "malformed", "null");
    bad("a list as JSON", "[]", "malformed", "null");
    bad("rubbish in an event", START + "data: {\"type\":\n\n" + STOP, "malformed", part("[]"));
    bad("text in an event", START + "data: hello\n\n" + STOP, "malformed", part("[]"));
    bad("two values in an event", START + "data: {} {}\n\n" + STOP, "malformed", part("[]"));
    bad(
        "rubbish behind a delta",
        START + openText(0) + text(0, "x").replace("}}", "}}}"),
        "malformed",
        part(textContent("")));
    bad("a list in an event", START + "data: [1]\n\n" + STOP, "malformed", part("[]"));
    bad("a number in an event", START + "data: 1\n\n" + STOP, "malformed", part("[]"));
    bad("null in an event", START + "data: null\n\n" + STOP, "malformed", part("[]"));
    bad(
        "an event too deep",
        START + "data: " + "[".repeat(5000) + "\n\n" + STOP,
        "malformed",
        part("[]"));
    bad("no start: a block", openText(0) + STOP, "malformed", "null");
    bad("no start: a delta", text(0, "x"), "malformed", "null");
    bad("no start: a block's end", close(0), "malformed", "null");
    bad("no start: message_delta", end("end_turn"), "malformed", "null");
    bad("no start: message_stop", STOP, "malformed", "null");
    bad("two starts", START + START + STOP, "malformed", part("[]"));
    bad(
        "a start without a message",
        event("{\"type\":\"message_start\"}") + STOP,
        "malformed",
        "null");
    bad(
        "a block started twice",
        START + openText(0) + openText(0) + close(0) + STOP,
        "malformed",
        part(textContent("")));
    bad(
        "a block started again after its end",
        START + openText(0) + close(0) + openText(0) + STOP,
        "malformed",
        part(textContent("")));
    bad(
        "a delta for a block that was not started",
        START + text(0, "x") + STOP,
        "malformed",
        part("[]"));
    bad(
        "a delta for another block",
        START + openText(0) + text(1, "x") + STOP,
        "malformed",
        part(textContent("")));
    bad(
        "a delta after the block's end",
        START + openText(0) + close(0) + text(0, "x") + STOP,
        "malformed",
        part(textContent("")));
    bad("an end of a block that was not started", START + close(0) + STOP, "malformed", part("[]"));
    bad(
        "a block ended twice",
        START + openText(0) + close(0) + close(0) + STOP,
        "malformed",
        part(textContent("")));
    bad(
        "the end while a block is open",
        START + openText(0) + text(0, "x") + STOP,
        "malformed",
        part(textContent("x")));
    bad(
        "no index",
        START
            + event(
                "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"),
        "malformed",
        part("[]"));
    bad(
        "a negative index",
        START
            + event(
                "{\"type\":\"content_block_start\",\"index\":-1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"),
        "malformed",
        part("[]"));
    bad(
        "an index that is a string",
        START
            + openText(0)
            + delta(0, "{\"type\":\"text_delta\",\"text\":\"x\"}")
                .replace("\"index\":0", "\"index\":\"0\""),
        "malformed",
        part(textContent("")));
    bad(
        "an index that is huge",
        START
            + openText(0)
            + delta(0, "{\"type\":\"text_delta\",\"text\":\"x\"}")
                .replace("\"index\":0", "\"index\":99999999999"),
        "malformed",
        part(textContent("")));
    bad(
        "no block in the start",
        START + event("{\"type\":\"content_block_start\",\"index\":0}"),
        "malformed",
        part("[]"));
    return rows.stream();
  }

  @Test
  void anEventOfMoreThan64MegabytesIsRefused() throws IOException {
    java.io.InputStream endless =
        new java.io.InputStream() {
          private final byte[] head = "data: {".getBytes(StandardCharsets.UTF_8);
          private int position;

          @Override
          public int read() {
            return position < head.length ? head[position++] : 'x';
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            for (int i = 0; i < length; i++) {
              to[offset + i] = (byte) read();
            }
            return length;
          }
        };
    StringBuilder out = new StringBuilder();

    assertThat(SseInspection.run(endless, 0, out)).isEqualTo(1);
    assertThat(out.toString()).contains("\"malformed\"").contains("64 MB");
  }
}
