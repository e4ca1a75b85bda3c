package dev.agent.tools.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.testing.FileTools;
import dev.agent.tool.Display;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each line of {@code edits.jsonl} is a file, an edit, and either the file afterwards and what the
 * result admits, or a part of the refusal.
 */
class EditCorpusTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyCaseOfTheCorpus() throws Exception {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                EditCorpusTest.class.getResourceAsStream("edits.jsonl"), StandardCharsets.UTF_8))) {
      List<JsonNode> cases = lines.lines().map(EditCorpusTest::parsed).toList();
      assertThat(cases).hasSizeGreaterThan(60);
      return cases.stream()
          .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> check(each)));
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return Json.parse(line);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(JsonNode each) throws Exception {
    Charset charset = Charset.forName(each.path("encoding").asText("UTF-8"));
    Path place =
        Files.createDirectories(
            directory.resolve("w" + Integer.toHexString(each.get("name").asText().hashCode())));
    Path file = place.resolve("file.txt");
    byte[] before = each.get("file").asText().getBytes(charset);
    Files.write(file, before);
    FileTools tools = new FileTools(place);
    tools.read(file);
    Object[] input = {
      "file_path",
      file.toString(),
      "old_string",
      each.get("old").asText(),
      "new_string",
      each.get("new").asText(),
      "replace_all",
      each.path("all").asBoolean()
    };
    if (each.has("error")) {
      assertThatThrownBy(() -> tools.call(new Edit(tools.access()), input))
          .isInstanceOf(ToolException.class)
          .hasMessageContaining(each.get("error").asText());
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      return;
    }
    ToolResult result = tools.call(new Edit(tools.access()), input);
    assertThat(new String(Files.readAllBytes(file), charset))
        .isEqualTo(each.get("result").asText());
    String how = each.path("how").asText();
    assertThat(FileTools.text(result)).contains(how);
    if (how.isEmpty()) {
      assertThat(FileTools.text(result).lines().findFirst().orElseThrow())
          .doesNotContain("ignoring")
          .doesNotContain("adjusting");
    }
    assertThat(result.forPerson()).isInstanceOf(Display.Diff.class);
  }
}
