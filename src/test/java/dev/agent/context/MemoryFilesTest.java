package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.context.MemoryFiles.Scope;
import dev.agent.context.MemoryFiles.Target;
import dev.agent.runtime.UserError;
import dev.agent.tool.Display;
import dev.agent.workspace.FileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFilesTest {
  @TempDir private Path temp;

  private MemoryFiles files() {
    return new MemoryFiles(temp.resolve("project"), temp.resolve("config"), FileWriter.ofPerson());
  }

  private Target target(Scope scope) {
    return files().targets().stream().filter(it -> it.scope() == scope).findFirst().orElseThrow();
  }

  private Path project(String name, String text) throws IOException {
    Path file = temp.resolve("project").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void theFirstNoteMakesTheFile() throws Exception {
    Display.Diff diff = files().add(target(Scope.PROJECT), "use tabs");

    assertThat(Files.readString(temp.resolve("project/AGENTS.md")))
        .isEqualTo("# Notes\n\n- use tabs\n");
    assertThat(diff.created()).isTrue();
    assertThat(diff.hunks()).hasSize(1);
  }

  @Test
  void aListGoesOnAndATextGetsOne() {
    assertThat(MemoryFiles.with("# A\n\n- one\n", "two", "\n")).isEqualTo("# A\n\n- one\n- two\n");
    assertThat(MemoryFiles.with("# A\n\ntext\n\n", "two", "\n"))
        .isEqualTo("# A\n\ntext\n\n- two\n");
    assertThat(MemoryFiles.with("* one", "two\nlines", "\n")).isEqualTo("* one\n- two\n  lines\n");
  }

  @Test
  void lineEndsStayAsTheyAre() throws Exception {
    Path file = project("AGENTS.md", "# A\r\n\r\n- one\r\n");

    files().add(target(Scope.PROJECT), "two\nlines");

    assertThat(Files.readString(file)).isEqualTo("# A\r\n\r\n- one\r\n- two\r\n  lines\r\n");
  }

  @Test
  void aProjectThatHasOnlyAClaudeFileKeepsOneFile() throws Exception {
    Path file = project("CLAUDE.md", "- one\n");

    assertThat(target(Scope.PROJECT)).isEqualTo(new Target(Scope.PROJECT, file, true));
  }

  @Test
  void aPersonsNotesGoToTheirOwnDirectory() {
    files().add(target(Scope.PERSONAL), "be brief");

    assertThat(temp.resolve("config/AGENTS.md")).hasContent("# Notes\n\n- be brief");
  }

  @Test
  void anEmptyNoteIsRefused() {
    assertThatThrownBy(() -> files().add(target(Scope.LOCAL), "  ")).isInstanceOf(UserError.class);
    assertThat(temp.resolve("project")).doesNotExist();
  }
}
