package dev.agent.tui.dialog;

/** A tool's name for people. */
final class ToolName {
  private static final String MCP = "mcp__";

  private ToolName() {}

  /** The name; that of a server's tool in words. */
  static String of(String name) {
    int end = name.startsWith(MCP) ? name.indexOf("__", MCP.length()) : -1;
    return end < 0
        ? Text.shown(name)
        : Text.shown(name.substring(end + 2) + " of server " + name.substring(MCP.length(), end));
  }
}
