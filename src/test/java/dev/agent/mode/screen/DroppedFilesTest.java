package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DroppedFilesTest {
  @TempDir Path dir;

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("a b.png", "c.JPG", "it's.gif", "ä.webp", "text.txt")) {
      Files.writeString(dir.resolve(name), "x");
    }
    Files.createDirectory(dir.resolve("directory.png"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DIR/a b.png | a b.png",
        "DIR/a\\ b.png | a b.png",
        "'DIR/a b.png' | a b.png",
        "\"DIR/a b.png\" | a b.png",
        "file://DIR/a%20b.png | a b.png",
        "file://localhostDIR/c.JPG | c.JPG",
        "file://DIR/%C3%A4.webp | ä.webp",
        "~/c.JPG | c.JPG",
        "'DIR/it'\\''s.gif' | it's.gif",
        "DIR/c.JPG 'DIR/a b.png' | c.JPG,a b.png",
      })
  void namesAreReadAsTerminalsWriteThem(String paste, String names) {
    assertThat(DroppedFiles.pictures(paste.replace("DIR", dir.toString()) + "\n", dir))
        .containsExactlyElementsOf(List.of(names.split(",")).stream().map(dir::resolve).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c.JPG",
        "DIR/text.txt",
        "DIR/missing.png",
        "DIR/directory.png",
        "look at DIR/c.JPG",
        "DIR/c.JPG DIR/text.txt",
        "file://elsewhereDIR/c.JPG",
        "file:%zz.png",
        "'DIR/c.JPG",
        "\0.png",
        "\\",
      })
  void anythingElseIsText(String paste) {
    assertThat(DroppedFiles.pictures(paste.replace("DIR", dir.toString()), dir)).isEmpty();
  }

  @Test
  void severalLinesMayBeSeveralFiles() {
    String paste = dir.resolve("c.JPG") + "\n" + "file://" + dir.resolve("c.JPG");

    assertThat(DroppedFiles.pictures(paste, dir)).hasSize(2);
  }
}
