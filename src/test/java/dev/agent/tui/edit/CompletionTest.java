package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mo | memory model mo promote add-model | mo model add-model memory promote",
        "Mai | docs/maintain.md src/MainTest.java src/Main.java domain | docs/maintain.md"
            + " src/Main.java src/MainTest.java domain",
        "test | MainTest latest test.md | test.md MainTest latest",
        "'' | b a | a b",
        "xyz | abc | ''",
        "src/ma | src/Main.java src/a/Main.java | src/Main.java src/a/Main.java",
      })
  void betterFitsComeFirst(String typed, String names, String order) {
    List<Candidate> candidates =
        Arrays.stream(names.split(" ")).map(name -> new Candidate(name, "", 0)).toList();

    CompletionSource.Found found = Ranking.rank(typed, candidates, 10);

    assertThat(String.join(" ", found.best().stream().map(Candidate::name).toList()))
        .isEqualTo(order);
  }

  @Test
  void amongEqualsTheMoreRecentComesFirst() {
    CompletionSource.Found found =
        Ranking.rank(
            "m",
            List.of(
                new Candidate("ma", "", 0),
                new Candidate("mb", "", 7),
                new Candidate("m", "", 0),
                new Candidate("mc", "", 9)),
            3);

    assertThat(found.best()).extracting(Candidate::name).containsExactly("m", "mc", "mb");
    assertThat(found.total()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\u0007',
      value = {
        "/mo|; COMMAND 0 3 mo",
        "/m|o; COMMAND 0 3 m",
        "/|; COMMAND 0 1 ",
        "|/mo; ",
        "/mo |; ",
        "x /mo|; ",
        "@|; FILE 0 1 ",
        "look at @Mai|; FILE 8 12 Mai",
        "look at @M|ai x; FILE 8 12 M",
        "(@src/|); FILE 1 7 src/",
        "a@b|; ",
        "@a b|; ",
        "@\"my f|; FILE 0 6 my f",
        "@\"my f|ile\" x; FILE 0 10 my f",
        "@\"my file\"|; ",
        "@\"my file\" and @x|; FILE 15 17 x",
        "/cmd @x|; FILE 5 7 x",
        "@a⏎b|; ",
        "x⏎/mo|; ",
      })
  void whatCanBeCompletedIsFound(String marked, String expected) {
    TextEditor editor = Marked.editor(marked);

    Optional<Trigger> trigger = Trigger.find(editor.passage(), editor.cursor());

    assertThat(
            trigger
                .map(t -> t.kind() + " " + t.from() + " " + t.to() + " " + t.typed())
                .orElse("")
                .strip())
        .isEqualTo(expected == null ? "" : expected.strip());
  }

  @Test
  void aLabelIsNotCompleted() {
    TextEditor editor = Marked.editor("@x|");
    editor.image("image/png", "");

    assertThat(Trigger.find(editor.passage(), editor.cursor())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FILE, src/Main.java, '@src/Main.java '",
    "FILE, src/, '@src/'",
    "FILE, my file, '@\"my file\" '",
    "FILE, my dir/, '@\"my dir/'",
    "COMMAND, model, '/model '",
  })
  void aPathWithBlanksIsQuotedAndADirectoryStaysOpen(
      Trigger.Kind kind, String name, String replacement) {
    assertThat(new Trigger(kind, 0, 1, "").replacement(name)).isEqualTo(replacement);
  }

  @Test
  void theMenuShowsEightRowsAroundTheMark() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      candidates.add(new Candidate("c" + i, "", 0));
    }
    Completion menu = new Completion(true, 0, 1, candidates, 20, 0, 0);

    assertThat(menu.visible()).hasSize(8);
    assertThat(menu.moved(7).first()).isZero();
    assertThat(menu.moved(8).first()).isEqualTo(1);
    assertThat(menu.moved(8).moved(-8).first()).isZero();
    assertThat(menu.moved(-1).choice().name()).isEqualTo("c19");
    assertThat(menu.moved(-1).first()).isEqualTo(12);
    assertThat(menu.moved(-1).moved(1).choice().name()).isEqualTo("c0");
  }
}
