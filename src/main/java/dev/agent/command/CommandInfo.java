package dev.agent.command;

import java.util.List;

/**
 * What is known of a command without running it.
 *
 * @param name without the slash; further parts of a custom command's name are parted by colons
 * @param aliases further names
 * @param summary one line for lists, without a full stop
 * @param argumentHint such as {@code [instructions]}; empty when it takes no arguments
 * @param origin who made it
 * @param whileWorking whether it may run while a turn goes on
 */
public record CommandInfo(
    String name,
    List<String> aliases,
    String summary,
    String argumentHint,
    Origin origin,
    boolean whileWorking) {
  public CommandInfo {
    aliases = List.copyOf(aliases);
  }

  /** Who made a command. The order is that of lists. */
  public enum Origin {
    BUILT_IN,
    PROJECT,
    PERSONAL,
    PLUGIN,
    MCP
  }

  /** A built-in command that waits for the end of a turn. */
  static CommandInfo of(String name, String argumentHint, String summary) {
    return new CommandInfo(name, List.of(), summary, argumentHint, Origin.BUILT_IN, false);
  }

  /** The same with further names. */
  CommandInfo also(String... names) {
    return new CommandInfo(name, List.of(names), summary, argumentHint, origin, whileWorking);
  }

  /** The same, allowed while a turn goes on: it changes nothing that the turn relies on. */
  CommandInfo atAnyTime() {
    return new CommandInfo(name, aliases, summary, argumentHint, origin, true);
  }
}
