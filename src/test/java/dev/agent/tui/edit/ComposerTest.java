package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Style;
import dev.agent.tui.edit.Composer.Situation;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Chord;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.Keymap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComposerTest {
  private static final long SECOND = 1_000_000_000;
  private static final Situation WORKING = new Situation(true, false);
  private static final String LONG = "line\n".repeat(40).strip();

  private final List<Candidate> files = new ArrayList<>();
  private final Composer composer =
      new Composer(
          Keymap.defaults(),
          new History(() -> List.of("older prompt", "!ls")),
          CompletionSource.of(
              () ->
                  List.of(
                      new Candidate("model", "Change the model", 0),
                      new Candidate("memory", "Edit memory files", 0),
                      new Candidate("clear", "", 0))),
          CompletionSource.of(() -> files));
  private Situation situation = Situation.IDLE;
  private long now = 5 * SECOND;

  @Test
  void enterSends() {
    type("hello");

    assertThat(press("enter")).isEqualTo(submit("hello"));
    assertThat(composer.draft()).isEqualTo(Draft.EMPTY);
    assertThat(press("enter")).isEqualTo(new Outcome.Perform(Action.SUBMIT));
  }

  @Test
  void aBlankInFrontMakesAPromptOfAnything() {
    for (String text : List.of("/foo", "!ls", "#note")) {
      type(" " + text + " ");

      assertThat(press("enter"))
          .isEqualTo(new Outcome.Submit(prompt(" " + text + " "), " " + text, List.of()));
    }
  }

  @Test
  void newlinesDoNotSend() {
    type("a");
    press("shift+enter");
    type("b");
    press("ctrl+j");
    type("c\\");
    press("enter");
    type("d");

    assertThat(press("enter")).isEqualTo(submit("a\nb\nc\nd"));
  }

  @Test
  void pastesAreSentInFullAndShownAgainAsTheyWere() {
    type("see ");
    composer.handle(new InputEvent.Pasted(LONG), situation, now);
    assertThat(composer.draft().passage().text()).isEqualTo("see [Pasted text #1 +39 lines]");

    Outcome.Submit sent = (Outcome.Submit) press("enter");
    assertThat(sent.text()).isEqualTo("see " + LONG);

    press("up");
    assertThat(composer.draft().passage().text()).isEqualTo("see [Pasted text #1 +39 lines]");
    press("ctrl+e");
    assertThat(composer.draft().passage().text()).isEqualTo("see " + LONG);
  }

  @Test
  void picturesAreSentWithTheirLabels() {
    assertThat(press("ctrl+v")).isEqualTo(new Outcome.PasteImage());
    composer.image("image/png", "AAAA");
    type(" what is this?");

    Outcome.Submit sent = (Outcome.Submit) press("enter");

    assertThat(sent.text()).isEqualTo("[Image #1] what is this?");
    assertThat(sent.images()).containsExactly(new Inset.Image(1, "image/png", "AAAA"));
  }

  @Test
  void aFirstCharacterChoosesTheMode() {
    type("!ls");
    assertThat(composer.mode()).isEqualTo(InputMode.SHELL);
    Outcome.Submit sent = (Outcome.Submit) press("enter");
    assertThat(sent.text()).isEqualTo("ls");
    assertThat(sent.draft().text()).isEqualTo("!ls");
    assertThat(composer.mode()).isEqualTo(InputMode.PROMPT);

    type("#");
    assertThat(composer.mode()).isEqualTo(InputMode.MEMORY);
    press("backspace");
    assertThat(composer.mode()).isEqualTo(InputMode.PROMPT);
    type("a!#");
    assertThat(composer.mode()).isEqualTo(InputMode.PROMPT);
    assertThat(composer.draft().passage().text()).isEqualTo("a!#");
  }

  @Test
  void aQuestionMarkAloneAsksForHelp() {
    assertThat(press("?")).isEqualTo(new Outcome.Help());
    type("a?");
    assertThat(composer.draft().passage().text()).isEqualTo("a?");
  }

  @Test
  void escapeTwiceClearsTheDraftWhichTheHistoryKeeps() {
    type("draft");

    assertThat(press("esc")).isEqualTo(new Outcome.Changed());
    assertThat(composer.armed(now)).contains(Action.CANCEL);
    assertThat(press("esc")).isEqualTo(new Outcome.Cleared(prompt("draft")));
    press("up");
    assertThat(composer.draft()).isEqualTo(prompt("draft"));
  }

  @Test
  void escapeTwiceWithoutADraftGoesBack() {
    press("esc");
    assertThat(press("esc")).isEqualTo(new Outcome.Rewind());

    press("esc");
    now += 3 * SECOND;
    assertThat(composer.armed(now)).isEmpty();
    assertThat(press("esc")).isEqualTo(new Outcome.Changed());
    type("x");
    press("backspace");
    assertThat(press("esc")).as("another key came between").isEqualTo(new Outcome.Changed());
  }

  @Test
  void ctrlCClearsThenExits() {
    type("draft");

    assertThat(press("ctrl+c")).isEqualTo(new Outcome.Cleared(prompt("draft")));
    assertThat(composer.armed(now)).contains(Action.INTERRUPT);
    assertThat(press("ctrl+c")).isEqualTo(new Outcome.Exit());
  }

  @Test
  void ctrlCWhileWorkingClearsThenInterruptsThenExits() {
    situation = WORKING;
    type("draft");

    assertThat(press("ctrl+c")).isEqualTo(new Outcome.Cleared(prompt("draft")));
    assertThat(press("ctrl+c")).isEqualTo(new Outcome.Interrupt());
    assertThat(press("ctrl+c")).isEqualTo(new Outcome.Exit());
  }

  @Test
  void slowCtrlCNeverExits() {
    press("ctrl+c");
    now += 2 * SECOND;

    assertThat(press("ctrl+c")).isEqualTo(new Outcome.Changed());
  }

  @Test
  void escapeInterruptsWorkAndKeepsTheDraft() {
    situation = WORKING;
    type("draft");

    assertThat(press("esc")).isEqualTo(new Outcome.Interrupt());
    assertThat(composer.draft()).isEqualTo(prompt("draft"));
  }

  @Test
  void ctrlDDeletesAndTwiceOnNothingExits() {
    type("ab");
    press("home");
    press("ctrl+d");
    assertThat(composer.draft()).isEqualTo(prompt("b"));
    press("ctrl+d");
    press("ctrl+d");
    assertThat(press("ctrl+d")).isEqualTo(new Outcome.Exit());
  }

  @Test
  void ctrlBMovesAndWhileWorkingSendsToTheBackground() {
    type("ab");
    assertThat(press("ctrl+b")).isEqualTo(new Outcome.Changed());
    situation = WORKING;
    assertThat(press("ctrl+b")).isEqualTo(new Outcome.Perform(Action.BACKGROUND));
  }

  @Test
  void whatIsNotTheComposersIsPassedOn() {
    assertThat(press("pageup")).isEqualTo(new Outcome.Perform(Action.PAGE_UP));
    assertThat(press("shift+tab")).isEqualTo(new Outcome.Perform(Action.CYCLE_MODE));
    assertThat(press("tab")).isEqualTo(new Outcome.Perform(Action.COMPLETE));
    assertThat(press("f7")).isEqualTo(new Outcome.Ignored());
    assertThat(composer.handle(new InputEvent.Focused(true), situation, now))
        .isEqualTo(new Outcome.Ignored());
  }

  @Test
  void upTakesBackWhatWaitsWhenNothingIsWritten() {
    situation = new Situation(true, true);
    assertThat(press("up")).isEqualTo(new Outcome.TakeBackQueue());
    composer.takeBack(List.of("one", "two"));

    assertThat(composer.draft()).isEqualTo(prompt("one\ntwo"));
    type("!");
    assertThat(press("enter")).isEqualTo(submit("one\ntwo!"));
  }

  @Test
  void aShellCommandThatWaitedIsOneAgain() {
    composer.takeBack(List.of("!ls"));
    assertThat(composer.draft()).isEqualTo(new Draft(InputMode.SHELL, Passage.of("ls")));
    composer.takeBack(List.of("pwd"));
    assertThat(composer.draft()).isEqualTo(new Draft(InputMode.SHELL, Passage.of("pwd\nls")));
  }

  @Test
  void aFileWhoseNameCannotBeWrittenIsNotOffered() {
    files.add(new Candidate("a\nb", "", 0));
    files.add(new Candidate("a\u001b[31m", "", 0));
    files.add(new Candidate("ab", "", 0));
    type("@a");

    assertThat(composer.completion().orElseThrow().candidates())
        .containsExactly(new Candidate("ab", "", 0));
  }

  @Test
  void whatComesFromElsewhereHoldsNoControls() {
    composer.set(Draft.of("a\u001b]0;x\u0007\r\nb"));

    assertThat(composer.draft()).isEqualTo(prompt("a]0;x\nb"));
  }

  @Test
  void upAndDownWalkThroughTheHistoryAndBackToTheDraft() {
    type("draft");
    press("up");
    assertThat(composer.draft()).isEqualTo(prompt("older prompt"));
    press("up");
    assertThat(composer.mode()).isEqualTo(InputMode.SHELL);
    assertThat(press("up")).isEqualTo(new Outcome.Ignored());
    press("down");
    press("down");

    assertThat(composer.draft()).isEqualTo(prompt("draft"));
  }

  @Test
  void upMovesInTheTextFirst() {
    type("a");
    press("ctrl+j");
    type("b");
    press("up");
    assertThat(composer.state().cursor()).isEqualTo(1);
    press("up");
    assertThat(composer.draft()).isEqualTo(prompt("older prompt"));
  }

  @Test
  void aCommandIsCompletedAndRun() {
    type("/me");
    assertThat(composer.completion().orElseThrow().choice().name()).isEqualTo("memory");

    assertThat(press("enter")).isEqualTo(submit("/memory", "/memory "));
  }

  @Test
  void tabCompletesAndDoesNotRun() {
    type("/m");
    press("down");
    press("tab");

    assertThat(composer.draft()).isEqualTo(prompt("/model "));
    assertThat(composer.completion()).isEmpty();
    type("opus");
    assertThat(press("enter")).isEqualTo(submit("/model opus"));
  }

  @Test
  void aFileIsCompletedAndNotSent() {
    files.add(new Candidate("src/Main.java", "", 0));
    type("look at @Mai");

    assertThat(press("enter")).isEqualTo(new Outcome.Changed());
    assertThat(composer.draft()).isEqualTo(prompt("look at @src/Main.java "));
    assertThat(press("enter"))
        .isEqualTo(submit("look at @src/Main.java", "look at @src/Main.java "));
  }

  @Test
  void aPathThatIsWholeIsSentAtOnce() {
    files.add(new Candidate("a.md", "", 0));
    type("@a.md");

    assertThat(press("enter")).isEqualTo(submit("@a.md", "@a.md "));
  }

  @Test
  void escapeClosesTheMenuUntilSomethingElseIsCompleted() {
    files.add(new Candidate("a.md", "", 0));
    type("@a");
    press("esc");
    assertThat(composer.completion()).isEmpty();
    type(".");
    assertThat(composer.completion()).isEmpty();
    type(" @a");
    assertThat(composer.completion()).isPresent();
  }

  @Test
  void theMarkStaysWhenMoreIsKnown() {
    files.add(new Candidate("b.md", "", 0));
    type("@");
    files.addFirst(new Candidate("a.md", "", 0));
    composer.refresh();

    assertThat(composer.completion().orElseThrow().choice().name()).isEqualTo("b.md");
    assertThat(composer.completion().orElseThrow().total()).isEqualTo(2);
  }

  @Test
  void olderPromptsOpenNoMenu() {
    type("/model x");
    press("enter");
    type("/clear");
    press("enter");
    press("up");
    assertThat(composer.completion()).isEmpty();
    press("up");
    assertThat(composer.draft()).isEqualTo(prompt("/model x"));
  }

  @Test
  void theShellCompletesNoCommands() {
    type("!/m");

    assertThat(composer.completion()).isEmpty();
  }

  @Test
  void ctrlRSearchesAndEnterSends() {
    type("draft");
    press("ctrl+r");
    type("OLD");
    assertThat(composer.search().orElseThrow().match().orElseThrow().draft())
        .isEqualTo(prompt("older prompt"));

    assertThat(press("enter")).isEqualTo(submit("older prompt"));
    assertThat(composer.search()).isEmpty();
    press("up");
    press("up");
    assertThat(composer.draft()).isEqualTo(prompt("draft"));
  }

  @Test
  void tabEditsWhatWasFoundAndEscapeGoesBack() {
    type("draft");
    press("ctrl+r");
    type("old");
    press("esc");
    assertThat(composer.draft()).isEqualTo(prompt("draft"));

    press("ctrl+r");
    type("ls");
    press("tab");
    assertThat(composer.draft()).isEqualTo(new Draft(InputMode.SHELL, Passage.of("ls")));
    assertThat(composer.search()).isEmpty();
  }

  @Test
  void theStashKeepsADraftForLater() {
    type("later");
    press("ctrl+s");
    assertThat(composer.draft()).isEqualTo(Draft.EMPTY);
    assertThat(composer.stashed()).isEqualTo(1);
    type("now");
    press("enter");
    press("ctrl+s");

    assertThat(composer.draft()).isEqualTo(prompt("later"));
    assertThat(composer.stashed()).isZero();
  }

  @Test
  void theExternalEditorGetsAllTextAndPicturesSurviveIt() {
    composer.image("image/png", "AAAA");
    composer.handle(new InputEvent.Pasted(LONG), situation, now);
    assertThat(press("ctrl+g")).isEqualTo(new Outcome.OpenEditor("[Image #1]" + LONG));

    composer.edited("[Image #1]" + LONG);
    assertThat(composer.draft().passage().pieces()).hasSize(2);
    composer.edited("new [Image #1]\n");

    assertThat(composer.draft().passage().text()).isEqualTo("new [Image #1]");
    assertThat(composer.draft().passage().images()).hasSize(1);
    press("ctrl+_");
    assertThat(composer.draft().passage().pieces()).hasSize(2);
  }

  @Test
  void vimKeysEditAndEscapeDoesNotInterrupt() {
    composer.vim(true);
    situation = WORKING;
    type("one two");
    assertThat(press("esc")).isEqualTo(new Outcome.Changed());
    assertThat(composer.vimLabel()).isEqualTo("-- NORMAL --");
    type("bdw");
    assertThat(composer.draft()).isEqualTo(prompt("one "));
    assertThat(press("esc")).isEqualTo(new Outcome.Interrupt());
    assertThat(press("z")).isEqualTo(new Outcome.Changed());
    press("k");
    assertThat(composer.draft()).isEqualTo(prompt("older prompt"));
    assertThat(composer.state().cursor()).as("on the last character").isEqualTo(11);
    assertThat(composer.commands()).isTrue();
    assertThat(press("enter")).isEqualTo(submit("older prompt"));
    assertThat(composer.commands()).isFalse();
  }

  @Test
  void vimKeysThatAreOnAlreadyStayInTheirMode() {
    composer.vim(true);
    type("one");
    press("esc");

    composer.vim(true);

    assertThat(composer.vimLabel()).isEqualTo("-- NORMAL --");
  }

  @Test
  void vimCommandsAreNotTakenByAMenu() {
    composer.vim(true);
    type("/m");
    press("esc");
    press("esc");
    type("dd");

    assertThat(composer.draft()).isEqualTo(Draft.EMPTY);
  }

  @Test
  void twoCharactersTypedAtOnceLeaveInsertMode() {
    escapes("jk");
    type("one j");
    assertThat(composer.draft()).as("the first one is text at once").isEqualTo(prompt("one j"));
    now += SECOND * 3 / 10;
    type("k");

    assertThat(composer.draft()).isEqualTo(prompt("one "));
    assertThat(composer.vimLabel()).isEqualTo("-- NORMAL --");
    type("u");
    assertThat(composer.draft()).as("undo knows nothing of it").isEqualTo(prompt(""));
    press("ctrl+r");
    type("0itwo jk.");
    assertThat(composer.draft()).as("nor does the dot").isEqualTo(prompt("twotwo  one "));
  }

  @Test
  void theSameCharacterTwiceIsAsGood() {
    escapes("jj");
    type("j");
    now += SECOND;
    type("j");
    assertThat(composer.vimLabel()).as("too late").isEmpty();
    type("j");

    assertThat(composer.draft()).isEqualTo(prompt("j"));
    assertThat(composer.commands()).isTrue();
    assertThat(composer.state().cursor()).isZero();
  }

  @Test
  void whatComesInBetweenOrTooLateIsText() {
    escapes("jk");
    type("j");
    now += SECOND * 3 / 10 + 1;
    type("kj");
    press("left");
    press("right");
    type("kj");
    composer.handle(new InputEvent.Pasted(""), situation, now);
    composer.handle(new InputEvent.Pasted("x"), situation, now);
    type("kk");

    assertThat(composer.draft()).isEqualTo(prompt("jkjkjxkk"));
    assertThat(composer.commands()).isFalse();
  }

  @Test
  void theTwoAreTextWithoutVimAndInASearch() {
    composer.insertEscape("jk");
    type("jk");
    assertThat(composer.draft()).isEqualTo(prompt("jk"));
    composer.vim(true);
    type("j");
    press("ctrl+r");
    type("k");
    assertThat(composer.search()).isPresent();
    press("esc");
    assertThat(composer.draft()).isEqualTo(prompt("jkj"));
  }

  @Test
  void charactersThatBeginSomethingAreNotTakenBack() {
    escapes("!!");
    type("!!");

    assertThat(composer.mode()).isEqualTo(InputMode.SHELL);
    assertThat(composer.draft().passage().text()).isEqualTo("!");
  }

  @Test
  void theTwoMeanEscapeAlsoToAMenu() {
    escapes("jj");
    type("/mjj");
    assertThat(composer.completion()).isEmpty();
    assertThat(composer.draft()).isEqualTo(prompt("/m"));
    assertThat(composer.commands()).isFalse();
    type("jj");
    assertThat(composer.commands()).isTrue();
  }

  @Test
  void severalKeysTogetherDoWhatOneWould() {
    type("text");
    assertThat(composer.perform(Action.EXTERNAL_EDITOR, situation, now))
        .isEqualTo(new Outcome.OpenEditor("text"));
    composer.vim(true);
    press("esc");
    type("2d");
    composer.perform(Action.LINE_START, situation, now);
    type("w");
    assertThat(composer.draft()).as("the operator is forgotten").isEqualTo(prompt("text"));
    press("ctrl+r");
    assertThat(composer.perform(Action.REDRAW, situation, now))
        .isEqualTo(new Outcome.Perform(Action.REDRAW));
    composer.perform(Action.CANCEL, situation, now);
    assertThat(composer.search()).isEmpty();
  }

  private void escapes(String keys) {
    composer.vim(true);
    composer.insertEscape(keys);
  }

  @Test
  void theLayoutFollowsTheCursorAndClicksFindTheirPlace() {
    EditorLook look = EditorLook.of("> ", Style.PLAIN, Style.PLAIN);
    for (int i = 0; i < 9; i++) {
      type("row" + i);
      press("ctrl+j");
    }

    EditorLayout layout = composer.layout(look, 20, 3);
    assertThat(layout.rows()).hasSize(3);
    assertThat(layout.cursorRow()).isEqualTo(2);
    composer.click(look, 20, 0, 4);
    assertThat(composer.state().cursor()).isEqualTo(7 * 5 + 2);
  }

  @Test
  void whateverIsPressedNothingBreaksAndNothingWrittenIsLost() {
    List<String> keys =
        List.of(
            "a",
            "/",
            "@",
            "!",
            "#",
            "?",
            " ",
            "\\",
            "enter",
            "esc",
            "ctrl+c",
            "ctrl+d",
            "tab",
            "up",
            "down",
            "left",
            "right",
            "ctrl+r",
            "ctrl+s",
            "ctrl+w",
            "ctrl+y",
            "ctrl+j",
            "ctrl+_",
            "alt+_",
            "backspace",
            "ctrl+e",
            "ctrl+g",
            "m",
            "o");
    files.add(new Candidate("a dir/", "", 0));
    EditorLook look = EditorLook.of("> ", Style.PLAIN, Style.PLAIN);
    Random random = new Random(21);
    for (int step = 0; step < 4000; step++) {
      if (step % 500 == 0) {
        composer.vim(random.nextBoolean());
        composer.insertEscape(random.nextBoolean() ? "mo" : "oo");
      }
      situation = new Situation(random.nextBoolean(), random.nextInt(4) == 0);
      now += random.nextInt(3) * SECOND;
      press(keys.get(random.nextInt(keys.size())));
      if (random.nextInt(40) == 0) {
        composer.handle(new InputEvent.Pasted(LONG), situation, now);
      }
      EditorLayout layout = composer.layout(look, 1 + random.nextInt(30), 1 + random.nextInt(5));
      assertThat(layout.cursorRow()).isBetween(0, layout.rows().size() - 1);
      if (composer.draft().passage().length() > 500) {
        composer.set(Draft.EMPTY);
      }
    }
  }

  private void type(String text) {
    text.codePoints().forEach(c -> press(Character.toString(c)));
  }

  private Outcome press(String chord) {
    Chord parsed = Chord.parse(chord.equals(" ") ? "space" : chord).orElseThrow();
    Key key =
        parsed.text().isEmpty()
            ? Key.named(parsed.type(), parsed.ctrl(), parsed.alt(), parsed.shift())
            : Key.typed(parsed.text(), parsed.ctrl(), parsed.alt(), parsed.shift());
    if (chord.equals("shift+tab")) {
      key = Key.named(com.googlecode.lanterna.input.KeyType.ReverseTab, false, false, false);
    }
    return composer.handle(new InputEvent.Pressed(key), situation, now);
  }

  private static Outcome submit(String text) {
    return submit(text, text);
  }

  private static Outcome submit(String text, String written) {
    return new Outcome.Submit(prompt(written), text, List.of());
  }

  private static Draft prompt(String text) {
    return new Draft(InputMode.PROMPT, Passage.of(text));
  }
}
