package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History(() -> List.of("b", "!a", "b"));

  @Test
  void walksFromTheNewestToTheOldestAndBackToTheDraft() {
    history.add(prompt("c"));

    assertThat(history.older(prompt("draft"))).contains(prompt("c"));
    assertThat(history.older(prompt("c"))).contains(prompt("b"));
    assertThat(history.older(prompt("b"))).contains(new Draft(InputMode.SHELL, Passage.of("a")));
    assertThat(history.older(prompt("a"))).isEmpty();
    assertThat(history.newer(prompt("a"))).contains(prompt("b"));
    assertThat(history.newer(prompt("b"))).contains(prompt("c"));
    assertThat(history.newer(prompt("c"))).contains(prompt("draft"));
    assertThat(history.newer(prompt("draft"))).isEmpty();
  }

  @Test
  void duplicatesAreFoldedAndTheNewestPlaceCounts() {
    history.add(prompt("c"));
    history.add(prompt("b"));
    history.add(prompt("  "));

    assertThat(history.drafts())
        .containsExactly(prompt("b"), prompt("c"), new Draft(InputMode.SHELL, Passage.of("a")));
  }

  @Test
  void whatIsChangedOnTheWayIsThereOnTheWayBack() {
    history.older(prompt(""));
    history.older(prompt("b changed"));

    assertThat(history.newer(prompt("a"))).contains(prompt("b changed"));
  }

  @Test
  void aDraftThatWasLeftForAnOlderPromptIsKept() {
    history.older(prompt("draft"));
    history.add(prompt("b again"));

    assertThat(history.drafts()).startsWith(prompt("b again"), prompt("draft"), prompt("b"));
  }

  @Test
  void pastesStayWhole() {
    Passage pasted = Passage.of(new Inset.Paste(1, "x\ny"));
    history.add(new Draft(InputMode.PROMPT, pasted));

    assertThat(history.older(Draft.EMPTY)).contains(new Draft(InputMode.PROMPT, pasted));
  }

  @Test
  void theSearchFindsTheNewestAndThenOlderOnes() {
    HistorySearch search =
        new HistorySearch(List.of(prompt("fix the bug"), prompt("Bugs"), prompt("other")));
    assertThat(search.match()).contains(new HistorySearch.Match(prompt("fix the bug"), 0, 0));

    search.paste("bug");
    assertThat(search.match()).contains(new HistorySearch.Match(prompt("fix the bug"), 8, 11));
    search.older();
    assertThat(search.match()).contains(new HistorySearch.Match(prompt("Bugs"), 0, 3));
    search.older();
    assertThat(search.failed()).isTrue();
    assertThat(search.match()).contains(new HistorySearch.Match(prompt("Bugs"), 0, 3));
    search.paste("x");
    assertThat(search.match()).isEmpty();
  }

  private static Draft prompt(String text) {
    return new Draft(InputMode.PROMPT, Passage.of(text));
  }
}
