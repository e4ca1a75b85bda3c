package dev.agent.permission;

import dev.agent.net.AddressGuard;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Addresses of this machine and of private networks are forbidden, whatever general rule would
 * allow them: only a person's rule that names the very host opens it. Names that are known to lead
 * to such addresses are asked about. The connection itself is checked again when it is made.
 */
final class PrivateHosts implements Layer {
  /** Services that answer with the address that the name spells, or with this machine's. */
  private static final List<String> MIRRORS =
      List.of(
          "nip.io",
          "sslip.io",
          "xip.io",
          "localtest.me",
          "lvh.me",
          "vcap.me",
          "lacolhost.com",
          "rbndr.us",
          "1u.ms",
          "traefik.me",
          "backname.io",
          "local.gd");

  private final Supplier<Policy> policy;

  PrivateHosts(Supplier<Policy> policy) {
    this.policy = policy;
  }

  @Override
  public String name() {
    return "private addresses";
  }

  @Override
  public Decision decide(PermissionRequest request) {
    AddressGuard guard = new AddressGuard(this::isNamed);
    for (URI uri : request.effect().hosts()) {
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      Optional<String> objection = guard.objection(host);
      if (objection.isPresent()) {
        return new Decision.Deny(new Reason(name(), "", "", objection.get()));
      }
      if (!isNamed(host) && mirrors(host)) {
        return new Decision.Ask(
            new Reason(name(), "", "", "\"" + host + "\" may lead to a private address"),
            List.of());
      }
    }
    return Decision.PASS;
  }

  private boolean isNamed(String host) {
    for (Rule rule : policy.get().allow()) {
      if (!rule.fromProject()
          && rule.tool().equals("WebFetch")
          && rule.spec().equalsIgnoreCase("domain:" + host)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mirrors(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    for (String mirror : MIRRORS) {
      if (name.equals(mirror) || name.endsWith("." + mirror)) {
        return true;
      }
    }
    return spellsAddress(name);
  }

  /** Whether four numbers stand in the name as in an address. */
  private static boolean spellsAddress(String name) {
    int numbers = 0;
    boolean letters = false;
    for (String part : name.split("[.-]", -1)) {
      boolean number =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
      numbers = number ? numbers + 1 : 0;
      letters |= !number;
      if (numbers == 4) {
        return letters || name.chars().anyMatch(c -> c > '9');
      }
    }
    return false;
  }
}
