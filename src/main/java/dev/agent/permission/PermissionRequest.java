package dev.agent.permission;

import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.nio.file.Path;

/**
 * A call as the layers see it: its input is final.
 *
 * @param cwd where relative names start
 * @param hook what hooks said of it
 */
public record PermissionRequest(
    ToolCall call, Effect effect, Mode mode, Path cwd, HookVerdict hook) {
  /** A call that no hook has an opinion on. */
  public PermissionRequest(ToolCall call, Effect effect, Mode mode, Path cwd) {
    this(call, effect, mode, cwd, HookVerdict.NONE);
  }

  /** Whether it is a shell call. */
  public boolean isCommand() {
    return call.name().equals("Bash");
  }

  /** The command of a shell call; empty for other tools. */
  public String command() {
    return call.name().equals("Bash") ? call.input().path("command").asText("") : "";
  }
}
