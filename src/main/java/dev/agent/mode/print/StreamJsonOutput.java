package dev.agent.mode.print;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.tool.Display;
import dev.agent.tool.Tool;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Messages as JSON objects, one a line, in the shapes of the public contract. With a collector
 * instead of lines it is also what {@code --output-format json --verbose} prints.
 */
final class StreamJsonOutput implements Output {
  private final Consumer<ObjectNode> out;
  private final AgentSession session;
  private final Launch launch;
  private final Map<String, Display> displays = new ConcurrentHashMap<>();

  StreamJsonOutput(Consumer<ObjectNode> out, AgentSession session, Launch launch) {
    this.out = out;
    this.session = session;
    this.launch = launch;
  }

  @Override
  public void begin() {
    ObjectNode node = message("system");
    node.put("subtype", "init");
    node.put("cwd", launch.world().cwd().toString());
    ArrayNode tools = node.putArray("tools");
    for (Tool tool : session.parts().tools().all()) {
      tools.add(tool.spec().name());
    }
    node.putArray("mcp_servers");
    node.put("model", session.parts().model().id());
    node.put("permissionMode", session.parts().permissionMode().wire());
    node.putArray("slash_commands");
    node.put("apiKeySource", session.parts().keySource());
    node.put("agent_version", launch.world().version());
    node.put("claude_code_version", launch.world().version());
    node.put("output_style", "default");
    node.putArray("agents");
    node.putArray("skills");
    node.putArray("plugins");
    finish(node);
  }

  private ObjectNode message(String type) {
    return Json.object().put("type", type);
  }

  private void finish(ObjectNode node) {
    node.put("session_id", session.parts().id());
    node.put("uuid", launch.world().ids().next());
    out.accept(node);
  }

  @Override
  public void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.BlockCompleted(String id, String model, ContentBlock block) -> {
        ObjectNode node = message("assistant");
        ObjectNode inner = node.putObject("message");
        inner.put("id", id).put("type", "message").put("role", "assistant").put("model", model);
        inner.putArray("content").add(MessageJson.toJson(block));
        inner.putNull("stop_reason");
        inner.putNull("stop_sequence");
        node.putNull("parent_tool_use_id");
        finish(node);
      }
      case AgentEvent.RawEvent(String json) -> {
        if (launch.partialMessages()) {
          ObjectNode node = message("stream_event");
          try {
            node.set("event", Json.MAPPER.readTree(json));
          } catch (JsonProcessingException e) {
            return; // it was read once already, so this can't be
          }
          node.putNull("parent_tool_use_id");
          finish(node);
        }
      }
      case AgentEvent.ToolFinished(var use, _, Display display, _, _) ->
          displays.put(use.id(), display);
      case AgentEvent.UserAppended(Message message, AgentEvent.Origin origin) -> {
        if (origin != AgentEvent.Origin.PROMPT || launch.replayUserMessages()) {
          user(message);
        }
      }
      case AgentEvent.Retrying(int attempt, int max, var delay, int status, String reason) -> {
        ObjectNode node =
            message("system")
                .put("subtype", "api_retry")
                .put("attempt", attempt)
                .put("max_retries", max)
                .put("retry_delay_ms", delay.toMillis());
        node.put("error_status", status).put("error", reason);
        finish(node);
      }
      case AgentEvent.ModelSwitched(String from, String to, String why) ->
          finish(
              message("system")
                  .put("subtype", "model_switched")
                  .put("from", from)
                  .put("to", to)
                  .put("reason", why));
      case AgentEvent.PartialDiscarded(String id, String why) ->
          finish(
              message("system")
                  .put("subtype", "message_discarded")
                  .put("message_id", id)
                  .put("reason", why));
      case AgentEvent.HookStarted(AgentEvent.HookId hook) -> {
        if (launch.hookEvents()) {
          finish(hook(hook, "hook_started"));
        }
      }
      case AgentEvent.HookEnded(
              AgentEvent.HookId hook,
              String text,
              String err,
              var code,
              var end) -> {
        if (launch.hookEvents()) {
          ObjectNode node = hook(hook, "hook_response");
          node.put("output", err.isEmpty() || text.isEmpty() ? text + err : text + "\n" + err);
          node.put("stdout", text).put("stderr", err);
          code.ifPresent(it -> node.put("exit_code", it));
          finish(node.put("outcome", end.name().toLowerCase(Locale.ROOT)));
        }
      }
      case AgentEvent.ToolDenied(var call, String reason) ->
          finish(
              message("system")
                  .put("subtype", "permission_denied")
                  .put("tool_name", call.name())
                  .put("tool_use_id", call.id())
                  .put("message", reason));
      case AgentEvent.Notice(AgentEvent.Level level, String text) ->
          finish(
              message("system")
                  .put("subtype", "notice")
                  .put("level", level.name().toLowerCase(Locale.ROOT))
                  .put("text", text));
      default -> {}
    }
  }

  private ObjectNode hook(AgentEvent.HookId hook, String subtype) {
    return message("system")
        .put("subtype", subtype)
        .put("hook_id", hook.id())
        .put("hook_name", hook.name())
        .put("hook_event", hook.event());
  }

  private void user(Message message) {
    ObjectNode node = message("user");
    ObjectNode inner = node.putObject("message");
    inner.put("role", "user");
    ArrayNode content = inner.putArray("content");
    Display shown = null;
    for (ContentBlock block : message.content()) {
      content.add(MessageJson.toJson(block));
      if (block instanceof ContentBlock.ToolResult result) {
        Display display = displays.remove(result.toolUseId());
        shown = display == null ? shown : display;
      }
    }
    node.putNull("parent_tool_use_id");
    if (shown != null) {
      node.set("tool_use_result", DisplayText.toJson(shown));
    }
    finish(node);
  }

  @Override
  public void result(TurnResult result) {
    out.accept(result.toJson());
  }
}
