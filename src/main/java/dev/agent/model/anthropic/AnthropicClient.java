package dev.agent.model.anthropic;

import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.net.HttpClients;
import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The Messages API, streamed. One request per call of {@link #open}, except one more after a
 * refused key that can be fetched anew. Thread-safe.
 */
public final class AnthropicClient implements ModelClient {
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private final HttpClients clients;
  private final ServiceOptions options;
  private final Credentials credentials;
  private final Optional<Recorder> recorder;
  private final Failures failures;
  private final HttpUrl messages;
  private volatile @Nullable OkHttpClient client;

  /**
   * Connects nothing.
   *
   * @param clock for waiting times that the service gives as dates
   */
  public AnthropicClient(
      HttpClients clients,
      ServiceOptions options,
      Credentials credentials,
      Optional<Recorder> recorder,
      InstantSource clock) {
    this.clients = clients;
    this.options = options;
    this.credentials = credentials;
    this.recorder = recorder;
    this.failures = new Failures(options.baseUrl(), clock);
    this.messages = HttpUrl.get(options.baseUrl() + "/v1/messages");
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    cancellation.check();
    Buffer body = body(request);
    ModelStream stream = attempt(request, body, cancellation, true);
    if (stream == null) {
      stream = attempt(request, body, cancellation, false);
    }
    return java.util.Objects.requireNonNull(stream);
  }

  /**
   * The body is written once, into pooled segments: its length is known to the server, and it can
   * be sent again without being written again.
   */
  private static Buffer body(ModelRequest request) {
    Buffer body = new Buffer();
    try {
      RequestWriter.write(request, body.outputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body;
  }

  /**
   * Null when the service refused the credentials, others can be fetched, and {@code mayRefresh}.
   */
  private @Nullable ModelStream attempt(
      ModelRequest request, Buffer body, Cancellation cancellation, boolean mayRefresh)
      throws ModelException, InterruptedException {
    Headers headers = headers();
    Failures failures = this.failures.hiding(headers);
    clients.awaitPreconnect(options.baseUrl(), cancellation);
    Optional<Recorder.Exchange> recording =
        recorder.map(
            it ->
                it.begin(
                    messages.encodedPath(),
                    headers,
                    body.clone().readString(StandardCharsets.UTF_8)));
    Call call =
        client()
            .newCall(
                new Request.Builder()
                    .url(messages)
                    .headers(headers)
                    .post(new ReplayableBody(body))
                    .build());
    Cancellation.Registration registration = cancellation.onCancel(call::cancel);
    boolean handedOver = false;
    Response response = null;
    try {
      response = call.execute();
      if (recording.isPresent()) {
        recording.get().response(response.code(), response.headers());
      }
      if (response.code() == 200) {
        handedOver = true;
        return new AnthropicStream(
            call,
            response,
            request.rawEvents(),
            cancellation,
            registration,
            failures,
            options.timeouts(),
            recording);
      }
      if (response.code() == 401 && mayRefresh && credentials.refresh()) {
        recording.ifPresent(Recorder.Exchange::end);
        return null;
      }
      String text = errorText(response, recording);
      throw failures.status(response.code(), response.headers(), text);
    } catch (IOException e) {
      recording.ifPresent(
          it ->
              it.fault(cancellation.isCancelled() ? "cancelled" : String.valueOf(e.getMessage())));
      if (cancellation.isCancelled() || Thread.interrupted()) {
        throw new InterruptedException("the request was cancelled");
      }
      throw failures.unreachable(e);
    } finally {
      if (!handedOver) {
        registration.close();
        if (response != null) {
          response.close();
        }
      }
    }
  }

  /**
   * As much of an error's body as helps; a body that breaks off or never ends must not hide the
   * status.
   */
  private static String errorText(Response response, Optional<Recorder.Exchange> recording) {
    Buffer text = new Buffer();
    try {
      response.body().source().timeout().timeout(10, java.util.concurrent.TimeUnit.SECONDS);
      while (text.size() < MAX_ERROR_BYTES
          && response.body().source().read(text, MAX_ERROR_BYTES - text.size()) >= 0) {
        // Goes on until the end or the limit.
      }
    } catch (IOException e) {
      // The status is known; what came of the body is used.
    }
    byte[] bytes = text.readByteArray();
    recording.ifPresent(
        it -> {
          it.chunk(bytes, 0, bytes.length);
          it.end();
        });
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Headers headers() throws InterruptedException {
    Headers.Builder headers = new Headers.Builder();
    headers.set("accept", "application/json");
    headers.set("anthropic-version", options.apiVersion());
    if (!options.betas().isEmpty()) {
      headers.set("anthropic-beta", String.join(",", options.betas()));
    }
    headers.set("user-agent", options.userAgent());
    for (Map.Entry<String, String> extra : options.headers().entrySet()) {
      headers.set(extra.getKey(), extra.getValue());
    }
    Headers own = credentials.headers();
    for (int i = 0; i < own.size(); i++) {
      headers.set(own.name(i), own.value(i));
    }
    return headers.build();
  }

  private OkHttpClient client() {
    OkHttpClient ready = client;
    if (ready == null) {
      ready =
          clients
              .forScheme(messages.scheme())
              .newBuilder()
              .readTimeout(options.timeouts().firstByte())
              .build();
      client = ready;
    }
    return ready;
  }

  /**
   * Bytes that can be written any number of times. Said to be one-shot, so that no retry happens
   * that nobody counts or shows.
   */
  private static final class ReplayableBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private final Buffer bytes;

    ReplayableBody(Buffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return bytes.size();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      bytes.copyTo(sink.getBuffer(), 0, bytes.size());
      sink.emitCompleteSegments();
    }
  }
}
