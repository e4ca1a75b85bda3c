package dev.agent.command;

import java.util.List;
import java.util.Locale;

/**
 * What the agent runs on.
 *
 * @param platform the operating system's name in lower case
 * @param java the version of the running Java
 * @param javaHome where it lies
 * @param arguments what the JVM was started with; empty when the system does not tell
 */
public record Machine(String platform, String java, String javaHome, List<String> arguments) {
  public Machine {
    arguments = List.copyOf(arguments);
  }

  /** The machine that this process runs on. */
  public static Machine running() {
    return new Machine(
        System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT),
        Runtime.version().toString(),
        System.getProperty("java.home", "unknown"),
        ProcessHandle.current().info().arguments().map(List::of).orElse(List.of()));
  }
}
