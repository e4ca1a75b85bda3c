package dev.agent.permission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.Message;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.runtime.Cancellation;
import dev.agent.text.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A small model as the classifier. It sees what the person wrote and the call, never the results of
 * tools: what those say can't argue for a call. Whatever goes wrong makes it unsure.
 */
public final class ModelClassifier implements Classifier {
  private static final String SMALL_MODEL = "haiku";
  private static final int MAX_TOKENS = 512;
  private static final int MAX_INPUT = 20_000;

  private final ModelClient client;
  private final Catalog catalog;
  private final Ledger ledger;
  private final Supplier<List<String>> prompts;
  private final Duration limit;

  /**
   * @param ledger takes what the answers cost
   * @param prompts what the person wrote, oldest first
   * @param limit how long an answer may take
   */
  public ModelClassifier(
      ModelClient client,
      Catalog catalog,
      Ledger ledger,
      Supplier<List<String>> prompts,
      Duration limit) {
    this.client = client;
    this.catalog = catalog;
    this.ledger = ledger;
    this.prompts = prompts;
    this.limit = limit;
  }

  @Override
  public Verdict judge(Question question) throws InterruptedException {
    ModelInfo model = catalog.resolve(SMALL_MODEL);
    ModelRequest request =
        new ModelRequest(
            model.id(),
            Math.min(MAX_TOKENS, model.maxOutput()),
            List.of(),
            List.of(new ModelRequest.SystemText(system(), false)),
            List.of(Message.user(text(question))),
            List.of(),
            new ModelRequest.Thinking.Unset(),
            model.effort().isEmpty() ? Optional.empty() : Optional.of("low"),
            Optional.empty(),
            false);
    Cancellation cancellation = Cancellation.root();
    Thread timer =
        Thread.ofVirtual()
            .name("classifier-limit")
            .start(
                () -> {
                  try {
                    Thread.sleep(limit);
                    cancellation.cancel(Cancellation.Reason.TIMED_OUT);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // answered in time
                  }
                });
    try {
      return answer(request, model, cancellation);
    } finally {
      timer.interrupt();
    }
  }

  private Verdict answer(ModelRequest request, ModelInfo model, Cancellation cancellation)
      throws InterruptedException {
    try (ModelStream stream = client.open(request, cancellation)) {
      while (stream.hasNext()) {
        if (stream.next() instanceof StreamEvent.Completed(ModelReply reply)) {
          ledger.add(model, reply.usage());
          return verdict(reply.message().text());
        }
      }
      return new Verdict.Unsure("the classifier gave no whole answer");
    } catch (ModelException e) {
      return new Verdict.Unsure(
          cancellation.isCancelled()
              ? "the classifier did not answer in time"
              : "the classifier could not be asked");
    } catch (InterruptedException e) {
      if (cancellation.isCancelled()) {
        return new Verdict.Unsure("the classifier did not answer in time");
      }
      throw e;
    }
  }

  /** What an answer says; anything but a clear one is unsure. */
  static Verdict verdict(String text) {
    int from = text.indexOf('{');
    int to = text.lastIndexOf('}');
    if (from >= 0 && to > from) {
      try {
        JsonNode json = Json.STRICT.readTree(text.substring(from, to + 1));
        String reason = Clip.head(json.path("reason").asText(""), 300);
        return switch (json.path("decision").asText("")) {
          case "allow" -> new Verdict.Safe("the classifier allows it: " + reason);
          case "deny" -> new Verdict.Unsafe("the classifier denies it: " + reason);
          default -> new Verdict.Unsure("the classifier is unsure: " + reason);
        };
      } catch (JsonProcessingException e) {
        return new Verdict.Unsure("the classifier's answer can't be read");
      }
    }
    return new Verdict.Unsure("the classifier's answer can't be read");
  }

  private String text(Question question) {
    ObjectNode asked = Json.object();
    prompts.get().forEach(asked.putArray("person_wrote")::add);
    asked.put("working_directory", question.request().cwd().toString());
    asked.put("tool", question.request().call().name());
    String input = Json.write(question.request().call().input());
    asked.put("input", Clip.head(input, MAX_INPUT));
    asked.put("input_is_cut", input.length() > MAX_INPUT);
    asked.put("why_it_is_asked", question.why());
    return Json.write(asked);
  }

  private static String system() {
    try (InputStream in = ModelClassifier.class.getResourceAsStream("classifier.md")) {
      if (in == null) {
        throw new IllegalStateException("classifier.md is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
