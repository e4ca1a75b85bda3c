package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.Reply;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.anthropic.AnthropicClient;
import dev.agent.model.anthropic.Credentials;
import dev.agent.model.anthropic.ServiceOptions;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.testing.ModelServer;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The small model that judges in auto mode, asked over a real connection. */
class ModelClassifierTest {
  private final ModelServer server = ModelServer.start();
  private final Ledger ledger = new Ledger();

  @AfterEach
  void stop() {
    server.close();
  }

  private Classifier.Verdict judge(Duration limit, String command) throws InterruptedException {
    ModelClient client =
        new AnthropicClient(
            new HttpClients(NetSettings.from(Map.of(), List.of())),
            ServiceOptions.from(
                Map.of("ANTHROPIC_BASE_URL", server.url()), List.of(), Map.of(), "1.2.3"),
            new Credentials.ApiKey("sk-test"),
            Optional.empty(),
            InstantSource.system());
    return new ModelClassifier(
            client, Catalog.load(Json.object()), ledger, () -> List.of("build it"), limit)
        .judge(
            new Classifier.Question(
                new PermissionRequest(
                    new ToolCall("1", "Bash", Json.object().put("command", command)),
                    Effect.UNKNOWN,
                    Mode.AUTO,
                    Path.of("/w")),
                "not known to be harmless"));
  }

  private Classifier.Verdict judge(Reply reply) throws InterruptedException {
    server.reply(reply);
    return judge(Duration.ofSeconds(30), "make");
  }

  private static Reply says(String decision) {
    return Reply.text("{\"decision\": \"" + decision + "\", \"reason\": \"so\"}");
  }

  @Test
  void saysWhatTheModelSays() throws Exception {
    assertThat(judge(says("allow")))
        .isEqualTo(new Classifier.Verdict.Safe("the classifier allows it: so"));
    assertThat(judge(says("deny")))
        .isEqualTo(new Classifier.Verdict.Unsafe("the classifier denies it: so"));
    assertThat(judge(says("ask")))
        .isEqualTo(new Classifier.Verdict.Unsure("the classifier is unsure: so"));
    server.assertRulesKept();
  }

  @Test
  void itIsToldWhatThePersonWroteAndTheCallAndOffersNoTools() throws Exception {
    judge(says("allow"));
    JsonNode body = server.requests().getFirst().body();
    JsonNode asked = Json.parse(server.requests().getFirst().lastUserText());
    assertThat(asked.path("person_wrote").path(0).asText()).isEqualTo("build it");
    assertThat(asked.path("working_directory").asText()).isEqualTo("/w");
    assertThat(asked.path("tool").asText()).isEqualTo("Bash");
    assertThat(asked.path("input").asText()).isEqualTo("{\"command\":\"make\"}");
    assertThat(asked.path("input_is_cut").asBoolean()).isFalse();
    assertThat(body.path("model").asText()).contains("haiku");
    assertThat(body.path("tools").isEmpty()).isTrue();
    assertThat(ledger.cost()).isPositive();
  }

  @Test
  void aLongInputIsCutAndSaidToBe() throws Exception {
    server.reply(says("ask"));
    judge(Duration.ofSeconds(30), "make " + "x".repeat(50_000));
    JsonNode asked = Json.parse(server.requests().getFirst().lastUserText());
    assertThat(asked.path("input").asText()).hasSizeLessThan(21_000);
    assertThat(asked.path("input_is_cut").asBoolean()).isTrue();
  }

  @Test
  void whateverGoesWrongMakesItUnsure() throws Exception {
    for (Reply reply :
        List.of(
            Reply.text("Sure, go ahead."),
            Reply.text("{\"decision\": \"allow\""),
            Reply.text("{\"decision\": \"allow\", \"decision\": \"allow\"}"),
            Reply.text("{\"verdict\": \"allow\"}"),
            Reply.of(Reply.toolUse("t1", "Bash", Json.object().put("command", "ls"))),
            Reply.text("x").stopping("refusal"),
            Reply.failure(400, "invalid_request_error"),
            Reply.failure(500, "api_error"),
            Reply.failure(529, "overloaded_error"),
            Reply.failure(401, "authentication_error"),
            Reply.text("{\"decision\": \"allow\"}").with(new Reply.Fault.Drop(4)),
            Reply.text("{\"decision\": \"allow\"}").with(new Reply.Fault.Reset(4)),
            Reply.text("{\"decision\": \"allow\"}").with(new Reply.Fault.Malformed(3)),
            Reply.text("{\"decision\": \"allow\"}")
                .with(new Reply.Fault.ErrorEvent(4, "overloaded_error")))) {
      assertThat(judge(reply)).as(reply.toString()).isInstanceOf(Classifier.Verdict.Unsure.class);
    }
  }

  @Test
  void anAnswerThatDoesNotComeInTimeMakesItUnsure() throws Exception {
    ModelServer.Hold hold = new ModelServer.Hold(0);
    server.reply(Reply.text("{\"decision\": \"allow\"}").heldBy(hold));
    assertThat(judge(Duration.ofMillis(100), "make"))
        .isEqualTo(new Classifier.Verdict.Unsure("the classifier did not answer in time"));
    hold.release();
  }
}
