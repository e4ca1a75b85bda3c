package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.testing.FileTools;
import dev.agent.testing.ToolContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FileToolsContractTest {
  @TempDir Path temporary;

  private static final String NOTEBOOK =
      "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"a\",\"metadata\":{},\"outputs\":[],\"source\":[]}],\"nbformat\":4}";

  @TestFactory
  Stream<DynamicTest> everyFileToolKeepsTheContract() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("w"));
    FileTools tools = new FileTools(directory);
    Path text = Files.writeString(directory.resolve("a.txt"), "one\ntwo\n");
    Path notebook = Files.writeString(directory.resolve("n.ipynb"), NOTEBOOK);
    tools.read(text);
    tools.read(notebook);
    ObjectNode read = Json.object().put("file_path", text.toString()).put("limit", 1);
    ObjectNode write =
        Json.object()
            .put("file_path", directory.resolve("new/b.txt").toString())
            .put("content", "x");
    ObjectNode edit =
        Json.object()
            .put("file_path", text.toString())
            .put("old_string", "two")
            .put("new_string", "2");
    ObjectNode cell =
        Json.object()
            .put("notebook_path", notebook.toString())
            .put("cell_id", "a")
            .put("new_source", "print()");
    return Stream.of(
            ToolContract.of(new Read(tools.access()), read, directory),
            ToolContract.of(new Write(tools.access()), write, directory),
            ToolContract.of(new Edit(tools.access()), edit, directory),
            ToolContract.of(new NotebookEdit(tools.access()), cell, directory))
        .flatMap(tests -> tests);
  }
}
