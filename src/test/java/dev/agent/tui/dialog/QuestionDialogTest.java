package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Golden;
import dev.agent.tools.plan.AskUserQuestion.Option;
import dev.agent.tools.plan.AskUserQuestion.Question;
import dev.agent.tui.dialog.QuestionAnswer.Replied;
import dev.agent.tui.dialog.QuestionAnswer.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionDialogTest {
  private static final Question STORE =
      new Question(
          "Which database shall the service use?",
          Optional.of("Database"),
          List.of(
              new Option(
                  "PostgreSQL (advised)",
                  Optional.of("Runs in production already; needs a container for the tests.")),
              new Option("SQLite", Optional.of("One file, no server.")),
              new Option("None", Optional.empty())),
          Optional.empty());
  private static final Question CHECKS =
      new Question(
          "Which checks shall run before a commit?",
          Optional.of("Checks"),
          List.of(
              new Option("Tests", Optional.empty()),
              new Option("Formatter", Optional.empty()),
              new Option("Linter", Optional.empty())),
          Optional.of(true));

  private final Golden golden = new Golden(getClass());

  static QuestionDialog both() {
    return new QuestionDialog(List.of(STORE, CHECKS));
  }

  private static Step<QuestionAnswer> replied(Reply... replies) {
    return new Step.Answered<>(new Replied(List.of(replies)));
  }

  private static QuestionDialog after(QuestionDialog dialog, Input... inputs) {
    Press.all(dialog, inputs);
    return dialog;
  }

  @Test
  void looksCalm() {
    golden.check("single", () -> new QuestionDialog(List.of(STORE)));
    golden.check("single-typing", () -> after(new QuestionDialog(List.of(STORE)), Press.key("4")));
    golden.check("several", QuestionDialogTest::both);
    golden.check(
        "several-ticks",
        () -> after(both(), Press.key("2"), Press.key("1"), Press.DOWN, Press.DOWN, Press.SPACE));
    golden.check("review", () -> after(both(), Press.key("2"), Press.key("1"), Press.key("5")));
    golden.check("review-unanswered", () -> after(both(), Press.SHIFT_TAB));
  }

  @Test
  void aSingleQuestionIsAnsweredAtOnce() {
    assertThat(new QuestionDialog(List.of(STORE)).on(Press.key("2")))
        .isEqualTo(replied(new Reply(STORE.question(), List.of("SQLite"), "")));
    assertThat(Press.all(new QuestionDialog(List.of(STORE)), Press.DOWN, Press.ENTER))
        .isEqualTo(replied(new Reply(STORE.question(), List.of("SQLite"), "")));
  }

  @Test
  void wordsThatAreTypedOrPastedOnTheRowForThemAreNotLost() {
    for (Input first : List.of(Press.key("H"), new Input.Pasted("H"))) {
      QuestionDialog dialog = after(new QuestionDialog(List.of(STORE)), Press.UP);
      assertThat(dialog.on(first)).isEqualTo(new Step.Open<>());
      Press.type(dialog, "2 please");

      assertThat(dialog.on(Press.ENTER))
          .isEqualTo(replied(new Reply(STORE.question(), List.of(), "H2 please")));
    }
  }

  @Test
  void anAnswerOfOnesOwnIsTyped() {
    QuestionDialog dialog = after(new QuestionDialog(List.of(STORE)), Press.key("4"));
    assertThat(dialog.isTyping()).isTrue();
    assertThat(dialog.on(Press.ENTER)).isEqualTo(new Step.Open<>());
    Press.type(dialog, "H2");

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(replied(new Reply(STORE.question(), List.of(), "H2")));
  }

  @Test
  void severalAnswersAreTickedUntilDone() {
    QuestionDialog dialog =
        after(
            new QuestionDialog(List.of(CHECKS)),
            Press.ENTER,
            Press.key("3"),
            Press.key("2"),
            Press.key("2"),
            Press.key("4"));
    Press.type(dialog, "spelling");
    dialog.on(Press.ENTER);

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(replied(new Reply(CHECKS.question(), List.of("Tests", "Linter"), "spelling")));
  }

  @Test
  void severalQuestionsAreReviewed() {
    QuestionDialog dialog = after(both(), Press.key("1"), Press.key("2"), Press.key("5"));

    assertThat(dialog.on(Press.key("1")))
        .isEqualTo(
            replied(
                new Reply(STORE.question(), List.of("PostgreSQL (advised)"), ""),
                new Reply(CHECKS.question(), List.of("Formatter"), "")));
  }

  @Test
  void tabsGoRound() {
    QuestionDialog dialog = both();

    assertThat(Sizes.text(after(dialog, Press.TAB))).contains("before a commit?");
    assertThat(Sizes.text(after(dialog, Press.RIGHT))).contains("Send the answers");
    assertThat(Sizes.text(after(dialog, Press.TAB))).contains("Which database");
    assertThat(Sizes.text(after(dialog, Press.LEFT))).contains("Send the answers");
    assertThat(Sizes.text(after(dialog, Press.key("2")))).contains("Which database");
  }

  @Test
  void anotherAnswerReplacesTheFirst() {
    QuestionDialog dialog = after(both(), Press.key("1"), Press.LEFT, Press.key("3"), Press.RIGHT);

    assertThat(dialog.on(Press.ENTER))
        .isEqualTo(
            replied(
                new Reply(STORE.question(), List.of("None"), ""),
                new Reply(CHECKS.question(), List.of(), "")));
  }

  @Test
  void escapeDeclines() {
    assertThat(both().on(Press.ESC))
        .isEqualTo(new Step.Answered<QuestionAnswer>(new QuestionAnswer.Declined()));
  }

  @Test
  void aReplyIsShownInWords() {
    assertThat(new Reply("Which?", List.of("A", "B"), "and C").inWords()).isEqualTo("A, B, and C");
    assertThat(new Reply("How?", List.of(), "").inWords()).isEqualTo("(no answer)");
  }

  @Test
  void whatTheModelWritesCanNotHideAnything() {
    Question evil =
        new Question(
            "Go\u202E on?",
            Optional.of("\u001b]0;x"),
            List.of(new Option("\u0007a", Optional.of("\u200B"))),
            Optional.empty());

    assertThat(Sizes.text(new QuestionDialog(List.of(evil))))
        .contains("Go⟨U+202E⟩ on?", "␛]0;x", "␇a", "⟨U+200B⟩");
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(QuestionDialogTest::both);
    Sizes.assertFits(() -> after(both(), Press.TAB, Press.key("4")));
    Sizes.assertFits(() -> after(both(), Press.SHIFT_TAB));
  }
}
