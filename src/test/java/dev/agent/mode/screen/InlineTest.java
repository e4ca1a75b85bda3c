package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.loop.AgentEvent.ToolStatus;
import dev.agent.loop.Outcome;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.testing.TestTerminal;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InlineTest {
  private static final long SEED = Long.getLong("frames.seed", 5);

  private final StringBuilder sent = new StringBuilder();
  private TestTerminal terminal = TestTerminal.clustering(60, 16, Cells::width);
  private Inline face = new Inline(60, 16, Scene.CAPABLE, 0, () -> true);
  private Scene scene = new Scene("dark", face, Glyphs.UNICODE);

  private void on(int columns, int rows) {
    terminal = TestTerminal.clustering(columns, rows, Cells::width);
    face = new Inline(columns, rows, Scene.CAPABLE, 0, () -> true);
    scene = new Scene("dark", face, Glyphs.UNICODE);
  }

  private String frame() {
    return take(scene.desk.draw(0));
  }

  private String take(Bytes bytes) {
    terminal.feed(bytes.toArray());
    sent.append(bytes);
    return bytes.toString();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>(terminal.lines());
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private long count(String text) {
    return lines().stream().filter(it -> it.contains(text)).count();
  }

  @Test
  void aTurnEndsUpInTheScrollbackWithTheComposerBelowIt() {
    Stage stage = scene.prompt("fix the loop");
    frame();
    stage.says("I will read it.").calls("1", "Bash", "command", "make");
    frame();
    stage.answered(100, 0, 10, "0.01").starts("1").progress("1", "compiling");
    frame();
    stage.ends("1", new Display.Text("ok"), ToolStatus.DONE, 20);
    stage.request().says("It works.").answered(100, 0, 10, "0.01");
    frame();
    scene.rest();
    frame();

    assertThat(lines())
        .containsSubsequence(
            "> fix the loop",
            "● I will read it.",
            "● Bash(make)",
            "  ⎿  ok",
            "● It works.",
            "─".repeat(60),
            "> Ask for a change, or press ? for shortcuts",
            "─".repeat(60));
    for (String once : List.of("fix the loop", "I will read it.", "Bash(make)", "It works.")) {
      assertThat(count(once)).as(once).isEqualTo(1);
    }
    assertThat(sent.toString())
        .doesNotContain("\33[2J", "\33[3J", "\33[?1049")
        .doesNotContainPattern("\33\\[[0-9;]*[HSTr]");
  }

  @Test
  void promptsAreMarked() {
    scene.prompt("hello").says("Hi.").answered(100, 0, 10, "0.01");
    scene.rest();

    String bytes = frame();

    String plain = bytes.replaceAll("\33\\[[0-9;?]*[A-Za-z]", "");
    assertThat(plain)
        .containsSubsequence("\33]133;A\33\\> \33]133;B\33\\hello", "\33]133;C\33\\", "● Hi.");
  }

  @Test
  void ofAnAnswerThatIsTallerThanTheScreenTheEndIsShown() {
    String list =
        IntStream.rangeClosed(1, 40)
            .mapToObj(it -> "item " + it)
            .collect(Collectors.joining("\n\n"));
    Stage stage = scene.prompt("list").saysSoFar(list);

    frame();

    List<String> open = lines();
    assertThat(open).anyMatch(it -> it.matches("  … \\+\\d+ lines above"));
    assertThat(open).contains("  item 40").doesNotContain("● item 1");
    assertThat(scene.desk.shown().rows()).hasSizeLessThanOrEqualTo(15);

    stage.says(list).answered(100, 0, 10, "0.01");
    scene.rest();
    frame();

    assertThat(lines())
        .containsSubsequence(IntStream.rangeClosed(2, 40).mapToObj(it -> "  item " + it).toList());
    assertThat(count("lines above")).isZero();
  }

  @Test
  void whatWasPrintedStaysWhereASessionIsTakenBack() {
    scene.prompt("one").says("First.").answered(100, 0, 10, "0.01");
    scene.rest();
    frame();

    scene.happens(new InteractiveEvent.SessionOpened(scene.session, InteractiveEvent.Why.REWOUND));
    frame();
    scene.prompt("two").says("Second.").answered(100, 0, 10, "0.01");
    scene.rest();
    frame();

    assertThat(count("agent 0.1.0")).isEqualTo(1);
    assertThat(lines()).containsSubsequence("> one", "● First.", "> two", "● Second.");
  }

  @Test
  void theLastFrameLeavesWhatWasSaidAndNothingElse() {
    scene.prompt("hello").saysSoFar("Half an answ");
    frame();

    take(face.last(scene.desk, true, 0));

    assertThat(lines()).endsWith("> hello", "", "● Half an answ");
    assertThat(terminal.cursorX()).isZero();
    assertThat(terminal.text(terminal.cursorY())).isBlank();
  }

  @Test
  void aSurfaceThatTakesOverPrintsOnlyWhatComes() {
    scene.prompt("hello").says("Hi.").answered(100, 0, 10, "0.01");
    scene.rest();
    Inline next = new Inline(60, 16, Scene.CAPABLE, scene.desk.firstUnsettled(), () -> true);
    scene.desk.face(next);
    terminal = TestTerminal.clustering(60, 16, Cells::width);

    frame();
    scene.prompt("again").says("Yes.").answered(100, 0, 10, "0.01");
    scene.rest();
    frame();

    assertThat(count("hello")).isZero();
    assertThat(lines()).containsSubsequence("> again", "● Yes.");
  }

  @Test
  void aLongSessionThatIsOpenedIsPrintedFromNearItsEnd() {
    for (int i = 0; i < 300; i++) {
      scene.prompt("prompt " + i).says("answer " + i).answered(100, 0, 10, "0.01");
      scene.stage.ends(new Outcome.Completed("", "end_turn"));
    }

    frame();

    assertThat(lines()).anyMatch(it -> it.matches(".*\\+\\d+ earlier parts \\(ctrl\\+o\\)"));
    assertThat(lines()).contains("> prompt 299").doesNotContain("> prompt 10");
  }

  /** Every state of the screen, at sizes down to nothing, is a region that leaves a row above. */
  @Test
  void everySceneFitsBelowTheText() {
    Map<String, Consumer<Scene>> scenes = new LinkedHashMap<>(TalkScenes.all());
    scenes.putAll(DialogScenes.all());
    for (int[] size : new int[][] {{100, 30}, {60, 20}, {40, 10}, {12, 5}, {3, 3}, {1, 1}}) {
      scenes.forEach(
          (name, set) -> {
            on(size[0], size[1]);
            set.accept(scene);
            frame();
            assertThat(scene.desk.shown().rows())
                .as(name)
                .hasSizeLessThanOrEqualTo(Math.max(1, size[1] - 1));
            assertThat(frame()).as(name + " again").isEmpty();
          });
    }
  }

  /** Turns in any order, while the terminal gets wider and narrower. */
  @Test
  void randomTurnsAndSizesPrintEverythingOnce() {
    for (int run = 0; run < 8; run++) {
      Random random = new Random(SEED + run);
      boolean reflows = random.nextBoolean();
      int columns = 60;
      int rows = 16;
      terminal = TestTerminal.clustering(columns, rows, Cells::width);
      face = new Inline(columns, rows, Scene.CAPABLE, 0, () -> reflows);
      scene = new Scene("dark", face, Glyphs.UNICODE);
      List<String> said = new ArrayList<>();
      for (int turn = 0; turn < 12; turn++) {
        String name = "q" + run + "x" + turn;
        said.add("> " + name);
        Stage stage = scene.prompt(name);
        for (int step = random.nextInt(4); step >= 0; step--) {
          String call = name + "c" + step;
          stage.saysSoFar("text of ").says("text of " + call);
          said.add("● text of " + call);
          frame();
          if (random.nextInt(3) == 0) {
            columns = 30 + random.nextInt(60);
            // Large enough for the region: what a lower terminal pushes out stays in its text.
            rows = 16 + random.nextInt(20);
            terminal.resize(columns, rows, reflows);
            scene.desk.resized(columns, rows);
          }
          stage.calls(call, "Bash", "command", call).answered(100, 0, 10, "0.01");
          frame();
          stage.starts(call).ends(call, new Display.Text("done"), ToolStatus.DONE, 20);
          said.add("● Bash(" + call + ")");
          stage.request();
          frame();
        }
        stage.says("end").answered(100, 0, 10, "0.01");
        scene.rest();
        frame();
      }
      List<String> lines = lines();
      assertThat(lines).containsSubsequence(said);
      said.forEach(
          text -> assertThat(lines.stream().filter(text::equals).count()).as(text).isEqualTo(1));
      assertThat(terminal.lines()).anyMatch(it -> it.startsWith("> Ask for"));
    }
    assertThat(sent.toString().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    assertThat(sent.toString()).doesNotContain("\33[2J", "\33[3J", "\33[?1049");
  }
}
