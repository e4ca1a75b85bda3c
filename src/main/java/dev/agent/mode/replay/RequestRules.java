package dev.agent.mode.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.model.Catalog;
import dev.agent.model.ModelInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the real service refuses with status 400, with sentences like its own. Facts: the public
 * documentation of the Messages API and observed answers, November 2026. Thread-safe.
 */
public final class RequestRules {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "cache_control",
          "metadata",
          "stop_sequences",
          "stream",
          "service_tier",
          "inference_geo",
          "diagnostics",
          "container",
          "temperature",
          "top_p",
          "top_k");

  /** Fields that need a beta header which begins so. */
  private static final Map<String, List<String>> BETA_FIELDS =
      Map.of(
          "context_management", List.of("context-management-", "compact-"),
          "mcp_servers", List.of("mcp-client-"),
          "fallbacks", List.of("server-side-fallback-"),
          "speed", List.of("fast-mode-"));

  private static final Set<String> TOOL_FIELDS =
      Set.of(
          "name",
          "type",
          "description",
          "input_schema",
          "cache_control",
          "strict",
          "eager_input_streaming",
          "defer_loading",
          "input_examples",
          "allowed_callers");
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");
  private static final int MAX_MARKS = 4;

  private final Catalog catalog;
  private final Map<String, ModelRules> models = ModelRules.load();
  private final SentThinking thinking = new SentThinking();

  /** Rules with the limits of the models that the program knows. */
  public RequestRules() {
    this(Catalog.load(Json.object()));
  }

  /** Rules with the limits of the models in this catalog. */
  public RequestRules(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Remembers what was sent in answer to a request: its thinking must come back unchanged. */
  public void sent(ObjectNode request, List<ObjectNode> blocks) {
    thinking.sent(request, blocks);
  }

  /** The first rule that a request breaks; empty when it keeps all. */
  public Optional<String> check(ObjectNode request) {
    return checkAll(request, Map.of()).stream().findFirst();
  }

  /**
   * All rules that a request breaks, one sentence each.
   *
   * @param headers names in lower case
   */
  public List<String> checkAll(ObjectNode request, Map<String, String> headers) {
    List<String> found = new ArrayList<>();
    ModelInfo info = catalog.resolve(request.path("model").asText(""));
    ModelRules model = ModelRules.of(models, info.id());
    fields(request, headers.getOrDefault("anthropic-beta", ""), found);
    limits(request, info, found);
    thinkingSetting(request, model, info, found);
    tools(request, model, found);
    system(request.path("system"), found);
    marks(request, found);
    new MessageRules(model, info.contextWindow(), found).check(request.path("messages"));
    found.addAll(thinking.check(request, model.bound()));
    return found;
  }

  private static void fields(ObjectNode request, String betas, List<String> found) {
    request
        .fieldNames()
        .forEachRemaining(
            name -> {
              List<String> wanted = BETA_FIELDS.get(name);
              boolean allowed =
                  wanted == null
                      ? FIELDS.contains(name)
                      : wanted.stream().anyMatch(betas::contains);
              if (!allowed) {
                found.add(name + ": Extra inputs are not permitted");
              }
            });
    if (request.path("model").asText("").isEmpty()) {
      found.add("model: Field required");
    }
    if (request.has("stream") && !request.path("stream").isBoolean()) {
      found.add("stream: Input should be a valid boolean");
    }
  }

  private static void limits(ObjectNode request, ModelInfo info, List<String> found) {
    JsonNode maxTokens = request.path("max_tokens");
    if (!maxTokens.isIntegralNumber()) {
      found.add("max_tokens: Field required");
      return;
    }
    if (maxTokens.asLong() < 0) {
      found.add("max_tokens: Input should be greater than or equal to 0");
    }
    int limit = info.known() ? info.maxOutput() : 128_000;
    if (maxTokens.asLong() > limit) {
      found.add(
          "max_tokens: "
              + maxTokens.asLong()
              + " > "
              + limit
              + ", which is the maximum allowed number of output tokens for "
              + info.id());
    }
  }

  private static void thinkingSetting(
      ObjectNode request, ModelRules model, ModelInfo info, List<String> found) {
    JsonNode thinking = request.path("thinking");
    String type = thinking.path("type").asText("");
    if (request.has("thinking") && !model.thinking().contains(type)) {
      switch (type) {
        case "enabled" ->
            found.add(
                "\"thinking.type.enabled\" is not supported for this model. Use"
                    + " \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking"
                    + " behavior.");
        case "adaptive" -> found.add("adaptive thinking is not supported on this model");
        case "disabled", "between_tools" ->
            found.add("\"thinking.type." + type + "\" is not supported for this model");
        default ->
            found.add("thinking: Input tag '" + type + "' does not match any of the expected tags");
      }
    }
    if (type.equals("enabled")) {
      long budget = thinking.path("budget_tokens").asLong(0);
      if (budget < 1_024) {
        found.add("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
      }
      if (budget >= request.path("max_tokens").asLong(0)) {
        found.add("`max_tokens` must be greater than `thinking.budget_tokens`");
      }
    } else if (thinking.has("budget_tokens")) {
      found.add("thinking." + type + ".budget_tokens: Extra inputs are not permitted");
    }
    JsonNode effort = request.path("output_config").path("effort");
    if (!effort.isMissingNode()) {
      if (!EFFORTS.contains(effort.asText())) {
        found.add(
            "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
      } else if (!model.effort()) {
        found.add("This model does not support the effort parameter.");
      }
    }
    for (String name : List.of("temperature", "top_p", "top_k")) {
      if (request.has(name) && !model.sampling()) {
        found.add("`" + name + "` is not supported on " + info.id());
      }
    }
    String choice = request.path("tool_choice").path("type").asText("");
    if (choice.equals("any") || choice.equals("tool")) {
      if (!model.forcedTools()) {
        found.add("tool_choice: forcing tool use is not supported on this model");
      } else if (type.equals("enabled")) {
        found.add("Thinking may not be enabled when tool_choice forces tool use.");
      }
    }
  }

  private static void tools(ObjectNode request, ModelRules model, List<String> found) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode tool : request.path("tools")) {
      String at = "tools." + index++;
      String name = tool.path("name").asText("");
      if (!names.add(name)) {
        found.add("tools: Tool names must be unique.");
      }
      if (!tool.path("type").asText("custom").equals("custom")) {
        continue; // a server's own tool
      }
      if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
        found.add(at + ".custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
      }
      tool.fieldNames()
          .forEachRemaining(
              field -> {
                if (!TOOL_FIELDS.contains(field)) {
                  found.add(at + ".custom." + field + ": Extra inputs are not permitted");
                }
              });
      JsonNode schema = tool.path("input_schema");
      if (!schema.path("type").asText("").equals("object")) {
        found.add(at + ".custom.input_schema.type: Input should be 'object'");
      }
      if (schema.has("oneOf") || schema.has("anyOf") || schema.has("allOf")) {
        found.add(
            at
                + ".custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at"
                + " the top level");
      }
    }
    JsonNode choice = request.path("tool_choice");
    String type = choice.path("type").asText("");
    if (request.has("tool_choice") && !Set.of("auto", "any", "none", "tool").contains(type)) {
      found.add("tool_choice: Input tag '" + type + "' does not match any of the expected tags");
    }
    if (type.equals("tool")
        && model.forcedTools()
        && !names.contains(choice.path("name").asText())) {
      found.add("Tool '" + choice.path("name").asText() + "' not found in provided tools");
    }
  }

  private static void system(JsonNode system, List<String> found) {
    int index = 0;
    for (JsonNode text : system) {
      String at = "system." + index++;
      if (!text.path("type").asText("").equals("text")) {
        found.add(at + ".type: Input should be 'text'");
      } else if (text.path("text").asText("").isEmpty()) {
        found.add(at + ": text content blocks must be non-empty");
      }
    }
  }

  private static void marks(ObjectNode request, List<String> found) {
    List<String> lives = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      mark("tools", tool, lives, found);
    }
    for (JsonNode text : request.path("system")) {
      mark("system", text, lives, found);
    }
    for (JsonNode message : request.path("messages")) {
      for (JsonNode block : message.path("content")) {
        mark("messages", block, lives, found);
        for (JsonNode inner : block.path("content")) {
          mark("messages", inner, lives, found);
        }
      }
    }
    mark("request", request, lives, found);
    if (lives.size() > MAX_MARKS) {
      found.add(
          "A maximum of 4 blocks with cache_control may be provided. Found " + lives.size() + ".");
    }
    if (lives.lastIndexOf("1h") > lives.indexOf("5m") && lives.contains("5m")) {
      found.add(
          "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block");
    }
  }

  private static void mark(String where, JsonNode block, List<String> lives, List<String> found) {
    JsonNode mark = block.path("cache_control");
    if (mark.isMissingNode() || mark.isNull()) {
      return;
    }
    String life = mark.path("ttl").asText("5m");
    lives.add(life);
    if (!mark.path("type").asText("").equals("ephemeral")) {
      found.add(where + ".cache_control.type: Input should be 'ephemeral'");
    }
    if (!life.equals("5m") && !life.equals("1h")) {
      found.add(where + ".cache_control.ttl: Input should be '5m' or '1h'");
    }
    String type = block.path("type").asText("");
    if (type.equals("thinking") || type.equals("redacted_thinking")) {
      found.add(where + ": " + type + " blocks cannot have cache_control");
    }
    if (type.equals("text") && block.path("text").asText("").isEmpty()) {
      found.add(where + ": cache_control cannot be set for empty text blocks");
    }
  }
}
