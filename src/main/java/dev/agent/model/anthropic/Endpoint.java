package dev.agent.model.anthropic;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where and how requests go.
 *
 * @param baseUrl without {@code /v1} and without a trailing slash
 * @param version the {@code anthropic-version} header
 * @param betas names for the {@code anthropic-beta} header
 * @param extraHeaders the user's own headers
 * @param userAgent such as {@code agent/0.1.0}
 * @param idle how long a stream may send nothing at all
 * @param contentIdle how long a stream may send nothing but pings
 */
public record Endpoint(
    String baseUrl,
    String version,
    List<String> betas,
    Map<String, String> extraHeaders,
    String userAgent,
    Duration idle,
    Duration contentIdle) {
  /** Where the service lives unless someone says otherwise. */
  public static final String DEFAULT_BASE_URL = "https://api.anthropic.com";

  /** Accepted everywhere (November 2026); later ones only remove things we don't send. */
  public static final String DEFAULT_VERSION = "2023-06-01";

  public Endpoint {
    betas = List.copyOf(betas);
    extraHeaders = Map.copyOf(extraHeaders);
    String trimmed = baseUrl;
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    baseUrl = trimmed.endsWith("/v1") ? trimmed.substring(0, trimmed.length() - 3) : trimmed;
  }
}
