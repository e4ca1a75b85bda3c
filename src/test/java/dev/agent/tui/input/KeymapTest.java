package dev.agent.tui.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.Keymap.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeymapTest {
  private static final Keymap DEFAULTS = Keymap.defaults();

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

  private static Chord chord(String text) {
    return Chord.parse(text).orElseThrow(() -> new AssertionError("no chord: " + text));
  }

  private static KeyContext context(String id) {
    Optional<KeyContext> context = KeyContext.named(id);
    return context.orElseThrow();
  }
}
