package dev.agent.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.TreeMapper;
import dev.agent.runtime.UserError;
import dev.agent.text.NearestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the settings files of all sources. In each place our own directory and the compatible one
 * are read, ours wins.
 */
public final class SettingsLoader {
  /**
   * Comments and trailing commas are fine; a key that stands twice is not: nobody could tell which
   * counts.
   */
  private static final TreeMapper MAPPER =
      new TreeMapper(
          JsonFactory.builder()
              .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
              .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, true)
              .configure(JsonReadFeature.ALLOW_TRAILING_COMMA, true)
              .build(),
          true);

  /**
   * Keys that a repository must not set, trusted or not: they send traffic or keys elsewhere, or
   * lift protection.
   */
  private static final Set<String> NEVER_FROM_PROJECT =
      Set.of(
          "apiKeyHelper",
          "awsAuthRefresh",
          "awsCredentialExport",
          "otelHeadersHelper",
          "autoMemoryDirectory",
          "network",
          "prices",
          "webFetch",
          "httpHooks",
          "sandbox",
          "forceLoginMethod",
          "skipDangerousModePermissionPrompt");

  /** Keys that a repository may set once it is trusted. */
  private static final Set<String> ONLY_WHEN_TRUSTED =
      Set.of(
          "env",
          "hooks",
          "statusLine",
          "fileSuggestion",
          "enableAllProjectMcpServers",
          "enabledMcpjsonServers",
          "mcpServers",
          "enabledPlugins",
          "extraKnownMarketplaces");

  /** Variables that change which programs run, where traffic goes or who is trusted. */
  private static final Set<String> NEVER_VARIABLES =
      Set.of(
          "PATH",
          "HOME",
          "SHELL",
          "ENV",
          "BASH_ENV",
          "SHELLOPTS",
          "IFS",
          "IS_SANDBOX",
          "NODE_OPTIONS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "PYTHONSTARTUP",
          "PERL5OPT",
          "RUBYOPT",
          "EDITOR",
          "VISUAL",
          "PAGER",
          "RIPGREP_CONFIG_PATH");

  private static final List<String> NEVER_VARIABLE_BEGINNINGS =
      List.of("ANTHROPIC_", "CLAUDE_", "AGENT_", "XDG_", "LD_", "DYLD_", "GIT_", "BASH_FUNC_");

  private static final Set<String> MODES =
      Set.of("default", "manual", "acceptedits", "plan", "auto", "dontask", "bypasspermissions");

  static final Set<String> KNOWN_PERMISSIONS =
      Set.of(
          "allow",
          "ask",
          "deny",
          "additionalDirectories",
          "defaultMode",
          "disableBypassPermissionsMode",
          "protectPathsInBypass");

  static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "permissions",
          "hooks",
          "disableAllHooks",
          "allowManagedHooksOnly",
          "httpHooks",
          "env",
          "model",
          "effortLevel",
          "fallbackModel",
          "availableModels",
          "modelOverrides",
          "alwaysThinkingEnabled",
          "apiKeyHelper",
          "statusLine",
          "outputStyle",
          "language",
          "includeCoAuthoredBy",
          "attribution",
          "cleanupPeriodDays",
          "autoCompactEnabled",
          "autoCompactWindow",
          "autoMemoryEnabled",
          "autoMemoryDirectory",
          "claudeMdExcludes",
          "fileCheckpointingEnabled",
          "plansDirectory",
          "respectGitignore",
          "fileSuggestion",
          "defaultShell",
          "editorMode",
          "theme",
          "verbose",
          "spinnerTipsEnabled",
          "spinnerVerbs",
          "prefersReducedMotion",
          "preferredNotifChannel",
          "enabledPlugins",
          "extraKnownMarketplaces",
          "enableAllProjectMcpServers",
          "enabledMcpjsonServers",
          "disabledMcpjsonServers",
          "allowedMcpServers",
          "deniedMcpServers",
          "agent",
          "worktree",
          "awsAuthRefresh",
          "awsCredentialExport",
          "otelHeadersHelper",
          "skillOverrides",
          "forceLoginMethod",
          "sandbox",
          "maxOutputTokens",
          "prices",
          "webFetch",
          "network",
          "mcpServers",
          "maxRetryWaitSeconds",
          "skipDangerousModePermissionPrompt");

  private static final Path POLICY = Path.of("/etc/agent/managed-settings.json");
  private static final Path FOREIGN_POLICY = Path.of("/etc/claude-code/managed-settings.json");

  private final Path projectRoot;
  private final boolean trusted;
  private final List<Settings.Layer> layers = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> withheld = new ArrayList<>();

  private SettingsLoader(Path projectRoot, boolean trusted) {
    this.projectRoot = projectRoot;
    this.trusted = trusted;
  }

  /**
   * Reads all sources.
   *
   * @param trusted whether the project may do more than forbid
   * @param sources which of user, project and local are read; policy and flags always are
   * @param flag the value of {@code --settings}: a file's path or JSON itself
   * @throws UserError when the flag's value is neither
   */
  public static Settings load(
      Places places,
      Path projectRoot,
      boolean trusted,
      Set<Source> sources,
      Optional<String> flag) {
    SettingsLoader loader = new SettingsLoader(projectRoot, trusted);
    if (sources.contains(Source.USER)) {
      loader.file(
          Source.USER, places.foreignConfig().resolve("settings.json"), places.foreignConfig());
      loader.file(Source.USER, places.config().resolve("settings.json"), places.config());
    }
    for (Source source : List.of(Source.PROJECT, Source.LOCAL)) {
      if (sources.contains(source)) {
        String name = source == Source.PROJECT ? "settings.json" : "settings.local.json";
        loader.file(source, projectRoot.resolve(".claude").resolve(name), projectRoot);
        loader.file(source, projectRoot.resolve(".agent").resolve(name), projectRoot);
      }
    }
    flag.ifPresent(loader::flag);
    loader.file(Source.POLICY, FOREIGN_POLICY, Path.of("/"));
    loader.file(Source.POLICY, POLICY, Path.of("/"));
    return new Settings(loader.layers, loader.problems, loader.withheld);
  }

  private void flag(String value) {
    String text = value.strip();
    if (text.startsWith("{")) {
      try {
        add(Source.FLAG, "--settings", projectRoot, MAPPER.readTree(text));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "--settings is no JSON: " + where(e) + ".", "Give a file's path or a JSON object.");
      }
      return;
    }
    Path file = text.indexOf('\0') >= 0 ? Path.of("") : Path.of(text);
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          "--settings: there is no file \"" + text + "\".", "Give a file's path or a JSON object.");
    }
    int before = problems.size();
    file(Source.FLAG, file, projectRoot);
    if (problems.size() > before
        && layers.stream().noneMatch(layer -> layer.source() == Source.FLAG)) {
      throw new UserError("--settings: " + problems.getLast(), "Correct the file.");
    }
  }

  private void file(Source source, Path file, Path base) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      add(source, file.toString(), base, MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      problems.add(
          new Problem(
              file.toString(),
              "it is no JSON (" + where(e) + ") and is ignored as a whole. Correct it there."));
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.toString(),
              "it can't be read (" + e.getClass().getSimpleName() + ") and is ignored."));
    }
  }

  private static String where(JsonProcessingException e) {
    String line =
        e.getLocation() == null
            ? ""
            : "line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ": ";
    String message = e.getOriginalMessage();
    int detail = message.indexOf(" (for Object");
    return line + (detail > 0 ? message.substring(0, detail) : message).replace('\n', ' ');
  }

  private void add(Source source, String file, Path base, JsonNode node) {
    if (!(node instanceof ObjectNode values)) {
      problems.add(new Problem(file, "it must hold a JSON object and is ignored as a whole."));
      return;
    }
    for (String key : names(values)) {
      if (!KNOWN.contains(key)) {
        List<String> near = NearestNames.of(key, KNOWN, 1);
        problems.add(
            new Problem(
                file,
                "\""
                    + key
                    + "\" is no setting"
                    + (near.isEmpty() ? "" : "; did you mean \"" + near.getFirst() + "\"?")
                    + " It has no effect."));
      }
    }
    checkTypes(file, values);
    if (source.isFromProject()) {
      restrict(file, values);
    }
    layers.add(new Settings.Layer(source, file, base, values));
  }

  private static List<String> names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void checkTypes(String file, ObjectNode values) {
    for (Map.Entry<String, JsonNode> entry : List.copyOf(values.properties())) {
      String expected =
          switch (entry.getKey()) {
            case "model",
                "effortLevel",
                "apiKeyHelper",
                "outputStyle",
                "language",
                "theme",
                "prices" ->
                entry.getValue().isTextual() ? "" : "a string";
            case "env", "permissions", "hooks", "network", "webFetch", "httpHooks", "sandbox" ->
                entry.getValue().isObject() ? "" : "an object";
            case "cleanupPeriodDays", "maxOutputTokens", "maxRetryWaitSeconds" ->
                entry.getValue().canConvertToInt() && entry.getValue().asInt() > 0
                    ? ""
                    : "a whole number above 0";
            case "respectGitignore",
                "includeCoAuthoredBy",
                "alwaysThinkingEnabled",
                "disableAllHooks",
                "allowManagedHooksOnly" ->
                entry.getValue().isBoolean() ? "" : "true or false";
            default -> "";
          };
      if (!expected.isEmpty()) {
        problems.add(
            new Problem(
                file,
                "\""
                    + entry.getKey()
                    + "\" must be "
                    + expected
                    + ", but is "
                    + entry.getValue()
                    + "; the entry is ignored."));
        values.remove(entry.getKey());
      }
    }
    if (values.get("permissions") instanceof ObjectNode permissions) {
      checkPermissions(file, permissions);
    }
    if (values.get("env") instanceof ObjectNode variables) {
      for (String name : names(variables)) {
        if (!variables.get(name).isValueNode() || variables.get(name).isNull()) {
          problems.add(new Problem(file, "\"env." + name + "\" must be a string; it is ignored."));
          variables.remove(name);
        }
      }
    }
  }

  private void checkPermissions(String file, ObjectNode permissions) {
    for (String key : names(permissions)) {
      if (!KNOWN_PERMISSIONS.contains(key)) {
        List<String> near = NearestNames.of(key, KNOWN_PERMISSIONS, 1);
        problems.add(
            new Problem(
                file,
                "\"permissions."
                    + key
                    + "\" is no setting"
                    + (near.isEmpty()
                        ? ""
                        : "; did you mean \"permissions." + near.getFirst() + "\"?")
                    + " It has no effect."));
      }
    }
    for (String list : List.of("allow", "ask", "deny", "additionalDirectories")) {
      JsonNode node = permissions.get(list);
      if (node instanceof ArrayNode items) {
        onlyTexts(file, list, items);
      } else if (node != null) {
        boolean forbids = node.isTextual() && (list.equals("deny") || list.equals("ask"));
        problems.add(
            new Problem(
                file,
                "\"permissions."
                    + list
                    + "\" must be a list; the entry is "
                    + (forbids ? "taken as its only element." : "ignored.")));
        permissions.remove(list);
        if (forbids) {
          permissions.putArray(list).add(node.asText()); // what forbids is never dropped
        }
      }
    }
    JsonNode mode = permissions.get("defaultMode");
    if (mode != null && !MODES.contains(mode.asText("").toLowerCase(Locale.ROOT))) {
      problems.add(
          new Problem(
              file,
              "\"permissions.defaultMode\" is "
                  + mode
                  + ", which is no permission mode, and is ignored. There are default, acceptEdits,"
                  + " plan, auto, dontAsk and bypassPermissions."));
      permissions.remove("defaultMode");
    }
  }

  private void onlyTexts(String file, String list, ArrayNode items) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if (!items.get(i).isTextual()) {
        problems.add(
            new Problem(
                file,
                "\"permissions."
                    + list
                    + "["
                    + i
                    + "]\" must be a string, but is "
                    + items.get(i)
                    + "; it is ignored."));
        items.remove(i);
      }
    }
  }

  private void restrictVariables(String file, ObjectNode variables) {
    for (String name : names(variables)) {
      String upper = name.toUpperCase(Locale.ROOT);
      boolean never =
          NEVER_VARIABLES.contains(upper)
              || upper.endsWith("_PROXY")
              || upper.contains("CERT")
              || upper.contains("CA_BUNDLE")
              || upper.contains("SSL");
      for (String beginning : NEVER_VARIABLE_BEGINNINGS) {
        never |= upper.startsWith(beginning);
      }
      if (never) {
        variables.remove(name);
        problems.add(
            new Problem(
                file,
                "\"env."
                    + name
                    + "\" may not be set by a project and is ignored. Put it into your own"
                    + " settings."));
      }
    }
  }

  private void restrict(String file, ObjectNode values) {
    List<String> left = new ArrayList<>();
    for (String key : names(values)) {
      if (NEVER_FROM_PROJECT.contains(key)) {
        values.remove(key);
        problems.add(
            new Problem(
                file,
                "\""
                    + key
                    + "\" may not be set by a project and is ignored. Put it into your own"
                    + " settings."));
      } else if (!trusted && ONLY_WHEN_TRUSTED.contains(key)) {
        values.remove(key);
        left.add(key);
      }
    }
    if (values.get("env") instanceof ObjectNode variables) {
      restrictVariables(file, variables);
    }
    if (values.get("permissions") instanceof ObjectNode permissions) {
      if (permissions.remove("protectPathsInBypass") != null) {
        problems.add(
            new Problem(
                file,
                "\"permissions.protectPathsInBypass\" may not be set by a project and is"
                    + " ignored."));
      }
      String mode = permissions.path("defaultMode").asText("");
      if (mode.equalsIgnoreCase("bypassPermissions") || mode.equalsIgnoreCase("auto")) {
        permissions.remove("defaultMode");
        problems.add(
            new Problem(
                file,
                "\"permissions.defaultMode\" may not be \""
                    + mode
                    + "\" in a project and is ignored."));
      }
      if (!trusted) {
        for (String key : List.of("allow", "additionalDirectories", "defaultMode")) {
          if (permissions.has(key)) {
            permissions.remove(key);
            left.add("permissions." + key);
          }
        }
      }
    }
    if (!left.isEmpty()) {
      withheld.add(String.join(", ", left) + " of " + file);
    }
  }
}
