package dev.agent.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * The environment as the person set it, before the launcher changed it for the JVM.
 *
 * <p>The launcher has to hide variables that make the JVM talk on stderr ({@code
 * JAVA_TOOL_OPTIONS}) and to set {@code LC_ALL} where the locale could not name every file. It
 * keeps each old value as {@code AGENT_KEEP_<NAME>}; an empty value means that the variable was not
 * set. Programs started by the agent must see the person's values, so everything after {@link Main}
 * works on the restored map.
 */
public final class LaunchEnvironment {
  private static final String KEPT = "AGENT_KEEP_";

  private LaunchEnvironment() {}

  /**
   * {@code current} with every kept variable put back and the launcher's own names removed; {@code
   * current} is not changed.
   */
  public static Map<String, String> restored(Map<String, String> current) {
    Map<String, String> result = new HashMap<>(current);
    result.remove(FirstPrompt.NOTE); // a note to this very process
    for (Map.Entry<String, String> entry : current.entrySet()) {
      if (!entry.getKey().startsWith(KEPT)) {
        continue;
      }
      result.remove(entry.getKey());
      String name = entry.getKey().substring(KEPT.length());
      if (entry.getValue().isEmpty()) {
        result.remove(name);
      } else {
        result.put(name, entry.getValue());
      }
    }
    return Map.copyOf(result);
  }
}
