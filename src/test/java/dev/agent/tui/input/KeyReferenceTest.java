package dev.agent.tui.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference page says what the keymap says; {@code -Dreference.update=true} writes it anew. */
class KeyReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/keys.md");

  private static final String INTRODUCTION =
      """
      # Keys

      What each key does. A key that a place doesn't bind means what it means in the next one: while the agent works
      as in the composer, in the composer as in editing text, then everywhere; in a text row of a dialog as in
      editing text, then as in the dialog.

      ## Changing keys

      `keybindings.json` in the user's configuration directory holds place, key and action; `"none"` or `null` takes
      a key away. What it doesn't name stays as it is.

      ```json
      {
        "composer": { "alt+x": "external-editor", "ctrl+x b": "toggle-todos", "ctrl+s": "none" },
        "transcript": { "space": "page-down" }
      }
      ```

      Keys are written as `ctrl+e`, `alt+shift+enter`, `f5`, `pageup`, `space`, in any case; only a letter alone is
      another key in upper case (`G`). Entries that are not understood, or name one key twice, are reported and
      ignored. `ctrl+c` can't be bound, a key that types a character only where nothing is typed, and no place is
      left without a way to answer and to leave. Many terminals send the same for `ctrl+i` and `tab`, `ctrl+m` and
      `enter`, `ctrl+[` and `esc`, and nothing at all for `ctrl+enter` or Ctrl with digits.

      Keys with blanks between them are pressed one after the other: `ctrl+x b`. The last row shows what was pressed
      so far (`ctrl+x …`) for as long as you like; another key than those bound ends it and does nothing, as does
      Escape. A sequence begins with a key that types nothing, where text is typed, and has neither `esc` nor `ctrl+c`
      in it; behind its begin also letters count. A key that does something by itself can't begin a sequence in the
      same place: that is reported, and the key counts. Give the key up first (`"ctrl+s": "none"`). The sequences
      below give way to what you bind: `"ctrl+x": "stash"` takes `ctrl+x ctrl+e` away.
      """;

  private static final String END =
      """

      ## Characters with a meaning

      In the composer: `/` as the first character begins a command, `!` a shell command (`!!` one the model is not told of), `#` a note to the memory,
      `?` shows the keys; `@` anywhere names a file. `\\` before Enter makes a new line of it. Backspace behind
      nothing leaves the shell or the memory. Escape twice clears the draft, which the history keeps; with no text it
      opens the list of places to go back to. In dialogs digits choose and `/` filters a list. While older prompts are
      searched: type to narrow, the same key again for an older one, Enter sends, Tab edits, Escape goes back.

      A paste of more than 10 lines or 1,000 characters is shown as `[Pasted text #1 +39 lines]` and sent whole;
      pasting it again shows its text.

      ## Vim

      With vim keys on, Escape goes to normal mode and interrupts nothing (Escape again, or Ctrl+C, does). Normal and
      visual mode know, with counts (Enter sends there too):

      - motions: `h j k l w b e W B E 0 ^ $ f F t T ; , gg G { } %`, arrows
      - changes: `d c y` with a motion, doubled for whole lines, `D C Y x X s S r ~ J p P u Ctrl+R . i a I A o O`
      - text objects: `w W p " ' ` ( ) b [ ] { } B < >`, with `i` or `a` before
      - visual: `v V`, then motions, text objects, `o`, and `d c y x s p r ~ u U J`
      - registers: `"a` to `"z`, `"0`, the unnamed one, and `"_`

      The setting `vimInsertEscape` names two characters, such as `jj` or `jk`, that mean Escape in insert mode when
      they are typed within 0.3 seconds. The first one is shown at once and taken back when the second one follows.
      """;

  @Test
  void theReferencePageIsUpToDate() throws IOException {
    String page = page();

    if (Boolean.getBoolean("reference.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    Keymap keymap = Keymap.defaults();
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (KeyContext context : KeyContext.values()) {
      page.append("\n## ")
          .append(context.title())
          .append(" (`")
          .append(context.id())
          .append("`)\n");
      page.append("\n| key | action | what it does |\n|--|--|--|\n");
      Map<Action, List<String>> keys = new EnumMap<>(Action.class);
      keymap
          .bindings(context)
          .forEach(
              binding ->
                  keys.computeIfAbsent(binding.action(), _ -> new ArrayList<>())
                      .add("`" + binding.strokes() + "`"));
      keys.forEach(
          (action, chords) ->
              page.append(
                  "| %s | `%s` | %s |\n"
                      .formatted(String.join(" ", chords), action.id(), action.description())));
    }
    return page.append(END).toString();
  }
}
