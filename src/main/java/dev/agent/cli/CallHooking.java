package dev.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.hook.HookEvent;
import dev.agent.hook.HookResult;
import dev.agent.hook.Hooks;
import dev.agent.json.Json;
import dev.agent.loop.CallHooks;
import dev.agent.message.MessageJson;
import dev.agent.permission.HookVerdict;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** The hooks around a call. What they want the model to know goes to the mail. Thread-safe. */
final class CallHooking implements CallHooks {
  private final Hooks hooks;
  private final HookMail mail;
  private final BiPredicate<String, PermissionRequest> conditions;
  private final Supplier<Path> cwd;
  private final Supplier<Mode> mode;
  private final OwnFiles files;

  /**
   * @param conditions whether a permission rule touches a call
   * @param files what formatters do to files that the agent wrote
   */
  CallHooking(
      Hooks hooks,
      HookMail mail,
      BiPredicate<String, PermissionRequest> conditions,
      Supplier<Path> cwd,
      Supplier<Mode> mode,
      OwnFiles files) {
    this.hooks = hooks;
    this.mail = mail;
    this.conditions = conditions;
    this.cwd = cwd;
    this.mode = mode;
    this.files = files;
  }

  private HookResult fire(
      HookEvent event, ToolCall call, Effect effect, ObjectNode fields, Cancellation cancellation)
      throws InterruptedException {
    PermissionRequest request = new PermissionRequest(call, effect, mode.get(), cwd.get());
    HookResult result =
        hooks.fire(HookFields.firing(event, request, fields, conditions), cancellation);
    mail.forCall(call.id(), result);
    result.halt().ifPresent(mail::halt);
    return result;
  }

  @Override
  public Before before(ToolCall call, Effect effect, Cancellation cancellation)
      throws InterruptedException {
    if (!hooks.has(HookEvent.PRE_TOOL_USE)) {
      return Before.NOTHING;
    }
    HookResult result =
        fire(HookEvent.PRE_TOOL_USE, call, effect, HookFields.call(call, effect), cancellation);
    return new Before(verdict(result), result.input(), result.halt());
  }

  private static HookVerdict verdict(HookResult result) {
    if (result.blocked().isPresent()) {
      return new HookVerdict.Refused(result.blocked().get());
    }
    if (result.asked().isPresent()) {
      return new HookVerdict.Doubted(result.asked().get());
    }
    return result.approved().<HookVerdict>map(HookVerdict.Approved::new).orElse(HookVerdict.NONE);
  }

  @Override
  public ToolResult after(
      ToolCall call, Effect effect, ToolResult result, Duration took, Cancellation cancellation)
      throws InterruptedException {
    HookEvent event = result.isError() ? HookEvent.POST_TOOL_USE_FAILURE : HookEvent.POST_TOOL_USE;
    if (!hooks.has(event)) {
      return result;
    }
    ObjectNode fields = HookFields.call(call, effect);
    fields.put("duration_ms", took.toMillis());
    if (result.isError()) {
      fields.put("error", MessageJson.plain(result.forModel())).put("is_interrupt", false);
    } else {
      fields.set("tool_response", HookFields.response(call, effect, result));
    }
    List<Path> own = effect.kind() == Effect.Kind.WRITES ? files.own(effect.paths()) : List.of();
    try {
      HookResult said = fire(event, call, effect, fields, cancellation);
      said.blocked().ifPresent(reason -> mail.forCall(call.id(), reason));
      return said.output().map(output -> replaced(result, output)).orElse(result);
    } finally {
      for (Path changed : files.adopt(own)) {
        mail.forCall(
            call.id(),
            changed
                + " was changed by a hook after you wrote it, most likely by a formatter. It counts"
                + " as read; read it again where the exact text matters.");
      }
    }
  }

  private static ToolResult replaced(ToolResult result, JsonNode output) {
    String text = output.isTextual() ? output.asText() : Json.write(output);
    return new ToolResult(MessageJson.text(text), result.forPerson(), result.isError());
  }

  @Override
  public String denied(ToolCall call, String reason, Cancellation cancellation)
      throws InterruptedException {
    if (!hooks.has(HookEvent.PERMISSION_DENIED)) {
      return reason;
    }
    ObjectNode fields = HookFields.call(call, Effect.UNKNOWN).put("reason", reason);
    HookResult said = fire(HookEvent.PERMISSION_DENIED, call, Effect.UNKNOWN, fields, cancellation);
    return said.retry() ? reason + "\nA hook of the user says that you may try it again." : reason;
  }
}
