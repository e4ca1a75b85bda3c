package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.Completion.Candidate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir private Path temp;

  private List<Candidate> of(String line, String... recent) {
    Stage stage = new Stage(temp);
    return Completion.of(line, stage.commands, List.of(recent), stage.context());
  }

  private List<String> labels(String line, String... recent) {
    return of(line, recent).stream().map(Candidate::label).toList();
  }

  @Test
  void aSlashAloneOffersAllInTheirOrder() {
    assertThat(labels("/")).hasSize(Commands.builtIn().all().size()).startsWith("/help", "/clear");
  }

  @Test
  void exactGoesBeforeBeginningBeforeWordBeforeLetters() {
    assertThat(labels("/mod")).containsExactly("/model", "/mode");
    assertThat(labels("/mode")).containsExactly("/mode", "/model");
    assertThat(labels("/dir")).containsExactly("/add-dir");
    assertThat(labels("/ctx")).containsExactly("/context");
    assertThat(labels("/zzz")).isEmpty();
  }

  @Test
  void whatWasUsedLatelyGoesFirstAmongEquals() {
    assertThat(labels("/co", "copy", "cost")).startsWith("/copy", "/cost", "/compact");
  }

  @Test
  void anAliasIsOfferedToWhoTypesIt() {
    assertThat(labels("/qui")).containsExactly("/quit");
    assertThat(labels("/")).doesNotContain("/quit");
  }

  @Test
  void aCandidateTellsWhatMatchedAndWhatIsInserted() {
    Candidate context = of("/ctx").getFirst();

    assertThat(context)
        .isEqualTo(
            new Candidate(
                "/context",
                "/context",
                "",
                "Show what fills the context window",
                List.of(1, 4, 6),
                true));
    Candidate rename = of("/rename").getFirst();
    assertThat(rename.text()).isEqualTo("/rename ");
    assertThat(rename.closes()).isFalse();
  }

  @Test
  void argumentsAreOfferedBehindTheName() {
    assertThat(of("/theme l"))
        .extracting(Candidate::text, Candidate::label)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("/theme light", "light"));
    assertThat(labels("/mode p")).startsWith("plan");
  }

  @Test
  void promptsAreLeftAlone() {
    assertThat(labels("hello /he")).isEmpty();
    assertThat(labels("/help\n")).isEmpty();
    assertThat(labels("/nosuch x")).isEmpty();
  }
}
