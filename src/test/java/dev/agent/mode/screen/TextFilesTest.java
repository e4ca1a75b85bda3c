package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.view.SourceStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
  @TempDir Path dir;

  private Path shown(String session) {
    return dir.resolve(session).resolve("screen");
  }

  @Test
  void aTextComesBackAsItWas() throws Exception {
    TextFiles texts = new TextFiles();
    texts.begin(Optional.of(dir.resolve("one.jsonl")));
    String text = "日本\r\n\t x".repeat(5_000);
    SourceStore.Kept kept = texts.keep(text).orElseThrow();

    assertThat(kept.read()).isEqualTo(text);
    assertThat(Files.list(shown("one"))).hasSize(1);
  }

  @Test
  void whatNoFileCanHoldStaysInMemory() {
    TextFiles texts = new TextFiles();
    assertThat(texts.keep("before a session is open")).isEmpty();
    texts.begin(Optional.empty());
    assertThat(texts.keep("of one that is not kept")).isEmpty();
    texts.begin(Optional.of(dir.resolve("one.jsonl")));
    assertThat(texts.keep("half \uD83D")).isEmpty();
  }

  @Test
  void filesGoWithTheSessionAndWithTheScreen() throws Exception {
    TextFiles texts = new TextFiles();
    Files.createDirectories(shown("one"));
    Files.writeString(shown("one").resolve("text.txt"), "left by a killed agent");
    texts.begin(Optional.of(dir.resolve("one.jsonl")));
    assertThat(shown("one")).doesNotExist();
    assertThat(texts.keep("a")).isPresent();
    texts.begin(Optional.of(dir.resolve("two.jsonl")));
    assertThat(shown("one")).doesNotExist();
    assertThat(texts.keep("b")).isPresent();
    texts.close();
    assertThat(shown("two")).doesNotExist();
  }
}
