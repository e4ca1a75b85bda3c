package dev.agent.mode.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.Exchange;
import dev.agent.mode.replay.Reply;
import dev.agent.mode.replay.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample project is broken as the script says, and repaired by what the script does. */
class DemoTest {
  private Path project;

  @BeforeEach
  void unpack() throws IOException {
    project = Demo.unpack();
  }

  @AfterEach
  void remove() throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private record Run(int exitCode, String output) {}

  private Run runTests() throws Exception {
    Process process =
        new ProcessBuilder("sh", "test.sh")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private Exchange request(int number) {
    ObjectNode body = Json.object().put("model", "m");
    body.put("system", "Working directory: " + project + "\nmore");
    body.putArray("messages").addObject().put("role", "user").put("content", "go on");
    return new Exchange(number, 0, Map.of(), body, 0);
  }

  @Test
  void theSampleFailsTwoOfFiveTestsAtFirst() throws Exception {
    Run run = runTests();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("2 failed", "FAIL  max of -5 -3", "FAIL  evens of 1 2 4");
  }

  @Test
  void theScriptsEditsRepairTheSample() throws Exception {
    Script script = Script.parse("demo", Demo.script(), 0);
    int edits = 0;
    int tests = 0;
    String last = "";
    for (int number = 1; script.apply(request(number)) instanceof Reply.Message message; number++) {
      last = message.stopReason();
      for (ObjectNode block : message.blocks()) {
        JsonNode input = block.path("input");
        switch (block.path("name").asText()) {
          case "Edit" -> {
            edits++;
            Path file = Path.of(input.path("file_path").asText());
            String text = Files.readString(file);
            String old = input.path("old_string").asText();
            assertThat(text.split(java.util.regex.Pattern.quote(old), -1)).hasSize(2);
            Files.writeString(file, text.replace(old, input.path("new_string").asText()));
          }
          case "Bash" -> {
            tests++;
            assertThat("Bash(" + input.path("command").asText() + ")").isEqualTo(Demo.ALLOWED);
          }
          case "Read" -> assertThat(Path.of(input.path("file_path").asText())).isRegularFile();
          default -> {}
        }
      }
    }

    assertThat(List.of(edits, tests)).isEqualTo(List.of(2, 2));
    assertThat(last).isEqualTo("end_turn");
    Run run = runTests();
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("all passed");
  }
}
