package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schema, the samples and the reference page say the same. {@code -Dgolden.update=true} writes
 * the page and the copy of the schema anew.
 */
class SettingsReferenceTest {
  private static final Path SCHEMA =
      Path.of("src/main/resources/dev/agent/settings/settings.schema.json");

  @TempDir Path temp;

  private static void matches(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).isEqualTo(expected);
  }

  private static String kind(Setting setting) {
    List<String> types = setting.types().stream().sorted().toList();
    String shown = types.isEmpty() ? "any" : String.join(" or ", types);
    return setting.choices().isEmpty()
        ? shown
        : shown + ": " + String.join(", ", setting.choices());
  }

  private static String merged(Setting setting) {
    return switch (setting.merge()) {
      case OVERRIDE -> "strongest";
      case APPEND -> "joined";
      case MEMBERS -> "by member";
    };
  }

  private static String setBy(Setting setting) {
    return switch (setting.setBy()) {
      case ANY -> setting.sensitive() ? "approved" : "yes";
      case NOT_PROJECT, USER_POLICY -> "never";
    };
  }

  private static String meaning(Setting setting) {
    StringBuilder text = new StringBuilder(setting.description());
    if (!setting.neverFromProject().isEmpty()) {
      text.append(" Never from a project: `")
          .append(String.join("`, `", setting.neverFromProject()))
          .append("`.");
    }
    if (setting.setBy() == Setting.SetBy.USER_POLICY) {
      text.append(" Not from the command line either.");
    }
    if (!setting.variable().isEmpty()) {
      text.append(" The variable `").append(setting.variable()).append("` goes before the files.");
    }
    return text.toString();
  }

  private static String holds(Setting setting) {
    return switch (setting.holds()) {
      case AT_ONCE -> "next step";
      case NEXT_START -> "next start";
      case NOT_YET -> "no effect yet";
    };
  }

  @Test
  void theReferencePageIsWhatTheSchemaSays() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            Generated from the settings schema (`config/settings.schema.json`); do not edit. \
            How files are found and merged: [settings guide](../guide/settings.md).

            Several sources: the *strongest* one wins, lists are *joined*, or objects are put \
            together *by member*. From a project: *yes*; only what was *approved* (see \
            [trust](../guide/settings.md)); or *never*. A change holds from the *next step* of a \
            running session or from the *next start*; what has *no effect yet* is known from \
            compatible tools, read and kept.

            | key | type | several sources | from a project | a change holds | meaning |
            |--|--|--|--|--|--|
            """);
    for (Setting setting : SettingsSchema.shipped().all()) {
      page.append(
          "| `%s` | %s | %s | %s | %s | %s |\n"
              .formatted(
                  setting.key(),
                  kind(setting),
                  merged(setting),
                  setBy(setting),
                  holds(setting),
                  meaning(setting)));
    }
    matches(Path.of("docs/reference/settings.md"), page.toString());
  }

  @Test
  void theSchemaForEditorsIsTheOneThatIsRead() throws IOException {
    matches(Path.of("config/settings.schema.json"), Files.readString(SCHEMA));
  }

  @Test
  void everyLineOfTheSchemaIsUnderstood() throws IOException {
    Set<String> words = new HashSet<>();
    collect(Json.parse(Files.readString(SCHEMA)).path("properties"), words);
    assertThat(words)
        .containsExactlyInAnyOrder(
            "type",
            "items",
            "additionalProperties",
            "enum",
            "minimum",
            "pattern",
            "x-form",
            "description",
            "x-merge",
            "x-set-by",
            "x-strictest",
            "x-sensitive",
            "x-never-from-project",
            "x-variable",
            "x-holds");
    assertThat(SettingsSchema.shipped().all())
        .allMatch(setting -> setting.description().endsWith("."))
        .hasSizeGreaterThan(60);
  }

  private static void collect(JsonNode properties, Set<String> words) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (property.getValue().has("properties")) {
        collect(property.getValue().path("properties"), words);
      } else {
        property.getValue().fieldNames().forEachRemaining(words::add);
      }
    }
  }

  @Test
  void theSampleSettingsLoadWithoutAProblem() throws IOException {
    Settings settings =
        SettingsLoader.load(
            SettingsSources.files(
                    Places.of(Map.of("HOME", temp.toString()), "linux").withManaged(List.of()),
                    Files.createDirectories(temp.resolve("p")))
                .withFlag("config/settings.json"));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.texts("permissions.allow")).hasSize(3);
  }
}
