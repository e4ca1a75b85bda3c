package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.context.OutputStyle.Origin;
import dev.agent.settings.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputStylesTest {
  private static final Surroundings HERE =
      new Surroundings(Path.of("/p"), List.of(), "linux", "2026-01-01", "model", false, "");

  private @TempDir Path temp;
  private Path project;
  private Path home;
  private Places places;

  @BeforeEach
  void begin() throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    home = Files.createDirectories(temp.toRealPath().resolve("home"));
    places = Places.of(Map.of("HOME", home.toString()), "linux");
  }

  private static Path style(Path directory, String file, String text) throws IOException {
    Path styles = Files.createDirectories(directory.resolve("output-styles"));
    return Files.writeString(styles.resolve(file), text);
  }

  private OutputStyles load(boolean trusted) {
    return OutputStyles.load(places, project, project, trusted);
  }

  @Test
  void theBuiltInOnesAreAlwaysThere() {
    OutputStyles styles = load(false);

    assertThat(styles.names()).isEqualTo("default, explanatory, learning");
    assertThat(styles.find("Learning").orElseThrow().keepsCoding()).isTrue();
    assertThat(styles.find("explanatory").orElseThrow().text()).contains("Insight");
    assertThat(styles.problems()).isEmpty();
  }

  @Test
  void filesAreReadWithTheirFrontMatterOrWithout() throws IOException {
    style(
        home.resolve(".claude"),
        "a.md",
        "---\nname: Terse One\ndescription: Few words\nkeep-coding-instructions: true\n---\n\nBe"
            + " terse.\n");
    style(project.resolve(".claude"), "poet.md", "Answer in verse.\n");

    OutputStyles styles = load(true);

    assertThat(styles.find(" terse one "))
        .contains(new OutputStyle("Terse One", "Few words", "Be terse.", true, Origin.PERSONAL));
    assertThat(styles.find("POET"))
        .contains(new OutputStyle("poet", "", "Answer in verse.", false, Origin.PROJECT));
    assertThat(styles.find("prose")).isEmpty();
  }

  @Test
  void stylesOfAProjectThatNobodyTrustsAreNotRead() throws IOException {
    style(project.resolve(".agent"), "poet.md", "Answer in verse.");

    OutputStyles styles = load(false);

    assertThat(styles.find("poet")).isEmpty();
    assertThat(styles.unknown("poet"))
        .contains("There is no output style \"poet\"", "default, explanatory, learning")
        .contains("agent trust");
  }

  @Test
  void thePersonsGoFirstThenTheBuiltInThenTheNearerDirectory() throws IOException {
    Path below = Files.createDirectories(project.resolve("web"));
    style(home.resolve(".agent"), "mine.md", "own");
    style(home.resolve(".claude"), "mine.md", "compatible");
    style(home.resolve(".agent"), "learning.md", "my learning");
    style(project.resolve(".agent"), "mine.md", "theirs");
    style(project.resolve(".claude"), "explanatory.md", "not what you think");
    style(project.resolve(".claude"), "default.md", "nor this");
    style(project.resolve(".agent"), "both.md", "far");
    style(below.resolve(".claude"), "both.md", "near");

    OutputStyles styles = OutputStyles.load(places, project, below, true);

    assertThat(styles.find("mine").orElseThrow().text()).isEqualTo("own");
    assertThat(styles.find("learning").orElseThrow().text()).isEqualTo("my learning");
    assertThat(styles.find("explanatory").orElseThrow().origin()).isEqualTo(Origin.BUILT_IN);
    assertThat(styles.find("default")).contains(OutputStyle.DEFAULT);
    assertThat(styles.find("both").orElseThrow().text()).isEqualTo("near");
    assertThat(styles.names()).isEqualTo("default, explanatory, learning, mine, both");
    assertThat(styles.problems()).hasSize(5);
  }

  @Test
  void whatCannotBeUsedIsToldAndLeftOut() throws IOException {
    Path outside = Files.writeString(temp.resolve("outside.md"), "outside");
    Path styles = style(project.resolve(".claude"), "empty.md", "---\nname: x\n---\n").getParent();
    Files.createSymbolicLink(styles.resolve("link.md"), outside);
    Files.write(styles.resolve("latin.md"), new byte[] {'a', (byte) 0xE4});
    Files.writeString(styles.resolve("large.md"), "x".repeat(65 * 1024));
    Files.writeString(styles.resolve("notes.txt"), "no style");

    OutputStyles loaded = load(true);

    assertThat(loaded.names()).isEqualTo("default, explanatory, learning");
    assertThat(loaded.problems())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).contains("empty.md", "no text"),
            it -> assertThat(it).contains("link.md", "out of the project"),
            it -> assertThat(it).contains("latin.md", "UTF-8"),
            it -> assertThat(it).contains("large.md", "64 KiB"));
  }

  private static List<String> prompt(Optional<String> replaced, OutputStyle style) {
    return SystemPrompt.blocks(replaced, Optional.of("APPENDED"), style, HERE).stream()
        .map(it -> it.text())
        .toList();
  }

  @Test
  void aStyleJoinsThePromptAndTakesTheInstructionsAboutCodeAway() {
    OutputStyle poet = new OutputStyle("poet", "", "Answer in verse.", false, Origin.PERSONAL);
    List<String> without = prompt(Optional.empty(), OutputStyle.DEFAULT);

    List<String> with = prompt(Optional.empty(), poet);

    assertThat(without.getFirst()).contains("# How to work\n", "\n\n# Tools\n");
    assertThat(without.getLast()).doesNotContain("# Output style");
    assertThat(with.getFirst())
        .doesNotContain("# How to work", "{coding}")
        .contains("# Tools\n", "# Care\n", "# What you write\n");
    assertThat(with.getLast())
        .contains("# Output style: poet\n")
        .contains("Answer in verse.\n\nAPPENDED");
  }

  @Test
  void aStyleThatKeepsThemChangesTheSecondBlockOnly() {
    OutputStyle calm = new OutputStyle("calm", "", "Stay calm.", true, Origin.PERSONAL);

    List<String> with = prompt(Optional.empty(), calm);

    assertThat(with.getFirst()).isEqualTo(prompt(Optional.empty(), OutputStyle.DEFAULT).getFirst());
    assertThat(with.getLast()).contains("Stay calm.");
  }

  @Test
  void aSystemPromptOfThePersonsOwnIsSentWithoutAStyle() {
    OutputStyle calm = new OutputStyle("calm", "", "Stay calm.", true, Origin.PERSONAL);

    assertThat(prompt(Optional.of("MINE"), calm))
        .isEqualTo(prompt(Optional.of("MINE"), OutputStyle.DEFAULT));
  }
}
