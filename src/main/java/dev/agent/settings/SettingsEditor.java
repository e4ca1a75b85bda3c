package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import dev.agent.text.NearestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes single settings in a person's files. Whatever else stands in the file stays as it is,
 * comments included; the new file replaces the old one at once. Not for several threads.
 */
public final class SettingsEditor {
  private final SettingsSources sources;

  public SettingsEditor(SettingsSources sources) {
    this.sources = sources;
  }

  /**
   * What was done.
   *
   * @param note what the person should know about it; empty when nothing
   */
  public record Edited(Path file, JsonNode value, Optional<String> note) {}

  /**
   * Sets a value; null takes a setting back without removing its line.
   *
   * @param text JSON, or the characters of a string
   * @param source user, project or local
   * @throws UserError when key or value are no settings, the source may not set it, the
   *     administrator settled it, or the file can't be changed
   */
  public Edited set(String key, String text, Source source) {
    Setting setting = setting(key);
    JsonNode value = value(setting, key, text);
    if (!setting.setBy().allows(source)) {
      throw new UserError(
          "\"" + key + "\" may not be set by a project.", "Set it for yourself: add --user.");
    }
    if (source.isFromProject() && isNever(setting, key, value)) {
      throw new UserError(
          "\"" + key + "\" may not be set to this by a project.",
          "Set it for yourself: add --user.");
    }
    refuseIfSettled(setting, key);
    Path file = target(source);
    boolean existed = Files.exists(file);
    String before = existed ? read(file) : "{\n}\n";
    write(file, existed, before, edited(before, key, value, file));
    boolean ignored = source == Source.LOCAL && !existed && keepOutOfGit();
    return new Edited(
        file,
        value,
        ignored ? Optional.of("Git ignores this file (.git/info/exclude).") : Optional.empty());
  }

  /**
   * Takes a setting out of a file.
   *
   * @param source user, project or local
   * @throws UserError when the key is no setting, is not in the file, or the file can't be changed
   */
  public Path unset(String key, Source source) {
    Setting _ = setting(key);
    Path file = target(source);
    List<String> path = SettingsSchema.shipped().path(key);
    String before = Files.exists(file) ? read(file) : "{}";
    ObjectNode expected = parsed(before, file);
    ObjectNode at = expected;
    for (String name : path.subList(0, path.size() - 1)) {
      at = at.get(name) instanceof ObjectNode inside ? inside : Json.object();
    }
    if (at.remove(path.getLast()) == null) {
      throw new UserError(
          "\"" + key + "\" is not set in " + file + ".",
          "Where it is set says: agent config explain " + key);
    }
    String after = TextEdit.remove(before, path);
    if (!parsed(after, file).equals(expected)) {
      throw new UserError(
          "\"" + key + "\" can't be taken out of " + file + " without touching the rest of it.",
          "Edit the file by hand. Nothing was changed.");
    }
    write(file, true, before, after);
    return file;
  }

  private static ObjectNode parsed(String text, Path file) {
    try {
      return SettingsText.parse(text);
    } catch (SettingsText.UnreadableException e) {
      throw new UserError(
          "The settings " + file + " can't be changed: " + e.why() + ".", "Correct them first.");
    }
  }

  private static void write(Path file, boolean existed, String before, String after) {
    try {
      if (existed && !read(file).equals(before)) {
        throw new IOException("somebody else changed it at this very moment");
      }
      SafeFile.write(file, after);
    } catch (IOException e) {
      throw new UserError(
          "The settings " + file + " can't be written (" + e.getMessage() + ").",
          "Check the file and its permissions.");
    }
  }

  /**
   * Adds items to a list; those that stand there already are not repeated.
   *
   * @param source user, project or local
   * @throws UserError as {@link #set}
   */
  public Edited add(String key, List<String> items, Source source) {
    Set<String> all = new LinkedHashSet<>(list(key, target(source)));
    all.addAll(items);
    return setList(key, all, source);
  }

  /**
   * Takes an item out of a list.
   *
   * @param source user, project or local
   * @throws UserError when it is not in this source's list; otherwise as {@link #set}
   */
  public Edited remove(String key, String item, Source source) {
    Path file = target(source);
    List<String> all = new ArrayList<>(list(key, file));
    if (!all.remove(item)) {
      throw new UserError(
          "\"" + item + "\" is not in \"" + key + "\" of " + file + ".",
          "Where it is set says: agent config explain " + key);
    }
    return setList(key, all, source);
  }

  private static List<String> list(String key, Path file) {
    List<String> items = new ArrayList<>();
    if (Files.exists(file)) {
      JsonNode at = parsed(read(file), file);
      for (String name : SettingsSchema.shipped().path(key)) {
        at = at.path(name);
      }
      at.forEach(item -> items.add(item.asText("")));
    }
    return items;
  }

