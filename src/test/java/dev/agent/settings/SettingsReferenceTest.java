package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema, the samples and the reference page say the same as the code. */
class SettingsReferenceTest {
  private static final Path SCHEMA =
      Path.of("src/main/resources/dev/agent/settings/settings.schema.json");

  @TempDir Path temp;

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String kind(JsonNode property) {
    List<String> types = new ArrayList<>();
    JsonNode type = property.path("type");
    type.forEach(it -> types.add(it.asText()));
    String shown = type.isArray() ? String.join(" or ", types) : type.asText("any");
    List<String> choices = new ArrayList<>();
    property.path("enum").forEach(it -> choices.add(it.asText()));
    return type.isMissingNode()
        ? "any"
        : choices.isEmpty() ? shown : shown + ": " + String.join(", ", choices);
  }

  private static void rows(JsonNode properties, String prefix, StringBuilder out) {
    for (String name : names(properties)) {
      JsonNode property = properties.get(name);
      out.append(
          "| `%s%s` | %s | %s |\n"
              .formatted(prefix, name, kind(property), property.path("description").asText()));
      rows(property.path("properties"), prefix + name + ".", out);
    }
  }

  @Test
  void theReferencePageIsWhatTheSchemaSays() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            Generated from the settings schema (`config/settings.schema.json`); do not edit. \
            How files are found and merged: [settings guide](../guide/settings.md).

            | key | type | meaning |
            |--|--|--|
            """);
    rows(Json.parse(Files.readString(SCHEMA)).path("properties"), "", page);
    assertThat(Files.readString(Path.of("docs/reference/settings.md"))).isEqualTo(page.toString());
  }

  @Test
  void theSchemaKnowsExactlyTheKeysThatAreRead() throws IOException {
    JsonNode properties = Json.parse(Files.readString(SCHEMA)).path("properties");
    assertThat(names(properties)).containsExactlyInAnyOrderElementsOf(SettingsLoader.KNOWN);
    assertThat(names(properties.path("permissions").path("properties")))
        .containsExactlyInAnyOrderElementsOf(SettingsLoader.KNOWN_PERMISSIONS);
    assertThat(Path.of("config/settings.schema.json")).hasSameTextualContentAs(SCHEMA);
  }

  @Test
  void theSampleSettingsLoadWithoutAProblem() throws IOException {
    Path project = Files.createDirectories(temp.resolve("p"));
    Settings settings =
        SettingsLoader.load(
            Places.of(Map.of("HOME", temp.toString())),
            project,
            true,
            EnumSet.noneOf(Source.class),
            Optional.of("config/settings.json"));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.texts("permissions.allow")).hasSize(3);
  }
}
