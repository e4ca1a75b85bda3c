package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.screen.ExternalEditor.Edited;
import dev.agent.process.ForegroundProgram;
import dev.agent.runtime.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalEditorTest {
  @TempDir Path dir;

  private ExternalEditor editor(String... variables) {
    Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new ExternalEditor(
        environment, new ForegroundProgram(environment, dir, Cancellation.root()), dir);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(Files.list(dir).filter(Files::isDirectory)).isEmpty();
  }

  @Test
  void theTextIsWhatTheEditorMadeOfIt() throws Exception {
    Edited edited = editor("EDITOR", "sed -i s/one/two/").edit("one\nline", ".md");

    assertThat(edited).isEqualTo(new Edited.Changed("two\nline"));
  }

  @Test
  void theEditorSeesTheSuffix() throws Exception {
    Edited edited = editor("EDITOR", "sh -c 'basename \"$0\" > \"$0\"'").edit("", ".java");

    assertThat(edited).isEqualTo(new Edited.Changed("text.java"));
  }

  @Test
  void aLineEndBehindTheLastLineIsNoChange() throws Exception {
    assertThat(editor("EDITOR", "sh -c 'echo >> \"$0\"'").edit("text", ".md"))
        .isEqualTo(new Edited.Unchanged());
    assertThat(editor("EDITOR", "true").edit("text\n", ".md")).isEqualTo(new Edited.Unchanged());
  }

  @Test
  void anEditorThatFailsChangesNothing() throws Exception {
    assertThat(editor("EDITOR", "sh -c 'echo x > \"$0\"; exit 1'").edit("text", ".md"))
        .isEqualTo(
            new Edited.Failed(
                "\"sh -c 'echo x > \"$0\"; exit 1'\" ended with exit code 1."
                    + " The text is as it was."));
    assertThat(editor("EDITOR", "rm").edit("text", ".md"))
        .isEqualTo(
            new Edited.Failed("The text could not be edited: the file is gone. It is as it was."));
  }

  @Test
  void visualGoesBeforeEditorAndBothBeforeWhatIsInstalled() throws Exception {
    Path bin = Files.createDirectory(dir.resolve("bin"));
    Files.writeString(bin.resolve("nano"), "").toFile().setExecutable(true);

    assertThat(editor("VISUAL", "a -w", "EDITOR", "b").words()).contains("a -w");
    assertThat(editor("VISUAL", " ", "EDITOR", "b").words()).contains("b");
    assertThat(editor("PATH", bin.toString()).words()).contains("nano");
    assertThat(editor("PATH", "/nowhere").open(dir))
        .isEqualTo(Optional.of("No editor was found. Set EDITOR to one."));

    Files.delete(bin.resolve("nano"));
    Files.delete(bin);
  }

  @Test
  void filesAreEditedWhereTheyAre() throws Exception {
    Path file = Files.writeString(dir.resolve("a file"), "one");

    assertThat(editor("EDITOR", "sed -i s/one/two/").open(file)).isEmpty();
    assertThat(file).hasContent("two");
  }
}