  private Edited setList(String key, Collection<String> items, Source source) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    items.forEach(list::add);
    return set(key, Json.write(list), source);
  }

  private static Setting setting(String key) {
    SettingsSchema schema = SettingsSchema.shipped();
    Optional<Setting> setting = schema.covering(key);
    if (setting.isPresent()
        && (setting.get().key().equals(key) || setting.get().types().contains("object"))) {
      return setting.get();
    }
    List<String> keys = schema.all().stream().map(Setting::key).toList();
    List<String> near =
        schema.isGroup(key)
            ? schema.under(key).stream().map(Setting::key).toList()
            : NearestNames.of(key, keys, 1);
    throw new UserError(
        "\"" + key + "\" is no setting.",
        near.isEmpty()
            ? "See all with: agent config list --all"
            : "Did you mean \"" + String.join("\", \"", near) + "\"?");
  }

  private static JsonNode value(Setting setting, String key, String text) {
    boolean whole = setting.key().equals(key);
    JsonNode value;
    try {
      value = Json.parse(text);
    } catch (IOException e) {
      value = Json.MAPPER.getNodeFactory().textNode(text);
    }
    var types = whole ? setting.types() : setting.memberTypes();
    if (!value.isTextual() && !value.isNull() && types.equals(java.util.Set.of("string"))) {
      value = Json.MAPPER.getNodeFactory().textNode(text); // "true" as a name is a name
    }
    if (value.isNull()) {
      return value;
    }
    ObjectNode probe = Json.object();
    ObjectNode at = probe;
    List<String> path = SettingsSchema.shipped().path(key);
    for (String name : path.subList(0, path.size() - 1)) {
      at = at.putObject(name);
    }
    at.set(path.getLast(), value.deepCopy());
    List<Checks.Finding> findings = Checks.clean(probe);
    if (!findings.isEmpty()) {
      String sentence = findings.getFirst().sentence();
      throw new UserError(
          sentence.substring(
                  0, sentence.indexOf(';') < 0 ? sentence.length() : sentence.indexOf(';'))
              + ".",
          setting.types().contains("array")
              ? "Write a list such as '[\"one\", \"two\"]'."
              : "Nothing was changed.");
    }
    return value;
  }

  private static boolean isNever(Setting setting, String key, JsonNode value) {
    return setting.key().equals(key)
        ? value.isObject()
            ? Checks.names((ObjectNode) value).stream().anyMatch(setting::isNeverFromProject)
            : setting.isNeverFromProject(value.asText(""))
        : setting.isNeverFromProject(key.substring(setting.key().length() + 1));
  }

  /** Where the administrator's value would win anyway, a change would only mislead. */
  private void refuseIfSettled(Setting setting, String key) {
    boolean joined =
        setting.merge() == Setting.Merge.APPEND
            || setting.merge() == Setting.Merge.MEMBERS && setting.key().equals(key);
    if (joined) {
      return;
    }
    for (Explanation.Part part : SettingsLoader.load(sources).explain(key).parts()) {
      Settings.Layer layer = part.sourced().layer();
      if (layer.source() == Source.POLICY) {
        throw new UserError(
            "\""
                + key
                + "\" is set to "
                + part.sourced().value()
                + " by the administrator ("
                + layer.place(layer.line(key))
                + "); another value would have no effect.",
            "Ask the administrator. Nothing was changed.");
      }
    }
  }

  /** A project's file is never written through a link: it could lead anywhere. */
  private Path target(Source source) {
    Path file = sources.own(source);
    boolean linked =
        source.isFromProject()
            && (Files.isSymbolicLink(file) || Files.isSymbolicLink(file.resolveSibling("")));
    if (linked) {
      throw new UserError(
          "The settings " + file + " are behind a link.", "Edit the file that it leads to.");
    }
    return file;
  }

  private static String read(Path file) {
    try {
      String text = SettingsText.of(file);
      SettingsText.parse(text);
      return text;
    } catch (SettingsText.UnreadableException e) {
      throw new UserError(
          "The settings " + file + " can't be changed: " + e.why() + ".", "Correct them first.");
    }
  }

  private static String edited(String before, String key, JsonNode value, Path file) {
    List<String> path = SettingsSchema.shipped().path(key);
    try {
      String after = TextEdit.put(before, path, value);
      ObjectNode expected = SettingsText.parse(before);
      ObjectNode at = expected;
      for (String name : path.subList(0, path.size() - 1)) {
        at = at.get(name) instanceof ObjectNode inside ? inside : at.putObject(name);
      }
      at.set(path.getLast(), value);
      if (SettingsText.parse(after).equals(expected)) {
        return after;
      }
    } catch (IllegalArgumentException | SettingsText.UnreadableException e) {
      // said below
    }
    throw new UserError(
        "\"" + key + "\" can't be put into " + file + " without touching the rest of it.",
        "Edit the file by hand. Nothing was changed.");
  }

  /** Whether local settings were added to what git ignores here. */
  private boolean keepOutOfGit() {
    Path info = sources.root().resolve(".git/info");
    Path exclude = info.resolve("exclude");
    String line = "/.agent/settings.local.json";
    try {
      boolean plain =
          Files.isDirectory(info, LinkOption.NOFOLLOW_LINKS)
              && (!Files.exists(exclude, LinkOption.NOFOLLOW_LINKS)
                  || Files.isRegularFile(exclude, LinkOption.NOFOLLOW_LINKS));
      String known = plain && Files.exists(exclude) ? Files.readString(exclude) : "";
      if (!plain || known.lines().anyMatch(it -> it.strip().equals(line))) {
        return false;
      }
      Files.writeString(
          exclude,
          (known.isEmpty() || known.endsWith("\n") ? "" : "\n") + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
