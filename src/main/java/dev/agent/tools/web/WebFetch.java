package dev.agent.tools.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches a page and gives it as text. */
public final class WebFetch implements Tool {
  private static final int MAX_BYTES = 10 * 1024 * 1024;
  private static final int MAX_CHARS = 60_000;
  private static final int MAX_HOPS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClients http;
  private final AddressGuard guard;
  private final Dns dns;
  private final Duration limit;
  private final ToolForm<Input> form;

  record Input(String url, Optional<String> prompt) {}

  /**
   * @param http a client that follows no redirects
   */
  public WebFetch(HttpClients http, AddressGuard guard) {
    this(http, guard, Dns.SYSTEM, LIMIT);
  }

  WebFetch(HttpClients http, AddressGuard guard, Dns dns, Duration limit) {
    this.guard = guard;
    this.http = http;
    this.dns = dns;
    this.limit = limit;
    this.form =
        ToolForm.load(
            WebFetch.class, Input.class, spec -> spec.withMaxResultChars(ToolSpec.SELF_BOUNDED));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    try {
      HttpUrl url = url(input.path("url").asText(""));
      return Effect.fetches(
          URI.create(url.scheme() + "://" + bracketed(url.host()) + ":" + url.port()));
    } catch (ToolException e) {
      return Effect.UNKNOWN; // the call will say what is wrong with the address
    }
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    Input input = form.read(call.input());
    HttpUrl url = url(input.url());
    OkHttpClient client =
        http.guarded(url.scheme(), guard, dns).newBuilder().callTimeout(limit).build();
    for (int hop = 0; hop <= MAX_HOPS; hop++) {
      check(url);
      Request request =
          new Request.Builder()
              .url(url)
              .header(
                  "Accept", "text/html,text/markdown,text/plain,application/json;q=0.9,*/*;q=0.5")
              .build();
      Call exchange = client.newCall(request);
      try (var _ = context.cancellation().onCancel(exchange::cancel);
          Response response = exchange.execute()) {
        Optional<HttpUrl> next = redirect(url, response);
        if (next.isEmpty()) {
          return content(url, response, input);
        }
        if (!isSamePlace(url, next.get())) {
          return ToolResult.text(
              url
                  + " leads to another place: "
                  + next.get()
                  + "\nCall WebFetch again with that address if you want to follow it.");
        }
        url = next.get();
      } catch (IOException e) {
        context.cancellation().check();
        throw new ToolException(url + " could not be fetched: " + e.getMessage() + ".", e);
      }
    }
    throw new ToolException(url + " redirects more than " + MAX_HOPS + " times.");
  }

  /** Same host, scheme and port, or the change from http to https. */
  private static boolean isSamePlace(HttpUrl from, HttpUrl to) {
    boolean same = to.scheme().equals(from.scheme()) && to.port() == from.port();
    boolean secured = isUsual(from, "http", 80) && isUsual(to, "https", 443);
    return to.host().equals(from.host()) && (same || secured);
  }

  private static boolean isUsual(HttpUrl url, String scheme, int port) {
    return url.scheme().equals(scheme) && url.port() == port;
  }

  /**
   * The one reading of an address that is judged and asked alike. Plain http to the usual port
   * becomes https, unless the user allows the host, which then is a server of their own.
   */
  private HttpUrl url(String text) throws ToolException {
    HttpUrl given = parse(text);
    return isUsual(given, "http", 80) && !guard.isAllowedByUser(given.host())
        ? given.newBuilder().scheme("https").port(443).build()
        : given;
  }

  private static HttpUrl parse(String text) throws ToolException {
    String stripped = text.strip();
    boolean strange = stripped.chars().anyMatch(c -> c <= ' ' || c == 127 || c == '\\');
    HttpUrl url = strange ? null : HttpUrl.parse(stripped);
    if (url == null) {
      throw new ToolException(
          "\"" + stripped + "\" is no web address. It must begin with https:// or http://.");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new ToolException("The address holds a user name or password; leave them out.");
    }
    return url;
  }

  private void check(HttpUrl url) throws ToolException {
    Optional<String> objection = guard.objection(url.host());
    if (objection.isPresent()) {
      throw new ToolException(
          "WebFetch asks public addresses only: "
              + objection.get()
              + ". The user can allow a host in the settings (webFetch.allowPrivate); a command"
              + " such as curl can reach local servers.");
    }
  }

  private static Optional<HttpUrl> redirect(HttpUrl url, Response response) throws ToolException {
    String location = response.header("Location");
    if (response.code() / 100 != 3 || location == null) {
      return Optional.empty();
    }
    HttpUrl next = url.resolve(location);
    if (next == null) {
      throw new ToolException(
          url + " redirects to something that is no web address: \"" + location + "\".");
    }
    return Optional.of(next);
  }

  private static ToolResult content(HttpUrl url, Response response, Input input)
      throws IOException, ToolException {
    if (!response.isSuccessful()) {
      throw new ToolException(url + " answered with status " + response.code() + ".");
    }
    byte[] bytes;
    try (InputStream in = response.body().byteStream()) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    boolean cutShort = bytes.length > MAX_BYTES;
    String type = String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT);
    String text;
    if (type.contains("html")) {
      text = HtmlToMarkdown.convert(bytes, charset(type), url.toString());
    } else if (type.startsWith("text/")
        || type.contains("json")
        || type.contains("xml")
        || type.contains("javascript")
        || (type.equals("null") && isText(bytes))) {
      text = new String(bytes, charset(type).orElse(StandardCharsets.UTF_8));
    } else {
      throw new ToolException(
          url
              + " is "
              + type
              + ", which can't be shown as text. Download it with a command if you need it.");
    }
    String cut =
        text.length() > MAX_CHARS
            ? text.substring(0, MAX_CHARS)
                + "\n\n[… cut off: the page has "
                + (cutShort ? "more than " + MAX_BYTES + " bytes]" : text.length() + " characters]")
            : text;
    String question =
        input
            .prompt()
            .filter(it -> !it.isBlank())
            .map(it -> "\n\n(You wanted to know: " + it.strip() + ")")
            .orElse("");
    String shown =
        "Content of " + url + ":\n\n" + (cut.isBlank() ? "(empty)" : cut.strip()) + question;
    return ToolResult.text(
        shown, new Display.Text("Fetched " + bytes.length + " bytes from " + url.host()));
  }

  private static boolean isText(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Charset> charset(String type) {
    int at = type.indexOf("charset=");
    if (at < 0) {
      return Optional.empty();
    }
    String name = type.substring(at + 8).replace("\"", "").strip();
    int end = name.indexOf(';');
    try {
      return Optional.of(Charset.forName(end < 0 ? name : name.substring(0, end).strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
