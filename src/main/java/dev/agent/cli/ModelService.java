package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.model.Catalog;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.Thinking;
import dev.agent.model.RetryingClient;
import dev.agent.model.anthropic.Credentials;
import dev.agent.model.anthropic.Endpoint;
import dev.agent.process.Processes;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model service of a run, from environment, settings and flags: address, key, retries, how the
 * model thinks.
 */
final class ModelService {
  private static final Duration HELPER_LIMIT = Duration.ofSeconds(30);
  private static final int HELPER_LIFE_MILLIS = 300_000;
  private static final int MIN_THINKING_BUDGET = 1_024;

  private final Launch launch;
  private final Map<String, String> environment;
  private final Settings settings;
  private final Catalog catalog;
  private final ModelInfo model;
  private final Processes processes;
  private final Credentials credentials;
  private String keySource = "none";

  ModelService(
      Launch launch,
      Map<String, String> environment,
      Settings settings,
      Catalog catalog,
      ModelInfo model,
      Processes processes) {
    this.launch = launch;
    this.environment = environment;
    this.settings = settings;
    this.catalog = catalog;
    this.model = model;
    this.processes = processes;
    this.credentials = chooseCredentials();
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private Credentials chooseCredentials() {
    if (!variable("ANTHROPIC_AUTH_TOKEN").isEmpty()) {
      keySource = "ANTHROPIC_AUTH_TOKEN";
      return new Credentials.Token(variable("ANTHROPIC_AUTH_TOKEN"));
    }
    if (!variable("ANTHROPIC_API_KEY").isEmpty()) {
      keySource = "ANTHROPIC_API_KEY";
      return new Credentials.ApiKey(variable("ANTHROPIC_API_KEY"));
    }
    Optional<String> helper = settings.text("apiKeyHelper");
    if (helper.isPresent()) {
      keySource = "apiKeyHelper";
      return new Credentials.KeyCommand(
          () -> helperKey(helper.get()),
          Duration.ofMillis(number("CLAUDE_CODE_API_KEY_HELPER_TTL_MS", HELPER_LIFE_MILLIS)));
    }
    if (isLoopback(baseUrl())) {
      return new Credentials.Anonymous();
    }
    throw new UserError(
        "No key for the model service was found.",
        "Set ANTHROPIC_API_KEY (or ANTHROPIC_AUTH_TOKEN), or name a command that prints one as"
            + " \"apiKeyHelper\" in your settings. To see the agent work without a key: agent"
            + " demo");
  }

  private static boolean isLoopback(String url) {
    try {
      String host = URI.create(url).getHost();
      return host != null
          && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String helperKey(String command) throws ModelException {
    try {
      Processes.Output output =
          processes
              .run(List.of("/bin/sh", "-c", command), Path.of("/"), HELPER_LIMIT)
              .orElseThrow(
                  () ->
                      new ModelException(
                          ModelException.Kind.AUTHENTICATION,
                          "The apiKeyHelper did not end within "
                              + HELPER_LIMIT.toSeconds()
                              + " seconds."));
      if (output.exitCode() != 0 || output.text().isBlank()) {
        throw new ModelException(
            ModelException.Kind.AUTHENTICATION,
            "The apiKeyHelper gave no key (exit code "
                + output.exitCode()
                + "). Run it by hand to see why.");
      }
      return output.text().strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(
          ModelException.Kind.AUTHENTICATION, "The apiKeyHelper was interrupted.");
    }
  }

  private String baseUrl() {
    return variable("ANTHROPIC_BASE_URL").isEmpty()
        ? Endpoint.DEFAULT_BASE_URL
        : variable("ANTHROPIC_BASE_URL");
  }

  private int number(String name, int otherwise) {
    try {
      int value = Integer.parseInt(variable(name));
      return value >= 0 ? value : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  Credentials credentials() {
    return credentials;
  }

  /** Where the key comes from: a variable's name, {@code apiKeyHelper} or {@code none}. */
  String keySource() {
    return keySource;
  }

  /** Values that must not appear in recordings. */
  List<String> secrets() {
    return Secrets.of(environment);
  }

  Endpoint endpoint() {
    Map<String, String> headers = new HashMap<>();
    for (String line : environment.getOrDefault("ANTHROPIC_CUSTOM_HEADERS", "").split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    settings
        .find("network")
        .ifPresent(
            found ->
                found
                    .value()
                    .path("headers")
                    .properties()
                    .forEach(header -> headers.put(header.getKey(), header.getValue().asText(""))));
    String version = variable("ANTHROPIC_VERSION");
    int idle = number("API_IDLE_TIMEOUT_MS", 90_000);
    return new Endpoint(
        baseUrl(),
        version.isEmpty() ? Endpoint.DEFAULT_VERSION : version,
        List.of(),
        headers,
        "agent/" + launch.world().version(),
        Duration.ofMillis(idle),
        Duration.ofMillis(idle * 4L));
  }

  RetryingClient.Policy retries() {
    Optional<ModelInfo> fallback =
        launch.fallbackModel().or(() -> settings.text("fallbackModel")).map(catalog::resolve);
    if (fallback.isPresent() && fallback.get().id().equals(model.id())) {
      throw new UserError(
          "--fallback-model: \"" + model.id() + "\" is the model itself.",
          "Name another one, or leave it out.");
    }
    int longest =
        settings
            .number("maxRetryWaitSeconds")
            .orElse((int) RetryingClient.Policy.DEFAULT_LONGEST_WAIT.toSeconds());
    return new RetryingClient.Policy(
        number("CLAUDE_CODE_MAX_RETRIES", RetryingClient.Policy.DEFAULT_RETRIES),
        Duration.ofSeconds(longest),
        fallback);
  }

  /** What an answer may have at first. */
  int outputTokens() {
    int wanted =
        number(
            "CLAUDE_CODE_MAX_OUTPUT_TOKENS",
            settings.number("maxOutputTokens").orElse(model.defaultOutput()));
    return Math.clamp(wanted, 1, model.maxOutput());
  }

  Thinking thinking() {
    return switch (model.thinking()) {
      case ADAPTIVE -> new Thinking.Adaptive(launch.partialMessages() ? "summarized" : "omitted");
      case BUDGET -> {
        int budget =
            Math.min(
                number(
                    "MAX_THINKING_TOKENS",
                    settings.flag("alwaysThinkingEnabled", false) ? 31_999 : 0),
                outputTokens() - 1);
        yield budget >= MIN_THINKING_BUDGET ? new Thinking.Budget(budget) : new Thinking.Unset();
      }
      case NONE -> new Thinking.Unset();
    };
  }

  Optional<String> effort() {
    if (model.effort().isEmpty()) {
      return Optional.empty();
    }
    String fromEnvironment = variable("CLAUDE_CODE_EFFORT_LEVEL");
    return launch
        .effort()
        .or(
            () ->
                fromEnvironment.isEmpty()
                    ? settings.text("effortLevel")
                    : Optional.of(fromEnvironment))
        .or(() -> Optional.of(model.effort()));
  }
}
