package dev.agent.model.anthropic;

import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelException.Kind;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.net.HttpAccess;
import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * The Messages API over HTTP. One attempt per call of {@link #open}: retries are {@link
 * dev.agent.model.RetryingClient}'s. Thread-safe.
 */
public final class AnthropicClient implements ModelClient {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int MAX_ERROR_BODY = 64 * 1024;

  private final HttpAccess http;
  private final Endpoint endpoint;
  private final Credentials credentials;
  private final InstantSource time;
  private final Optional<WireRecord> record;

  /**
   * @param http made elsewhere while arguments are still being read; asked for on the first request
   * @param record keeps the traffic; empty = it is not kept
   */
  public AnthropicClient(
      HttpAccess http,
      Endpoint endpoint,
      Credentials credentials,
      InstantSource time,
      Optional<WireRecord> record) {
    this.http = http;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.time = time;
    this.record = record;
  }

  @Override
  public ModelStream open(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    try {
      return attempt(request, cancellation);
    } catch (ModelException e) {
      if (e.kind() == Kind.AUTHENTICATION && credentials.refresh()) {
        return attempt(request, cancellation);
      }
      throw e;
    }
  }

  private ModelStream attempt(ModelRequest request, Cancellation cancellation)
      throws ModelException, InterruptedException {
    cancellation.check();
    HttpUrl url = HttpUrl.parse(endpoint.baseUrl() + "/v1/messages");
    if (url == null) {
      throw new ModelException(
          Kind.INVALID_REQUEST,
          "ANTHROPIC_BASE_URL is no web address: \""
              + endpoint.baseUrl()
              + "\". Write it as https://host or http://host:port.");
    }
    Request.Builder builder = new Request.Builder().url(url).post(new Body(request));
    builder.header("anthropic-version", endpoint.version());
    builder.header("accept", "application/json");
    builder.header("user-agent", endpoint.userAgent());
    if (!endpoint.betas().isEmpty()) {
      builder.header("anthropic-beta", String.join(",", endpoint.betas()));
    }
    for (Map.Entry<String, String> header : credentials.headers().entrySet()) {
      builder.header(header.getKey(), header.getValue());
    }
    for (Map.Entry<String, String> header : endpoint.extraHeaders().entrySet()) {
      builder.header(header.getKey(), header.getValue());
    }
    Request sent = builder.build();
    Optional<WireRecord.Exchange> exchange =
        record.map(
            it ->
                it.request(
                    "POST",
                    url.encodedPath(),
                    sent.headers().toMultimap(),
                    out -> RequestWriter.write(request, out)));
    Call call = http.client().newCall(sent);
    call.timeout().clearTimeout();
    Cancellation.Registration registration = cancellation.onCancel(call::cancel);
    boolean opened = false;
    try {
      Response response = call.execute();
      exchange.ifPresent(it -> it.response(response.code(), response.headers().toMultimap()));
      if (!response.isSuccessful()) {
        try (response) {
          String body = excerpt(response);
          exchange.ifPresent(
              it -> it.chunk(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
          throw ApiErrors.ofAnswer(response.code(), body, response::header, time.instant());
        }
      }
      String requestId = response.header("request-id");
      InputStream bytes = response.body().byteStream();
      opened = true;
      return new Stream(
          call,
          response,
          new EventReader(
              exchange.<InputStream>map(it -> it.tee(bytes)).orElse(bytes),
              requestId == null ? "" : requestId,
              request.rawEvents()),
          registration,
          cancellation,
          endpoint.contentIdle().toNanos(),
          exchange);
    } catch (IOException e) {
      exchange.ifPresent(it -> it.fault(String.valueOf(e.getMessage())));
      if (cancellation.isCancelled()) {
        throw new InterruptedException("cancelled");
      }
      throw network(e, url);
    } finally {
      if (!opened) {
        registration.close();
      }
    }
  }

  private static String excerpt(Response response) throws IOException {
    try (InputStream in = response.body().byteStream()) {
      return new String(in.readNBytes(MAX_ERROR_BODY), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static ModelException network(IOException e, HttpUrl url) {
    String where = url.host() + ":" + url.port();
    String what =
        switch (e) {
          case SocketTimeoutException _ -> where + " did not answer in time.";
          case java.net.UnknownHostException _ ->
              "The address "
                  + url.host()
                  + " is not known. Check the network and ANTHROPIC_BASE_URL.";
          case javax.net.ssl.SSLException _ ->
              "No secure connection to "
                  + where
                  + " ("
                  + e.getMessage()
                  + "). Behind a proxy with its own certificate, set NODE_EXTRA_CA_CERTS to its PEM"
                  + " file.";
          case java.net.ConnectException _ ->
              "Could not connect to "
                  + where
                  + " ("
                  + e.getMessage()
                  + "). Check the network, proxies and ANTHROPIC_BASE_URL.";
          default -> "The connection to " + where + " failed (" + e.getMessage() + ").";
        };
    Kind kind = e instanceof SocketTimeoutException ? Kind.STALLED : Kind.NETWORK;
    return new ModelException(kind, what, 0, "", "", Optional.empty(), Optional.empty(), e);
  }

  /** Written anew for each attempt, so nothing is buffered as a whole. */
  private static final class Body extends RequestBody {
    private final ModelRequest request;

    Body(ModelRequest request) {
      this.request = request;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      RequestWriter.write(request, sink.outputStream());
    }
  }

  private static final class Stream implements ModelStream {
    private final Call call;
    private final Response response;
    private final EventReader reader;
    private final Cancellation.Registration registration;
    private final Cancellation cancellation;
    private final long contentIdleNanos;
    private final Optional<WireRecord.Exchange> exchange;
    private final Queue<StreamEvent> ready = new ArrayDeque<>();
    private boolean ended;

    Stream(
        Call call,
        Response response,
        EventReader reader,
        Cancellation.Registration registration,
        Cancellation cancellation,
        long contentIdleNanos,
        Optional<WireRecord.Exchange> exchange) {
      this.call = call;
      this.response = response;
      this.reader = reader;
      this.registration = registration;
      this.cancellation = cancellation;
      this.contentIdleNanos = contentIdleNanos;
      this.exchange = exchange;
    }

    @Override
    public boolean hasNext() {
      return !ended;
    }

    @Override
    public StreamEvent next() throws ModelException, InterruptedException {
      long waitingSince = System.nanoTime();
      while (ready.isEmpty()) {
        if (cancellation.isCancelled()) {
          throw new InterruptedException("cancelled");
        }
        try {
          ready.addAll(reader.next());
        } catch (IOException e) {
          exchange.ifPresent(it -> it.fault(String.valueOf(e.getMessage())));
          if (cancellation.isCancelled()) {
            throw new InterruptedException("cancelled");
          }
          throw broken(e);
        }
        if (System.nanoTime() - waitingSince > contentIdleNanos) {
          throw new ModelException(
              Kind.STALLED,
              "The answer stalled: nothing but signs of life for "
                  + TimeUnit.NANOSECONDS.toSeconds(contentIdleNanos)
                  + " seconds.");
        }
      }
      StreamEvent event = ready.remove();
      if (event instanceof StreamEvent.Completed) {
        ended = true;
        exchange.ifPresent(WireRecord.Exchange::end);
        // Reading on to the end of the body, where it is already there, lets the connection serve
        // the next request.
        close();
      }
      return event;
    }

    private static ModelException broken(IOException e) {
      boolean silent = e instanceof SocketTimeoutException;
      return new ModelException(
          silent ? Kind.STALLED : Kind.INCOMPLETE,
          silent
              ? "The answer stalled: no bytes for too long."
              : "The connection broke in the middle of the answer (" + e.getMessage() + ").",
          200,
          "",
          "",
          Optional.empty(),
          Optional.empty(),
          e);
    }

    @Override
    public void close() {
      registration.close();
      if (!ended) {
        call.cancel();
      }
      response.close();
    }
  }
}
