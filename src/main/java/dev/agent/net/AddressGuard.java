package dev.agent.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides whether an address may be asked on the model's behalf: public unicast addresses only,
 * unless the host is on the user's list. Looks at the bytes of the address, not at the flags of
 * {@link InetAddress}, which miss shared, documentation, mapped and translated ranges (RFC 6890,
 * RFC 6598, RFC 6052).
 *
 * <p>Thread-safe. What it can't do: behind an HTTP proxy the name is resolved elsewhere.
 */
public final class AddressGuard {
  private static final List<String> LOCAL_ENDINGS =
      List.of(
          ".localhost", ".local", ".internal", ".intranet", ".localdomain", ".lan", ".home.arpa");

  private final Predicate<String> allowedHosts;

  /** IPv4 ranges that are not the public network: address, prefix length. */
  private static final int[][] BLOCKED_V4 = {
    {0x00000000, 8},
    {0x0A000000, 8},
    {0x64400000, 10},
    {0x7F000000, 8},
    {0xA83F8110, 32}, // 168.63.129.16, the host's services in a large cloud
    {0xA9FE0000, 16},
    {0xAC100000, 12},
    {0xC0000000, 24},
    {0xC0000200, 24},
    {0xC0586300, 24},
    {0xC0A80000, 16},
    {0xC6120000, 15},
    {0xC6336400, 24},
    {0xCB007100, 24},
    {0xE0000000, 4},
    {0xF0000000, 4}
  };

  /**
   * @param allowedHosts hosts that the user allows although they are private
   */
  public AddressGuard(Predicate<String> allowedHosts) {
    this.allowedHosts = allowedHosts;
  }

  /**
   * Why a host as written in a URL must not be asked; empty when it may. Names are judged when they
   * are resolved.
   */
  public Optional<String> objection(String host) {
    if (allowedHosts.test(host)) {
      return Optional.empty();
    }
    String name =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (isLocalName(lower)) {
      return Optional.of("\"" + host + "\" names a host of this machine or network");
    }
    boolean literal = name.indexOf(':') >= 0;
    if (!literal && looksNumeric(name)) {
      if (!isDottedDecimal(name)) {
        return Optional.of("\"" + host + "\" is an unusual way to write an address");
      }
      literal = true;
    }
    if (!literal) {
      return Optional.empty();
    }
    try {
      return isPublic(InetAddress.getByName(name))
          ? Optional.empty()
          : Optional.of(host + " is not a public address");
    } catch (UnknownHostException e) {
      return Optional.of("\"" + host + "\" is no address");
    }
  }

  /**
   * Names that only a machine or network of one's own gives a meaning. Matters behind a proxy,
   * where the name is resolved out of our sight.
   */
  private static boolean isLocalName(String name) {
    if (name.indexOf('.') < 0) {
      return name.indexOf(':') < 0 && !looksNumeric(name);
    }
    for (String ending : LOCAL_ENDINGS) {
      if (name.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The public ones of a name's addresses.
   *
   * @throws UnknownHostException when none is left
   */
  public List<InetAddress> filter(String host, List<InetAddress> addresses)
      throws UnknownHostException {
    if (allowedHosts.test(host)) {
      return addresses;
    }
    List<InetAddress> kept = new ArrayList<>();
    for (InetAddress address : addresses) {
      if (isPublic(address)) {
        kept.add(address);
      }
    }
    if (kept.isEmpty()) {
      throw new UnknownHostException(host + " leads to addresses that are not public");
    }
    return kept;
  }

  /** Forms that some programs read as an address: all digits, hex, octal, fewer than four parts. */
  private static boolean looksNumeric(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.isEmpty()) {
      return true;
    }
    boolean hex =
        last.length() > 2
            && last.charAt(0) == '0'
            && (last.charAt(1) == 'x' || last.charAt(1) == 'X');
    return hex || last.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isDottedDecimal(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || (part.length() > 1 && part.charAt(0) == '0')
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')
          || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a connection to this address may carry a request for the host: the last look, at the
   * address that was really reached.
   */
  public boolean mayReach(String host, InetAddress address) {
    return allowedHosts.test(host) || isPublic(address);
  }

  /** Whether the user allows this host whatever its addresses are. */
  public boolean isAllowedByUser(String host) {
    return allowedHosts.test(host);
  }

  /** Whether an address belongs to the public unicast network. */
  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPublicV4(word(bytes, 0)) : isPublicV6(bytes);
  }

  private static int word(byte[] bytes, int at) {
    return ((bytes[at] & 255) << 24)
        | ((bytes[at + 1] & 255) << 16)
        | ((bytes[at + 2] & 255) << 8)
        | (bytes[at + 3] & 255);
  }

  private static boolean isPublicV4(int address) {
    for (int[] range : BLOCKED_V4) {
      if ((address ^ range[0]) >>> (32 - range[1]) == 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPublicV6(byte[] bytes) {
    int first = word(bytes, 0);
    boolean highZero = first == 0 && word(bytes, 4) == 0;
    if (highZero && (word(bytes, 8) == 0 || word(bytes, 8) == 0x0000FFFF)) {
      return false; // ::, ::1, IPv4-compatible and IPv4-mapped: the plain form of a public address
      // works as well
    }
    if (first == 0x0064FF9B) {
      return false; // NAT64 leads to any IPv4 address
    }
    if (first >>> 16 == 0x2002 || first >>> 9 == 0x20010000 >>> 9 || first == 0x20010DB8) {
      return false; // 6to4; 2001::/23 for protocols (Teredo, ORCHID, benchmarks); documentation
    }
    if (first >>> 12 == 0x3FFF0) {
      return false; // 3fff::/20, documentation
    }
    return first >>> 29 == 1; // 2000::/3 is all that is handed out as public
  }
}
