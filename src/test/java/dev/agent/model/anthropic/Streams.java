package dev.agent.model.anthropic;

import dev.agent.message.Message;
import dev.agent.model.ModelRequest;
import java.util.List;
import java.util.Optional;

/** Streams and requests for tests. */
final class Streams {
  static final String START =
      event(
          "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
              + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}}");
  static final String STOP = event("{\"type\":\"message_stop\"}");
  static final String PING = event("{\"type\":\"ping\"}");

  private Streams() {}

  /** One event, its name taken from the type. */
  static String event(String json) {
    int from = json.indexOf("\"type\":\"") + 8;
    return "event: " + json.substring(from, json.indexOf('"', from)) + "\ndata: " + json + "\n\n";
  }

  static String open(int index, String block) {
    return event(
        "{\"type\":\"content_block_start\",\"index\":"
            + index
            + ",\"content_block\":"
            + block
            + "}");
  }

  static String openText(int index) {
    return open(index, "{\"type\":\"text\",\"text\":\"\"}");
  }

  static String openTool(int index, String id, String name) {
    return open(
        index,
        "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"input\":{}}");
  }

  static String delta(int index, String delta) {
    return event(
        "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}");
  }

  static String text(int index, String escaped) {
    return delta(index, "{\"type\":\"text_delta\",\"text\":\"" + escaped + "\"}");
  }

  static String input(int index, String escaped) {
    return delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + escaped + "\"}");
  }

  static String close(int index) {
    return event("{\"type\":\"content_block_stop\",\"index\":" + index + "}");
  }

  static String end(String reason) {
    return event(
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                + reason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}}")
        + STOP;
  }

  /** A whole answer of one text. */
  static String answer(String escaped) {
    return START + openText(0) + PING + text(0, escaped) + close(0) + end("end_turn");
  }

  static ModelRequest request(String prompt) {
    return new ModelRequest(
        "claude-test",
        1000,
        List.of(),
        List.of(),
        List.of(Message.user(prompt)),
        List.of(),
        new ModelRequest.Thinking.Unset(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
