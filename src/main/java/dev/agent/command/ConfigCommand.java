package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import dev.agent.settings.Explanation;
import dev.agent.settings.Setting;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsSchema;
import dev.agent.text.Clip;
import dev.agent.text.NearestNames;
import java.util.ArrayList;
import java.util.List;

/** {@code /config}: shows settings and changes the person's own. */
final class ConfigCommand implements SlashCommand {
  private static final int MAX_VALUE_CHARS = 60;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("config", "[key [value]]", "Show or change settings").also("settings");
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return SettingsSchema.shipped().all().stream()
        .filter(setting -> setting.holds() != Setting.Holds.NOT_YET)
        .map(setting -> new Choice(setting.key(), setting.description()))
        .toList();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    Settings settings = context.place().settings().get();
    if (arguments.isEmpty()) {
      return new CommandResult.Open(CommandResult.Dialog.SETTINGS, all(settings));
    }
    String[] words = arguments.split("\\s+", 2);
    Setting setting = setting(words[0]);
    if (words.length == 1) {
      return new CommandResult.Show(one(words[0], setting, settings));
    }
    String note = context.control().set(words[0], words[1].strip());
    return CommandResult.done(
        words[0]
            + " is set in your own settings."
            + (setting.holds() == Setting.Holds.NEXT_START ? " It counts from the next start." : "")
            + (note.isEmpty() ? "" : " " + note));
  }

  private static Setting setting(String key) {
    SettingsSchema schema = SettingsSchema.shipped();
    return schema
        .covering(key)
        .orElseThrow(
            () -> {
              List<String> near =
                  NearestNames.of(key, schema.all().stream().map(Setting::key).toList(), 3);
              return new UserError(
                  "There is no setting \"" + key + "\".",
                  near.isEmpty()
                      ? "/config lists all of them."
                      : "Did you mean " + String.join(", ", near) + "?");
            });
  }

  private static Panel all(Settings settings) {
    List<List<String>> set = new ArrayList<>();
    List<List<String>> unset = new ArrayList<>();
    for (Setting setting : SettingsSchema.shipped().all()) {
      if (setting.holds() == Setting.Holds.NOT_YET) {
        continue;
      }
      Explanation found = settings.explain(setting.key());
      if (found.value().isPresent()) {
        set.add(
            List.of(
                setting.key(),
                Clip.head(shown(setting, found), MAX_VALUE_CHARS),
                settings.find(setting.key()).map(it -> it.layer().source().shown()).orElse("")));
      } else {
        unset.add(List.of(setting.key(), setting.description()));
      }
    }
    List<Section> sections = new ArrayList<>();
    sections.add(
        set.isEmpty()
            ? new Section.Text("Nothing is set; the defaults hold.")
            : new Section.Table(
                "Set",
                List.of(Column.text("Setting"), Column.text("Value"), Column.text("From")),
                set));
    sections.add(
        new Section.Table(
            "Not set", List.of(Column.text("Setting"), Column.text("What it is for")), unset));
    if (!settings.problems().isEmpty()) {
      sections.add(
          new Section.Items(
              "Problems",
              settings.problems().stream()
                  .map(it -> new Panel.Item(Panel.Mark.WARNING, it.toString(), ""))
                  .toList()));
    }
    sections.add(new Section.Text("Change one with `/config KEY VALUE`."));
    return new Panel("Settings", sections);
  }

  private static Panel one(String key, Setting setting, Settings settings) {
    List<List<String>> rows = new ArrayList<>();
    for (Settings.Sourced each : settings.all(key)) {
      boolean secret = key.startsWith("env") || key.equals("network.headers");
      rows.add(
          List.of(
              each.layer().source().shown(),
              secret ? "(not shown)" : Clip.head(Json.write(each.value()), 200),
              each.layer().place(each.layer().line(key))));
    }
    return Panel.of(
        key,
        new Section.Text(
            setting.description()
                + (setting.choices().isEmpty()
                    ? ""
                    : "\nValues: " + String.join(", ", setting.choices()) + ".")),
        rows.isEmpty()
            ? new Section.Text("It is not set.")
            : new Section.Table(
                "Set by, weakest first",
                List.of(Column.text("From"), Column.text("Value"), Column.text("Where")),
                rows));
  }

  private static String shown(Setting setting, Explanation found) {
    boolean secret = setting.key().equals("env") || setting.key().equals("network.headers");
    return secret ? "(not shown)" : found.value().map(Json::write).orElse("");
  }
}
