package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.text.NearestNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds values against the schema. */
final class Checks {
  /** What forbids is never dropped where its meaning can be guessed. */
  private static final Set<String> FORBIDDING =
      Set.of(
          "permissions.deny",
          "permissions.ask",
          "sandbox.filesystem.denyRead",
          "sandbox.filesystem.denyWrite",
          "sandbox.network.deniedDomains");

  private final SettingsSchema schema = SettingsSchema.shipped();
  private final List<Finding> findings = new ArrayList<>();

  private Checks() {}

  /**
   * Something that is not as it should be.
   *
   * @param path the names that lead to it
   * @param index of the item in the list there; -1 = the value itself
   * @param value what stands there
   * @param ignored whether it was taken out
   */
  record Finding(List<String> path, int index, JsonNode value, String sentence, boolean ignored) {
    String key() {
      return String.join(".", path);
    }
  }

  /** Takes out what can't be meant; says what and why. An empty value (null) is as if absent. */
  static List<Finding> clean(ObjectNode values) {
    Checks checks = new Checks();
    checks.group(values, List.of());
    return checks.findings;
  }

  /** What is wrong with one value, if anything. */
  static Optional<String> objection(Setting setting, JsonNode value) {
    String quoted = "\"" + setting.key() + "\"";
    if (!isOneOf(setting.types(), value)) {
      return Optional.of(quoted + " must be " + expected(setting) + ", but is " + shown(value));
    }
    if (value.isNumber() && setting.positive() && !(value.canConvertToInt() && value.asInt() > 0)) {
      return Optional.of(quoted + " must be " + expected(setting) + ", but is " + value);
    }
    if (value.isTextual()
        && setting
            .form()
            .filter(it -> !it.pattern().matcher(value.asText()).matches())
            .isPresent()) {
      return Optional.of(quoted + " must be " + expected(setting) + ", but is " + shown(value));
    }
    boolean known =
        setting.choices().isEmpty()
            || setting.choices().stream().anyMatch(it -> it.equalsIgnoreCase(value.asText()));
    return known
        ? Optional.empty()
        : Optional.of(
            quoted
                + " is "
                + shown(value)
                + ", but there "
                + (setting.choices().size() == 1 ? "is only " : "are only ")
                + String.join(", ", setting.choices()));
  }

  private void group(ObjectNode values, List<String> path) {
    String group = String.join(".", path);
    for (String name : names(values)) {
      List<String> here = plus(path, name);
      String key = String.join(".", here);
      JsonNode value = values.get(name);
      Optional<Setting> setting = schema.find(key);
      if (value.isNull()) {
        values.remove(name);
      } else if (setting.isPresent()) {
        setting(values, name, setting.get(), here);
      } else if (!schema.isGroup(key) || name.contains(".")) {
        findings.add(
            new Finding(here, -1, value, unknown(key, path, schema.namesIn(group)), false));
      } else if (value instanceof ObjectNode inside) {
        group(inside, here);
      } else {
        ObjectNode strictest = strictest(key);
        findings.add(
            new Finding(
                here,
                -1,
                value,
                "\"" + key + "\" must be an object, but is " + shown(value) + fate(strictest),
                true));
        values.remove(name);
        if (!strictest.isEmpty()) {
          values.set(name, strictest);
        }
      }
    }
  }

  /** The strictest values of all settings of a group. */
  private ObjectNode strictest(String group) {
    ObjectNode all = Json.object();
    for (Setting setting : schema.under(group)) {
      if (setting.strictest().isPresent()) {
        String[] names = setting.key().substring(group.length() + 1).split("\\.");
        ObjectNode at = all;
        for (String name : Arrays.asList(names).subList(0, names.length - 1)) {
          at = at.withObjectProperty(name);
        }
        at.set(names[names.length - 1], setting.strictest().get().deepCopy());
      }
    }
    return all;
  }

