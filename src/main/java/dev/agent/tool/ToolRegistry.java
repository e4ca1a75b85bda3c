package dev.agent.tool;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tools of a session, sorted by name so that the request's prefix never moves. Built-in tools
 * win over later ones of the same name. Immutable.
 */
public final class ToolRegistry {
  private final TreeMap<String, Tool> byName = new TreeMap<>();
  private final Map<String, Tool> byLooseName = new HashMap<>();

  public ToolRegistry(Collection<? extends Tool> tools) {
    for (Tool tool : tools) {
      byName.putIfAbsent(tool.spec().name(), tool);
    }
    byName.values().forEach(tool -> byLooseName.putIfAbsent(loose(tool.spec().name()), tool));
    byName
        .values()
        .forEach(
            tool ->
                tool.spec()
                    .aliases()
                    .forEach(alias -> byLooseName.putIfAbsent(loose(alias), tool)));
  }

  private static String loose(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** All tools by name. */
  public List<Tool> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The tool of exactly this name, else of an alias, else of this name in another case or with
   * other separators.
   */
  public Optional<Tool> find(String name) {
    Tool exact = byName.get(name);
    return exact != null ? Optional.of(exact) : Optional.ofNullable(byLooseName.get(loose(name)));
  }
}
