package dev.agent.mode.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers in a recording of {@code --record}: one JSON object a line, of type request,
 * response, chunk, end or fault. Pure.
 */
final class Recording {
  private final String name;
  private final double speed;

  /** One exchange while it is read. */
  private static final class Answer {
    private int status = 200;
    private boolean answered;
    private boolean failed;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Reply.Piece> pieces = new ArrayList<>();
    private long last;
  }

  private Recording(String name, double speed) {
    this.name = name;
    this.speed = speed;
  }

  /** Whether a text is a recording. */
  static boolean isOne(String text) {
    return text.stripLeading().startsWith("{\"type\":\"request\"");
  }

  /**
   * The answers, in the order of their requests.
   *
   * @param speed how many times as fast as recorded; 0 = without pauses
   * @throws UserError naming the line that can't be understood
   */
  static List<Reply> replies(String name, String text, double speed) {
    return new Recording(name, speed).read(text);
  }

  private List<Reply> read(String text) {
    Map<Integer, Answer> answers = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode node = Json.parse(line);
        if (!node.path("n").canConvertToInt()) {
          throw wrong(number, "has no number \"n\" of a request");
        }
        add(answers.computeIfAbsent(node.path("n").asInt(), _ -> new Answer()), node, number);
      } catch (JsonProcessingException e) {
        throw wrong(number, "is no JSON");
      }
    }
    List<Reply> replies = new ArrayList<>();
    for (Answer answer : answers.values()) {
      replies.add(
          new Reply.Recorded(
              answer.status, answer.headers, answer.pieces, answer.answered && !answer.failed));
    }
    return replies;
  }

  private void add(Answer answer, JsonNode node, int number) {
    long at = node.path("at_ms").asLong();
    switch (node.path("type").asText("")) {
      case "request" -> answer.last = at;
      case "response" -> {
        answer.answered = true;
        answer.status = node.path("status").asInt(200);
        for (Map.Entry<String, JsonNode> header : node.path("headers").properties()) {
          answer.headers.put(header.getKey(), header.getValue().asText(""));
        }
      }
      case "chunk" -> {
        long pause = speed <= 0 ? 0 : Math.round((at - answer.last) / speed);
        answer.pieces.add(new Reply.Piece(bytes(node, number), Math.max(0, pause)));
        answer.last = at;
      }
      case "fault" -> answer.failed = true;
      case "end" -> {}
      default -> throw wrong(number, "has the unknown type " + node.path("type"));
    }
  }

  private byte[] bytes(JsonNode node, int number) {
    if (node.has("base64")) {
      try {
        return Base64.getDecoder().decode(node.path("base64").asText());
      } catch (IllegalArgumentException e) {
        throw wrong(number, "has bytes that are no base64");
      }
    }
    return node.path("text").asText().getBytes(StandardCharsets.UTF_8);
  }

  private UserError wrong(int line, String what) {
    return new UserError(
        name + ", line " + line + ": the recording " + what + ".",
        "Record anew with --record, or remove the line.");
  }
}