  private static String fate(JsonNode strictest) {
    return strictest.isEmpty() && strictest.isContainerNode()
        ? "; the entry is ignored. Correct it there."
        : "; until that is corrected the strictest counts: " + strictest + ".";
  }

  private static String unknown(String key, List<String> path, Collection<String> known) {
    List<String> near = NearestNames.of(key.substring(key.lastIndexOf('.') + 1), known, 1);
    String meant = near.isEmpty() ? "" : String.join(".", plus(path, near.getFirst()));
    return "\""
        + key
        + "\" is no setting"
        + (meant.isEmpty() ? "." : "; did you mean \"" + meant + "\"?")
        + " It has no effect.";
  }

  private void setting(ObjectNode values, String name, Setting setting, List<String> path) {
    JsonNode value = values.get(name);
    int before = findings.size();
    Optional<String> objection = objection(setting, value);
    if (objection.isPresent()) {
      boolean guessed = FORBIDDING.contains(setting.key()) && value.isTextual();
      findings.add(
          new Finding(
              path,
              -1,
              value,
              objection.get()
                  + (guessed
                      ? "; the entry is taken as its only element."
                      : fate(setting.strictest().orElse(Json.object()))),
              !guessed));
      values.remove(name);
      if (guessed) {
        values.putArray(name).add(value.asText());
      } else if (setting.strictest().isPresent()) {
        values.set(name, setting.strictest().get().deepCopy());
      }
    } else if (value instanceof ArrayNode items) {
      items(items, setting, path);
    } else if (value instanceof ObjectNode members) {
      members(members, setting, path);
    }
    if (objection.isEmpty()
        && findings.size() > before
        && value.isContainerNode()
        && value.isEmpty()) {
      values.remove(name); // what lost all that it held says nothing any more
    }
  }

  private void items(ArrayNode items, Setting setting, List<String> path) {
    List<Finding> found = new ArrayList<>();
    for (int i = items.size() - 1; i >= 0; i--) {
      if (!isOneOf(setting.memberTypes(), items.get(i))) {
        String what = setting.key() + "[" + i + "]";
        found.addFirst(
            new Finding(path, i, items.get(i), member(setting, what, items.get(i)), true));
        items.remove(i);
      }
    }
    findings.addAll(found);
  }

  private void members(ObjectNode members, Setting setting, List<String> path) {
    for (String name : names(members)) {
      JsonNode member = members.get(name);
      if (!isOneOf(setting.memberTypes(), member)) {
        String what = setting.key() + "." + name;
        findings.add(
            new Finding(plus(path, name), -1, member, member(setting, what, member), true));
        members.remove(name);
      }
    }
  }

  private static String member(Setting setting, String what, JsonNode value) {
    String expected = setting.memberTypes().contains("array") ? "a list" : "a string";
    return "\"" + what + "\" must be " + expected + ", but is " + shown(value) + "; it is ignored.";
  }

  private static boolean isOneOf(Set<String> types, JsonNode value) {
    return types.isEmpty()
        || types.stream()
            .anyMatch(
                type ->
                    switch (type) {
                      case "string" -> value.isTextual();
                      case "boolean" -> value.isBoolean();
                      case "integer" -> value.isIntegralNumber();
                      case "number" -> value.isNumber();
                      case "array" -> value.isArray();
                      case "object" -> value.isObject();
                      default -> false;
                    });
  }

  private static String expected(Setting setting) {
    List<String> words =
        setting.types().stream()
            .sorted()
            .map(
                type ->
                    switch (type) {
                      case "string" -> setting.form().map(Setting.Form::words).orElse("a string");
                      case "boolean" -> "true or false";
                      case "integer", "number" ->
                          setting.positive() ? "a whole number above 0" : "a number";
                      case "array" -> "a list";
                      default -> "an object";
                    })
            .toList();
    return String.join(" or ", words);
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  static List<String> names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static List<String> plus(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
