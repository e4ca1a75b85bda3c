package dev.agent.tools.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.testing.FileTools;
import dev.agent.tool.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookEditTest {
  @TempDir Path temporary;
  private Path file;
  private FileTools tools;

  /** Odd numbers, escapes, key order and an unknown member: all of it has to stay. */
  private static final String NOTEBOOK =
      """
      {
       "cells": [
        {
         "cell_type": "markdown",
         "id": "intro",
         "metadata": {"weight": 1.50, "big": 12345678901234567890, "e": 1e3},
         "source": [
          "# Caf\\u00e9 \\/ title"
         ]
        },
        {
         "cell_type": "code",
         "execution_count": 7,
         "id": "sum",
         "metadata": {},
         "outputs": [
          {
           "name": "stdout",
           "output_type": "stream",
           "text": ["3\\n"]
          }
         ],
         "source": [
          "print(1 + 2)"
         ]
        }
       ],
       "metadata": {"z": 1, "a": [1.0, 2.10]},
       "nbformat": 4,
       "nbformat_minor": 5
      }
      """;

  @BeforeEach
  void place() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("w"));
    file = directory.resolve("n.ipynb");
    tools = new FileTools(directory);
  }

  private String edit(String before, Object... pairs) throws Exception {
    Files.writeString(file, before);
    tools.read(file);
    Object[] all = new Object[pairs.length + 2];
    all[0] = "notebook_path";
    all[1] = file.toString();
    System.arraycopy(pairs, 0, all, 2, pairs.length);
    tools.call(new NotebookEdit(tools.access()), all);
    String after = Files.readString(file);
    Json.parse(after);
    return after;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void replacingChangesTheSourceAndTheOutputsAndNothingElse(String lineEnd) throws Exception {
    String before = NOTEBOOK.replace("\n", lineEnd);
    String after = edit(before, "cell_id", "sum", "new_source", "x = 1\nprint(x)");
    String expected =
        NOTEBOOK
            .replace("\"execution_count\": 7", "\"execution_count\": null")
            .replaceAll("(?s)\"outputs\": \\[.*?\n   \\],", "\"outputs\": [],")
            .replace(
                "    \"print(1 + 2)\"",
                "    \"x = 1\\\\n\",\n    \"print(x)\"".replace("\\\\", "\\"))
            .replace("\n", lineEnd);
    assertThat(after).isEqualTo(expected);
  }

  @Test
  void replacingMarkdownLeavesTheRestByteForByte() throws Exception {
    assertThat(edit(NOTEBOOK, "cell_id", "intro", "new_source", "# New"))
        .isEqualTo(NOTEBOOK.replace("# Caf\\u00e9 \\/ title", "# New"));
  }

  @Test
  void insertingAndDeletingTheSameCellGivesTheOldFile() throws Exception {
    String with = edit(NOTEBOOK, "cell_id", "intro", "new_source", "y", "edit_mode", "insert");
    JsonNode cell = Json.parse(with).path("cells").get(1);
    assertThat(cell.path("cell_type").asText()).isEqualTo("code");
    assertThat(cell.path("id").asText()).isNotEmpty();
    assertThat(with).contains("  {\n   \"cell_type\": \"code\",\n   \"id\": ");
    assertThat(
            edit(
                with, "cell_id", cell.path("id").asText(), "new_source", "", "edit_mode", "delete"))
        .isEqualTo(NOTEBOOK);

    String first =
        edit(NOTEBOOK, "new_source", "y", "cell_type", "markdown", "edit_mode", "insert");
    assertThat(Json.parse(first).path("cells").get(0).path("cell_type").asText())
        .isEqualTo("markdown");
    assertThat(
            edit(
                first,
                "cell_id",
                Json.parse(first).path("cells").get(0).path("id").asText(),
                "new_source",
                "",
                "edit_mode",
                "delete"))
        .isEqualTo(NOTEBOOK);
  }

  @Test
  void theLastCellGoesAndANewOneComes() throws Exception {
    String one = edit(NOTEBOOK, "cell_id", "intro", "new_source", "", "edit_mode", "delete");
    String none = edit(one, "cell_id", "sum", "new_source", "", "edit_mode", "delete");
    assertThat(none).contains("\"cells\": [],");
    String again = edit(none, "new_source", "z = 1", "edit_mode", "insert");
    assertThat(again)
        .contains(" \"cells\": [\n  {\n   \"cell_type\": \"code\"")
        .contains("  }\n ],");
  }

  @Test
  void anotherTypeTurnsTheCell() throws Exception {
    JsonNode cell =
        Json.parse(edit(NOTEBOOK, "cell_id", "sum", "new_source", "text", "cell_type", "markdown"))
            .path("cells")
            .get(1);
    assertThat(cell.path("cell_type").asText()).isEqualTo("markdown");
    assertThat(cell.has("outputs")).isFalse();
    JsonNode code =
        Json.parse(edit(NOTEBOOK, "cell_id", "intro", "new_source", "1", "cell_type", "code"))
            .path("cells")
            .get(0);
    assertThat(code.path("outputs").isArray()).isTrue();
    assertThat(code.path("execution_count").isNull()).isTrue();
  }

  @Test
  void compactNotebooksStayCompactAndStringSourcesStayStrings() throws Exception {
    String compact =
        "{\"cells\":[{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"a\\n"
            + "b\"}],\"nbformat\":4,\"nbformat_minor\":2}";
    assertThat(edit(compact, "cell_id", "cell-0", "new_source", "c\nd"))
        .isEqualTo(compact.replace("a\\nb", "c\\nd"));
    assertThat(edit(compact, "cell_id", "cell-0", "new_source", "x", "edit_mode", "insert").lines())
        .hasSize(1);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws Exception {
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("cell_id", "none", "new_source", "x", "no cell \"none\""),
            List.of("new_source", "x", "\"cell_id\" is missing"),
            List.of("new_source", "", "edit_mode", "delete", "\"cell_id\" is missing"))) {
      Object[] pairs = wrong.subList(0, wrong.size() - 1).toArray();
      assertThatThrownBy(() -> edit(NOTEBOOK, pairs))
          .isInstanceOf(ToolException.class)
          .hasMessageContaining(wrong.getLast().toString());
    }
    Files.writeString(file, "{\"cells\": 3}");
    assertThatThrownBy(() -> tools.read(file)).hasMessageContaining("no list of cells");
    Files.writeString(file, "{\"cells\": [");
    assertThatThrownBy(() -> tools.read(file)).hasMessageContaining("is no notebook");
    Files.writeString(file, NOTEBOOK + " ");
    assertThatThrownBy(
            () ->
                tools.call(
                    new NotebookEdit(tools.access()),
                    "notebook_path",
                    file.toString(),
                    "cell_id",
                    "sum",
                    "new_source",
                    "x"))
        .hasMessageContaining("Read it first");
  }

  @Test
  void cellsAreShownWithTheirOutputs() throws Exception {
    Files.writeString(file, NOTEBOOK);
    assertThat(tools.read(file))
        .contains("<cell id=\"sum\" type=\"code\">\nprint(1 + 2)\n</cell>\n<output>\n3\n</output>")
        .contains("# Café / title");
  }
}
