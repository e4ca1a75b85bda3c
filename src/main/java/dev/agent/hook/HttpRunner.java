package dev.agent.hook;

import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts events to web addresses: public ones, and those that the person lists. No redirect is
 * followed. Headers may hold variables of the environment that the hook names, never our own keys.
 */
public final class HttpRunner implements ActionRunner<Handler.Action.Http> {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

  private final HttpClients clients;
  private final AddressGuard guard;
  private final Dns dns;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param environment what headers may refer to: that of child processes
   */
  public HttpRunner(
      HttpClients clients, AddressGuard guard, Supplier<Map<String, String>> environment) {
    this(clients, guard, environment, Dns.SYSTEM);
  }

  HttpRunner(
      HttpClients clients, AddressGuard guard, Supplier<Map<String, String>> environment, Dns dns) {
    this.clients = clients;
    this.guard = guard;
    this.dns = dns;
    this.environment = environment;
  }

  @Override
  public HookAnswer run(Handler.Action.Http action, HookRun run) throws InterruptedException {
    HttpUrl url = HttpUrl.parse(action.url().strip());
    if (url == null) {
      return new HookAnswer.Failure("has an address that begins neither https:// nor http://");
    }
    Optional<String> objection = guard.objection(url.host());
    if (objection.isPresent()) {
      return new HookAnswer.Failure(
          "may ask public addresses only: "
              + objection.get()
              + "; hosts of your own are listed in your settings (httpHooks.allowPrivate)");
    }
    Request.Builder request = new Request.Builder().url(url);
    try {
      action.headers().forEach((name, value) -> request.header(name, filled(value, action)));
    } catch (IllegalArgumentException e) {
      return new HookAnswer.Failure("has a header that can't be sent");
    }
    request.post(
        RequestBody.create(
            run.input().getBytes(StandardCharsets.UTF_8), MediaType.get("application/json")));
    OkHttpClient client =
        clients
            .guarded(url.scheme(), guard, dns)
            .newBuilder()
            .callTimeout(run.limit())
            .readTimeout(run.limit())
            .build();
    Call call = client.newCall(request.build());
    try (var _ = run.cancellation().onCancel(call::cancel);
        Response response = call.execute()) {
      return answer(response);
    } catch (IOException e) {
      run.cancellation().check();
      return new HookAnswer.Failure("could not be asked: " + e.getMessage());
    }
  }

  private static HookAnswer answer(Response response) throws IOException {
    if (!response.isSuccessful()) {
      return new HookAnswer.Failure("answered with status " + response.code());
    }
    try (InputStream in = response.body().byteStream()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? new HookAnswer.Failure("answered with more than 1 MB")
          : new HookAnswer.Replied(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** Variables that the hook does not name, and those that do not exist, become nothing. */
  private String filled(String value, Handler.Action.Http action) {
    List<String> allowed = action.variables();
    Matcher matcher = VARIABLE.matcher(value);
    return matcher.replaceAll(
        found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(
              allowed.contains(name) ? environment.get().getOrDefault(name, "") : "");
        });
  }
}
