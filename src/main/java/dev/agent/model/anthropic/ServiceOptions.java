package dev.agent.model.anthropic;

import dev.agent.runtime.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the service is and how to talk to it.
 *
 * @param baseUrl without {@code /v1} and without a slash at its end
 * @param apiVersion the {@code anthropic-version} header
 * @param betas names for the {@code anthropic-beta} header
 * @param headers further headers; they win over ours, but not over credentials
 * @param userAgent the {@code user-agent} header
 * @param timeouts how long silence is borne
 */
public record ServiceOptions(
    URI baseUrl,
    String apiVersion,
    List<String> betas,
    Map<String, String> headers,
    String userAgent,
    Timeouts timeouts) {
  /** The version that every host of the API takes. */
  public static final String API_VERSION = "2023-06-01";

  /** The service itself. */
  public static final URI DEFAULT_BASE = URI.create("https://api.anthropic.com");

  public ServiceOptions {
    betas = List.copyOf(betas);
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * How long silence is borne.
   *
   * @param firstByte until the answer's headers come; local models read long prompts before they
   *     say anything
   * @param idle without any byte within an answer
   * @param content without anything but pings and comments within an answer
   */
  public record Timeouts(Duration firstByte, Duration idle, Duration content) {
    /** 90 s of silence, as the service sends a ping every few seconds; 5 min without content. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(90), Duration.ofSeconds(90), Duration.ofMinutes(5));
  }

  /**
   * From {@code ANTHROPIC_BASE_URL}, {@code ANTHROPIC_BETAS}, {@code
   * CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS}, {@code ANTHROPIC_CUSTOM_HEADERS} and {@code
   * API_TIMEOUT_MS} (until the first byte).
   *
   * @param betas those that the product itself wants
   * @param headers further headers of the settings; the environment wins
   * @param version of this product, for the user agent
   * @throws UserError when one of them can't be understood
   */
  public static ServiceOptions from(
      Map<String, String> environment,
      List<String> betas,
      Map<String, String> headers,
      String version) {
    List<String> names = new ArrayList<>();
    if (!isOn(environment.getOrDefault("CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", ""))) {
      names.addAll(betas);
      for (String name : environment.getOrDefault("ANTHROPIC_BETAS", "").split(",", -1)) {
        if (!name.isBlank() && !names.contains(name.strip())) {
          names.add(HeaderText.value(name, "ANTHROPIC_BETAS"));
        }
      }
    }
    Map<String, String> all = new LinkedHashMap<>();
    headers.forEach(
        (name, value) ->
            all.put(
                HeaderText.name(name, "The setting for headers"),
                HeaderText.value(value, "The header \"" + name.strip() + "\"")));
    all.putAll(lines(environment.getOrDefault("ANTHROPIC_CUSTOM_HEADERS", "")));
    Timeouts timeouts =
        EnvironmentNumbers.millis(environment, "API_TIMEOUT_MS")
            .map(it -> new Timeouts(it, Timeouts.DEFAULT.idle(), Timeouts.DEFAULT.content()))
            .orElse(Timeouts.DEFAULT);
    return new ServiceOptions(
        base(environment.getOrDefault("ANTHROPIC_BASE_URL", "")),
        API_VERSION,
        names,
        all,
        "agent/" + version,
        timeouts);
  }

  /** The same with other limits on silence. */
  public ServiceOptions withTimeouts(Timeouts other) {
    return new ServiceOptions(baseUrl, apiVersion, betas, headers, userAgent, other);
  }

  /** The same with another version of the API. */
  public ServiceOptions withApiVersion(String other) {
    return new ServiceOptions(
        baseUrl, HeaderText.value(other, "The API version"), betas, headers, userAgent, timeouts);
  }

  private static boolean isOn(String value) {
    return switch (value.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      default -> false;
    };
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      String name =
          HeaderText.name(colon < 0 ? "" : line.substring(0, colon), "ANTHROPIC_CUSTOM_HEADERS");
      headers.put(
          name,
          HeaderText.value(
              line.substring(colon + 1),
              "The header \"" + name + "\" in ANTHROPIC_CUSTOM_HEADERS"));
    }
    return headers;
  }

  private static URI base(String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return DEFAULT_BASE;
    }
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.endsWith("/v1")) {
      text = text.substring(0, text.length() - 3);
    }
    Optional<URI> uri = parsed(text);
    if (uri.isEmpty()) {
      // Not quoted: an address may carry a password.
      throw new UserError(
          "ANTHROPIC_BASE_URL is no http or https address.",
          "Write it as https://host[:port][/path], without /v1, user or query.");
    }
    return uri.get();
  }

  private static Optional<URI> parsed(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      boolean usable =
          http
              && uri.getHost() != null
              && uri.getPort() <= 65_535
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
