package dev.agent.model.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.model.ModelException;
import dev.agent.model.ModelException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each failure is called and what it tells a person. */
final class FailuresTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
  private static final Failures FAILURES =
      new Failures(URI.create("https://api.example.com"), CLOCK);

  private static String error(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"},\"request_id\":\"req_7\"}";
  }

  private static Arguments row(int status, String body, Kind kind, String... parts) {
    return Arguments.of(status, body, kind, parts);
  }

  static Stream<Arguments> statuses() {
    String invalid = "invalid_request_error";
    return Stream.of(
        row(
            400,
            error(invalid, "messages: text content blocks must be non-empty"),
            Kind.INVALID_REQUEST,
            "refused the request (400 invalid_request_error)",
            "non-empty",
            "req_7"),
        row(
            400,
            error(invalid, "prompt is too long: 205000 tokens > 200000 maximum"),
            Kind.CONTEXT_TOO_LONG,
            "205000 tokens, 200000 at most",
            "Compact",
            "req_7"),
        row(
            400,
            error(invalid, "Prompt is too long"),
            Kind.CONTEXT_TOO_LONG,
            "too long",
            "Compact"),
        row(
            400,
            error(
                invalid,
                "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000,"
                    + " decrease input length or `max_tokens` and try again"),
            Kind.CONTEXT_TOO_LONG,
            "Compact"),
        row(
            400,
            error(
                invalid,
                "messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 6000000"
                    + " bytes > 5242880 bytes"),
            Kind.MEDIA,
            "picture",
            "Leave it out"),
        row(400, error(invalid, "Could not process image"), Kind.MEDIA, "Leave it out"),
        row(
            400,
            error(
                invalid,
                "At least one of the image dimensions exceed max allowed size for many-image"
                    + " requests: 2000 pixels"),
            Kind.MEDIA,
            "Leave it out"),
        row(400, error(invalid, "The PDF specified was not valid."), Kind.MEDIA, "Leave it out"),
        row(
            400,
            error(
                invalid,
                "max_tokens: 200000 > 128000, which is the maximum allowed number of output"
                    + " tokens"),
            Kind.INVALID_REQUEST,
            "128000"),
        row(
            400,
            error(invalid, "Extra inputs are not permitted"),
            Kind.INVALID_REQUEST,
            "Extra inputs"),
        row(400, "", Kind.INVALID_REQUEST, "(400)"),
        row(
            401,
            error("authentication_error", "invalid x-api-key"),
            Kind.AUTHENTICATION,
            "invalid x-api-key",
            "ANTHROPIC_API_KEY",
            "apiKeyHelper",
            "req_7"),
        row(401, "", Kind.AUTHENTICATION, "(401)", "ANTHROPIC_API_KEY"),
        row(
            402,
            error("billing_error", "Your credit balance is too low."),
            Kind.BILLING,
            "credit balance is too low (request",
            "billing"),
        row(403, error("permission_error", "no"), Kind.PERMISSION, "no permission", "--model"),
        row(
            403,
            "<html><head><title>Forbidden by Corp</title></head></html>",
            Kind.PERMISSION,
            "Forbidden by Corp"),
        row(
            404,
            error("not_found_error", "model: claude-9"),
            Kind.NOT_FOUND,
            "claude-9",
            "--model",
            "https://api.example.com"),
        row(404, "<html>nginx</html>", Kind.NOT_FOUND, "nginx", "ANTHROPIC_BASE_URL"),
        row(407, "", Kind.NETWORK, "proxy", "HTTPS_PROXY"),
        row(408, "", Kind.SERVER, "408"),
        row(409, "", Kind.SERVER, "409"),
        row(
            413,
            error("request_too_large", "Request exceeds the maximum size"),
            Kind.TOO_LARGE,
            "32 MB",
            "Remove"),
        row(
            413,
            error("request_too_large", "Prompt is too long"),
            Kind.CONTEXT_TOO_LONG,
            "Compact"),
        row(
            413,
            "<html><title>413 Request Entity Too Large</title></html>",
            Kind.TOO_LARGE,
            "Entity Too Large"),
        row(422, "{\"detail\":\"bad tool\"}", Kind.INVALID_REQUEST, "422", "bad tool"),
        row(
            429,
            error("rate_limit_error", "This request would exceed your rate limit"),
            Kind.RATE_LIMITED,
            "rate limit",
            "Wait",
            "req_7"),
        row(429, error("overloaded_error", "Busy"), Kind.OVERLOADED, "overloaded"),
        row(
            500,
            error("api_error", "Internal server error"),
            Kind.SERVER,
            "500 api_error",
            "Internal server error",
            "status page"),
        row(500, error("overloaded_error", "Overloaded"), Kind.OVERLOADED, "overloaded"),
        row(
            502,
            "<html>\r\n<head><title>502 Bad Gateway</title></head></html>",
            Kind.SERVER,
            "502",
            "Bad Gateway"),
        row(503, "", Kind.SERVER, "503"),
        row(504, error("timeout_error", "timed out"), Kind.SERVER, "504 timeout_error"),
        row(
            529,
            error("overloaded_error", "Overloaded"),
            Kind.OVERLOADED,
            "overloaded: Overloaded",
            "--fallback-model",
            "req_7"),
        row(529, "", Kind.OVERLOADED, "overloaded"),
        row(302, "", Kind.MALFORMED, "redirect (302)", "ANTHROPIC_BASE_URL"),
        row(204, "", Kind.MALFORMED, "empty one (204)"),
        row(500, "{\"error\":\"plain words\"}", Kind.SERVER, "plain words"),
        row(500, "{\"message\":\"at the top\"}", Kind.SERVER, "at the top"),
        row(500, "{broken", Kind.SERVER, "{broken"),
        row(500, "x".repeat(10_000), Kind.SERVER, "x …"),
        row(500, "\u001b[31mred\u0007\n\n\ttext", Kind.SERVER, "[31mred text"));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aStatusHasItsKindAndANextStep(int status, String body, Kind kind, String[] parts) {
    ModelException failure = FAILURES.status(status, Headers.of(), body);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.getMessage())
        .contains(parts)
        .endsWith(".")
        .doesNotContain("..", "\n", "\u001b")
        .hasSizeLessThan(700);
  }

  @Test
  void theRequestIdOfTheHeaderWins() {
    ModelException failure =
        FAILURES.status(500, Headers.of("request-id", "req_header"), error("api_error", "x"));

    assertThat(failure.requestId()).isEqualTo("req_header");
    assertThat(failure).hasMessageContaining("(request req_header)");
    assertThat(failure.errorType()).isEqualTo("api_error");
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error,OVERLOADED", "rate_limit_error,RATE_LIMITED", "api_error,SERVER",
        "timeout_error,SERVER", "authentication_error,AUTHENTICATION",
    "billing_error,BILLING", "permission_error,PERMISSION", "not_found_error,NOT_FOUND",
        "request_too_large,TOO_LARGE", "invalid_request_error,INVALID_REQUEST",
    "unheard_of_error,SERVER"
  })
  void anErrorInsideAStreamHasTheKindOfItsType(String type, Kind kind) {
    ModelException failure =
        FAILURES.fault(new StreamFault(StreamFault.Kind.API, type, "Words.", "req_1"), "");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure.requestId()).isEqualTo("req_1");
    assertThat(failure).hasMessageContaining("req_1");
  }

  @Test
  void tooLongInsideAStreamIsToldFromOtherBadRequests() {
    assertThat(
            FAILURES
                .fault(
                    new StreamFault(
                        StreamFault.Kind.API,
                        "invalid_request_error",
                        "prompt is too long: 2 tokens > 1 maximum",
                        ""),
                    "")
                .kind())
        .isEqualTo(Kind.CONTEXT_TOO_LONG);
  }

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(new UnknownHostException("api.example.com"), Kind.NETWORK, "not known"),
        Arguments.of(
            new ConnectException("Connection refused"), Kind.NETWORK, "refused the connection"),
        Arguments.of(
            new SocketTimeoutException("Connect timed out"), Kind.NETWORK, "did not accept"),
        Arguments.of(new SocketTimeoutException("timeout"), Kind.STALLED, "said nothing"),
        Arguments.of(
            new SSLHandshakeException("PKIX path building failed"),
            Kind.NETWORK,
            "NODE_EXTRA_CA_CERTS"),
        Arguments.of(new SocketException("Connection reset"), Kind.NETWORK, "Connection reset"),
        Arguments.of(new EOFException(), Kind.NETWORK, "broke"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void aBrokenWayIsNamed(IOException cause, Kind kind, String part) {
    ModelException failure = FAILURES.unreachable(cause);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage()).contains(part, "api.example.com").endsWith(".");
    assertThat(failure.kind().isTransient()).isTrue();
  }

  static Stream<Arguments> waits() {
    return Stream.of(
        Arguments.of(Headers.of("retry-after", "3"), Duration.ofSeconds(3)),
        Arguments.of(Headers.of("retry-after", "0.5"), Duration.ofMillis(500)),
        Arguments.of(Headers.of("retry-after", " 7 "), Duration.ofSeconds(7)),
        Arguments.of(Headers.of("retry-after-ms", "1234"), Duration.ofMillis(1234)),
        Arguments.of(Headers.of("retry-after-ms", "10", "retry-after", "3"), Duration.ofMillis(10)),
        Arguments.of(
            Headers.of("retry-after-ms", "rubbish", "retry-after", "3"), Duration.ofSeconds(3)),
        Arguments.of(
            Headers.of("retry-after", "Fri, 20 Nov 2026 12:00:30 GMT"), Duration.ofSeconds(30)),
        Arguments.of(Headers.of("retry-after", "43200"), Duration.ofHours(12)),
        Arguments.of(Headers.of("retry-after", "Fri, 20 Nov 2026 11:00:00 GMT"), null),
        Arguments.of(Headers.of("retry-after", "0"), null),
        Arguments.of(Headers.of("retry-after", "-5"), null),
        Arguments.of(Headers.of("retry-after", "NaN"), null),
        Arguments.of(Headers.of("retry-after", "Infinity"), null),
        Arguments.of(Headers.of("retry-after", "1e300"), null),
        Arguments.of(Headers.of("retry-after", "3000000"), null),
        Arguments.of(Headers.of("retry-after", "soon"), null),
        Arguments.of(Headers.of("retry-after", ""), null),
        Arguments.of(Headers.of(), null));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void theAskedWaitIsRead(Headers headers, Duration wait) {
    assertThat(FAILURES.status(429, headers, "").retryAfter()).isEqualTo(Optional.ofNullable(wait));
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "maybe,", "TRUE,"})
  void theServicesWordOnRetriesIsRead(String value, Boolean expected) {
    assertThat(FAILURES.status(500, Headers.of("x-should-retry", value), "").shouldRetry())
        .isEqualTo(Optional.ofNullable(expected));
  }
}
