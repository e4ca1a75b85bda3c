package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.input.Action;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEditorTest {
  private static final int COLUMNS = 10;
  private static final String LONG = "line\n".repeat(40).strip();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "ab|c; left; a|bc",
        "ab|c; right right; abc|",
        "|ab; left; |ab",
        "a👩‍👩‍👧|b; left; a|👩‍👩‍👧b",
        "|🇩🇪🇫🇷; right; 🇩🇪|🇫🇷",
        "🇩🇪🇫🇷|; left; 🇩🇪|🇫🇷",
        "xé|; delete-backward; x|",
        "x|é; delete-forward; x|",
        "xe\u0301|; delete-backward; x|",
        "a|⏎b; right; a⏎|b",
        "a⏎|b; delete-backward; a|b",
        "one two|; word-left; one |two",
        "one two|; word-left word-left; |one two",
        "one| two; word-right; one two|",
        "one| ..two; word-right; one ..two|",
        "añb ß|; word-left word-left; |añb ß",
        "a⏎bc|d⏎e; line-start; a⏎|bcd⏎e",
        "a⏎bc|d⏎e; line-end; a⏎bcd|⏎e",
        "one two|; delete-word-backward; one |",
        "src/main/ja|va; delete-word-backward; src/main/|va",
        "see src/main/ja|va; kill-word; see |va",
        "see src  |; kill-word; see |",
        "|one two; delete-word-forward; | two",
        "a⏎bc|d; kill-to-start; a⏎|d",
        "a⏎|d; kill-to-start; a|d",
        "a|bc⏎d; kill-to-end; a|⏎d",
        "a|⏎d; kill-to-end; a|d",
        "|; kill-to-end; |",
        "a|b⏎c; kill-to-end kill-to-end yank; ab⏎|c",
        "one two|; kill-word kill-word yank; one two|",
        "one two|; kill-word line-start yank; 'two|one '",
        "one two|; kill-word line-start kill-to-end yank yank-pop; two|",
        "one two|; kill-word line-start kill-to-end yank yank-pop yank-pop; one |",
        "one two|; kill-word line-start yank left yank-pop; 'tw|oone '",
        "ab|; delete-backward undo; ab|",
        "ab|; delete-backward delete-backward undo; ab|",
        "abc|; delete-backward left delete-backward undo; a|b",
        "ab cd|; kill-word kill-word undo; ab |",
        "ab|; undo redo; ab|",
        "ab|; kill-word undo redo; |",
        "ab|; kill-word undo newline redo; ab⏎|",
        "a|b; newline; a⏎|b",
      })
  void editsText(String before, String actions, String after) {
    TextEditor editor = new TextEditor(false);
    Marked.put(editor, before);

    act(editor, actions);

    assertThat(Marked.of(editor)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "abc⏎de|f; up; ab|c⏎def",
        "abc|⏎d⏎efg; down down; abc⏎d⏎efg|",
        "ab|c⏎⏎efg; down down up up; ab|c⏎⏎efg",
        "0123456789abc|; up; 012|3456789abc",
        "012|3456789abc; down; 0123456789abc|",
        "012345678|9abc; down; 0123456789abc|",
        "hello wonderful world|; up; hello wonde|rful world",
        "a漢|字⏎abc; down; a漢字⏎abc|",
        "a漢字⏎ab|c; up; a|漢字⏎abc",
      })
  void movesByTheRowsThatAreSeen(String before, String actions, String after) {
    TextEditor editor = Marked.editor(before);

    act(editor, actions);

    assertThat(Marked.of(editor)).isEqualTo(after);
  }

  @Test
  void thereIsNothingAboveTheFirstRowAndBelowTheLast() {
    TextEditor editor = Marked.editor("0123456789a|");

    assertThat(editor.apply(Action.DOWN, COLUMNS)).isFalse();
    assertThat(editor.apply(Action.UP, COLUMNS)).isTrue();
    assertThat(editor.apply(Action.UP, COLUMNS)).isFalse();
  }

  @Test
  void undoTakesBackWordByWord() {
    TextEditor editor = new TextEditor(false);
    for (String letter : "one two".split("")) {
      editor.insert(letter);
    }

    editor.undo();
    assertThat(editor.text()).isEqualTo("one ");
    editor.undo();
    assertThat(editor.text()).isEmpty();
    assertThat(editor.undo()).isFalse();
    editor.redo();
    editor.redo();
    assertThat(editor.text()).isEqualTo("one two");
    assertThat(editor.redo()).isFalse();
  }

  @Test
  void aGroupIsOneStepOfUndo() {
    TextEditor editor = Marked.editor("a|");
    editor.beginGroup();
    editor.insert("b c d");
    editor.apply(Action.NEWLINE, COLUMNS);
    editor.endGroup();

    editor.undo();

    assertThat(Marked.of(editor)).isEqualTo("a|");
  }

  @Test
  void aShortPasteIsText() {
    TextEditor editor = new TextEditor(false);

    editor.paste("line\n".repeat(10));

    assertThat(editor.text()).isEqualTo("line\n".repeat(10));
    assertThat(editor.passage().pieces()).isEmpty();
  }

  @Test
  void aLongPasteIsOnePiece() {
    TextEditor editor = Marked.editor("a|b");

    editor.paste(LONG);

    assertThat(Marked.of(editor)).isEqualTo("a[Pasted text #1 +39 lines]|b");
    assertThat(editor.passage().expanded()).isEqualTo("a" + LONG + "b");
    act(editor, "left");
    assertThat(Marked.of(editor)).isEqualTo("a|[Pasted text #1 +39 lines]b");
    act(editor, "right");
    assertThat(Marked.of(editor)).isEqualTo("a[Pasted text #1 +39 lines]|b");
    act(editor, "delete-backward");
    assertThat(Marked.of(editor)).isEqualTo("a|b");
    act(editor, "undo");
    assertThat(editor.passage().expanded()).isEqualTo("a" + LONG + "b");
  }

  @Test
  void aLongLineIsOnePieceToo() {
    TextEditor editor = new TextEditor(false);

    editor.paste("x".repeat(1001));

    assertThat(editor.text()).isEqualTo("[Pasted text #1 +1001 characters]");
  }

  @Test
  void theSamePasteOnceMoreShowsItsText() {
    TextEditor editor = Marked.editor("a|");
    editor.paste(LONG);
    editor.insert("b");

    editor.paste(LONG);

    assertThat(editor.text()).isEqualTo("a" + LONG + "b");
    assertThat(editor.cursor()).isEqualTo(1 + LONG.length());
  }

  @Test
  void pastesAreNumberedAndEachKeepsItsText() {
    TextEditor editor = new TextEditor(false);
    editor.paste(LONG);
    editor.paste(LONG + "!");
    editor.image("image/png", "AAAA");

    assertThat(editor.text())
        .isEqualTo("[Pasted text #1 +39 lines][Pasted text #2 +39 lines][Image #3]");
    assertThat(editor.passage().expanded()).isEqualTo(LONG + LONG + "![Image #3]");
    assertThat(editor.passage().images()).containsExactly(new Inset.Image(3, "image/png", "AAAA"));
  }

  @Test
  void whatIsCutKeepsItsInsets() {
    TextEditor editor = Marked.editor("a |");
    editor.paste(LONG);

    act(editor, "kill-to-start yank");

    assertThat(editor.text()).isEqualTo("a [Pasted text #1 +39 lines]");
    assertThat(editor.passage().expanded()).isEqualTo("a " + LONG);
  }

  @Test
  void wordsStopAtInsets() {
    TextEditor editor = new TextEditor(false);
    editor.paste(LONG);

    act(editor, "word-left");
    assertThat(editor.cursor()).isZero();
    act(editor, "word-right");
    assertThat(editor.cursor()).isEqualTo(editor.text().length());
    act(editor, "delete-word-backward");
    assertThat(editor.text()).isEmpty();
  }

  @Test
  void aPasteIsShownWhereTheCursorTouchesIt() {
    TextEditor editor = Marked.editor("a|");
    editor.paste(LONG);

    assertThat(editor.expand()).isTrue();
    assertThat(editor.text()).isEqualTo("a" + LONG);
    assertThat(editor.expand()).isFalse();
  }

  @Test
  void aClickInAnInsetGoesBehindIt() {
    TextEditor editor = new TextEditor(false);
    editor.paste(LONG);

    editor.moveTo(5);

    assertThat(editor.cursor()).isEqualTo(editor.text().length());
  }

  @Test
  void controlsAreNeverInTheText() {
    TextEditor editor = new TextEditor(false);
    editor.insert("a\u001b[31mb\u0000");
    editor.paste("\u0007c\r\nd");

    assertThat(editor.text()).isEqualTo("a[31mbc\nd");
  }

  @Test
  void aSearchFieldHasOneLine() {
    TextEditor editor = new TextEditor(true);
    editor.paste("a\nb");
    editor.apply(Action.NEWLINE, COLUMNS);

    assertThat(editor.text()).isEqualTo("a b ");
  }

  @Test
  void whateverIsDoneTheCursorStandsBetweenCharactersAndUndoLeadsBack() {
    List<Action> actions =
        List.of(
            Action.LEFT,
            Action.RIGHT,
            Action.WORD_LEFT,
            Action.WORD_RIGHT,
            Action.LINE_START,
            Action.LINE_END,
            Action.UP,
            Action.DOWN,
            Action.NEWLINE,
            Action.DELETE_BACKWARD,
            Action.DELETE_FORWARD,
            Action.DELETE_WORD_BACKWARD,
            Action.DELETE_WORD_FORWARD,
            Action.KILL_WORD,
            Action.KILL_TO_START,
            Action.KILL_TO_END,
            Action.YANK,
            Action.YANK_POP,
            Action.UNDO,
            Action.REDO);
    List<String> texts =
        List.of(
            "a",
            " ",
            "word",
            "é",
            "e\u0301",
            "👩‍👩‍👧",
            "🇩🇪",
            "漢字",
            "\n",
            "\t",
            "\u0301",
            "x y\nz");
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      TextEditor editor = new TextEditor(false);
      for (int step = 0; step < 120; step++) {
        switch (random.nextInt(5)) {
          case 0, 1 -> editor.insert(texts.get(random.nextInt(texts.size())));
          case 2 -> editor.paste(random.nextInt(4) == 0 ? LONG : "p");
          default ->
              editor.apply(actions.get(random.nextInt(actions.size())), 1 + random.nextInt(12));
        }
        Passage passage = editor.passage();
        assertThat(editor.cursor()).isBetween(0, passage.length());
        assertThat(passage.outside(editor.cursor())).isEqualTo(editor.cursor());
        for (Piece piece : passage.pieces()) {
          assertThat(passage.text().substring(piece.from(), piece.to()))
              .isEqualTo(piece.inset().label());
        }
        if (editor.cursor() > 0 && editor.cursor() < passage.length()) {
          assertThat(Character.isLowSurrogate(passage.text().charAt(editor.cursor()))).isFalse();
        }
      }
      while (editor.undo()) {
        // back to the begin
      }
      assertThat(editor.text()).isEmpty();
    }
  }

  private static void act(TextEditor editor, String actions) {
    for (String action : actions.split(" ")) {
      editor.apply(Action.named(action).orElseThrow(), COLUMNS);
    }
  }
}
