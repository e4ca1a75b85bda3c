package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.settings.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstPromptTest {
  @TempDir Path temp;
  private Places places;
  private Path word;

  @BeforeEach
  void setUp() {
    Path cache = temp.resolve("cache");
    places = new Places(temp, temp, temp, temp, cache, List.of());
    word = cache.resolve(FirstPrompt.OTHER_SURFACE);
  }

  @Test
  void aSettingForAnotherSurfaceKeepsTheLauncherFromPainting() {
    FirstPrompt.remember(places, Optional.of("inline"));
    assertThat(word).exists();

    FirstPrompt.remember(places, Optional.of("inline"));
    assertThat(word).exists();
  }

  @Test
  void withoutTheSettingItPaintsAgain() {
    FirstPrompt.remember(places, Optional.of("plain"));
    FirstPrompt.remember(places, Optional.empty());
    assertThat(word).doesNotExist();

    FirstPrompt.remember(places, Optional.of("plain"));
    FirstPrompt.remember(places, Optional.of("fullscreen"));
    assertThat(word).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoFault() throws Exception {
    Files.writeString(temp.resolve("cache"), "a file where the directory should be");

    FirstPrompt.remember(places, Optional.of("inline"));

    assertThat(temp.resolve("cache")).hasContent("a file where the directory should be");
  }
}
