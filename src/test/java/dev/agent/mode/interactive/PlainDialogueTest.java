package dev.agent.mode.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.permission.Decision;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Reason;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tools.plan.AskUserQuestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions that are answered by typed lines. */
class PlainDialogueTest {
  private static Question.Permission command(String command, String... offers) {
    ToolCall call = new ToolCall("t1", "Bash", Json.object().put("command", command));
    return new Question.Permission(
        1,
        new PermissionRequest(call, Effect.UNKNOWN, Mode.DEFAULT, Path.of("/project")),
        new Decision.Ask(new Reason("mode", "", "", "it changes files"), List.of(offers)),
        List.of(),
        _ -> Optional.empty(),
        false);
  }

  private static Question.Choice choice(boolean several) {
    return new Question.Choice(
        1,
        List.of(
            new AskUserQuestion.Question(
                "Colour?",
                Optional.empty(),
                List.of(
                    new AskUserQuestion.Option("red", Optional.empty()),
                    new AskUserQuestion.Option("blue", Optional.of("cold"))),
                Optional.of(several)),
            new AskUserQuestion.Question(
                "Size?",
                Optional.empty(),
                List.of(new AskUserQuestion.Option("large", Optional.empty())),
                Optional.empty())));
  }

  private static Reply answered(PlainDialogue.Step step) {
    return ((PlainDialogue.Step.Answered) step).reply();
  }

  @Test
  void aPermissionQuestionShowsTheWholeCallAndWhyItIsAsked() {
    assertThat(new PlainDialogue(command("rm -r a\nrm -r b", "Bash(rm *)")).lines())
        .containsExactly(
            "question: Allow this Bash call?",
            "  rm -r a",
            "  rm -r b",
            "  asked because: it changes files",
            "1. Yes",
            "2. Yes, and do not ask again for `rm *` in this project",
            "3. No, and say what to do instead",
            "Type a number, and words behind it if you like; 0 cancels.");
  }

  private static List<String> asked(String tool, ObjectNode input) {
    return new PlainDialogue(
            new Question.Permission(
                1,
                new PermissionRequest(
                    new ToolCall("t1", tool, input),
                    Effect.UNKNOWN,
                    Mode.DEFAULT,
                    Path.of("/project")),
                new Decision.Ask(new Reason("mode", "", "", "why"), List.of()),
                List.of(),
                _ -> Optional.empty(),
                false))
        .lines();
  }

  @Test
  void nothingOfACommandIsHiddenOrWrittenOver() {
    assertThat(new PlainDialogue(command("rm -rf ~ #\rls\u001b[2K\u200b")).lines())
        .contains("  rm -rf ~ #⟨U+000D⟩ls⟨U+001B⟩[2K⟨U+200B⟩");
  }

  @Test
  void howACommandRunsIsPartOfTheQuestion() {
    assertThat(
            asked(
                "Bash",
                Json.object()
                    .put("command", "make")
                    .put("run_in_background", true)
                    .put("dangerouslyDisableSandbox", true)))
        .startsWith(
            "question: Allow this Bash call in the background outside of the sandbox?", "  make");
  }

  @Test
  void allOfTheInputOfAnyOtherCallIsTold() {
    ObjectNode input = Json.object().put("url", "https://a.test/").put("method", "DELETE");
    input.putObject("body").put("all", true);
    assertThat(asked("mcp__web__call", input))
        .startsWith(
            "question: Allow this mcp__web__call call?",
            "  https://a.test/",
            "  method: DELETE",
            "  body: {\"all\":true}",
            "  asked because: why");
  }

  @Test
  void numbersChooseAndWordsBehindThemGoAlong() {
    Question.Permission question = command("make", "Bash(make)");
    assertThat(answered(new PlainDialogue(question).take("1")))
        .isEqualTo(new Reply.Allow(Reply.Scope.ONCE, ""));
    assertThat(answered(new PlainDialogue(question).take("1 but quickly")))
        .isEqualTo(new Reply.Allow(Reply.Scope.ONCE, "but quickly"));
    assertThat(answered(new PlainDialogue(question).take(" 2 ")))
        .isEqualTo(new Reply.Allow(Reply.Scope.PROJECT, ""));
    assertThat(answered(new PlainDialogue(question).take("3 use ant")))
        .isEqualTo(new Reply.Deny("use ant"));
    assertThat(answered(new PlainDialogue(question).take("0"))).isEqualTo(new Reply.Cancel());
  }

  @Test
  void aNoWithoutWordsIsAskedForThem() {
    PlainDialogue dialogue = new PlainDialogue(command("make"));
    assertThat(dialogue.take("2")).isInstanceOf(PlainDialogue.Step.GoOn.class);
    assertThat(answered(dialogue.take("0 is fine"))).isEqualTo(new Reply.Deny("0 is fine"));
  }

  @Test
  void whatIsNoAnswerLeavesTheQuestionOpen() {
    PlainDialogue dialogue = new PlainDialogue(command("make", "Bash(make)"));
    for (String line : List.of("", "4", "-1", "yes", "2 and more", "99999999999")) {
      assertThat(dialogue.take(line)).as(line).isInstanceOf(PlainDialogue.Step.Unfit.class);
    }
  }

  @Test
  void choicesAreAskedOneAfterTheOther() {
    PlainDialogue dialogue = new PlainDialogue(choice(false));
    assertThat(dialogue.lines()).contains("question: Colour?", "2. blue: cold");
    assertThat(dialogue.take("1, 2")).isInstanceOf(PlainDialogue.Step.Unfit.class);
    assertThat(dialogue.take("2"))
        .isEqualTo(
            new PlainDialogue.Step.GoOn(
                List.of(
                    "question: Size?",
                    "1. large",
                    "Type a number, or words of your own; 0 cancels.")));
    assertThat(answered(dialogue.take("medium, please")))
        .isEqualTo(new Reply.Chosen(List.of(List.of("blue"), List.of("medium, please"))));
  }

  @Test
  void severalCanBeChosenWhereThatIsMeant() {
    PlainDialogue dialogue = new PlainDialogue(choice(true));
    dialogue.take("1,2");
    assertThat(answered(dialogue.take("1")))
        .isEqualTo(new Reply.Chosen(List.of(List.of("red", "blue"), List.of("large"))));
  }
}
