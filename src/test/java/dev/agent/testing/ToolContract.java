package dev.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.Json;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * What holds for every tool. A tool's test hands over the tool, an input that works, and a
 * directory in which everything that the call changes would be seen:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> contract() {
 *   return ToolContract.of(tool, input, directory);
 * }
 * }</pre>
 */
public final class ToolContract {
  /** Only a guard against hanging. */
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  private final Tool tool;
  private final ObjectNode valid;
  private final Path directory;

  private ToolContract(Tool tool, ObjectNode valid, Path directory) {
    this.tool = tool;
    this.valid = valid;
    this.directory = directory;
  }

  /** One test for each rule. */
  public static Stream<DynamicTest> of(Tool tool, ObjectNode valid, Path directory) {
    ToolContract contract = new ToolContract(tool, valid, directory);
    String name = tool.spec().name();
    return Stream.of(
        DynamicTest.dynamicTest(name + ": says what it is", contract::describesItself),
        DynamicTest.dynamicTest(name + ": has a valid schema", contract::hasAValidSchema),
        DynamicTest.dynamicTest(
            name + ": names missing and wrong fields", contract::namesFaultsOfTheInput),
        DynamicTest.dynamicTest(
            name + ": survives unknown fields", contract::survivesUnknownFields),
        DynamicTest.dynamicTest(
            name + ": declares an effect for any input", contract::declaresAnEffectForAnyInput),
        DynamicTest.dynamicTest(name + ": ends when cancelled", contract::endsWhenCancelled),
        DynamicTest.dynamicTest(
            name + ": changes only what it declared", contract::changesOnlyWhatItDeclared));
  }

  private void describesItself() {
    assertThat(tool.spec()).isSameAs(tool.spec());
    assertThat(tool.spec().name()).matches("[a-zA-Z0-9_-]{1,64}");
    assertThat(tool.spec().description())
        .isNotBlank()
        .hasSizeLessThan(10_000)
        .doesNotContain("## Parameters");
    assertThat(tool.spec().maxResultChars()).isPositive();
  }

  private void hasAValidSchema() throws Exception {
    ObjectNode schema = tool.spec().input().json();
    assertThat(schema.path("type").asText()).isEqualTo("object");
    assertThat(schema.path("properties").isObject()).isTrue();
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      names.add(property.getKey());
      assertThat(property.getKey()).matches("[a-zA-Z0-9_.-]{1,64}");
      assertThat(property.getValue().path("description").asText())
          .as("description of %s", property.getKey())
          .isNotBlank();
    }
    for (JsonNode required : schema.path("required")) {
      assertThat(names).contains(required.asText());
    }
    assertThat(tool.spec().input().check(valid.deepCopy())).isNotNull();
  }

  private void namesFaultsOfTheInput() {
    ObjectNode schema = tool.spec().input().json();
    for (JsonNode required : schema.path("required")) {
      ObjectNode input = valid.deepCopy();
      input.remove(required.asText());
      assertThatThrownBy(() -> tool.spec().input().check(input))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(required.asText());
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (property.getValue().path("type").asText("").equals("object")) {
        continue;
      }
      ObjectNode input = valid.deepCopy();
      input.putObject(property.getKey()).put("strange", 1);
      assertThatThrownBy(() -> tool.spec().input().check(input))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(property.getKey());
    }
  }

  /** They are left out or refused by name; never do they change what the call does. */
  private void survivesUnknownFields() {
    ObjectNode input = valid.deepCopy();
    input.put("no_such_field", "x");
    try {
      ObjectNode checked = tool.spec().input().check(input);
      assertThat(tool.effect(checked)).isEqualTo(tool.effect(valid));
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("no_such_field");
    }
  }

  private void declaresAnEffectForAnyInput() {
    assertThat(tool.effect(valid)).isEqualTo(tool.effect(valid.deepCopy()));
    List<ObjectNode> inputs = new ArrayList<>(List.of(Json.object()));
    for (String name : (Iterable<String>) valid::fieldNames) {
      for (String odd :
          List.of(
              "",
              " ",
              "\0",
              "a\0b",
              "~",
              "/",
              "..",
              "\ud800",
              "x".repeat(5_000),
              "\n",
              "http://[",
              "file:///x",
              "~nobody/x")) {
        inputs.add(valid.deepCopy().put(name, odd));
      }
      inputs.add(valid.deepCopy().putNull(name));
      inputs.add(valid.deepCopy().put(name, 17));
    }
    for (ObjectNode input : inputs) {
      Effect effect = tool.effect(input);
      assertThat(effect).as("%s", input).isNotNull();
      assertThat(effect.paths()).allSatisfy(path -> assertThat(path).isAbsolute().isNormalized());
    }
  }

  private void endsWhenCancelled() {
    Cancellation cancelled = Cancellation.root();
    cancelled.cancel(Cancellation.Reason.INTERRUPTED);
    Assertions.assertTimeoutPreemptively(
        AT_MOST,
        () -> {
          try {
            run(cancelled);
          } catch (ToolException | InterruptedException e) {
            assertThat(e).isNotNull();
          }
        });
  }

  private void changesOnlyWhatItDeclared() throws Exception {
    Effect effect = tool.effect(valid);
    Map<Path, String> before = snapshot();
    String failure = "";
    try {
      ToolResult result = run(Cancellation.root());
      assertThat(result.forModel()).isNotEmpty();
    } catch (ToolException e) {
      failure = String.valueOf(e.getMessage());
      assertThat(failure).isNotBlank();
    }
    Map<Path, String> after = snapshot();
    Set<Path> changed = new HashSet<>(after.keySet());
    changed.addAll(before.keySet());
    changed.removeIf(path -> before.getOrDefault(path, "").equals(after.getOrDefault(path, "")));
    switch (effect.kind()) {
      case READS -> assertThat(changed).as("reads change nothing; %s", failure).isEmpty();
      case WRITES ->
          assertThat(changed)
              .as("only declared paths; %s", failure)
              .allMatch(
                  path ->
                      effect.paths().stream()
                          .anyMatch(
                              declared -> declared.startsWith(path) || path.equals(declared)));
      case UNKNOWN -> assertThat(effect.paths()).isNotNull();
    }
  }

  private ToolResult run(Cancellation cancellation) throws ToolException, InterruptedException {
    ToolContext context =
        new ToolContext() {
          @Override
          public Cancellation cancellation() {
            return cancellation;
          }

          @Override
          public void progress(String text) {
            assertThat(text).isNotNull();
          }
        };
    return tool.run(new ToolCall("contract", tool.spec().name(), valid.deepCopy()), context);
  }

  private Map<Path, String> snapshot() throws IOException {
    Map<Path, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String content =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? dev.agent.workspace.TextFile.hash(Files.readAllBytes(file))
                    + Files.readAttributes(file, "unix:mode")
                : "other";
        all.put(file, content);
      }
    }
    return all;
  }
}
