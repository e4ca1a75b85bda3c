package dev.agent.net;

import dev.agent.runtime.UserError;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a request goes through, by the usual variables: {@code HTTPS_PROXY} and {@code
 * HTTP_PROXY} by the scheme of the request, {@code ALL_PROXY} for either, {@code NO_PROXY} for
 * exceptions. Lower case wins over upper case, as in curl. Immutable.
 */
public final class ProxyRules {
  /** Every connection is direct. */
  public static final ProxyRules NONE = new ProxyRules(null, null, List.of());

  /**
   * One proxy.
   *
   * @param socks whether it speaks SOCKS 5 rather than HTTP
   * @param credentials {@code user:password}, decoded; empty without any
   */
  public record Server(String host, int port, boolean socks, Optional<String> credentials) {
    /** The value of a {@code Proxy-Authorization} header. */
    public Optional<String> authorization() {
      return credentials.map(
          it ->
              "Basic "
                  + java.util.Base64.getEncoder()
                      .encodeToString(it.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
      return (socks ? "socks5://" : "http://")
          + (credentials.isPresent() ? "***@" : "")
          + host
          + ":"
          + port;
    }
  }

  private record Exemption(String host, int port, @Nullable InetAddress network, int prefixBits) {}

  private final @Nullable Server forHttps;
  private final @Nullable Server forHttp;
  private final List<Exemption> exemptions;

  private ProxyRules(
      @Nullable Server forHttps, @Nullable Server forHttp, List<Exemption> exemptions) {
    this.forHttps = forHttps;
    this.forHttp = forHttp;
    this.exemptions = exemptions;
  }

  /**
   * Rules from environment variables.
   *
   * @throws UserError when a proxy's address can't be understood; the message names the variable
   *     and hides the password
   */
  public static ProxyRules from(Map<String, String> environment) {
    Server all = server(environment, "ALL_PROXY");
    Server https = server(environment, "HTTPS_PROXY");
    Server http = server(environment, "HTTP_PROXY");
    https = https == null ? all : https;
    http = http == null ? all : http;
    if (https == null && http == null) {
      return NONE;
    }
    String none = value(environment, "NO_PROXY");
    List<Exemption> exemptions = new ArrayList<>();
    for (String entry : none.split("[,\\s]+", -1)) {
      Exemption exemption = exemption(entry);
      if (exemption != null) {
        exemptions.add(exemption);
      }
    }
    return new ProxyRules(https, http, List.copyOf(exemptions));
  }

  /** Whether no request ever goes through a proxy. */
  public boolean isEmpty() {
    return forHttps == null && forHttp == null;
  }

  /** Whether some proxy wants a user and a password. */
  public boolean needCredentials() {
    return (forHttps != null && forHttps.credentials().isPresent())
        || (forHttp != null && forHttp.credentials().isPresent());
  }

  /**
   * The proxy for a request; empty when it goes directly. Loopback is always direct: a proxy
   * elsewhere could not reach it.
   *
   * @param host name or literal address, IPv6 with or without brackets
   */
  public Optional<Server> proxyFor(String scheme, String host, int port) {
    Server server = scheme.equals("https") ? forHttps : forHttp;
    if (server == null) {
      return Optional.empty();
    }
    String name = plain(host);
    @Nullable InetAddress address = literal(name);
    if (name.equals("localhost")
        || name.endsWith(".localhost")
        || (address != null && address.isLoopbackAddress())) {
      return Optional.empty();
    }
    for (Exemption exemption : exemptions) {
      if (matches(exemption, name, address, port)) {
        return Optional.empty();
      }
    }
    return Optional.of(server);
  }

  /** The proxy at this address, as found again by a connection that goes through it. */
  Optional<Server> serverAt(String host, int port) {
    for (Server server : new Server[] {forHttps, forHttp}) {
      if (server != null && server.port() == port && server.host().equalsIgnoreCase(host)) {
        return Optional.of(server);
      }
    }
    return Optional.empty();
  }

  private static boolean matches(
      Exemption exemption, String name, @Nullable InetAddress address, int port) {
    if (exemption.port > 0 && exemption.port != port) {
      return false;
    }
    if (exemption.host.equals("*")) {
      return true;
    }
    if (exemption.network != null) {
      return address != null
          && sameNetwork(
              exemption.network.getAddress(), address.getAddress(), exemption.prefixBits);
    }
    return name.equals(exemption.host) || name.endsWith("." + exemption.host);
  }

  private static boolean sameNetwork(byte[] network, byte[] address, int bits) {
    if (network.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Exemption exemption(String entry) {
    String text = entry.strip().toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      return null;
    }
    if (text.equals("*")) {
      return new Exemption("*", 0, null, 0);
    }
    int slash = text.indexOf('/');
    if (slash > 0) {
      @Nullable InetAddress network = literal(plain(text.substring(0, slash)));
      int bits = number(text.substring(slash + 1));
      return network == null || bits < 0 || bits > network.getAddress().length * 8
          ? null
          : new Exemption("", 0, network, bits);
    }
    int port = 0;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon > 0 && (bracketed ? text.charAt(colon - 1) == ']' : text.indexOf(':') == colon)) {
      port = number(text.substring(colon + 1));
      if (port <= 0) {
        return null;
      }
      text = text.substring(0, colon);
    }
    text = plain(text);
    while (text.startsWith("*.") || text.startsWith(".")) {
      text = text.substring(text.indexOf('.') + 1);
    }
    @Nullable InetAddress literal = literal(text);
    return text.isEmpty()
        ? null
        : new Exemption(text, port, literal, literal == null ? 0 : literal.getAddress().length * 8);
  }

  private static @Nullable Server server(Map<String, String> environment, String variable) {
    String text = value(environment, variable);
    if (text.isEmpty()) {
      return null;
    }
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw bad(variable, "is not an address");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean socks = scheme.equals("socks5") || scheme.equals("socks5h") || scheme.equals("socks");
    if (!socks && !scheme.equals("http")) {
      throw bad(variable, "has the scheme \"" + scheme + "\", which is not supported");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535) {
      throw bad(variable, "has no usable host and port");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : socks ? 1080 : 80;
    String user = uri.getRawUserInfo();
    try {
      Optional<String> credentials =
          user == null || user.isEmpty()
              ? Optional.empty()
              : Optional.of(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
      return new Server(
          plain(uri.getHost()),
          port,
          socks,
          credentials.map(it -> it.contains(":") ? it : it + ":"));
    } catch (IllegalArgumentException e) {
      throw bad(variable, "has a user or password with a broken percent escape");
    }
  }

  private static UserError bad(String variable, String why) {
    return new UserError(
        "The proxy in " + variable + " " + why + ".",
        "Write it as http://[user:password@]host:port, with percent escapes in user and password.");
  }

  private static String value(Map<String, String> environment, String variable) {
    String lower = environment.get(variable.toLowerCase(Locale.ROOT));
    String value = lower == null || lower.isBlank() ? environment.get(variable) : lower;
    return value == null ? "" : value.strip();
  }

  private static String plain(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** A literal address; null for a name. Never asks a name server. */
  private static @Nullable InetAddress literal(String host) {
    boolean six = host.indexOf(':') >= 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean fits =
          (c >= '0' && c <= '9') || c == '.' || (six && (c == ':' || (c >= 'a' && c <= 'f')));
      if (!fits) {
        return null;
      }
    }
    int dots = host.length() - host.replace(".", "").length();
    if (host.isEmpty() || (!six && dots != 3)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
