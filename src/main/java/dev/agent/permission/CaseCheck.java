package dev.agent.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges calls from a list by the real layers, without running or asking anything: one JSON object
 * per line in, one per line out. A case is {@code {"id", "tool", "input", "mode", "rules":
 * {"allow", "ask", "deny"}, "additionalDirectories"}}; its rules are those of the project and
 * count; each case stands alone.
 */
public final class CaseCheck {
  private final Path project;
  private final Path home;
  private final Effects effects;

  /** What a tool says that a call touches. */
  @FunctionalInterface
  public interface Effects {
    Effect of(ToolCall call, Workspace workspace);
  }

  public CaseCheck(Path project, Path home, Effects effects) {
    this.project = project;
    this.home = home;
    this.effects = effects;
  }

  /**
   * Judges all lines; blank ones are passed over.
   *
   * @throws UserError for a line that is no case
   */
  public void check(List<String> lines, Consumer<String> out) {
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        if (!(Json.STRICT.readTree(line) instanceof ObjectNode found)) {
          throw new UserError(
              "Line " + number + " of the cases is no JSON object.", "Correct the file.");
        }
        out.accept(Json.write(judge(found)));
      } catch (IOException e) {
        throw new UserError(
            "Line " + number + " of the cases is no JSON object.", "Correct the file.");
      }
    }
  }

  /** The call that a case describes. */
  static ToolCall call(ObjectNode found) {
    ObjectNode input = found.get("input") instanceof ObjectNode given ? given : Json.object();
    return new ToolCall(found.path("id").asText(""), found.path("tool").asText(""), input);
  }

  /** Judges one case by its own rules. */
  public ObjectNode judge(ObjectNode found) {
    List<Path> added = new ArrayList<>();
    for (JsonNode directory : found.path("additionalDirectories")) {
      added.add(project.resolve(directory.asText()).normalize());
    }
    Workspace workspace = new Workspace(project, added, home, () -> project);
    JsonNode rules = found.path("rules");
    Policy policy =
        new Policy(
            rules(rules.path("allow"), false),
            rules(rules.path("ask"), true),
            rules(rules.path("deny"), true),
            home);
    return judge(found, policy, workspace);
  }

  /** Judges one case by other rules than its own. */
  public ObjectNode judge(ObjectNode found, Policy policy, Workspace workspace) {
    ToolCall call = call(found);
    Mode mode = Mode.of(found.path("mode").asText("default")).orElse(Mode.DEFAULT);
    PermissionRequest request = new PermissionRequest(call, effect(call, workspace), mode, project);
    Permissions permissions =
        new Permissions(Layers.all(() -> policy, workspace), Asker.NOBODY, _ -> {}, _ -> {});
    ObjectNode result = Json.object();
    result.put("id", call.id());
    return switch (permissions.decide(request)) {
      case Decision.Allow(Reason why) -> explained(result, "allow", why);
      case Decision.Ask(Reason why, _) -> explained(result, "ask", why);
      case Decision.Deny(Reason why) -> explained(result, "deny", why);
      case Decision.Pass() ->
          explained(result, "ask", new Reason("end of list", "", "", "no layer has an opinion"));
    };
  }

  private static ObjectNode explained(ObjectNode result, String decision, Reason why) {
    return result
        .put("decision", decision)
        .put("layer", why.layer())
        .put("reason", why.rule().isEmpty() ? why.text() : why.rule() + ": " + why.text());
  }

  private Effect effect(ToolCall call, Workspace workspace) {
    try {
      return effects.of(call, workspace);
    } catch (RuntimeException e) {
      return Effect.UNKNOWN; // a tool that can't say what it touches may touch anything
    }
  }

  private List<Rule> rules(JsonNode texts, boolean strict) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode text : texts) {
      try {
        rules.add(Rule.parse(text.asText(), "project settings", project).ofProject());
      } catch (Rule.InvalidRuleException e) {
        String tool = text.asText().split("\\(", 2)[0].strip();
        if (strict) {
          rules.add(new Rule(tool, "", "project settings", project));
        }
      }
    }
    return rules;
  }
}
