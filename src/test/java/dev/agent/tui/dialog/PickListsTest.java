package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.context.OutputStyle;
import dev.agent.model.ModelInfo;
import dev.agent.model.Price;
import dev.agent.permission.Mode;
import dev.agent.session.SessionInfo;
import dev.agent.testing.Golden;
import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Token;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PickListsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final Path CWD = Path.of("/home/me/proj");
  private static final List<String> TITLES =
      List.of(
          "Make sums safe against overflow",
          "Why does the nightly build need eleven minutes, and what could be left out of it?",
          "修复解析器中的错误",
          "",
          "Release notes for 1.2");

  private final Golden golden = new Golden(getClass());

  private static ModelInfo model(String id, int window, Optional<Price> price) {
    return new ModelInfo(
        id,
        window,
        64_000,
        32_000,
        price,
        Optional.empty(),
        ModelInfo.ThinkingStyle.NONE,
        "",
        1024,
        3.5,
        true);
  }

  private static Optional<Price> price(String in, String out) {
    return Optional.of(
        new Price(
            new BigDecimal(in),
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ONE,
            new BigDecimal(out)));
  }

  static PickList<ModelInfo> models() {
    return PickLists.models(
        List.of(
            model("large-model-5", 1_000_000, price("5", "25")),
            model("middle-model-4-5", 200_000, price("3", "15")),
            model("small-model-4-5", 200_000, price("0.8", "4")),
            model("my-own-model", 32_768, Optional.empty())),
        "middle-model-4-5");
  }

  private static SessionInfo session(int number) {
    return new SessionInfo(
        Path.of("/data/" + number + ".jsonl"),
        "id-" + number,
        TITLES.get(number % TITLES.size()),
        number % 3 == 0 ? "/home/me/proj/web" : "/home/me/proj",
        "main",
        NOW.minus(Duration.ofMinutes(7L * number * number)),
        number % 4 == 0 ? -1 : number,
        BigDecimal.ZERO,
        1,
        "",
        number == 4);
  }

  static PickList<SessionInfo> sessions() {
    List<SessionInfo> sessions = new ArrayList<>();
    for (int i = 1; i < 42; i++) {
      sessions.add(session(i));
    }
    return PickLists.sessions(
        sessions,
        CWD,
        NOW,
        it ->
            (width, theme) ->
                Text.wrap(
                    "> " + it.title() + "\n\nThe loop ran one step too far. Fixed and tested.",
                    width,
                    theme.style(Token.TEXT)));
  }

  private static <A> Dialog<A> after(Dialog<A> dialog, String typed, Input... inputs) {
    dialog.draw(Sizes.CANVAS);
    Press.all(dialog, inputs);
    Press.type(dialog, typed);
    return dialog;
  }

  @Test
  void looksCalm() {
    golden.check("models", PickListsTest::models);
    golden.check(
        "modes",
        () ->
            PickLists.modes(
                List.of(Mode.DEFAULT, Mode.ACCEPT_EDITS, Mode.PLAN, Mode.AUTO), Mode.PLAN));
    golden.check(
        "output-styles",
        () -> {
          List<OutputStyle> styles =
              List.of(
                  OutputStyle.DEFAULT,
                  new OutputStyle(
                      "poet", "Answers in verse", "…", false, OutputStyle.Origin.PERSONAL));
          return PickLists.outputStyles(styles, styles.getLast());
        });
    golden.check("sessions", PickListsTest::sessions);
    golden.check("sessions", PickListsTest::sessions, 200, 50);
    golden.check("sessions-filtered", () -> after(sessions(), "/release"));
    golden.check("sessions-none", () -> after(sessions(), "/xyzzy"));
    golden.check("sessions-preview", () -> after(sessions(), "", Press.DOWN, Press.CTRL_O));
    golden.check(
        "code",
        () ->
            PickLists.code(
                List.of(
                    new PickLists.CodeBlock("java", "long total = 0;\nfor (int x : xs) {\n}"),
                    new PickLists.CodeBlock("", "mvn -q test"))));
    golden.check(
        "themes",
        () ->
            PickLists.themes(
                List.of("auto", "dark", "light", "mono"),
                "dark",
                (_, theme) ->
                    List.of(
                        Row.of("- int total = 0;", theme.style(Token.ERROR)),
                        Row.of("+ long total = 0;", theme.style(Token.SUCCESS)))));
    golden.check(
        "memory",
        () ->
            PickLists.memory(
                List.of(
                    new PickLists.MemoryFile(CWD.resolve("AGENTS.md"), "project", 41),
                    new PickLists.MemoryFile(
                        Path.of("/home/me/.config/agent/AGENTS.md"), "user", 0)),
                CWD));
  }

  @Test
  void theCurrentModelIsSelected() {
    assertThat(models().on(Press.ENTER))
        .isInstanceOfSatisfying(
            Step.Answered.class,
            it ->
                assertThat(((ModelInfo) ((Pick.Chosen<?>) it.answer()).value()).id())
                    .isEqualTo("middle-model-4-5"));
  }

  @Test
  void digitsChooseInShortLists() {
    Step<Pick<ModelInfo>> step = models().on(Press.key("3"));

    assertThat(step.toString()).contains("small-model-4-5");
    assertThat(sessions().on(Press.key("3"))).isEqualTo(new Step.Unused<>());
  }

  @Test
  void theFilterWantsEveryWordInAnyOrder() {
    Dialog<Pick<SessionInfo>> list = after(sessions(), "/1.2 RELEASE");

    assertThat(list.isTyping()).isTrue();
    assertThat(Sizes.text(list)).contains("Release notes").doesNotContain("overflow");
    assertThat(list.on(Press.ENTER).toString()).contains("Release notes for 1.2");
  }

  @Test
  void escapeClearsTheFilterThenLeaves() {
    Dialog<Pick<SessionInfo>> list = after(sessions(), "/zzz");

    assertThat(list.on(Press.ENTER)).isEqualTo(new Step.Open<>());
    assertThat(list.on(Press.ESC)).isEqualTo(new Step.Open<>());
    assertThat(list.isTyping()).isFalse();
    assertThat(list.on(Press.ESC)).isEqualTo(new Step.Answered<>(new Pick.Left<>()));
  }

  @Test
  void movesRoundAndByPages() {
    Dialog<Pick<SessionInfo>> list = after(sessions(), "", Press.UP);
    assertThat(Sizes.text(list)).contains("41 of 41");
    list.on(Press.DOWN);
    list.on(Press.PAGE_DOWN);
    assertThat(Sizes.text(list)).contains("24 of 41");
  }

  @Test
  void movingOverThemesIsTold() {
    PickList<String> themes = PickLists.themes(List.of("dark", "light"), "dark", Body.EMPTY);

    assertThat(themes.on(Press.DOWN)).isEqualTo(new Step.Told<>(new Pick.Looked<>("light")));
    assertThat(themes.on(Press.ENTER)).isEqualTo(new Step.Answered<>(new Pick.Chosen<>("light")));
  }

  @Test
  void aClickSelectsAndAnotherChooses() {
    PickList<Integer> list = plain("a", "b");

    assertThat(list.on(new Input.Clicked(1))).isEqualTo(new Step.Open<>());
    assertThat(list.on(new Input.Clicked(1))).isEqualTo(new Step.Answered<>(new Pick.Chosen<>(1)));
  }

  @Test
  void anEmptyListCanOnlyBeLeft() {
    PickList<Integer> list = plain();

    assertThat(Sizes.text(list)).contains("nothing here");
    assertThat(list.on(Press.ENTER)).isEqualTo(new Step.Open<>());
    assertThat(list.on(Press.DOWN)).isEqualTo(new Step.Open<>());
    assertThat(list.on(Press.ESC)).isEqualTo(new Step.Answered<>(new Pick.Left<>()));
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(PickListsTest::models);
    Sizes.assertFits(() -> after(sessions(), "/e", Press.CTRL_O));
  }

  private static PickList<Integer> plain(String... names) {
    List<Entry<Integer>> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(new Entry<>(entries.size(), List.of(name)));
    }
    return new PickList<>(PickList.Spec.of("x", entries, "<", "nothing here"));
  }
}
