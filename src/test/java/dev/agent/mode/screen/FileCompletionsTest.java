package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.edit.Candidate;
import dev.agent.tui.edit.CompletionSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The background is a queue here, which tests empty when they want. */
class FileCompletionsTest {
  private static final int LIMIT = 5;

  private final List<String> project =
      new ArrayList<>(
          List.of("docs/", "docs/maintain.md", "src/", "src/Main.java", "src/Test.java"));
  private final Map<String, List<String>> entries =
      new TreeMap<>(
          Map.of(
              "", List.of("docs/", "src/", "target/", ".env", ".git/"),
              "src/", List.of("Main.java", "Test.java", ".hidden", "Main.class"),
              "target/", List.of("a.class", ".b"),
              "../", List.of("other/", "x")));
  private final Deque<Runnable> background = new ArrayDeque<>();
  private long now;
  private int reads;
  private int told;

  private final FileCompletions files =
      new FileCompletions(
          new FileCompletions.Tree() {
            @Override
            public List<String> all(BooleanSupplier stop) {
              reads++;
              return project.stream().sorted().toList();
            }

            @Override
            public List<String> entries(String directory) {
              return entries.getOrDefault(directory, List.of());
            }
          },
          background::add,
          () -> now,
          () -> told++);

  private void work() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private static List<String> names(CompletionSource.Found found) {
    return found.best().stream().map(Candidate::name).toList();
  }

  private List<String> settled(String typed) {
    files.find(typed, LIMIT);
    work();
    return names(files.find(typed, LIMIT));
  }

  @Test
  void aKeyGetsWhatIsKnownAndIsToldWhenThereIsMore() {
    assertThat(names(files.find("Mai", LIMIT))).isEmpty();
    assertThat(told).isZero();

    work();

    assertThat(told).isEqualTo(1);
    assertThat(names(files.find("Mai", LIMIT)))
        .containsExactly("docs/maintain.md", "src/Main.java");
    assertThat(background).isEmpty();
  }

  @Test
  void theNextKeyOfASmallProjectIsAnsweredAtOnce() {
    settled("M");

    assertThat(names(files.find("Main.j", LIMIT))).containsExactly("src/Main.java");
  }

  @Test
  void keysMeanwhileAreOneTaskForTheNewestText() {
    for (String typed : List.of("s", "sr", "src/T")) {
      files.find(typed, LIMIT);
    }

    assertThat(background).hasSize(1);
    work();
    assertThat(told).isEqualTo(1);
    assertThat(names(files.find("src/T", LIMIT))).containsExactly("src/Test.java");
    assertThat(background).isEmpty();
  }

  @Test
  void aLargeProjectIsNarrowedUntilItIsRanked() {
    project.add("many/");
    for (int i = 0; i < 3000; i++) {
      project.add("many/file%04d.txt".formatted(i));
    }
    settled("many/file00");

    assertThat(names(files.find("many/file0003", LIMIT))).containsExactly("many/file0003.txt");
    assertThat(names(files.find("many/file2999", LIMIT))).isEmpty();
    work();
    assertThat(names(files.find("many/file2999", LIMIT))).containsExactly("many/file2999.txt");
  }

  @Test
  void namesAreReadAgainWhenTheyAreOldAndShownMeanwhile() {
    settled("Main");
    project.add("src/Main2.java");
    assertThat(settled("Main")).doesNotContain("src/Main2.java");

    now += FileCompletions.MAX_AGE + 1;
    assertThat(names(files.find("Main", LIMIT))).contains("src/Main.java");
    work();

    assertThat(names(files.find("Main", LIMIT))).contains("src/Main2.java");
    assertThat(reads).isEqualTo(2);
    assertThat(background).isEmpty();
  }

  @Test
  void namesAreReadAgainOnDemand() {
    settled("Main");
    project.add("src/Main2.java");
    files.refresh();

    assertThat(settled("Main")).contains("src/Main2.java");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "t | src/Test.java docs/maintain.md",
        "e | src/Test.java",
        "target | target/",
        "target/ | target/a.class",
        "target/. | target/.b target/a.class",
        ".e | .env",
        ". | .env .git/ docs/maintain.md src/Main.java src/Test.java",
        "src/. | src/.hidden src/Main.java src/Test.java",
        "src/ | src/Main.java src/Test.java",
        "src/main.class | src/Main.class",
        "./src/M | src/Main.java",
        "../ | ../other/ ../x",
        "nowhere/x | -",
      })
  void hiddenAndIgnoredFilesAreOfferedOnlyIfTheyAreNamed(String typed, String names) {
    assertThat(settled(typed))
        .containsExactlyElementsOf(names == null ? List.of() : List.of(names.split(" ")));
  }

  @Test
  void nothingIsDoneOnceItIsClosed() {
    files.find("M", LIMIT);
    files.close();
    work();

    assertThat(told).isZero();
    assertThat(reads).isZero();
  }
}
