package dev.agent.tui.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.InputEvent.Focused;
import dev.agent.tui.input.InputEvent.Mouse;
import dev.agent.tui.input.InputEvent.MouseKind;
import dev.agent.tui.input.InputEvent.Pasted;
import dev.agent.tui.input.InputEvent.Pressed;
import dev.agent.tui.input.InputEvent.ReportKind;
import dev.agent.tui.input.InputEvent.Reported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputDecoderTest {
  private static final String CSI = "\u001b[";
  private static final String ST = "\u001b\\";

  static Stream<Arguments> sequences() {
    return Stream.of(
        // Text.
        row("a", typed("a")),
        row("aZ ~", typed("a"), typed("Z"), typed(" "), typed("~")),
        row("é€😀", typed("é"), typed("€"), typed("😀")),
        row("e\u0301", typed("e"), typed("\u0301")),
        row("\u009b1m", typed("1"), typed("m")),
        // Controls.
        row("\r", named(KeyType.Enter)),
        row("\n", key("j", "c")),
        row("\r\n", named(KeyType.Enter)),
        row("\t", named(KeyType.Tab)),
        row("\u007f", named(KeyType.Backspace)),
        row("\b", named(KeyType.Backspace)),
        row("\u0000", key(" ", "c")),
        row("\u0001", key("a", "c")),
        row("\u001a", key("z", "c")),
        row("\u001c", key("\\", "c")),
        row("\u001d", key("]", "c")),
        row("\u001e", key("^", "c")),
        row("\u001f", key("_", "c")),
        // Escape and Alt.
        row("\u001b", named(KeyType.Escape)),
        row("\u001b\u001b", named(KeyType.Escape), named(KeyType.Escape)),
        row(
            "\u001b\u001b\u001b",
            named(KeyType.Escape),
            named(KeyType.Escape),
            named(KeyType.Escape)),
        row("\u001bb", key("b", "a")),
        row("\u001bB", key("b", "as")),
        row("\u001bé", key("é", "a")),
        row("\u001b😀", key("😀", "a")),
        row("\u001b\u001bb", named(KeyType.Escape), key("b", "a")),
        row("\u001b\r", named(KeyType.Enter, "a")),
        row("\u001b\n", named(KeyType.Enter, "a")),
        row("\u001b\u007f", named(KeyType.Backspace, "a")),
        row("\u001b\t", named(KeyType.Tab, "a")),
        row("\u001b\u0006", key("f", "ca")),
        row("\u001b[", key("[", "a")),
        row("\u001b]", key("]", "a")),
        row("\u001b_", key("_", "a")),
        row("\u001bO", key("o", "as")),
        row("\u001b\u001b[", named(KeyType.Escape), key("[", "a")),
        // Keys of xterm and the VT100.
        row(CSI + "A", named(KeyType.ArrowUp)),
        row(CSI + "B", named(KeyType.ArrowDown)),
        row(CSI + "C", named(KeyType.ArrowRight)),
        row(CSI + "D", named(KeyType.ArrowLeft)),
        row(CSI + "H", named(KeyType.Home)),
        row(CSI + "F", named(KeyType.End)),
        row(CSI + "1;5D", named(KeyType.ArrowLeft, "c")),
        row(CSI + "1;2A", named(KeyType.ArrowUp, "s")),
        row(CSI + "1;4B", named(KeyType.ArrowDown, "as")),
        row(CSI + "1;8F", named(KeyType.End, "cas")),
        row(CSI + "1;65A", named(KeyType.ArrowUp)),
        row("\u001b\u001b[A", named(KeyType.ArrowUp, "a")),
        row("\u001bOA", named(KeyType.ArrowUp)),
        row("\u001bO5A", named(KeyType.ArrowUp, "c")),
        row("\u001bO1;5A", named(KeyType.ArrowUp, "c")),
        row("\u001bOP", named(KeyType.F1)),
        row("\u001bOS", named(KeyType.F4)),
        row("\u001bOM", named(KeyType.Enter)),
        row("\u001bOp", typed("0")),
        row("\u001bOj", typed("*")),
        row("\u001bOX", typed("=")),
        row("\u001bOd", named(KeyType.ArrowLeft, "c")),
        row(CSI + "Z", named(KeyType.ReverseTab)),
        row(CSI + "2~", named(KeyType.Insert)),
        row(CSI + "3~", named(KeyType.Delete)),
        row(CSI + "3;5~", named(KeyType.Delete, "c")),
        row(CSI + "5~", named(KeyType.PageUp)),
        row(CSI + "6;2~", named(KeyType.PageDown, "s")),
        row(CSI + "1~", named(KeyType.Home)),
        row(CSI + "8~", named(KeyType.End)),
        row(CSI + "15~", named(KeyType.F5)),
        row(CSI + "24;5~", named(KeyType.F12, "c")),
        row(CSI + "33~", named(KeyType.F19)),
        row(CSI + "[A", named(KeyType.F1)),
        row(CSI + "[E", named(KeyType.F5)),
        row(CSI + "1;5R", named(KeyType.F3, "c")),
        row(CSI + "R", named(KeyType.F3)),
        row(CSI + "a", named(KeyType.ArrowUp, "s")),
        row(CSI + "3$", named(KeyType.Delete, "s")),
        row(CSI + "3^", named(KeyType.Delete, "c")),
        row(CSI + "3@", named(KeyType.Delete, "cs")),
        // The kitty protocol.
        row(CSI + "27u", named(KeyType.Escape)),
        row(CSI + "13u", named(KeyType.Enter)),
        row(CSI + "13;2u", named(KeyType.Enter, "s")),
        row(CSI + "13;5u", named(KeyType.Enter, "c")),
        row(CSI + "9;2u", named(KeyType.ReverseTab)),
        row(CSI + "127;5u", named(KeyType.Backspace, "c")),
        row(CSI + "97u", typed("a")),
        row(CSI + "97;2u", typed("A")),
        row(CSI + "97:65;2u", typed("A")),
        row(CSI + "49:33;2u", typed("!")),
        row(CSI + "97;5u", key("a", "c")),
        row(CSI + "97;6u", key("a", "cs")),
        row(CSI + "97:65;6u", key("a", "cs")),
        row(CSI + "45:95;6u", key("_", "c")),
        row(CSI + "45;6u", key("-", "cs")),
        row(CSI + "1089::99;5u", key("c", "c")),
        row(CSI + "1089;5u", key("с", "c")),
        row(CSI + "97;3u", key("a", "a")),
        row(CSI + "97;33u", key("a", "a")),
        row(CSI + "97;69u", key("a", "c")),
        row(CSI + "97;5:1u", key("a", "c")),
        row(CSI + "97;5:2u", key("a", "c")),
        row(CSI + "97;5:3u"),
        row(CSI + "1;1:3A"),
        row(CSI + "1;1:2A", named(KeyType.ArrowUp)),
        row(CSI + "3;5:1~", named(KeyType.Delete, "c")),
        row(CSI + "97;;229u", typed("å")),
        row(CSI + "0;;128512u", typed("😀")),
        row(CSI + "97;9u"),
        row(CSI + "1;9A"),
        row(CSI + "57441u"),
        row(CSI + "57399u", typed("0")),
        row(CSI + "57414u", named(KeyType.Enter)),
        row(CSI + "57419;5u", named(KeyType.ArrowUp, "c")),
        row(CSI + "57376u", named(KeyType.F13)),
        row(CSI + "99999999999u"),
        row(CSI + "u"),
        // modifyOtherKeys.
        row(CSI + "27;2;13~", named(KeyType.Enter, "s")),
        row(CSI + "27;5;106~", key("j", "c")),
        row(CSI + "27;2;65~", typed("A")),
        row(CSI + "27;6;90~", key("z", "cs")),
        // Mouse and focus.
        row(CSI + "<0;1;1M", mouse(MouseKind.PRESS_LEFT, 0, 0, "")),
        row(CSI + "<1;300;1M", mouse(MouseKind.PRESS_MIDDLE, 299, 0, "")),
        row(CSI + "<2;3;4M", mouse(MouseKind.PRESS_RIGHT, 2, 3, "")),
        row(CSI + "<0;1;1m", mouse(MouseKind.RELEASE, 0, 0, "")),
        row(CSI + "<32;5;6M", mouse(MouseKind.DRAG, 4, 5, "")),
        row(CSI + "<35;5;6M"),
        row(CSI + "<64;5;6M", mouse(MouseKind.WHEEL_UP, 4, 5, "")),
        row(CSI + "<65;5;6M", mouse(MouseKind.WHEEL_DOWN, 4, 5, "")),
        row(CSI + "<66;5;6M"),
        row(CSI + "<128;5;6M"),
        row(CSI + "<28;5;6M", mouse(MouseKind.PRESS_LEFT, 4, 5, "cas")),
        row(CSI + "<0;0;0M", mouse(MouseKind.PRESS_LEFT, 0, 0, "")),
        row(CSI + "M !!a", typed("a")),
        row(CSI + "32;5;6M"),
        row(CSI + "I", new Focused(true)),
        row(CSI + "O", new Focused(false)),
        // Answers.
        row(CSI + "?1u", new Reported(ReportKind.KITTY_FLAGS, "1")),
        row(CSI + "?2026;2$y", new Reported(ReportKind.MODE, "2026;2")),
        row(CSI + "?2027;0$y", new Reported(ReportKind.MODE, "2027;0")),
        row("\u001b]11;rgb:1e1e/0000/ffff" + ST, new Reported(ReportKind.BACKGROUND, "1e00ff")),
        row("\u001b]11;rgb:f/0/8\u0007", new Reported(ReportKind.BACKGROUND, "ff0088")),
        row("\u001b]11;rgba:ff/80/00/ff\u0007", new Reported(ReportKind.BACKGROUND, "ff8000")),
        row(
            "\u001bP>|kitty(0.35.1)" + ST,
            new Reported(ReportKind.NAME_AND_VERSION, "kitty(0.35.1)")),
        row(CSI + "?62;22;52c", new Reported(ReportKind.PRIMARY_ATTRIBUTES, "62;22;52")),
        row(CSI + "?12;1R", new Reported(ReportKind.CURSOR, "12;1")),
        row(CSI + "?1;2R", new Reported(ReportKind.CURSOR, "1;2")),
        row(CSI + "12;40R", new Reported(ReportKind.CURSOR, "12;40")),
        row(CSI + "?997;1n", new Reported(ReportKind.COLOR_SCHEME, "dark")),
        row(CSI + "?997;2n", new Reported(ReportKind.COLOR_SCHEME, "light")),
        row(
            "\u001b\u001b[?62c",
            named(KeyType.Escape),
            new Reported(ReportKind.PRIMARY_ATTRIBUTES, "62")),
        // Pastes.
        row(paste("a\rb"), new Pasted("a\nb")),
        row(paste("a\r\nb\nc"), new Pasted("a\nb\nc")),
        row(paste(""), new Pasted("")),
        row(paste("\u001b[31mred\u001b[0m\u0007"), new Pasted("[31mred[0m")),
        row(paste("\u001b[20"), new Pasted("[20")),
        row(paste("\u001b\u001b[201"), new Pasted("[201")),
        row(paste("ä😀\t\u0085\u009b"), new Pasted("ä😀\t")),
        row("x" + paste("y") + "z", typed("x"), new Pasted("y"), typed("z")),
        row("\u001b" + paste("y"), named(KeyType.Escape), new Pasted("y")),
        row(CSI + "201~a", typed("a")),
        // What is not known is swallowed to its end.
        row(CSI + "?1;2;3x" + "a", typed("a")),
        row(CSI + ">1;95;0c" + "a", typed("a")),
        row(CSI + "1;2 q" + "a", typed("a")),
        row(CSI + "99~" + "a", typed("a")),
        row(CSI + "4;600;800t" + "a", typed("a")),
        row(CSI + "=5!p" + "a", typed("a")),
        row(CSI + "1<2A" + "a", typed("a")),
        row("\u001b]52;c;aGVsbG8=\u0007a", typed("a")),
        row("\u001b]10;rgb:0/0/0" + ST + "a", typed("a")),
        row("\u001b]11;?" + ST + "a", typed("a")),
        row("\u001bP1+r544e=787465726d" + ST + "a", typed("a")),
        row("\u001b_Gi=31;OK" + ST + "a", typed("a")),
        row("\u001b^private\u0007a", typed("a")),
        row("\u001bXstring" + ST + "a", typed("a")),
        row("\u001b]0;t\u0018a", typed("a")),
        row("\u001b]0;ti\u001b[A", named(KeyType.ArrowUp)),
        row("\u001b]0;ti\u0003", key("c", "c")),
        row(CSI + "12\u0003", key("c", "c")),
        row(CSI + "12\u001b[A", named(KeyType.ArrowUp)),
        row(CSI + "12\u0018a", typed("a")),
        row("\u001bOZ", new InputEvent[0]));
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void aSequenceMeansTheSameWhereverItIsCut(String sequence, List<InputEvent> expected) {
    byte[] bytes = sequence.getBytes(StandardCharsets.UTF_8);

    assertThat(Fed.whole(bytes)).isEqualTo(expected);
    for (int at = 0; at <= bytes.length; at++) {
      assertThat(Fed.cut(bytes, at)).as("cut at %d", at).isEqualTo(expected);
    }
    Fed byByte = new Fed();
    for (byte b : bytes) {
      byByte.feed(new byte[] {b});
    }
    byByte.decoder.finish(byByte.now);
    assertThat(byByte.events).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void aSequenceEndsByItselfAndTextFollowsIt(String sequence, List<InputEvent> expected) {
    Fed fed = new Fed().feed(sequence).pass(6000).feed("k").pass(6000);

    List<InputEvent> andText = new ArrayList<>(expected);
    andText.add(typed("k"));
    assertThat(fed.events).isEqualTo(andText);
    assertThat(fed.decoder.timeout(fed.now)).isEmpty();
  }

  @Test
  void escapeIsDecidedAfterItsTimeAndNotBefore() {
    Fed fed = new Fed().feed("\u001b");

    assertThat(fed.decoder.timeout(fed.now)).isEqualTo(OptionalLong.of(25 * Fed.MILLISECOND));
    assertThat(fed.pass(24).events).isEmpty();
    assertThat(fed.pass(1).events).containsExactly(named(KeyType.Escape));
    assertThat(fed.decoder.timeout(fed.now)).isEmpty();
  }

  @Test
  void escapeAndAKeyAreTwoKeysEvenWhenTheCallerIsLate() {
    Fed fed = new Fed().feed("\u001b");
    fed.now += 26 * Fed.MILLISECOND;
    fed.feed("x");

    assertThat(fed.events).containsExactly(named(KeyType.Escape), typed("x"));
  }

  @Test
  void aSequenceWhoseRestIsReadLateIsNotTyped() {
    Fed fed = new Fed().feed("\u001b");
    fed.now += 60 * Fed.MILLISECOND;
    fed.feed("[A");

    assertThat(fed.events).containsExactly(named(KeyType.ArrowUp));
  }

  @Test
  void aTypedKeyIsToldAtOnce() {
    Fed fed = new Fed().feed("h").feed("i");

    assertThat(fed.events).containsExactly(typed("h"), typed("i"));
    assertThat(fed.decoder.timeout(fed.now)).isEmpty();
  }

  @Test
  void enterAfterTypingIsToldAtOnce() {
    Fed fed = new Fed().feed("hi").pass(30).feed("\r");

    assertThat(fed.events).containsExactly(typed("h"), typed("i"), named(KeyType.Enter));
  }

  @Test
  void aLineAndEnterInOneGoAreKeys() {
    Fed fed = new Fed().feed("hi\r");
    assertThat(fed.events).isEmpty();
    assertThat(fed.decoder.timeout(fed.now)).isEqualTo(OptionalLong.of(20 * Fed.MILLISECOND));

    fed.pass(20);

    assertThat(fed.events).containsExactly(typed("h"), typed("i"), named(KeyType.Enter));
  }

  @Test
  void threeLinesInOneGoAreAPaste() {
    Fed fed = new Fed().feed("one\rtwo\tthree\r\nfour").pass(20);

    assertThat(fed.events).containsExactly(new Pasted("one\ntwo\tthree\nfour"));
  }

  @Test
  void aBurstInManyPartsIsOnePaste() {
    Fed fed = new Fed().feed("one\r").pass(5).feed("two\rth").pass(15).feed("ree\r").pass(15);
    fed.feed("four").pass(30);

    assertThat(fed.events).containsExactly(new Pasted("one\ntwo\nthree\nfour"));
  }

  @Test
  void aBurstByteByByteSendsNothing() {
    Fed fed = new Fed();
    for (char c : "rm\r-rf\rx\r".toCharArray()) {
      fed.feed(String.valueOf(c)).pass(1);
    }
    fed.pass(30);

    assertThat(fed.events).containsExactly(typed("r"), typed("m"), new Pasted("\n-rf\nx\n"));
  }

  @Test
  void enterAgainAndAgainIsNoPaste() {
    Fed fed = new Fed().feed("\r\r\r").pass(30);

    assertThat(fed.events)
        .containsExactly(named(KeyType.Enter), named(KeyType.Enter), named(KeyType.Enter));
  }

  @Test
  void aKeyBehindABurstComesBehindIt() {
    Fed fed = new Fed().feed("a\rb\rc\u0003");

    assertThat(fed.events).containsExactly(new Pasted("a\nb\nc"), key("c", "c"));
  }

  @Test
  void newlineIsAKeyAgainLaterThanEnter() {
    Fed fed = new Fed().feed("\r").pass(100).feed("\n");

    assertThat(fed.events).containsExactly(named(KeyType.Enter), key("j", "c"));
  }

  @Test
  void bytesThatAreNoTextBecomeReplacementCharacters() {
    byte[] bytes = {'a', (byte) 0xFF, 'b', (byte) 0xE2, (byte) 0x82, 'c', (byte) 0xC3};

    for (int at = 0; at <= bytes.length; at++) {
      assertThat(Fed.text(Fed.cut(bytes, at))).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }
  }

  @Test
  void anUnfinishedCharacterIsGivenUp() {
    Fed fed = new Fed().feed(new byte[] {(byte) 0xE9}).pass(1000);

    assertThat(fed.events).containsExactly(typed("\uFFFD"));
  }

  @Test
  void aPasteWithoutItsEndIsNotLost() {
    Fed fed = new Fed().feed(CSI + "200~half").pass(5000).feed("x");

    assertThat(fed.events).containsExactly(new Pasted("half"), typed("x"));
  }

  @Test
  void aPasteBeyondTheLimitIsCutAndSaidSo() {
    byte[] bytes = new byte[InputDecoder.MAX_PASTE_BYTES + 1000];
    Arrays.fill(bytes, (byte) 'x');
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(euro, 0, bytes, InputDecoder.MAX_PASTE_BYTES - 1, 3);

    Fed fed = new Fed().feed(CSI + "200~").feed(bytes).feed(CSI + "201~a");

    assertThat(fed.events).hasSize(2).endsWith(typed("a"));
    Pasted pasted = (Pasted) fed.events.getFirst();
    assertThat(pasted.text()).hasSize(InputDecoder.MAX_PASTE_BYTES - 1).endsWith("x");
    assertThat(pasted.dropped()).isEqualTo(1001);
  }

  @Test
  void anEndlessAnswerIsSwallowedAndNotKept() {
    Fed fed = new Fed().feed("\u001bP>|").feed("x".repeat(1_000_000)).feed(ST + "a");
    fed.feed(CSI + "1".repeat(10_000) + "A").feed("b");

    assertThat(fed.events).containsExactly(typed("a"), typed("b"));
  }

  @Test
  void anAnswerThatStopsHalfwayDoesNotBlockTheKeyboard() {
    Fed fed = new Fed().feed("\u001b]11;rgb:12").pass(2000).feed("a");

    assertThat(fed.events).containsExactly(typed("a"));
  }

  private static Arguments row(String sequence, InputEvent... expected) {
    return arguments(sequence, List.of(expected));
  }

  private static String paste(String text) {
    return CSI + "200~" + text + CSI + "201~";
  }

  private static InputEvent typed(String text) {
    return new Pressed(Key.typed(text, false, false, false));
  }

  private static InputEvent key(String text, String modifiers) {
    return new Pressed(
        Key.typed(text, modifiers.contains("c"), modifiers.contains("a"), modifiers.contains("s")));
  }

  private static InputEvent named(KeyType type) {
    return named(type, "");
  }

  private static InputEvent named(KeyType type, String modifiers) {
    return new Pressed(
        Key.named(type, modifiers.contains("c"), modifiers.contains("a"), modifiers.contains("s")));
  }

  private static InputEvent mouse(MouseKind kind, int column, int row, String modifiers) {
    return new Mouse(
        kind,
        column,
        row,
        modifiers.contains("s"),
        modifiers.contains("a"),
        modifiers.contains("c"));
  }
}
