package dev.agent.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.text.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a small model one question about the event. What it costs is booked, and not asked when the
 * budget might not suffice.
 */
public final class PromptRunner implements ActionRunner<Handler.Action.Prompt> {
  private static final String SMALL_MODEL = "haiku";
  private static final String ARGUMENTS = "$ARGUMENTS";
  private static final int MAX_TOKENS = 2_048;
  private static final int MAX_INPUT = 100_000;
  private static final int SHOWN = 200;

  private final ModelClient client;
  private final Catalog catalog;
  private final Ledger ledger;
  private final Supplier<Optional<BigDecimal>> budget;

  /**
   * @param budget the dollars that are left; empty: no limit
   */
  public PromptRunner(
      ModelClient client, Catalog catalog, Ledger ledger, Supplier<Optional<BigDecimal>> budget) {
    this.client = client;
    this.catalog = catalog;
    this.ledger = ledger;
    this.budget = budget;
  }

  @Override
  public HookAnswer run(Handler.Action.Prompt action, HookRun run) throws InterruptedException {
    ModelInfo model = catalog.resolve(action.model().orElse(SMALL_MODEL));
    String question = question(action.prompt(), run.input());
    String system = system();
    if (!isAffordable(model, system.length() + question.length())) {
      return new HookAnswer.Failure("was not asked: the budget does not suffice");
    }
    ModelRequest request =
        new ModelRequest(
            model.id(),
            Math.min(MAX_TOKENS, model.maxOutput()),
            List.of(),
            List.of(new ModelRequest.SystemText(system, false)),
            List.of(Message.user(question)),
            List.of(),
            new ModelRequest.Thinking.Unset(),
            model.effort().isEmpty() ? Optional.empty() : Optional.of("low"),
            Optional.empty(),
            false);
    try (TimeLimit limit = new TimeLimit(run.cancellation(), run.limit())) {
      return ask(request, model, run, limit);
    }
  }

  private HookAnswer ask(ModelRequest request, ModelInfo model, HookRun run, TimeLimit limit)
      throws InterruptedException {
    try (ModelStream stream = client.open(request, limit.cancellation())) {
      while (stream.hasNext()) {
        if (stream.next() instanceof StreamEvent.Completed(ModelReply reply)) {
          ledger.add(model, reply.usage());
          return judged(reply.message().text());
        }
      }
      return new HookAnswer.Failure("got no whole answer of the model");
    } catch (ModelException e) {
      return limit.passed()
          ? timedOut(run)
          : new HookAnswer.Failure("could not ask the model: " + e.getMessage());
    } catch (InterruptedException e) {
      if (!limit.passed()) {
        throw e;
      }
      return timedOut(run);
    }
  }

  /** The event as the prompt wants it: in place of {@code $ARGUMENTS}, else behind it. */
  public static String question(String prompt, String input) {
    String event = Clip.head(input, MAX_INPUT);
    return prompt.contains(ARGUMENTS)
        ? prompt.replace(ARGUMENTS, event)
        : prompt + "\n\nThe event:\n" + event;
  }

  private boolean isAffordable(ModelInfo model, int chars) {
    Optional<BigDecimal> left = budget.get();
    int inputTokens = (int) Math.ceil(chars / model.bytesPerToken() * 1.3);
    Optional<BigDecimal> worst = model.cost(new Usage(inputTokens, MAX_TOKENS, 0, 0, 0, 0, 0));
    return left.isEmpty() || worst.isEmpty() || worst.get().compareTo(left.get()) <= 0;
  }

  private static HookAnswer timedOut(HookRun run) {
    return new HookAnswer.Failure(
        "got no answer of the model within " + run.limit().toMillis() / 1000.0 + " s");
  }

  /** Models wrap what they were told to write into fences and words: the object is in between. */
  static HookAnswer judged(String text) {
    int from = text.indexOf('{');
    int to = text.lastIndexOf('}');
    if (from >= 0 && to > from) {
      try {
        JsonNode json = Json.parse(text.substring(from, to + 1));
        if (json.path("ok").isBoolean()) {
          return new HookAnswer.Judged(
              json.path("ok").booleanValue(), json.path("reason").asText(""));
        }
      } catch (JsonProcessingException e) {
        // told below
      }
    }
    return new HookAnswer.Failure(
        "got an answer of the model that is no judgement: \"" + Clip.head(text, SHOWN) + "\"");
  }

  private static String system() {
    try (InputStream in = PromptRunner.class.getResourceAsStream("judge.md")) {
      if (in == null) {
        throw new IllegalStateException("judge.md is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
