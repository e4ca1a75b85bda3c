package dev.agent.sandbox;

import dev.agent.settings.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings say about the sandbox.
 *
 * @param required commands are refused where it does not work
 * @param autoAllow a command that stays inside needs no question
 * @param excluded commands that run outside, by their first words
 * @param allowOutside the model may ask to run a command outside
 * @param allowWrite further places to write
 * @param denyWrite places in the workspace that stay as they are
 * @param denyRead places that are hidden
 * @param allowRead places inside of hidden ones that are not
 * @param httpProxyPort a filter of the person's own on this machine instead of ours
 * @param weakerNested no own view of processes, for containers that forbid it
 * @param keepVariables variables that look like secrets and stay all the same
 */
public record SandboxSettings(
    boolean enabled,
    boolean required,
    boolean autoAllow,
    List<String> excluded,
    boolean allowOutside,
    List<Path> allowWrite,
    List<Path> denyWrite,
    List<Path> denyRead,
    List<Path> allowRead,
    List<String> allowedDomains,
    List<String> deniedDomains,
    List<String> allowPrivate,
    List<Path> unixSockets,
    boolean allUnixSockets,
    Optional<Integer> httpProxyPort,
    boolean weakerNested,
    List<String> keepVariables) {

  private static final int MAX_PORT = 65_535;

  public SandboxSettings {
    excluded = List.copyOf(excluded);
    allowWrite = List.copyOf(allowWrite);
    denyWrite = List.copyOf(denyWrite);
    denyRead = List.copyOf(denyRead);
    allowRead = List.copyOf(allowRead);
    allowedDomains = List.copyOf(allowedDomains);
    deniedDomains = List.copyOf(deniedDomains);
    allowPrivate = List.copyOf(allowPrivate);
    unixSockets = List.copyOf(unixSockets);
    keepVariables = List.copyOf(keepVariables);
  }

  /** The settings of a session. */
  public static SandboxSettings of(Settings settings, Path home) {
    return new SandboxSettings(
        settings.flag("sandbox.enabled", false),
        settings.flag("sandbox.required", false)
            || settings.flag("sandbox.failIfUnavailable", false),
        settings.flag("sandbox.autoAllowBashIfSandboxed", true),
        words(settings, "sandbox.excludedCommands"),
        settings.flag("sandbox.allowUnsandboxedCommands", true),
        paths(settings, "sandbox.filesystem.allowWrite", home),
        with(
            paths(settings, "sandbox.filesystem.denyWrite", home),
            denied(settings, List.of("Edit(", "Write("), home)),
        with(
            paths(settings, "sandbox.filesystem.denyRead", home),
            denied(settings, List.of("Read("), home)),
        paths(settings, "sandbox.filesystem.allowRead", home),
        words(settings, "sandbox.network.allowedDomains"),
        words(settings, "sandbox.network.deniedDomains"),
        words(settings, "sandbox.network.allowPrivate"),
        paths(settings, "sandbox.network.allowUnixSockets", home),
        settings.flag("sandbox.network.allowAllUnixSockets", false),
        settings
            .number("sandbox.network.httpProxyPort")
            .filter(port -> port > 0 && port <= MAX_PORT),
        settings.flag("sandbox.enableWeakerNestedSandbox", false),
        words(settings, "sandbox.keepVariables"));
  }

  /** The same with further places that commands may not write. */
  public SandboxSettings protecting(List<Path> places) {
    return new SandboxSettings(
        enabled,
        required,
        autoAllow,
        excluded,
        allowOutside,
        allowWrite,
        with(denyWrite, places),
        denyRead,
        allowRead,
        allowedDomains,
        deniedDomains,
        allowPrivate,
        unixSockets,
        allUnixSockets,
        httpProxyPort,
        weakerNested,
        keepVariables);
  }

  private static List<String> words(Settings settings, String key) {
    return settings.texts(key).stream()
        .map(Map.Entry::getKey)
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static List<Path> with(List<Path> some, List<Path> more) {
    List<Path> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<Path> paths(Settings settings, String key, Path home) {
    List<Path> paths = new ArrayList<>();
    for (var entry : settings.texts(key)) {
      path(entry.getKey(), entry.getValue().base(), home).ifPresent(paths::add);
    }
    return paths;
  }

  /**
   * What rules forbid to the tools is forbidden to commands as well, as far as a rule names a
   * place: {@code Read(./.env)}, {@code Read(~/.ssh/**)}. In rules one slash means the settings'
   * base.
   */
  private static List<Path> denied(Settings settings, List<String> tools, Path home) {
    List<Path> paths = new ArrayList<>();
    for (var entry : settings.texts("permissions.deny")) {
      String rule = entry.getKey().strip();
      for (String tool : tools) {
        if (rule.startsWith(tool) && rule.endsWith(")")) {
          String text = rule.substring(tool.length(), rule.length() - 1);
          boolean fromBase = text.startsWith("/") && !text.startsWith("//");
          path(fromBase ? "." + text : text, entry.getValue().base(), home).ifPresent(paths::add);
        }
      }
    }
    return paths;
  }

  /** {@code /x} and {@code //x} are absolute, {@code ~/x} is in the home, all else in the base. */
  static Optional<Path> path(String written, Path base, Path home) {
    String text = written.strip();
    for (String all : List.of("/**", "/*")) {
      text = text.endsWith(all) ? text.substring(0, text.length() - all.length()) : text;
    }
    if (text.isEmpty() || text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
      return Optional.empty(); // a pattern has no place; the permission rules judge it
    }
    try {
      Path path =
          text.equals("~")
              ? home
              : text.startsWith("~/")
                  ? home.resolve(text.substring(2))
                  : text.startsWith("//") ? Path.of(text.substring(1)) : base.resolve(text);
      return Optional.of(path.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
