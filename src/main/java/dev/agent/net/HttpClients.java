package dev.agent.net;

import dev.agent.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;

/**
 * Makes HTTP clients. Connecting may take ten seconds, a whole exchange as long as it needs;
 * redirects are left to the caller.
 */
public final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private HttpClients() {}

  /**
   * A client.
   *
   * @param environment for {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY} (also in lower
   *     case) and the PEM file of further authorities in {@code NODE_EXTRA_CA_CERTS} or {@code
   *     SSL_CERT_FILE}
   * @param idle how long a connection may send nothing
   * @param secure whether {@code https} is wanted; without it no certificate is read, which is the
   *     larger part of the cost of a client
   * @throws UserError when a proxy or certificate file makes no sense
   */
  public static OkHttpClient create(
      Map<String, String> environment, Duration idle, boolean secure) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(idle.toMillis(), TimeUnit.MILLISECONDS)
            .writeTimeout(60, TimeUnit.SECONDS)
            .callTimeout(0, TimeUnit.MILLISECONDS)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(true);
    proxies(environment, builder);
    String authorities =
        environment.getOrDefault(
            "NODE_EXTRA_CA_CERTS", environment.getOrDefault("SSL_CERT_FILE", ""));
    if (!secure) {
      builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    } else if (!authorities.isEmpty()) {
      trust(Path.of(authorities), builder);
    }
    return builder.build();
  }

  private static String either(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }

  private static void proxies(Map<String, String> environment, OkHttpClient.Builder builder) {
    String all = either(environment, "ALL_PROXY");
    Optional<URI> https = proxy("HTTPS_PROXY", either(environment, "HTTPS_PROXY"), all);
    Optional<URI> http = proxy("HTTP_PROXY", either(environment, "HTTP_PROXY"), all);
    if (https.isEmpty() && http.isEmpty()) {
      builder.proxy(Proxy.NO_PROXY);
      return;
    }
    List<String> except =
        Arrays.stream(either(environment, "NO_PROXY").split("[,\\s]+"))
            .filter(it -> !it.isBlank())
            .toList();
    builder.proxySelector(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            Optional<URI> proxy = "https".equals(uri.getScheme()) ? https : http;
            boolean direct = proxy.isEmpty() || isExcepted(uri.getHost(), uri.getPort(), except);
            return List.of(
                direct
                    ? Proxy.NO_PROXY
                    : new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(
                            proxy.get().getHost(), port(proxy.get()))));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    String user = https.or(() -> http).map(URI::getUserInfo).orElse(null);
    if (user != null) {
      int colon = user.indexOf(':');
      String header =
          colon < 0
              ? Credentials.basic(user, "")
              : Credentials.basic(user.substring(0, colon), user.substring(colon + 1));
      builder.proxyAuthenticator(
          (_, response) ->
              response.request().header("Proxy-Authorization") != null
                  ? null
                  : response.request().newBuilder().header("Proxy-Authorization", header).build());
    }
  }

  private static int port(URI proxy) {
    return proxy.getPort() > 0 ? proxy.getPort() : "https".equals(proxy.getScheme()) ? 443 : 80;
  }

  private static Optional<URI> proxy(String name, String value, String otherwise) {
    String text = value.isEmpty() ? otherwise : value;
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if (uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // said below, without the value: it may hold a password
    }
    throw new UserError(
        name + " is no address of a proxy.", "Write it as http://host:port, or unset it.");
  }

  /**
   * Whether a host stands in NO_PROXY: {@code *}, a name with or without a leading dot (its
   * subdomains count too), an address, each with or without a port.
   */
  static boolean isExcepted(
      @org.jspecify.annotations.Nullable String host, int port, List<String> except) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    for (String entry : except) {
      String rule = entry.toLowerCase(Locale.ROOT);
      int colon = rule.lastIndexOf(':');
      if (colon > 0 && rule.indexOf(':') == colon) {
        if (!rule.substring(colon + 1).equals(String.valueOf(port))) {
          continue;
        }
        rule = rule.substring(0, colon);
      }
      String bare =
          rule.startsWith("*.")
              ? rule.substring(2)
              : rule.startsWith(".") ? rule.substring(1) : rule;
      if (rule.equals("*") || name.equals(bare) || name.endsWith("." + bare)) {
        return true;
      }
    }
    return false;
  }

  private static void trust(Path file, OkHttpClient.Builder builder) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int n = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("extra-" + n++, certificate);
      }
      X509TrustManager both = new EitherTrust(manager(null), manager(store));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {both}, null);
      builder.sslSocketFactory(context.getSocketFactory(), both);
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          "The certificates in " + file + " can't be read (" + e.getMessage() + ").",
          "NODE_EXTRA_CA_CERTS or SSL_CERT_FILE must name a PEM file.");
    }
  }

  private static X509TrustManager manager(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("this Java has no trust manager for certificates");
  }

  /** Accepts what either of two accepts: the system's authorities, or the user's own. */
  private record EitherTrust(X509TrustManager system, X509TrustManager own)
      implements X509TrustManager {
    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      system.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      try {
        own.checkServerTrusted(chain, type);
      } catch (java.security.cert.CertificateException e) {
        system.checkServerTrusted(chain, type);
      }
    }

    @Override
    public java.security.cert.X509Certificate[] getAcceptedIssuers() {
      List<java.security.cert.X509Certificate> all =
          new ArrayList<>(Arrays.asList(system.getAcceptedIssuers()));
      all.addAll(Arrays.asList(own.getAcceptedIssuers()));
      return all.toArray(java.security.cert.X509Certificate[]::new);
    }
  }
}
