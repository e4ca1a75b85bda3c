package dev.agent.tui.markup;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a terminal may be told to open, and when a person must see where a link leads. */
final class Links {
  private static final List<String> SCHEMES = List.of("https://", "http://", "mailto:");

  /** A name such as {@code example.com}, perhaps with a path. */
  private static final Pattern HOST = Pattern.compile("[\\w.-]+\\.[A-Za-z]{2,}(/\\S*)?");

  private static final int MAX_HOST = 253;

  private Links() {}

  /**
   * The address as the terminal may get it: of a harmless scheme and printable ASCII alone; empty
   * for all others.
   */
  static Optional<String> target(String destination) {
    String lower = destination.toLowerCase(Locale.ROOT);
    if (SCHEMES.stream().noneMatch(lower::startsWith)) {
      return Optional.empty();
    }
    StringBuilder target = new StringBuilder(destination.length());
    for (byte unit : destination.getBytes(StandardCharsets.UTF_8)) {
      if (unit > ' ' && unit < 0x7F) {
        target.append((char) unit);
      } else {
        target.append(String.format("%%%02X", unit & 0xFF));
      }
    }
    return Optional.of(target.toString());
  }

  /**
   * Whether the address has to be written out behind the text: where no click leads to it, and
   * where the text names another place.
   */
  static boolean mustBeTold(String text, String destination, boolean clickable) {
    if (destination.isEmpty() || destination.startsWith("#") || isSamePlace(text, destination)) {
      return false;
    }
    return !clickable || looksLikeAddress(text);
  }

  private static boolean isSamePlace(String text, String destination) {
    return bare(text).equals(bare(destination));
  }

  private static String bare(String address) {
    String bare = address.strip();
    for (String scheme : SCHEMES) {
      if (bare.toLowerCase(Locale.ROOT).startsWith(scheme)) {
        bare = bare.substring(scheme.length());
        break;
      }
    }
    return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private static boolean looksLikeAddress(String text) {
    String word = text.strip();
    return word.contains("://")
        || word.toLowerCase(Locale.ROOT).startsWith("www.")
        || (word.length() <= MAX_HOST && HOST.matcher(word).matches());
  }
}
