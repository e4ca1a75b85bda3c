package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Role;
import dev.agent.mode.replay.RequestRules;
import dev.agent.model.ModelRequest;
import dev.agent.tool.ToolRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any history, however broken, becomes a request that the rules of the service accept. */
class RequestPropertyTest {
  private final Random random = new Random(42);

  @Test
  void anyHistoryBecomesARequestThatTheServiceAccepts() {
    RequestAssembler assembler =
        new RequestAssembler(
            "claude-opus-5-5",
            new ToolRegistry(List.of()),
            List.of(
                new ModelRequest.SystemText("static", true),
                new ModelRequest.SystemText("dynamic", true)),
            new ModelRequest.Thinking.Adaptive("omitted"),
            Optional.of("medium"),
            false);
    for (int round = 0; round < 2_000; round++) {
      Conversation conversation = conversation();
      ModelRequest request = assembler.assemble(conversation, 1_000, _ -> {});
      ObjectNode body = body(request);
      Optional<String> violation = new RequestRules().check(body);
      assertThat(violation).as("round %d: %s", round, body).isEmpty();
    }
  }

  @Test
  void whatIsWellFormedAlreadyIsNotTouchedAgain() {
    for (int round = 0; round < 500; round++) {
      Conversation once = WellFormed.of(conversation(), _ -> {});
      List<String> repairs = new ArrayList<>();
      assertThat(WellFormed.of(once, repairs::add)).isEqualTo(once);
      assertThat(repairs).isEmpty();
    }
  }

  private static ObjectNode body(ModelRequest request) {
    ObjectNode body =
        Json.object()
            .put("model", request.model())
            .put("max_tokens", request.maxTokens())
            .put("stream", true);
    for (int i = 0; i < request.messages().size(); i++) {
      Message sent = request.messages().get(i);
      ObjectNode message = Json.object().put("role", sent.role().wire());
      sent.content().forEach(block -> message.withArray("content").add(MessageJson.toJson(block)));
      for (ModelRequest.BlockPosition mark : request.cacheMarks()) {
        if (mark.message() == i) {
          ((ObjectNode) message.get("content").get(mark.block()))
              .putObject("cache_control")
              .put("type", "ephemeral");
        }
      }
      body.withArray("messages").add(message);
    }
    for (ModelRequest.SystemText text : request.system()) {
      ObjectNode block =
          body.withArray("system").addObject().put("type", "text").put("text", text.text());
      block.putObject("cache_control").put("type", "ephemeral");
    }
    return body;
  }

  private Conversation conversation() {
    List<Message> messages = new ArrayList<>();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      List<ContentBlock> blocks = new ArrayList<>();
      int size = random.nextInt(5);
      Role role =
          random.nextInt(8) == 0 ? Role.SYSTEM : random.nextBoolean() ? Role.USER : Role.ASSISTANT;
      for (int b = 0; b < size; b++) {
        blocks.add(block(role));
      }
      messages.add(new Message(role, blocks));
    }
    return new Conversation(messages);
  }

  /** Mostly what the role may hold, with few ids so that they collide. */
  private ContentBlock block(Role role) {
    String id = "id" + random.nextInt(4);
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          new ContentBlock.Text(List.of("", "  ", "words", "more words\n").get(random.nextInt(4)));
      case 2, 3 ->
          role == Role.ASSISTANT || random.nextInt(10) == 0 && role != Role.USER
              ? new ContentBlock.ToolUse(id, "Read", Json.object().put("n", 1))
              : ContentBlock.ToolResult.text(
                  id, random.nextBoolean() ? "result" : "", random.nextBoolean());
      case 4 ->
          role == Role.ASSISTANT
              ? new ContentBlock.Thinking("hm", "sig")
              : new ContentBlock.Text("text");
      default -> ContentBlock.ToolResult.text(id, "result", false);
    };
  }
}
