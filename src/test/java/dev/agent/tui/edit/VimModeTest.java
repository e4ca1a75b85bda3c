package dev.agent.tui.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.edit.VimMode.Answer;
import dev.agent.tui.edit.VimMode.Mode;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Key;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class VimModeTest {
  private static final int COLUMNS = 40;

  /**
   * Keys, text before, text after; the cursor is {@code |}, a line end {@code ⏎}; {@code <esc>},
   * {@code <cr>} and {@code <c-r>} are keys. All begins in normal mode.
   */
  @ParameterizedTest
  @CsvFileSource(
      resources = "vim.txt",
      delimiter = '¦',
      quoteCharacter = '\u0007',
      ignoreLeadingAndTrailingWhitespace = false)
  void keysChangeText(String keys, String before, String after) {
    Typist typist = new Typist(before);

    typist.type(keys);

    assertThat(Marked.of(typist.editor)).isEqualTo(after);
  }

  @Test
  void itBeginsByInserting() {
    VimMode vim = new VimMode(new TextEditor(false));

    assertThat(vim.mode()).isEqualTo(Mode.INSERT);
    assertThat(vim.label()).isEmpty();
    assertThat(vim.key(Key.typed("d", false, false, false), COLUMNS)).isEqualTo(Answer.PASSED);
  }

  @Test
  void escapeInInsertIsItsOwnAndInNormalIsNot() {
    Typist typist = new Typist("ab|c");
    typist.type("i");

    assertThat(typist.press("<esc>")).isEqualTo(Answer.TAKEN);
    assertThat(typist.vim.label()).isEqualTo("-- NORMAL --");
    assertThat(typist.press("<esc>")).isEqualTo(Answer.PASSED);
    typist.type("d");
    assertThat(typist.press("<esc>")).isEqualTo(Answer.TAKEN);
    typist.type("v");
    assertThat(typist.press("<esc>")).isEqualTo(Answer.TAKEN);
    assertThat(typist.vim.mode()).isEqualTo(Mode.NORMAL);
  }

  @Test
  void enterAndChordsAreLeftToTheKeymap() {
    Typist typist = new Typist("ab|c");

    assertThat(typist.press("<cr>")).isEqualTo(Answer.PASSED);
    assertThat(typist.vim.key(Key.typed("c", true, false, false), COLUMNS))
        .isEqualTo(Answer.PASSED);
    assertThat(typist.vim.key(Key.named(KeyType.PageUp, false, false, false), COLUMNS))
        .isEqualTo(Answer.PASSED);
  }

  @Test
  void beyondTheFirstAndLastRowIsHistory() {
    Typist typist = new Typist("a|b⏎cd");

    assertThat(typist.press("k")).isEqualTo(Answer.ABOVE);
    assertThat(typist.press("j")).isEqualTo(Answer.TAKEN);
    assertThat(typist.press("j")).isEqualTo(Answer.BELOW);
    typist.type("v");
    assertThat(typist.press("j")).isEqualTo(Answer.TAKEN);
  }

  @Test
  void theSelectionIsTold() {
    Typist typist = new Typist("ab|cd⏎ef");
    assertThat(typist.vim.selection()).isEmpty();

    typist.type("vh");
    assertThat(typist.vim.selection()).contains(new VimMode.Selection(1, 3));
    typist.type("V");
    assertThat(typist.vim.selection()).contains(new VimMode.Selection(0, 4));
    assertThat(typist.vim.label()).isEqualTo("-- VISUAL LINE --");
    typist.type("V");
    assertThat(typist.vim.mode()).isEqualTo(Mode.NORMAL);
  }

  @Test
  void anInsertionIsOneStepOfUndo() {
    Typist typist = new Typist("|x");
    typist.type("cwone two three<esc>u");

    assertThat(Marked.of(typist.editor)).isEqualTo("|x");
  }

  @Test
  void aNewTextIsInsertedInto() {
    Typist typist = new Typist("|x");
    typist.type("cwab");
    typist.editor.reset();
    typist.vim.reset();
    typist.type("cd");

    assertThat(typist.editor.text()).isEqualTo("cd");
    assertThat(typist.vim.mode()).isEqualTo(Mode.INSERT);
    typist.editor.undo();
    assertThat(typist.editor.text()).isEmpty();
  }

  @Test
  void anInsetIsOneCharacter() {
    Typist typist = new Typist("a |");
    typist.editor.paste("x\n".repeat(20));
    typist.editor.insert(" b");
    typist.type("0w");
    assertThat(typist.editor.cursor()).isEqualTo(2);

    typist.type("x");
    assertThat(typist.editor.text()).isEqualTo("a  b");
    typist.type("P");
    assertThat(typist.editor.passage().pieces()).hasSize(1);
    typist.type("~");
    assertThat(typist.editor.passage().pieces()).hasSize(1);
  }

  @Test
  void noKeysBreakIt() {
    String all = "hjklwbeWBE0^$fFtT;,gG{}%dcyxXDCsSrJpPu.iaIAoOvV~\"123 \n()[]'`<>";
    Random random = new Random(9);
    for (int round = 0; round < 400; round++) {
      Typist typist = new Typist("one (two) \"three\"⏎⏎  漢字 e\u0301 👩‍👧|⏎[x] end");
      if (round % 3 == 0) {
        typist.editor.paste("x\n".repeat(20));
      }
      for (int step = 0; step < 80; step++) {
        typist.press(
            switch (random.nextInt(14)) {
              case 0 -> "<esc>";
              case 1 -> "<c-r>";
              case 2 -> "<cr>";
              default -> String.valueOf(all.charAt(random.nextInt(all.length())));
            });
        Passage passage = typist.editor.passage();
        assertThat(typist.editor.cursor()).isBetween(0, passage.length());
        assertThat(passage.outside(typist.editor.cursor())).isEqualTo(typist.editor.cursor());
        typist.vim.selection();
        if (passage.length() > 5000) {
          break;
        }
      }
    }
  }

  /** Somebody who types into an editor with vim's keys. */
  private static final class Typist {
    private final TextEditor editor;
    private final VimMode vim;

    Typist(String marked) {
      editor = Marked.editor(marked);
      vim = new VimMode(editor);
      int cursor = editor.cursor();
      press("<esc>");
      editor.moveTo(cursor);
    }

    void type(String keys) {
      int at = 0;
      while (at < keys.length()) {
        int end = keys.charAt(at) == '<' ? keys.indexOf('>', at) + 1 : 0;
        String key =
            end > 0 && keys.substring(at, end).matches("<(esc|cr|c-r)>")
                ? keys.substring(at, end)
                : Character.toString(keys.codePointAt(at));
        press(key);
        at += key.length();
      }
    }

    Answer press(String name) {
      Key key =
          switch (name) {
            case "<esc>" -> Key.named(KeyType.Escape, false, false, false);
            case "<cr>" -> Key.named(KeyType.Enter, false, false, false);
            case "<c-r>" -> Key.typed("r", true, false, false);
            default -> Key.typed(name, false, false, false);
          };
      Answer answer = vim.key(key, COLUMNS);
      if (answer == Answer.PASSED && vim.mode() == Mode.INSERT) {
        if (key.types()) {
          editor.insert(key.text());
        } else if (name.equals("<cr>")) {
          editor.apply(Action.NEWLINE, COLUMNS);
        }
      }
      return answer;
    }
  }
}
