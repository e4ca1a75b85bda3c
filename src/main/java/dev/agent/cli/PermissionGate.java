package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.loop.Gate;
import dev.agent.permission.HookVerdict;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The permission pipeline as the loop's gate. */
record PermissionGate(Permissions permissions, Supplier<Mode> mode, Supplier<Path> cwd)
    implements Gate {
  @Override
  public Ruling rule(
      ToolCall call, Tool tool, Effect effect, HookVerdict hook, Cancellation cancellation)
      throws InterruptedException {
    PermissionRequest request = new PermissionRequest(call, effect, mode.get(), cwd.get(), hook);
    return switch (permissions.authorise(request, cancellation)) {
      case Permissions.Verdict.Allowed() -> new Ruling.Allowed();
      case Permissions.Verdict.Changed(ObjectNode input) -> changed(call, tool, input);
      case Permissions.Verdict.Futile(String why) -> new Ruling.Futile(why);
      case Permissions.Verdict.Denied(String forModel, boolean endTurn) ->
          new Ruling.Denied(forModel, endTurn);
    };
  }

  /** Whoever answered changed the input: it is checked, and what forbids is asked again. */
  private Ruling changed(ToolCall call, Tool tool, ObjectNode input) {
    try {
      ObjectNode checked = tool.spec().input().check(input);
      ToolCall other = new ToolCall(call.id(), call.name(), checked);
      Effect effect = tool.effect(checked);
      Optional<String> objection =
          permissions.forbids(new PermissionRequest(other, effect, mode.get(), cwd.get()));
      return objection
          .<Ruling>map(text -> new Ruling.Denied(text, false))
          .orElseGet(() -> new Ruling.Changed(other, effect));
    } catch (InvalidInputException e) {
      return new Ruling.Denied(
          "A hook changed the input of this call to something that does not fit ("
              + e.getMessage()
              + "). It was not run.",
          false);
    }
  }
}
