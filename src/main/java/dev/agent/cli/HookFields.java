package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.hook.HookEvent;
import dev.agent.hook.Hooks;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Rule;
import dev.agent.permission.RuleCondition;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;

/** Calls and results as hooks read them, in the members of the public contract. */
final class HookFields {
  private HookFields() {}

  /** Whether a permission rule touches a call; one that can't be read does: its hook looks then. */
  static BiPredicate<String, PermissionRequest> conditions(RuleCondition rules) {
    return (rule, request) -> {
      try {
        return rules.touches(rule, request);
      } catch (Rule.InvalidRuleException e) {
        return true; // told at the start
      }
    };
  }

  static ObjectNode call(ToolCall call, Effect effect) {
    ObjectNode fields = Json.object();
    fields.put("tool_name", call.name());
    fields.set("tool_input", input(call, effect));
    fields.put("tool_use_id", call.id());
    return fields;
  }

  /** Files are named in full: scripts were written for that. */
  static ObjectNode input(ToolCall call, Effect effect) {
    ObjectNode input = call.input().deepCopy();
    if (effect.paths().size() == 1) {
      Path path = effect.paths().iterator().next();
      for (String name : List.of("file_path", "notebook_path")) {
        if (input.path(name).isTextual()) {
          input.put(name, path.toString());
        }
      }
    }
    return input;
  }

  static ObjectNode response(ToolCall call, Effect effect, ToolResult result) {
    ObjectNode response = Json.object();
    switch (result.forPerson()) {
      case Display.Command(String output, int exitCode, boolean timedOut, String background) -> {
        response.put("stdout", output).put("stderr", "").put("interrupted", timedOut);
        response.put("exitCode", exitCode);
        if (!background.isEmpty()) {
          response.put("backgroundTaskId", background);
        }
      }
      case Display.Diff(String path, List<Display.Hunk> hunks, boolean created) -> {
        response.put("type", created ? "create" : "update");
        response.put("filePath", input(call, effect).path("file_path").asText(path));
        response.put("success", !result.isError());
        ArrayNode patch = response.putArray("structuredPatch");
        for (Display.Hunk hunk : hunks) {
          ObjectNode one = patch.addObject();
          one.put("oldStart", hunk.oldStart()).put("oldLines", hunk.oldLines());
          one.put("newStart", hunk.newStart()).put("newLines", hunk.newLines());
          hunk.lines().forEach(one.putArray("lines")::add);
        }
      }
      case Display.Text _,
          Display.FileList _,
          Display.Table _,
          Display.Todos _,
          Display.Image _ -> {}
    }
    ArrayNode content = response.putArray("content");
    for (ContentBlock block : result.forModel()) {
      content.add(MessageJson.toJson(block));
    }
    return response;
  }

  /** An event about a call. */
  static Hooks.Firing firing(
      HookEvent event,
      PermissionRequest request,
      ObjectNode fields,
      BiPredicate<String, PermissionRequest> conditions) {
    return new Hooks.Firing(
        event, request.call().name(), fields, rule -> conditions.test(rule, request));
  }
}
