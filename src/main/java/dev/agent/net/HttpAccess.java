package dev.agent.net;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that is made once, when it is first needed or beside other work. Whoever hands it
 * on needs to know nothing of the library behind it. Thread-safe.
 */
public final class HttpAccess {
  private final Supplier<OkHttpClient> maker;
  private @Nullable CompletableFuture<OkHttpClient> client;

  /** Parameters as in {@link HttpClients#create}. */
  public HttpAccess(Map<String, String> environment, Duration idle, boolean secure) {
    this.maker = () -> HttpClients.create(environment, idle, secure);
  }

  /** Begins to make the client on a thread of its own; returns at once. */
  public HttpAccess prepare() {
    begun();
    return this;
  }

  private synchronized CompletableFuture<OkHttpClient> begun() {
    CompletableFuture<OkHttpClient> known = client;
    if (known == null) {
      known = CompletableFuture.supplyAsync(maker, task -> Thread.ofVirtual().start(task));
      client = known;
    }
    return known;
  }

  /**
   * The client; waits for it where it is not ready.
   *
   * @throws dev.agent.runtime.UserError when a proxy or certificate file makes no sense
   */
  public OkHttpClient client() {
    try {
      return begun().join();
    } catch (java.util.concurrent.CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
