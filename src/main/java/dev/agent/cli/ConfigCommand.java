package dev.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.permission.Rule;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Explanation;
import dev.agent.settings.Setting;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsEditor;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSchema;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Source;
import dev.agent.text.NearestNames;
import dev.agent.text.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code agent config list|get|set|unset|explain}: what is set, by whom, and what comes of it. */
final class ConfigCommand {
  private final Launch.World world;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();
  private SettingsSources sources;
  private Source target = Source.USER;
  private boolean json;
  private boolean all;

  private ConfigCommand(List<String> arguments, Launch.World world) {
    this.world = world;
    this.sources =
        new SettingsSources(
            world.places(),
            RunSettings.projectRoot(world.cwd()),
            Source.CHOOSABLE,
            Optional.empty(),
            Json.object(),
            world.environment());
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean value = words.size() == 2 && words.getFirst().equals("set");
      switch (value ? "" : argument) {
        case "--json" -> json = true;
        case "--all" -> all = true;
        case "--user" -> target = Source.USER;
        case "--project" -> target = Source.PROJECT;
        case "--local" -> target = Source.LOCAL;
        case "--settings" -> sources = sources.withFlag(next(arguments, ++i));
        case "--setting-sources" ->
            sources = sources.withChosen(Source.parse(next(arguments, ++i)));
        default -> {
          if (argument.startsWith("--") && !value) {
            throw wrong("\"" + argument + "\" is not understood");
          }
          words.add(argument);
        }
      }
    }
  }

  private static String next(List<String> arguments, int i) {
    if (i >= arguments.size()) {
      throw wrong("a value is missing behind \"" + arguments.getLast() + "\"");
    }
    return arguments.get(i);
  }

  private static UserError wrong(String what) {
    return new UserError("agent config: " + what + ".", CommandPage.usage("config"));
  }

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    ConfigCommand command = new ConfigCommand(arguments, world);
    int code = command.run();
    AgentCommand.write(world.out(), command.out.toString());
    return code;
  }

  private int run() {
    String what = words.isEmpty() ? "" : words.getFirst();
    int needed =
        switch (what) {
          case "list" -> 1;
          case "get", "explain", "unset" -> 2;
          case "set" -> 3;
          default ->
              throw wrong(what.isEmpty() ? "say what to do" : "there is no \"" + what + "\"");
        };
    if (words.size() != needed) {
      throw wrong(words.size() < needed ? "something is missing" : "there is one word too many");
    }
    return switch (what) {
      case "list" -> list();
      case "get" -> get(words.get(1));
      case "explain" -> explain(words.get(1));
      case "unset" -> unset(words.get(1));
      default -> set(words.get(1), words.get(2));
    };
  }

  private Settings load() {
    Settings settings = SettingsLoader.load(sources);
    settings.problems().forEach(it -> err("settings: " + it));
    settings.withheld().ifPresent(this::err);
    return settings;
  }

  private void err(String line) {
    AgentCommand.write(world.err(), line + "\n");
  }

  private int list() {
    Settings settings = load();
    ObjectNode object = Json.object();
    for (Setting setting : SettingsSchema.shipped().all()) {
      Explanation why = settings.explain(setting.key());
      if (why.value().isEmpty() && !all) {
        continue;
      }
      List<Settings.Layer> from =
          why.parts().stream()
              .filter(part -> part.fate() != Explanation.Fate.OVERRIDDEN)
              .map(part -> part.sourced().layer())
              .toList();
      ObjectNode entry = object.putObject(setting.key());
      why.value().ifPresent(value -> entry.set("value", value));
      ArrayNode files = entry.putArray("from");
      from.forEach(layer -> files.add(layer.file()));
      if (!json) {
        String shown = why.value().map(Json::write).orElse("(not set)");
        List<String> names = from.stream().map(layer -> layer.source().shown()).distinct().toList();
        line(
            setting.key()
                + " = "
                + shown
                + (names.isEmpty() ? "" : "  (" + String.join(", ", names) + ")"));
      }
    }
    if (json) {
      out.append(Json.pretty(object)).append('\n');
    } else if (object.isEmpty()) {
      line("Nothing is set. See all settings with: agent config list --all");
    }
    return ExitCode.OK;
  }

  private int get(String key) {
    List<Setting> settings = keys(key);
    Settings loaded = load();
    Optional<JsonNode> value;
    if (SettingsSchema.shipped().isGroup(key)) {
      ObjectNode group = Json.object();
      for (Setting setting : settings) {
        String name = setting.key().substring(key.length() + 1);
        loaded.effective(setting.key()).ifPresent(it -> group.set(name, it));
      }
      value = group.isEmpty() ? Optional.empty() : Optional.of(group);
    } else {
      value = loaded.effective(key);
    }
    if (value.isEmpty()) {
      err("\"" + key + "\" is not set.");
      return ExitCode.FAILURE;
    }
    line(json || !value.get().isTextual() ? Json.write(value.get()) : value.get().asText());
    return ExitCode.OK;
  }

  /** The settings that a key names: itself, or all of a group. */
  private static List<Setting> keys(String key) {
    SettingsSchema schema = SettingsSchema.shipped();
    List<Setting> settings =
        schema.isGroup(key)
            ? schema.under(key)
            : schema
                .covering(key)
                .filter(it -> it.key().equals(key) || it.types().contains("object"))
                .map(List::of)
                .orElse(List.of());
    if (settings.isEmpty()) {
      List<String> near = NearestNames.of(key, schema.all().stream().map(Setting::key).toList(), 1);
      throw new UserError(
          "agent config: \"" + key + "\" is no setting.",
          near.isEmpty()
              ? "See all with: agent config list --all"
              : "Did you mean \"" + near.getFirst() + "\"?");
    }
    return settings;
  }

  private int explain(String key) {
    List<Setting> settings = keys(key);
    Settings loaded = load();
    List<String> explained =
        SettingsSchema.shipped().isGroup(key)
            ? settings.stream().map(Setting::key).toList()
            : List.of(key);
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (int i = 0; i < explained.size(); i++) {
      Setting setting = settings.get(Math.min(i, settings.size() - 1));
      Explanation why = loaded.explain(explained.get(i));
      list.add(asJson(setting, why));
      if (!json) {
        asText(setting, why);
      }
    }
    if (json) {
      out.append(Json.pretty(list.size() == 1 ? list.get(0) : list)).append('\n');
    }
    return ExitCode.OK;
  }

  private void asText(Setting setting, Explanation why) {
    line(why.key() + " = " + why.value().map(Json::write).orElse("(not set)"));
    line("  " + setting.description());
    for (Explanation.Part part : why.parts().reversed()) {
      Settings.Layer layer = part.sourced().layer();
      line(
          "  %-10s  %-11s  %s  %s"
              .formatted(
                  name(part.fate()),
                  layer.source().shown(),
                  Json.write(part.sourced().value()),
                  layer.place(layer.line(why.key()))));
    }
    for (Settings.Dropped it : why.dropped()) {
      line(
          "  %-10s  %-11s  %s  %s: %s"
              .formatted(
                  "ignored",
                  it.source().shown(),
                  Json.write(it.value()),
                  it.line() > 0 ? it.file() + ", line " + it.line() : it.file(),
                  reason(it.why())));
    }
  }

  private static String name(Explanation.Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }

  private static String reason(Settings.Dropped.Why why) {
    return switch (why) {
      case INVALID -> "it is not valid";
      case NEVER_FROM_PROJECT -> "no project may set this";
      case NOT_FROM_THERE -> "only you and the administrator may set this";
      case NOT_APPROVED -> "not approved; see agent trust --show";
    };
  }

  private static ObjectNode asJson(Setting setting, Explanation why) {
    ObjectNode node = Json.object().put("key", why.key());
    why.value().ifPresent(value -> node.set("value", value));
    node.put("description", setting.description());
    node.put("merge", setting.merge().name().toLowerCase(Locale.ROOT));
    ArrayNode parts = node.putArray("sources");
    for (Explanation.Part part : why.parts().reversed()) {
      Settings.Layer layer = part.sourced().layer();
      ObjectNode entry = parts.addObject().put("source", layer.source().shown());
      entry.put("file", layer.file()).put("line", layer.line(why.key()));
      entry.set("value", part.sourced().value());
      entry.put("fate", name(part.fate()));
    }
    ArrayNode ignored = node.putArray("ignored");
    for (Settings.Dropped it : why.dropped()) {
      ObjectNode entry = ignored.addObject().put("source", it.source().shown());
      entry.put("file", it.file()).put("line", it.line()).put("key", it.key());
      entry.set("value", it.value());
      entry.put("why", reason(it.why()));
    }
    return node;
  }

  /** What the schema can't say of a list of rules: that each of them is one. */
  private void checkRules(String key, String value) {
    if (!List.of("permissions.allow", "permissions.ask", "permissions.deny").contains(key)) {
      return;
    }
    try {
      for (JsonNode rule : Json.parse(value)) {
        Rule.parse(rule.asText(""), key, world.cwd());
      }
    } catch (Rule.InvalidRuleException e) {
      throw new UserError(
          "\"" + key + "\" would hold what is not a rule: " + e.getMessage() + ".",
          "Write Tool or Tool(pattern). Nothing was changed.");
    } catch (JsonProcessingException e) {
      // No list at all: the editor says so.
    }
  }

  private int set(String key, String value) {
    checkRules(key, value);
    SettingsEditor.Edited edited = new SettingsEditor(sources).set(key, value, target);
    line(key + " = " + Json.write(edited.value()) + " in " + edited.file());
    edited.note().ifPresent(this::line);
    Settings after = SettingsLoader.load(sources);
    Explanation why = after.explain(key);
    for (Explanation.Part part : why.parts()) {
      Settings.Layer layer = part.sourced().layer();
      if (part.fate() == Explanation.Fate.OVERRIDDEN
          && layer.file().equals(edited.file().toString())) {
        Settings.Layer winner = why.parts().getLast().sourced().layer();
        err(
            "It has no effect here: "
                + winner.place(winner.line(key))
                + " says "
                + why.value().map(Json::write).orElse("")
                + ".");
      }
    }
    if (why.dropped().stream().anyMatch(it -> it.file().equals(edited.file().toString()))) {
      err("It does not count before it is approved. Let it count with: agent trust");
    }
    return ExitCode.OK;
  }

  private int unset(String key) {
    Path file = new SettingsEditor(sources).unset(key, target);
    Optional<JsonNode> value = SettingsLoader.load(sources).explain(key).value();
    line(
        key
            + " is no longer in "
            + file
            + value
                .map(it -> "; what counts now, from elsewhere: " + Json.write(it))
                .orElse("; it is not set any more"));
    return ExitCode.OK;
  }

  /** Values may come from a project's files: nothing of them reaches the terminal as it is. */
  private void line(String text) {
    out.append(json ? text : Visible.of(text)).append('\n');
  }
}
