package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.hook.Handler;
import dev.agent.hook.HookEvent;
import dev.agent.hook.HookListener;
import dev.agent.hook.HookPlace;
import dev.agent.hook.HookResult;
import dev.agent.hook.HookSettings;
import dev.agent.hook.Hooks;
import dev.agent.hook.Runners;
import dev.agent.json.Json;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The hooks outside of a session.
 *
 * @param notices what is wrong with the settings
 */
record HookCheck(
    HookSettings read,
    Runners runners,
    BiPredicate<String, PermissionRequest> conditions,
    String id,
    Path root,
    Path cwd,
    List<String> notices) {

  /** Runs what matches, and waits for it even where a session would not. */
  HookResult fire(HookEvent event, String about, ObjectNode fields, Cancellation cancellation)
      throws InterruptedException {
    HookPlace place =
        new HookPlace(
            id,
            "/dev/null",
            root,
            () -> cwd,
            Mode.DEFAULT::wire,
            Path.of("/dev/null"),
            (_, _) -> Optional.empty());
    Hooks hooks =
        new Hooks(
            read.handlers().stream().map(Handler::waited).toList(), runners, place, new Quiet());
    ToolCall call =
        new ToolCall(
            fields.path("tool_use_id").asText(""),
            about,
            fields.get("tool_input") instanceof ObjectNode input ? input : Json.object());
    PermissionRequest request = new PermissionRequest(call, effect(call), Mode.DEFAULT, cwd);
    return hooks.fire(
        new Hooks.Firing(event, about, fields, rule -> conditions.test(rule, request)),
        cancellation);
  }

  /** For rules about files, the file that the call names. */
  private Effect effect(ToolCall call) {
    String name = call.input().path("file_path").asText("");
    try {
      return name.isEmpty() ? Effect.UNKNOWN : Effect.writes(cwd.resolve(name).normalize());
    } catch (InvalidPathException e) {
      return Effect.UNKNOWN;
    }
  }

  /** Everything is in the reports. */
  private static final class Quiet implements HookListener {
    @Override
    public void failed(String sentence) {}

    @Override
    public void says(String text) {}

    @Override
    public void printed(String hook, String text) {}

    @Override
    public void late(HookResult result, boolean wakes) {}
  }
}
