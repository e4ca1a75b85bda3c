package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.model.FallbackClient;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelRequest.Thinking;
import dev.agent.model.Pause;
import dev.agent.model.RetryListener;
import dev.agent.model.RetryPolicy;
import dev.agent.model.RetryingClient;
import dev.agent.model.anthropic.AnthropicClient;
import dev.agent.model.anthropic.Credentials;
import dev.agent.model.anthropic.KeySource;
import dev.agent.model.anthropic.Recorder;
import dev.agent.model.anthropic.ServiceOptions;
import dev.agent.process.Processes;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The model service of a run, from environment, settings and flags: address, key, retries, how the
 * model thinks.
 */
final class ModelService {
  private static final Duration HELPER_LIMIT = Duration.ofSeconds(30);
  private static final int MIN_THINKING_BUDGET = 1_024;

  private final RunBasis run;
  private final Map<String, String> environment;
  private final Settings settings;
  private final ModelInfo model;
  private final ServiceOptions options;
  private final Credentials credentials;

  /**
   * Reads what there is to read; connects to nothing.
   *
   * @throws UserError when there is no key, or a value makes no sense
   */
  ModelService(RunBasis run, ModelInfo model) {
    this.run = run;
    this.environment = run.environment();
    this.settings = run.settings();
    this.model = model;
    this.options = options();
    this.credentials = choose();
  }

  private ServiceOptions options() {
    Map<String, String> headers = new HashMap<>();
    settings
        .effective("network.headers")
        .ifPresent(
            found ->
                found
                    .properties()
                    .forEach(header -> headers.put(header.getKey(), header.getValue().asText(""))));
    ServiceOptions from =
        ServiceOptions.from(environment, List.of(), headers, run.world().version());
    String idle = environment.getOrDefault("AGENT_STREAM_IDLE_MS", "").strip();
    if (!idle.isEmpty()) {
      Duration limit = Duration.ofMillis(number("AGENT_STREAM_IDLE_MS", 90_000));
      from =
          from.withTimeouts(
              new ServiceOptions.Timeouts(
                  from.timeouts().firstByte(), limit, from.timeouts().content()));
    }
    String version = environment.getOrDefault("ANTHROPIC_VERSION", "").strip();
    return version.isEmpty() ? from : from.withApiVersion(version);
  }

  private Credentials choose() {
    boolean none =
        keySource().equals("none") && isLoopback(String.valueOf(options.baseUrl().getHost()));
    return none
        ? new Credentials.None()
        : Credentials.from(
            environment, settings.text("apiKeyHelper").map(this::helper), System::nanoTime);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private KeySource helper(String command) {
    return () -> {
      Processes.Output output =
          run.processes()
              .run(List.of("/bin/sh", "-c", command), Path.of("/"), HELPER_LIMIT)
              .orElseThrow(
                  () ->
                      new UserError(
                          "The apiKeyHelper command did not end within "
                              + HELPER_LIMIT.toSeconds()
                              + " seconds.",
                          "Run it by hand to see why."));
      if (output.exitCode() != 0) {
        throw new UserError(
            "The apiKeyHelper command failed with exit code " + output.exitCode() + ".",
            "Run it by hand to see why.");
      }
      return output.text();
    };
  }

  private int number(String name, int otherwise) {
    try {
      int value = Integer.parseInt(environment.getOrDefault(name, "").strip());
      return value >= 0 ? value : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** Where the key comes from: a variable's name, {@code apiKeyHelper} or {@code none}. */
  String keySource() {
    for (String name : List.of("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY")) {
      if (!environment.getOrDefault(name, "").isBlank()) {
        return name;
      }
    }
    return settings.text("apiKeyHelper").isPresent() ? "apiKeyHelper" : "none";
  }

  /** Opens a connection while the rest of the run is being put together. */
  void preconnect() {
    run.clients().preconnect(options.baseUrl());
  }

  /**
   * The client with retries and, where one is named, the model that stands by.
   *
   * @param recorder keeps the traffic
   */
  ModelClient client(Optional<Recorder> recorder) {
    AnthropicClient plain =
        new AnthropicClient(run.clients(), options, credentials, recorder, run.world().time());
    RetryPolicy policy =
        RetryPolicy.from(environment)
            .withMaxWait(
                Duration.ofSeconds(
                    settings
                        .number("maxRetryWaitSeconds")
                        .orElse((int) RetryPolicy.DEFAULT.maxWait().toSeconds())));
    RetryListener listener = new Events(run.events());
    Optional<ModelInfo> fallback = settings.text("fallbackModel").map(run.catalog()::resolve);
    if (fallback.isEmpty()) {
      return retrying(plain, policy, listener);
    }
    ModelInfo other = fallback.get();
    if (other.id().equals(model.id())) {
      throw new UserError(
          "--fallback-model: \"" + model.id() + "\" is the model itself.",
          "Name another one, or leave it out.");
    }
    return new FallbackClient(
        retrying(plain, policy.withFallback(), listener),
        retrying(plain, policy, listener),
        other.id(),
        request -> fitted(request, other),
        listener);
  }

  private RetryingClient retrying(ModelClient client, RetryPolicy policy, RetryListener listener) {
    return new RetryingClient(
        client, policy, Pause.real(), Math::random, run.world().time(), listener);
  }

  private static ModelRequest fitted(ModelRequest request, ModelInfo model) {
    Thinking thinking =
        model.thinking() == ModelInfo.ThinkingStyle.ADAPTIVE
            ? new Thinking.Adaptive("omitted")
            : new Thinking.Unset();
    ModelRequest fits =
        request.withModel(model.id(), Math.min(request.maxTokens(), model.maxOutput()), thinking);
    return model.effort().isEmpty() ? fits.withEffort(Optional.empty()) : fits;
  }

  private record Events(Consumer<AgentEvent> events) implements RetryListener {
    @Override
    public void onRetry(int attempt, int max, Duration delay, ModelException failure) {
      events.accept(
          new AgentEvent.Retrying(
              attempt, max, delay, failure.status(), String.valueOf(failure.getMessage())));
    }

    @Override
    public void onFallback(String from, String to, ModelException failure) {
      events.accept(new AgentEvent.ModelSwitched(from, to, String.valueOf(failure.getMessage())));
    }
  }

  /** What an answer may have at first. */
  int outputTokens() {
    int wanted = settings.number("maxOutputTokens").orElse(model.defaultOutput());
    return Math.clamp(wanted, 1, model.maxOutput());
  }

  Thinking thinking() {
    return switch (model.thinking()) {
      case ADAPTIVE ->
          new Thinking.Adaptive(
              run.launch().partialMessages() || run.person().present() ? "summarized" : "omitted");
      case BUDGET -> {
        int wanted =
            number(
                "MAX_THINKING_TOKENS", settings.flag("alwaysThinkingEnabled", false) ? 31_999 : 0);
        int budget = Math.min(wanted, outputTokens() - 1);
        yield budget >= MIN_THINKING_BUDGET ? new Thinking.Budget(budget) : new Thinking.Unset();
      }
      case NONE -> new Thinking.Unset();
    };
  }

  Optional<String> effort() {
    if (model.effort().isEmpty()) {
      return Optional.empty();
    }
    return settings.text("effortLevel").or(() -> Optional.of(model.effort()));
  }
}
