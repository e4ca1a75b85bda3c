package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every subset of all sources comes to what the order of sources says, and is explained so. */
class CascadeTest {
  private static final int FLAG = 6;
  private static final int COMMAND_LINE = 7;
  private static final int VARIABLE = 12;

  @TempDir Path temp;
  private Path project;
  private Places places;
  private List<Path> files = List.of();

  @BeforeEach
  void places() throws IOException {
    project = Files.createDirectories(temp.resolve("project"));
    Path ours = temp.resolve("etc/agent");
    Path theirs = temp.resolve("etc/claude-code");
    places =
        Places.of(Map.of("HOME", temp.resolve("home").toString()), "linux")
            .withManaged(List.of(theirs, ours));
    files = // weakest first; 6 and 7 have no file
        List.of(
            places.foreignConfig().resolve("settings.json"),
            places.config().resolve("settings.json"),
            project.resolve(".claude/settings.json"),
            project.resolve(".agent/settings.json"),
            project.resolve(".claude/settings.local.json"),
            project.resolve(".agent/settings.local.json"),
            Path.of("flag"),
            Path.of("command line"),
            theirs.resolve("managed-settings.json"),
            theirs.resolve("managed-settings.d/20.json"),
            ours.resolve("managed-settings.json"),
            ours.resolve("managed-settings.d/10.json"));
  }

  private static String content(int i) {
    return """
    { // source %1$d
      "model": "m%1$d",
      "permissions": {"deny": ["Bash(r%1$d)", "Bash(all)"]},
      "env": {"SHARED": "%1$d", "V%1$d": "x"},
      "hooks": {"Stop": [{"n": %1$d}]},
    }
    """
        .formatted(i);
  }

  @Test
  void everySubsetOfSourcesComesToWhatTheOrderSays() throws IOException {
    Trust trust = new Trust(places);
    for (int i = 0; i < files.size(); i++) {
      if (i != FLAG && i != COMMAND_LINE) {
        Files.createDirectories(files.get(i).getParent());
        Files.writeString(files.get(i), content(i));
      }
    }
    trust.grant(
        project, SettingsLoader.load(SettingsSources.files(places, project)).contributions());

    for (int subset : subsets()) {
      holds(subset);
    }
  }

  /** All subsets of the kinds of sources; and all pairs, and all but one, of all places. */
  private static List<Integer> subsets() {
    int[] kinds = {1, 3, 5, FLAG, COMMAND_LINE, 8, 10, VARIABLE};
    List<Integer> subsets = new ArrayList<>();
    for (int step = 0; step < 1 << kinds.length; step++) {
      int subset = 0;
      for (int i = 0; i < kinds.length; i++) {
        subset |= (step >> i & 1) << kinds[i];
      }
      subsets.add(subset);
    }
    for (int i = 0; i <= VARIABLE; i++) {
      subsets.add((1 << VARIABLE + 1) - 1 & ~(1 << i));
      for (int j = 0; j < i; j++) {
        subsets.add(1 << i | 1 << j);
      }
    }
    return subsets;
  }

  private void holds(int subset) throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      boolean in = (subset & 1 << i) != 0;
      if (i == FLAG && (subset & 1 << VARIABLE) != 0) {
        order.add(VARIABLE);
      }
      if (in) {
        order.add(i);
      }
      if (i != FLAG && i != COMMAND_LINE) {
        present(i, in);
      }
    }
    ObjectNode commandLine = Json.object();
    if (order.contains(COMMAND_LINE)) {
      commandLine.put("model", "m" + COMMAND_LINE);
    }
    Settings settings =
        SettingsLoader.load(
            new SettingsSources(
                places,
                project,
                Source.CHOOSABLE,
                order.contains(FLAG) ? Optional.of(content(FLAG)) : Optional.empty(),
                commandLine,
                order.contains(VARIABLE) ? Map.of("ANTHROPIC_MODEL", "m12") : Map.of()));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.dropped()).isEmpty();
    agrees(settings, "model", model(order));
    List<Integer> whole = new ArrayList<>(order);
    whole.removeAll(List.of(COMMAND_LINE, VARIABLE));
    agrees(settings, "permissions.deny", deny(whole));
    agrees(settings, "env", env(whole));
    agrees(settings, "env.SHARED", env(whole).map(it -> it.path("SHARED")));
    agrees(settings, "hooks", hooks(whole));
    assertThat(settings.text("model")).isEqualTo(model(order).map(JsonNode::asText));
    assertThat(settings.variables(Map.of("SHARED", "outer")).get("SHARED"))
        .isEqualTo(env(whole).map(it -> it.path("SHARED").asText()).orElse("outer"));
  }

  private void present(int i, boolean in) throws IOException {
    Path file = files.get(i);
    Path away = file.resolveSibling(file.getFileName() + ".away");
    if (in && !Files.exists(file)) {
      Files.move(away, file);
    } else if (!in && Files.exists(file)) {
      Files.move(file, away);
    }
  }

  private static void agrees(Settings settings, String key, Optional<JsonNode> expected) {
    Explanation why = settings.explain(key);
    assertThat(why.value()).as(key).isEqualTo(expected);
    List<Explanation.Part> winners =
        why.parts().stream().filter(part -> part.fate() == Explanation.Fate.WINS).toList();
    if (!winners.isEmpty()) {
      assertThat(winners).hasSize(1);
      assertThat(winners.getFirst().sourced().value()).isEqualTo(why.value().orElseThrow());
      assertThat(winners.getFirst()).isEqualTo(why.parts().getLast());
      assertThat(settings.find(key).orElseThrow().value()).isEqualTo(why.value().orElseThrow());
    } else {
      assertThat(why.parts()).noneMatch(part -> part.fate() == Explanation.Fate.OVERRIDDEN);
    }
  }

  private static Optional<JsonNode> model(List<Integer> order) {
    return order.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.MAPPER.getNodeFactory().textNode("m" + order.getLast()));
  }

  private static Optional<JsonNode> deny(List<Integer> order) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (int i = 0; i < order.size(); i++) {
      list.add("Bash(r" + order.get(i) + ")");
      if (i == 0) {
        list.add("Bash(all)");
      }
    }
    return order.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static Optional<JsonNode> env(List<Integer> order) {
    ObjectNode object = Json.object();
    for (int i : order) {
      object.put("SHARED", String.valueOf(i)).put("V" + i, "x");
    }
    return order.isEmpty() ? Optional.empty() : Optional.of(object);
  }

  private static Optional<JsonNode> hooks(List<Integer> order) {
    ObjectNode object = Json.object();
    ArrayNode list = object.putArray("Stop");
    order.forEach(i -> list.addObject().put("n", i));
    return order.isEmpty() ? Optional.empty() : Optional.of(object);
  }

  @Test
  void aPartialMemberWhollyReplacedIsOverridden() {
    Settings settings =
        new Settings(
            List.of(
                layer(Source.USER, "{\"env\": {\"A\": \"1\"}}"),
                layer(Source.FLAG, "{\"env\": {\"A\": \"2\", \"B\": \"3\"}}")),
            List.of(),
            List.of(),
            List.of(),
            true);
    assertThat(settings.explain("env").parts().stream().map(Explanation.Part::fate))
        .containsExactly(Explanation.Fate.OVERRIDDEN, Explanation.Fate.JOINED);
  }

  private static Settings.Layer layer(Source source, String text) {
    try {
      return new Settings.Layer(
          source, source.shown(), Path.of("/"), (ObjectNode) Json.parse(text), text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
