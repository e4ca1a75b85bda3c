package dev.agent.net;

import dev.agent.runtime.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * The process's HTTP client. One base is built on first use, which may be on a background thread by
 * {@link #preconnect}; all others share its connections. No redirects are followed and no total
 * time limit is set: both are the caller's business. Thread-safe.
 */
public final class HttpClients {
  private final NetSettings settings;
  private final Object lock = new Object();
  private final ConcurrentHashMap<String, CountDownLatch> connecting = new ConcurrentHashMap<>();
  private volatile @Nullable OkHttpClient secure;
  private volatile @Nullable OkHttpClient plain;

  /** Builds nothing yet. */
  public HttpClients(NetSettings settings) {
    this.settings = settings;
  }

  /**
   * The client for addresses of this scheme. That for {@code http} speaks HTTP/1.1 only and loads
   * neither TLS nor HTTP/2; both share one pool.
   *
   * @throws dev.agent.runtime.UserError when a certificate file is no good
   */
  public OkHttpClient forScheme(String scheme) {
    boolean tls = scheme.equalsIgnoreCase("https");
    OkHttpClient ready = tls ? secure : plain;
    if (ready != null) {
      return ready;
    }
    synchronized (lock) {
      OkHttpClient built = tls ? secure : plain;
      if (built == null) {
        built = build(tls);
        if (tls) {
          secure = built;
        } else {
          plain = built;
        }
      }
      return built;
    }
  }

  /**
   * The client for addresses of this scheme, held to what a guard allows: names are judged by what
   * they lead to, and what was really reached is looked at once more, because an address literal
   * never passes the name lookup. The host as written is for the caller to judge, see {@link
   * AddressGuard#objection}.
   */
  public OkHttpClient guarded(String scheme, AddressGuard guard, Dns dns) {
    return forScheme(scheme)
        .newBuilder()
        .dns(host -> guard.filter(host, dns.lookup(host)))
        .addNetworkInterceptor(chain -> lastLook(chain, guard))
        .build();
  }

  private static Response lastLook(Interceptor.Chain chain, AddressGuard guard) throws IOException {
    Connection connection = chain.connection();
    if (connection != null && connection.route().proxy().type() == Proxy.Type.DIRECT) {
      InetAddress reached = connection.socket().getInetAddress();
      String host = chain.request().url().host();
      if (reached == null || !guard.mayReach(host, reached)) {
        throw new IOException(host + " leads to an address that is not public");
      }
    }
    return chain.proceed(chain.request());
  }

  private OkHttpClient build(boolean tls) {
    OkHttpClient other = tls ? plain : secure;
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    if (other != null) {
      builder.connectionPool(other.connectionPool()).dispatcher(other.dispatcher());
    }
    builder
        .connectTimeout(settings.connectTimeout())
        .readTimeout(Duration.ofSeconds(90))
        .writeTimeout(Duration.ofSeconds(90))
        .followRedirects(false)
        .followSslRedirects(false)
        .fastFallback(tls);
    if (tls) {
      // A dead HTTP/2 connection is noticed within a minute even while nothing is sent.
      builder.pingInterval(Duration.ofSeconds(30));
      if (!settings.extraCertificates().isEmpty()) {
        ExtraTrust trust = ExtraTrust.load(settings.extraCertificates());
        builder.sslSocketFactory(trust.sockets(), trust.manager());
      }
    } else {
      builder.protocols(List.of(Protocol.HTTP_1_1));
      builder.connectionSpecs(List.of(okhttp3.ConnectionSpec.CLEARTEXT));
    }
    proxies(builder);
    return builder.build();
  }

  private void proxies(OkHttpClient.Builder builder) {
    ProxyRules rules = settings.proxies();
    if (rules.isEmpty()) {
      builder.proxy(Proxy.NO_PROXY);
      return;
    }
    builder.proxySelector(new Selector(rules));
    if (rules.needCredentials()) {
      // Towards https targets OkHttp asks before CONNECT; towards http ones the header goes along
      // with the request.
      builder.proxyAuthenticator(
          (route, response) -> {
            Optional<String> value = authorization(rules, route);
            return value.isEmpty() || response.request().header("Proxy-Authorization") != null
                ? null
                : response
                    .request()
                    .newBuilder()
                    .header("Proxy-Authorization", value.get())
                    .build();
          });
      builder.addNetworkInterceptor(new PlainProxyAuthorization(rules));
    }
  }

  private static Optional<String> authorization(ProxyRules rules, @Nullable Route route) {
    return route != null
            && route.proxy().type() == Proxy.Type.HTTP
            && route.proxy().address() instanceof InetSocketAddress address
        ? rules
            .serverAt(address.getHostString(), address.getPort())
            .flatMap(ProxyRules.Server::authorization)
        : Optional.empty();
  }

  /**
   * Starts to connect in the background, so that the first request finds an open connection in the
   * pool. Nothing is sent but the TLS handshake: the server sees no request. A failure is
   * forgotten; the request that follows will meet and report it.
   */
  public void preconnect(URI target) {
    CountDownLatch finished = new CountDownLatch(1);
    String key = key(target);
    if (connecting.putIfAbsent(key, finished) != null) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("preconnect")
        .start(
            () -> {
              try {
                connect(target);
              } catch (IOException | RuntimeException e) {
                // Told by the request that follows.
              } finally {
                connecting.remove(key, finished);
                finished.countDown();
              }
            });
  }

  /**
   * Waits for a {@link #preconnect} to the same host that is under way, so that a request doesn't
   * open a second connection beside it; returns at once when there is none.
   *
   * @throws InterruptedException when cancelled
   */
  public void awaitPreconnect(URI target, Cancellation cancellation) throws InterruptedException {
    CountDownLatch underWay = connecting.get(key(target));
    if (underWay != null) {
      // Waking other waiters as well costs them no more than a second connection.
      try (Cancellation.Registration _ = cancellation.onCancel(underWay::countDown)) {
        boolean _ = underWay.await(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
      }
      cancellation.check();
    }
  }

  private static String key(URI target) {
    return target.getScheme() + "://" + target.getAuthority();
  }

  /**
   * OkHttp has no call that only connects. Its events allow it: the listener is told of a
   * connection after it has joined the pool and before anything is written, and a call that ends
   * there by an exception gives the connection back unharmed.
   */
  private void connect(URI target) throws IOException {
    HttpUrl url = HttpUrl.get(target.toString());
    OkHttpClient client =
        forScheme(url.scheme()).newBuilder().eventListener(new StopWhenConnected()).build();
    Call call = client.newCall(new Request.Builder().url(url).build());
    try (Response _ = call.execute()) {
      throw new IllegalStateException("a request was sent where only a connection was wanted");
    } catch (Connected connected) {
      // As planned.
    }
  }

  private static final class Connected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Connected() {
      super("connected", null, false, false);
    }
  }

  private static final class StopWhenConnected extends EventListener {
    @Override
    public void connectionAcquired(Call call, Connection connection) {
      throw new Connected();
    }
  }

  private static final class PlainProxyAuthorization implements Interceptor {
    private final ProxyRules rules;

    PlainProxyAuthorization(ProxyRules rules) {
      this.rules = rules;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      Request request = chain.request();
      Connection connection = chain.connection();
      if (request.isHttps() || connection == null) {
        return chain.proceed(request);
      }
      Optional<String> value = authorization(rules, connection.route());
      return chain.proceed(
          value.isEmpty()
              ? request
              : request.newBuilder().header("Proxy-Authorization", value.get()).build());
    }
  }

  private static final class Selector extends ProxySelector {
    private final ProxyRules rules;

    Selector(ProxyRules rules) {
      this.rules = rules;
    }

    @Override
    public List<Proxy> select(URI uri) {
      int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
      Optional<ProxyRules.Server> server = rules.proxyFor(uri.getScheme(), uri.getHost(), port);
      return List.of(
          server
              .map(
                  it ->
                      new Proxy(
                          it.socks() ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                          InetSocketAddress.createUnresolved(it.host(), it.port())))
              .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The failure itself reaches the caller.
    }
  }
}
