package dev.agent.tui.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.Keymap.Meaning;
import dev.agent.tui.input.Keymap.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeymapTest {
  private static final Keymap DEFAULTS = Keymap.defaults();
  private static final Meaning BEGINS = new Meaning.Begins();
  private static final Meaning NOTHING = new Meaning.Nothing();
  private static final Meaning EDITOR = new Meaning.Does(Action.EXTERNAL_EDITOR);

  @ParameterizedTest
  @CsvSource({
    "composer, enter, submit",
    "composer, shift+enter, newline",
    "composer, ctrl+b, left",
    "working, ctrl+b, background",
    "working, ctrl+w, kill-word",
    "composer, ctrl+d, delete-forward-or-exit",
    "dialog, ctrl+d, explain",
    "field, ctrl+d, delete-forward",
    "field, ctrl+e, line-end",
    "dialog, ctrl+e, full-screen",
    "field, enter, submit",
    "transcript, G, bottom",
    "transcript, g, top",
    "transcript, pageup, page-up",
    "dialog, ctrl+c, cancel",
  })
  void aKeyMeansWhatItsContextSays(String context, String chord, String action) {
    assertThat(DEFAULTS.action(context(context), chord(chord))).isEqualTo(Action.named(action));
  }

  @Test
  void whatIsNotBoundMeansNothing() {
    assertThat(DEFAULTS.action(KeyContext.COMPOSER, chord("x"))).isEmpty();
    assertThat(DEFAULTS.action(KeyContext.TRANSCRIPT, chord("ctrl+r"))).isEmpty();
  }

  @Test
  void theKeysOfAnActionAreThoseThatReallyDoIt() {
    assertThat(DEFAULTS.chords(KeyContext.COMPOSER, Action.LEFT))
        .containsExactly(chord("left"), chord("ctrl+b"));
    assertThat(DEFAULTS.chords(KeyContext.WORKING, Action.LEFT)).containsExactly(chord("left"));
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionHasAKeyByDefault(Action action) {
    assertThat(KeyContext.values())
        .anyMatch(context -> !DEFAULTS.chords(context, action).isEmpty());
    assertThat(Action.named(action.id())).contains(action);
  }

  @Test
  void aPersonsKeysAreLaidOverTheDefaults() {
    Reading reading =
        DEFAULTS.with(
            """
            {"composer": {"ctrl+x": "external-editor", "ctrl+s": null, "ctrl+f": "none"},
             "transcript": {"x": "copy"}}
            """,
            "keybindings.json");

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("ctrl+x")))
        .contains(Action.EXTERNAL_EDITOR);
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("ctrl+s"))).isEmpty();
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("ctrl+f"))).isEmpty();
    assertThat(reading.keymap().action(KeyContext.FIELD, chord("ctrl+f"))).contains(Action.RIGHT);
    assertThat(reading.keymap().action(KeyContext.TRANSCRIPT, chord("x"))).contains(Action.COPY);
    assertThat(DEFAULTS.action(KeyContext.COMPOSER, chord("ctrl+s"))).contains(Action.STASH);
  }

  @Test
  void wrongEntriesAreReportedAndTheOthersCount() {
    Reading reading =
        DEFAULTS.with(
            """
            {"nowhere": {"ctrl+x": "copy"},
             "dialog": 7,
             "composer": {
               "ctrl+hyper+x": "stash", "ctrl+x": "fly", "ctrl+y": 5,
               "ctrl+shift+q": "stash", "shift+ctrl+Q": "redraw",
               "a": "stash", "ctrl+c": "stash",
               "alt+x": "redraw"}}
            """,
            "k.json");

    assertThat(reading.problems())
        .satisfiesExactly(
            p -> assertThat(p).startsWith("k.json: \"nowhere\" is no context"),
            p -> assertThat(p).startsWith("k.json: \"dialog\" is not an object"),
            p -> assertThat(p).contains("\"ctrl+hyper+x\" is no key"),
            p -> assertThat(p).contains("\"ctrl+x\": \"fly\" is no action"),
            p -> assertThat(p).contains("\"ctrl+y\": 5 is no action"),
            p -> assertThat(p).contains("\"shift+ctrl+Q\" is the same key as one before it"),
            p -> assertThat(p).contains("\"a\" types a character"),
            p -> assertThat(p).contains("\"ctrl+c\" is the way out"));
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("ctrl+shift+q")))
        .contains(Action.STASH);
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("alt+x")))
        .contains(Action.REDRAW);
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("ctrl+c")))
        .contains(Action.INTERRUPT);
  }

  @Test
  void aKeyTwiceInTheFileIsReported() {
    Reading reading =
        DEFAULTS.with("{\"composer\": {\"alt+x\": \"stash\", \"alt+x\": \"copy\"}}", "k.json");

    assertThat(reading.problems())
        .singleElement()
        .asString()
        .startsWith("k.json: Duplicate field 'alt+x'");
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("alt+x"))).contains(Action.COPY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"composer\": | line 1 is not JSON", "[] | not an object", "'' | k.json"})
  void aFileThatCannotBeReadLeavesTheDefaults(String json, String problem) {
    Reading reading = DEFAULTS.with(json, "k.json");

    assertThat(reading.problems()).singleElement().asString().contains(problem);
    assertThat(reading.keymap().action(KeyContext.COMPOSER, chord("enter")))
        .contains(Action.SUBMIT);
  }

  @Test
  void thereIsAlwaysAWayOut() {
    Reading reading =
        DEFAULTS.with(
            "{\"dialog\": {\"enter\": \"up\"}, \"composer\": {\"esc\": \"none\"}}", "k.json");

    assertThat(reading.problems())
        .containsExactly(
            "k.json: \"composer\": no key is left for \"cancel\"; \"esc\" does it again.",
            "k.json: \"dialog\": no key is left for \"submit\"; \"enter\" does it again.");
    assertThat(reading.keymap().action(KeyContext.DIALOG, chord("enter"))).contains(Action.SUBMIT);
    assertThat(reading.keymap().action(KeyContext.FIELD, chord("enter"))).contains(Action.SUBMIT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ctrl+x ctrl+e | ctrl+x ctrl+e",
        " Control+X   b | ctrl+x b",
        "ctrl+x + | ctrl+x +",
        "ctrl + x | ctrl+x",
        "ctrl+x space G | ctrl+x space G",
      })
  void aSequenceIsReadAndWritten(String text, String written) {
    Strokes strokes = strokes(text);

    assertThat(strokes).hasToString(written);
    assertThat(Strokes.parse(strokes.toString())).contains(strokes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ctrl+x hyper+e", "ctrl+x ctrl", "ctrl+x fly", "ctrl +"})
  void whatNamesNoKeyInPartIsNoSequence(String text) {
    assertThat(Strokes.parse(text)).isEmpty();
  }

  @Test
  void theEditorHasTheSequenceThatOtherToolsHave() {
    assertThat(DEFAULTS.meaning(KeyContext.COMPOSER, strokes("ctrl+x"))).isEqualTo(BEGINS);
    assertThat(DEFAULTS.meaning(KeyContext.WORKING, strokes("ctrl+x ctrl+e"))).isEqualTo(EDITOR);
    assertThat(DEFAULTS.meaning(KeyContext.DIALOG, strokes("ctrl+x"))).isEqualTo(NOTHING);
    assertThat(DEFAULTS.action(KeyContext.COMPOSER, chord("ctrl+x"))).isEmpty();
    assertThat(DEFAULTS.keys(KeyContext.WORKING, Action.EXTERNAL_EDITOR))
        .containsExactly(strokes("ctrl+g"), strokes("ctrl+x ctrl+e"));
    assertThat(DEFAULTS.chords(KeyContext.WORKING, Action.EXTERNAL_EDITOR))
        .containsExactly(chord("ctrl+g"));
  }

  @Test
  void sequencesThatCanNotBeReachedAreReportedAndLose() {
    Reading reading =
        DEFAULTS.with(
            """
            {"composer": {"ctrl+s b": "redraw", "Ctrl+X ctrl+e x": "stash", "alt+q b": "stash"},
             "transcript": {"g g": "bottom", "x x": "copy"}}
            """,
            "k.json");

    assertThat(reading.problems())
        .containsExactly(
            "k.json: \"composer\", \"ctrl+s b\" can't be reached: \"ctrl+s\" alone is \"stash\""
                + " here. It is ignored; to have it, set \"ctrl+s\" to \"none\".",
            "k.json: \"composer\", \"Ctrl+X ctrl+e x\" can't be reached: \"ctrl+x ctrl+e\" alone is"
                + " \"external-editor\" here. It is ignored; to have it, set \"ctrl+x ctrl+e\" to"
                + " \"none\".",
            "k.json: \"transcript\", \"g g\" can't be reached: \"g\" alone is \"top\" here."
                + " It is ignored; to have it, set \"g\" to \"none\".");
    Keymap keymap = reading.keymap();
    assertThat(keymap.action(KeyContext.COMPOSER, chord("ctrl+s"))).contains(Action.STASH);
    assertThat(keymap.meaning(KeyContext.COMPOSER, strokes("ctrl+x ctrl+e"))).isEqualTo(EDITOR);
    assertThat(keymap.meaning(KeyContext.COMPOSER, strokes("alt+q"))).isEqualTo(BEGINS);
    assertThat(keymap.meaning(KeyContext.TRANSCRIPT, strokes("x x")))
        .isEqualTo(new Meaning.Does(Action.COPY));
  }

  @Test
  void aSequenceCountsOnceItsBeginIsUnboundInTheSameFile() {
    Reading reading =
        DEFAULTS.with("{\"composer\": {\"ctrl+s b\": \"stash\", \"ctrl+s\": \"none\"}}", "k.json");

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.keymap().meaning(KeyContext.COMPOSER, strokes("ctrl+s"))).isEqualTo(BEGINS);
    assertThat(reading.keymap().keys(KeyContext.COMPOSER, Action.STASH))
        .containsExactly(strokes("ctrl+s b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "composer | x b | begins with a key that types a character here",
        "working | space b | begins with a key that types a character here",
        "composer | ctrl+x ctrl+c | has \"ctrl+c\" in it",
        "transcript | ctrl+c b | has \"ctrl+c\" in it",
        "composer | ctrl+x esc | has \"esc\" in it",
        "field | esc b | has \"esc\" in it",
      })
  void aSequenceLeavesTypingAndTheWaysOutAlone(String context, String keys, String problem) {
    Reading reading =
        DEFAULTS.with("{\"%s\": {\"%s\": \"stash\"}}".formatted(context, keys), "k.json");

    assertThat(reading.problems()).singleElement().asString().contains(problem);
    assertThat(reading.keymap().keys(context(context), Action.STASH))
        .isEqualTo(DEFAULTS.keys(context(context), Action.STASH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'composer': {'ctrl+x': 'stash'}} | ctrl+x | stash",
        "{'composer': {'ctrl+x': 'none'}} | ctrl+x | none",
        "{'composer': {'ctrl+x ctrl+e': null}} | ctrl+x | none",
        "{'text': {'ctrl+x': 'kill-word'}} | ctrl+x | kill-word",
        "{'global': {'ctrl+x': 'redraw'}} | ctrl+x | redraw",
        "{'working': {'ctrl+x': 'background'}} | ctrl+x ctrl+e | external-editor",
      })
  void whatAPersonBindsGoesBeforeOurSequences(String json, String keys, String action) {
    Reading reading = DEFAULTS.with(json.replace('\'', '"'), "k.json");

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.keymap().meaning(KeyContext.COMPOSER, strokes(keys)))
        .isEqualTo(Action.named(action).<Meaning>map(Meaning.Does::new).orElse(NOTHING));
  }

  @Test
  void theNearerPlaceDecidesWhetherAKeyBeginsASequence() {
    Keymap keymap =
        DEFAULTS
            .with(
                """
                {"text": {"ctrl+x b": "kill-word"}, "working": {"ctrl+x": "background"},
                 "composer": {"ctrl+f f": "stash"}}
                """,
                "k.json")
            .keymap();

    assertThat(keymap.meaning(KeyContext.COMPOSER, strokes("ctrl+x b")))
        .isEqualTo(new Meaning.Does(Action.KILL_WORD));
    assertThat(keymap.meaning(KeyContext.COMPOSER, strokes("ctrl+x ctrl+e"))).isEqualTo(EDITOR);
    assertThat(keymap.action(KeyContext.WORKING, chord("ctrl+x"))).contains(Action.BACKGROUND);
    assertThat(keymap.keys(KeyContext.WORKING, Action.KILL_WORD))
        .containsExactly(strokes("ctrl+w"));
    assertThat(keymap.action(KeyContext.COMPOSER, chord("ctrl+f"))).isEmpty();
    assertThat(keymap.action(KeyContext.FIELD, chord("ctrl+f"))).contains(Action.RIGHT);
  }

  @Test
  void aSequenceIsNotTheOnlyWayOut() {
    Reading reading = DEFAULTS.with("{\"working\": {\"enter b\": \"background\"}}", "k.json");

    assertThat(reading.problems())
        .containsExactly(
            "k.json: \"working\": no key is left for \"submit\"; \"enter\" does it again.");
    assertThat(reading.keymap().action(KeyContext.WORKING, chord("enter"))).contains(Action.SUBMIT);
    assertThat(reading.keymap().keys(KeyContext.WORKING, Action.BACKGROUND))
        .containsExactly(strokes("ctrl+b"));
  }

  @Test
  void whatTypesInATextRowIsTextWhateverTheDialogBinds() {
    Keymap keymap =
        DEFAULTS.with("{\"dialog\": {\"x\": \"explain\", \"g g\": \"top\"}}", "k.json").keymap();

    assertThat(keymap.action(KeyContext.DIALOG, chord("x"))).contains(Action.EXPLAIN);
    assertThat(keymap.meaning(KeyContext.DIALOG, strokes("g"))).isEqualTo(BEGINS);
    assertThat(keymap.meaning(KeyContext.FIELD, strokes("x"))).isEqualTo(NOTHING);
    assertThat(keymap.meaning(KeyContext.FIELD, strokes("g"))).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ctrl+e | ctrl+e",
        "Control+E | ctrl+e",
        "shift+ctrl+e | ctrl+shift+e",
        "shift+enter | shift+enter",
        "alt+return | alt+enter",
        "meta+b | alt+b",
        "option+Left | alt+left",
        "Escape | esc",
        "PgUp | pageup",
        "page-down | pagedown",
        "ctrl+space | ctrl+space",
        "ctrl++ | ctrl++",
        "ctrl+- | ctrl+-",
        "ctrl+shift+_ | ctrl+shift+_",
        "+ | +",
        "G | G",
        "shift+g | G",
        "g | g",
        "F12 | f12",
        "ctrl+😀 | ctrl+😀",
      })
  void aChordIsReadAndWritten(String text, String written) {
    Chord chord = chord(text);

    assertThat(chord).hasToString(written);
    assertThat(Chord.parse(chord.toString())).contains(chord);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "ctrl+", "ctrl", "hyper+x", "f0", "f99", "shift+1", "ab", "++"})
  void whatIsNoChordIsNone(String text) {
    assertThat(Chord.parse(text)).isEmpty();
  }

  @Test
  void theSameKeyIsTheSameChordHoweverItWasSent() {
    assertThat(chordOf("\u001b[Z")).isEqualTo(chordOf("\u001b[9;2u")).isEqualTo(chord("shift+tab"));
    assertThat(chordOf("\u001bB"))
        .isEqualTo(chordOf("\u001b[98;4u"))
        .isEqualTo(chord("alt+shift+b"));
    assertThat(chordOf("\n")).isEqualTo(chordOf("\u001b[106;5u")).isEqualTo(chord("ctrl+j"));
    assertThat(chordOf("G")).isEqualTo(chordOf("\u001b[103;2u")).isEqualTo(chord("shift+g"));
    assertThat(chordOf("\u001b[13;2u")).isEqualTo(chordOf("\u001b[27;2;13~"));
    assertThat(chordOf("\u001f")).isEqualTo(chordOf("\u001b[45:95;6u")).isEqualTo(chord("ctrl+_"));
  }

  @Test
  void aNamedKeyIsNoCharacter() {
    assertThat(Chord.of(Key.named(KeyType.Enter, false, true, false)))
        .isEqualTo(chord("alt+enter"));
    assertThat(List.of(chord("enter").types(), chord("x").types(), chord("ctrl+x").types()))
        .containsExactly(false, true, false);
  }

  private static Chord chordOf(String bytes) {
    Fed fed = new Fed().feed(bytes);
    fed.decoder.finish(fed.now);
    return Chord.of(((InputEvent.Pressed) fed.events.getFirst()).key());
  }

  private static Strokes strokes(String text) {
    return Strokes.parse(text).orElseThrow(() -> new AssertionError("no keys: " + text));
  }

  private static Chord chord(String text) {
    return Chord.parse(text).orElseThrow(() -> new AssertionError("no chord: " + text));
  }

  private static KeyContext context(String id) {
    Optional<KeyContext> context = KeyContext.named(id);
    return context.orElseThrow();
  }
}
