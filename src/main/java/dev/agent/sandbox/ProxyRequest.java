package dev.agent.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request to the filter, read strictly: what could be understood in two ways is
 * refused.
 *
 * @param tunnel CONNECT
 * @param host as it is compared
 * @param path for a plain request, with the query
 * @param headers the lines to pass on
 * @param bodyLength of a plain request
 */
record ProxyRequest(
    boolean tunnel,
    String method,
    String host,
    int port,
    String path,
    List<String> headers,
    long bodyLength) {

  /** A request that is not passed on. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status, String why) {
      super(why);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private static final int BAD = 400;
  private static final int LENGTH_REQUIRED = 411;
  private static final int HTTP = 80;

  /**
   * @param head everything before the empty line, as ISO 8859-1
   */
  static ProxyRequest parse(String head) throws RefusedException {
    String[] lines = head.split("\r\n", -1);
    for (String line : lines) {
      if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
        throw new RefusedException(BAD, "a control character in the request");
      }
    }
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.") || words[0].isEmpty()) {
      throw new RefusedException(BAD, "no request of HTTP/1");
    }
    List<String> headers = new ArrayList<>(List.of(lines).subList(1, lines.length));
    return words[0].equals("CONNECT")
        ? connect(words[1], headers)
        : plain(words[0], words[1], headers);
  }

  private static ProxyRequest connect(String target, List<String> headers) throws RefusedException {
    int colon = target.lastIndexOf(':');
    if (colon < 0) {
      throw new RefusedException(BAD, "CONNECT needs a host and a port");
    }
    String host = host(target.substring(0, colon));
    int port = port(target.substring(colon + 1));
    Optional<String> named = header(headers, "host");
    if (named.isPresent() && !sameHost(named.get(), host, port)) {
      throw new RefusedException(BAD, "the Host header names another host than CONNECT");
    }
    return new ProxyRequest(true, "CONNECT", host, port, "", List.of(), 0);
  }

  private static ProxyRequest plain(String method, String target, List<String> headers)
      throws RefusedException {
    URI uri;
    try {
      uri = new URI(target);
    } catch (URISyntaxException e) {
      throw new RefusedException(BAD, "no address that can be read");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawUserInfo() != null) {
      throw new RefusedException(BAD, "only http://host/… and CONNECT are passed on");
    }
    String host = host(uri.getHost());
    int port = uri.getPort() < 0 ? HTTP : uri.getPort();
    Optional<String> named = header(headers, "host");
    if (named.isEmpty() || !sameHost(named.get(), host, port)) {
      throw new RefusedException(BAD, "the Host header names another host than the address");
    }
    if (header(headers, "transfer-encoding").isPresent()
        || header(headers, "upgrade").isPresent()) {
      throw new RefusedException(LENGTH_REQUIRED, "a body needs a Content-Length");
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new ProxyRequest(
        false, method, host, port, path + query, passedOn(headers), length(headers));
  }

  private static String host(String text) throws RefusedException {
    return DomainList.plain(text)
        .orElseThrow(() -> new RefusedException(BAD, "\"" + text + "\" is no plain host name"));
  }

  private static int port(String text) throws RefusedException {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 65_535 && !text.startsWith("+")) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new RefusedException(BAD, "\"" + text + "\" is no port");
  }

  private static boolean sameHost(String header, String host, int port) {
    String value = header.strip().toLowerCase(Locale.ROOT);
    return value.equals(host)
        || value.equals(host + ".")
        || value.equals(host + ":" + port)
        || value.equals(host + ".:" + port);
  }

  private static long length(List<String> headers) throws RefusedException {
    Optional<String> length = header(headers, "content-length");
    try {
      long value = length.isEmpty() ? 0 : Long.parseLong(length.get());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new RefusedException(BAD, "a Content-Length that is no number");
  }

  /** The value of a header that may stand at most once. */
  private static Optional<String> header(List<String> headers, String name)
      throws RefusedException {
    Optional<String> found = Optional.empty();
    for (String line : headers) {
      int colon = line.indexOf(':');
      if (colon <= 0 || Character.isWhitespace(line.charAt(colon - 1)) || line.charAt(0) <= ' ') {
        throw new RefusedException(BAD, "a header that can't be read");
      }
      if (line.substring(0, colon).equalsIgnoreCase(name)) {
        if (found.isPresent()) {
          throw new RefusedException(BAD, "\"" + name + "\" stands twice");
        }
        found = Optional.of(line.substring(colon + 1).strip());
      }
    }
    return found;
  }

  /** One request a connection: a second one could name another host. */
  private static List<String> passedOn(List<String> headers) {
    List<String> kept = new ArrayList<>();
    for (String line : headers) {
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      if (!name.startsWith("proxy-")
          && !name.equals("connection")
          && !name.equals("keep-alive")
          && !name.equals("te")) {
        kept.add(line);
      }
    }
    kept.add("Connection: close");
    return kept;
  }
}
