package dev.agent.net;

import dev.agent.runtime.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the process reaches the network.
 *
 * @param proxies which requests go through a proxy
 * @param extraCertificates PEM files that are trusted besides the system's certificates
 * @param connectTimeout for one attempt to connect, TLS included
 */
public record NetSettings(
    ProxyRules proxies, List<Path> extraCertificates, Duration connectTimeout) {
  /**
   * Ten seconds: a reachable service answers within one, and a person waits no longer without a
   * word.
   */
  public static final Duration CONNECT = Duration.ofSeconds(10);

  public NetSettings {
    extraCertificates = List.copyOf(extraCertificates);
  }

  /**
   * From the environment: proxies, and the files named by {@code NODE_EXTRA_CA_CERTS} and {@code
   * SSL_CERT_FILE}.
   *
   * @param more files named by settings
   * @throws UserError when a proxy's address or a path can't be understood
   */
  public static NetSettings from(Map<String, String> environment, List<Path> more) {
    List<Path> files = new ArrayList<>(more);
    for (String variable : new String[] {"NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        try {
          files.add(Path.of(value));
        } catch (InvalidPathException e) {
          throw new UserError(
              variable + " is \"" + value + "\", which is no path.",
              "Set it to a PEM file, or unset it.");
        }
      }
    }
    return new NetSettings(ProxyRules.from(environment), files, CONNECT);
  }
}
