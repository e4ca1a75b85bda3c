package dev.agent.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Extra;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.model.ModelRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests as they go over the wire. */
final class RequestWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static byte[] bytes(ModelRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RequestWriter.write(request, out);
    return out.toByteArray();
  }

  private static String text(ModelRequest request) throws IOException {
    return new String(bytes(request), StandardCharsets.UTF_8);
  }

  private static ModelRequest request(List<Message> messages) {
    return new ModelRequest(
        "m",
        5,
        List.of(),
        List.of(),
        messages,
        List.of(),
        new ModelRequest.Thinking.Unset(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static ModelRequest thinking(
      ModelRequest.Thinking thinking, Optional<String> effort, Optional<ObjectNode> schema) {
    return new ModelRequest(
        "m",
        5,
        List.of(),
        List.of(),
        List.of(Message.user("hi")),
        List.of(),
        thinking,
        effort,
        schema,
        false);
  }

  @Test
  void everythingHasItsPlace() throws IOException {
    ObjectNode schema = Json.object().put("type", "object");
    schema
        .putObject("properties")
        .putObject("path")
        .put("type", "string")
        .put("max", 1.50)
        .putArray("list")
        .add(1)
        .addNull()
        .add(true);
    ModelRequest request =
        new ModelRequest(
            "claude-x",
            32_000,
            List.of(
                new ModelRequest.ToolDefinition("Read", "Reads.", schema, false),
                new ModelRequest.ToolDefinition(
                    "Write", "Writes.", Json.object().put("type", "object"), true)),
            List.of(
                new ModelRequest.SystemText("You are.", true),
                new ModelRequest.SystemText("Now.", false)),
            List.of(
                Message.user(List.of(new ContentBlock.Text("a"), new ContentBlock.Text("b"))),
                Message.assistant(
                    List.of(
                        new ContentBlock.Thinking("", "sig"),
                        new ContentBlock.ToolUse("t1", "Read", Json.object().put("path", "p")))),
                Message.user(List.of(ContentBlock.ToolResult.text("t1", "no", true)))),
            List.of(new ModelRequest.BlockPosition(0, 1), new ModelRequest.BlockPosition(2, 0)),
            new ModelRequest.Thinking.Adaptive("omitted"),
            Optional.of("medium"),
            Optional.of(Json.object().put("type", "string")),
            false);

    assertThat(text(request))
        .isEqualTo(
            "{\"model\":\"claude-x\",\"max_tokens\":32000,\"stream\":true,\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"},"
                + "\"output_config\":{\"effort\":\"medium\",\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"string\"}}},"
                + "\"tools\":[{\"name\":\"Read\",\"description\":\"Reads.\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\",\"max\":1.5,\"list\":[1,null,true]}}}},"
                + "{\"name\":\"Write\",\"description\":\"Writes.\",\"input_schema\":{\"type\":\"object\"},\"cache_control\":{\"type\":\"ephemeral\"}}],\"system\":[{\"type\":\"text\",\"text\":\"You"
                + " are.\",\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"Now.\"}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\",\"cache_control\":{\"type\":\"ephemeral\"}}]},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"sig\"},{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"path\":\"p\"}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"is_error\":true,\"cache_control\":{\"type\":\"ephemeral\"}}]}]}");
    assertThat(bytes(request)).isEqualTo(bytes(request));
  }

  @Test
  void eachWayOfThinkingIsWritten() throws IOException {
    assertThat(
            text(thinking(new ModelRequest.Thinking.Unset(), Optional.empty(), Optional.empty())))
        .doesNotContain(
            "thinking", "output_config", "metadata", "temperature", "top_", "tool_choice");
    assertThat(
            text(
                thinking(
                    new ModelRequest.Thinking.Adaptive(""), Optional.empty(), Optional.empty())))
        .contains("\"thinking\":{\"type\":\"adaptive\"},");
    assertThat(
            text(
                thinking(
                    new ModelRequest.Thinking.Budget(2048), Optional.empty(), Optional.empty())))
        .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048},");
    assertThat(
            text(
                thinking(
                    new ModelRequest.Thinking.Disabled(), Optional.of("low"), Optional.empty())))
        .contains("\"thinking\":{\"type\":\"disabled\"},\"output_config\":{\"effort\":\"low\"},");
  }

  @Test
  void callsAreForbiddenOnlyWhereThereAreTools() throws IOException {
    ModelRequest plain = request(List.of(Message.user("a")));
    ModelRequest tools =
        new ModelRequest(
            "m",
            5,
            List.of(
                new ModelRequest.ToolDefinition(
                    "Read", "Reads.", Json.object().put("type", "object"), false)),
            List.of(),
            List.of(Message.user("a")),
            List.of(),
            new ModelRequest.Thinking.Unset(),
            Optional.empty(),
            Optional.empty(),
            false);

    assertThat(text(tools)).doesNotContain("tool_choice");
    assertThat(text(tools.withoutCalls())).contains("],\"tool_choice\":{\"type\":\"none\"},");
    assertThat(text(plain.withoutCalls())).doesNotContain("tool_choice");
  }

  @Test
  void whatIsOnlyForUsStaysHere() throws IOException {
    ObjectNode server =
        Json.object().put("type", "server_tool_use").put("id", "s").put("invalid_input", "{x");
    ModelRequest request =
        request(
            List.of(
                Message.user("a"),
                Message.assistant(
                    List.of(
                        new ContentBlock.ToolUse(
                            "t", "Read", Json.object(), Extra.invalidInput("{\"a")),
                        new ContentBlock.Unknown(server)))));

    assertThat(text(request)).doesNotContain("invalid_input").contains("server_tool_use");
  }

  @Test
  void blocksOfEveryKindComeBackAsTheyCame() throws IOException {
    String content =
        "[{\"type\":\"text\",\"text\":\"x\",\"citations\":[{\"type\":\"char_location\",\"n\":12345678901234567890}]},{\"type\":\"redacted_thinking\",\"data\":\"d\"},"
            + "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{\"url\":\"u\",\"page_age\":null}]},{\"type\":\"later\",\"z\":1,\"a\":{\"b\":[1.25]}}]";
    Message message =
        new Message(
            Role.ASSISTANT, dev.agent.message.MessageJson.readContent(JSON.readTree(content)));

    JsonNode written =
        JSON.readTree(text(request(List.of(message)))).path("messages").path(0).path("content");

    assertThat(written).isEqualTo(JSON.readTree(content));
  }

  @Test
  void anySequenceOfCharactersIsValidUtf8() throws IOException {
    String odd = "a\ud83d\ude00b\ud83dc\ude00\u0000\u2028é\ud83d";

    byte[] bytes = bytes(request(List.of(Message.user(odd))));

    assertThat(
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString())
        .contains("a😀b\uFFFDc\uFFFD");
    assertThat(
            JSON.readTree(bytes)
                .path("messages")
                .path(0)
                .path("content")
                .path(0)
                .path("text")
                .asText())
        .isEqualTo("a😀b\uFFFDc\uFFFD\u0000\u2028é\uFFFD");
  }

  @Test
  void aHalfCharacterAtEveryPlaceOfALongTextIsReplaced() throws IOException {
    for (int at = 3990; at < 4010; at++) {
      String odd = "x".repeat(at) + "\ud83d" + "y".repeat(5000) + "😀";
      assertThat(
              JSON.readTree(bytes(request(List.of(Message.user(odd))))).findValue("text").asText())
          .isEqualTo(odd.replace("\ud83dy", "\uFFFDy"));
    }
  }

  @Test
  void aLongerConversationBeginsWithTheBytesOfTheShorter() throws IOException {
    List<Message> messages = new ArrayList<>();
    String before = "";
    for (int i = 0; i < 20; i++) {
      messages.add(
          i % 2 == 0
              ? Message.user("question " + i)
              : Message.assistant(List.of(new ContentBlock.Text("answer " + i))));
      String now = text(request(messages));
      assertThat(now).startsWith(before);
      before = now.substring(0, now.length() - 2);
    }
  }
}
