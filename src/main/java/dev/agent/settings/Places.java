package dev.agent.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where things live.
 *
 * @param home the person's home directory; a directory that does not exist when there is none
 * @param config our own settings and instruction files: {@code $AGENT_CONFIG_DIR}, else {@code
 *     $XDG_CONFIG_HOME/agent}, else {@code ~/.agent}
 * @param foreignConfig the compatible tool's: {@code $CLAUDE_CONFIG_DIR}, else {@code ~/.claude};
 *     read, never written
 * @param data sessions and history: {@code $AGENT_DATA_DIR}, else {@code $XDG_DATA_HOME/agent},
 *     else {@code ~/.local/share/agent}
 * @param cache what can be made again: {@code $XDG_CACHE_HOME/agent}, else {@code ~/.cache/agent}
 * @param managed the administrator's directories, weakest first. They follow from the platform
 *     alone, never from a variable: whoever could move them could lift the policy
 */
public record Places(
    Path home, Path config, Path foreignConfig, Path data, Path cache, List<Path> managed) {
  private static final String NO_HOME = "/nonexistent";

  public Places {
    managed = List.copyOf(managed);
  }

  /**
   * The places for an environment.
   *
   * @param platform the operating system's name, such as {@code linux} or {@code mac os x}
   */
  public static Places of(Map<String, String> environment, String platform) {
    Path home =
        Path.of(environment.getOrDefault("HOME", "").isBlank() ? NO_HOME : environment.get("HOME"));
    return new Places(
        home,
        own(environment, "AGENT_CONFIG_DIR", "XDG_CONFIG_HOME", home.resolve(".agent")),
        path(environment, "CLAUDE_CONFIG_DIR", home.resolve(".claude")),
        own(environment, "AGENT_DATA_DIR", "XDG_DATA_HOME", home.resolve(".local/share/agent")),
        own(environment, "AGENT_CACHE_DIR", "XDG_CACHE_HOME", home.resolve(".cache/agent")),
        platform.startsWith("mac")
            ? List.of(
                Path.of("/Library/Application Support/ClaudeCode"),
                Path.of("/Library/Application Support/Agent"))
            : List.of(Path.of("/etc/claude-code"), Path.of("/etc/agent")));
  }

  /** The same with the administrator's directories elsewhere. */
  public Places withManaged(List<Path> directories) {
    return new Places(home, config, foreignConfig, data, cache, directories);
  }

  private static Path own(
      Map<String, String> environment, String ours, String xdg, Path otherwise) {
    if (!environment.getOrDefault(ours, "").isBlank()) {
      return Path.of(environment.get(ours));
    }
    String base = environment.getOrDefault(xdg, "");
    return base.startsWith("/") ? Path.of(base).resolve("agent") : otherwise;
  }

  private static Path path(Map<String, String> environment, String name, Path otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : Path.of(value);
  }

  /** The person's configuration directories, ours last so that it wins. */
  public List<Path> personal() {
    return List.of(foreignConfig, config);
  }
}
