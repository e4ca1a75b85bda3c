package dev.agent.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which hosts commands may ask: {@code example.com}, {@code *.example.com} (what is below it),
 * {@code *} (any), each with {@code :port} for other ports than 80 and 443. What is denied wins.
 * Compares whole labels, never parts of text.
 */
final class DomainList {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final List<String> allowed;
  private final List<String> denied;

  DomainList(List<String> allowed, List<String> denied) {
    this.allowed = allowed.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
    this.denied = denied.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
  }

  /** A host as it is compared: lower case, without a last dot; empty when it is no plain name. */
  static Optional<String> plain(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    boolean fine =
        !name.isEmpty()
            && name.length() <= 253
            && !name.startsWith(".")
            && !name.contains("..")
            && name.chars()
                .allMatch(
                    c ->
                        c >= 'a' && c <= 'z'
                            || c >= '0' && c <= '9'
                            || c == '.'
                            || c == '-'
                            || c == '_');
    return fine ? Optional.of(name) : Optional.empty();
  }

  /**
   * Why a host must not be asked; empty when it may.
   *
   * @param host as {@link #plain} gives it
   */
  Optional<String> objection(String host, int port) {
    if (denied.stream().anyMatch(pattern -> matches(pattern, host, port, true))) {
      return Optional.of(host + " is in sandbox.network.deniedDomains");
    }
    return allowed.stream().anyMatch(pattern -> matches(pattern, host, port, false))
        ? Optional.empty()
        : Optional.of(
            host
                + (port == HTTP || port == HTTPS ? "" : ":" + port)
                + " is not in sandbox.network.allowedDomains");
  }

  private static boolean matches(String pattern, String host, int port, boolean anyPort) {
    int colon = pattern.lastIndexOf(':');
    String name = colon < 0 ? pattern : pattern.substring(0, colon);
    boolean portFits =
        colon < 0
            ? anyPort || port == HTTP || port == HTTPS
            : pattern.substring(colon + 1).equals(String.valueOf(port));
    boolean nameFits =
        name.equals("*")
            || (name.startsWith("*.")
                ? host.endsWith(name.substring(1)) && host.length() > name.length() - 1
                : name.equals(host));
    return portFits && nameFits;
  }
}
