package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentEvent.ToolStatus;
import dev.agent.loop.Outcome;
import dev.agent.message.Usage;
import dev.agent.model.ModelException;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Themes;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranscriptFeedTest {
  private static final String SRC = "/home/me/proj/src/Main.java";

  private final Stage stage = new Stage();

  @Test
  void aTurnBecomesItsBlocks() {
    stage.prompt("fix the loop in Main.java").request().says("I will read the file first.");
    stage.runs("1", "Read", "file_path", SRC, new Display.Text("Read 120 lines"));
    stage.runs("2", "Read", "file_path", "/home/me/proj/b", new Display.Text("Read 3 lines"));
    stage.runs("3", "Grep", "pattern", "loop", new Display.FileList(List.of("a", "b"), 0));
    stage.answered(20_000, 0, 900, "0.05");
    stage.request().calls("4", "Bash", "command", "mvn -q test").starts("4");
    stage.progress("4", "[INFO] Scanning\n[INFO] Tests run: 12\n").after(14);

    assertThat(text(stage, 60))
        .isEqualTo(
            """
            > fix the loop in Main.java

            ● I will read the file first.

            ● Read 2 files, searched 1 pattern  (ctrl+o)
            ● Bash(mvn -q test)
              ⎿  Running… 14s · [INFO] Tests run: 12\
            """);

    stage.ends("4", new Display.Command("", 0, false, ""), ToolStatus.DONE, 58_000).after(58);
    stage.answered(21_000, 20_000, 300, "0.03").request().says("Done.");
    stage.answered(22_000, 3_000, 700, "0.04").ends();

    assertThat(text(stage, 60))
        .endsWith(
            """
            ● Bash(mvn -q test)
              ⎿  (no output)

            ● Done.

            ✻ 1m 12s · ↑ 63k (23k cached) ↓ 1.9k · $0.12\
            """);
  }

  @Test
  void oneReadingCallTakesOneRow() {
    stage.request().calls("1", "Read", "file_path", SRC);
    assertThat(text(stage, 60)).isEqualTo("● Read(src/Main.java)  Running…");

    stage.starts("1").ends("1", new Display.Text("Read 120 lines"), ToolStatus.DONE, 3);
    assertThat(text(stage, 60)).isEqualTo("● Read(src/Main.java)  120 lines");
  }

  @Test
  void aRunTellsWhatFailedInIt() {
    stage.request();
    stage.runs("1", "Read", "file_path", SRC, new Display.Text("Read 120 lines"));
    stage.fails("2", "Read", "file_path", "/x", new Display.Text("File not found."));

    assertThat(text(stage, 60)).isEqualTo("● Read 1 file, 1 failed  (ctrl+o)");
    assertThat(unfolded(stage, 60))
        .isEqualTo(
            """
            ● Read(src/Main.java)
              ⎿  Read 120 lines
            ● Read(/x)
              ⎿  Error: File not found.\
            """);
  }

  @Test
  void aThoughtBetweenReadingCallsDoesNotBreakTheRun() {
    stage.request();
    stage.runs("1", "Read", "file_path", "a", new Display.Text("Read 1 line"));
    stage.answered(10, 0, 1, "").request().thinks("Now the other one.", 9);
    stage.runs("2", "Read", "file_path", "b", new Display.Text("Read 1 line"));

    assertThat(text(stage, 60)).isEqualTo("● Read 2 files  (ctrl+o)");
    assertThat(unfolded(stage, 60))
        .isEqualTo(
            """
            ● Read(a)
              ⎿  Read 1 line
            ✻ Thought for 9s
              Now the other one.
            ● Read(b)
              ⎿  Read 1 line\
            """);
  }

  @Test
  void aLongThoughtTakesOneRowAndAShortOneNone() {
    stage.request().thinks("hm", 1).says("Yes.").answered(1, 0, 1, "");
    stage.request().thinks("hmmm", 12).says("No.");

    assertThat(text(stage, 60)).isEqualTo("● Yes.\n\n✻ Thought for 12s  (ctrl+o)\n\n● No.");
    assertThat(stage.feed.activity().thought()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void whatStreamsInIsShownAtTheNextFlush() {
    stage.request().saysSoFar("Now I will ch");

    assertThat(text(stage, 60)).isEqualTo("● Now I will ch");
    assertThat(stage.feed.activity().phase()).isEqualTo(Activity.Phase.ANSWERING);
  }

  @Test
  void aPartialAnswerThatWasDroppedLeavesNoTrace() {
    stage.request();
    stage.runs("1", "Read", "file_path", "a", new Display.Text("Read 1 line"));
    stage.answered(10, 0, 1, "");
    String before = text(stage, 60);
    stage.request().thinks("hm", 5).calls("2", "Read", "file_path", "b").says("And then");
    assertThat(text(stage, 60)).isNotEqualTo(before);

    stage.send(new AgentEvent.PartialDiscarded("msg_1", "OVERLOADED"));

    assertThat(text(stage, 60)).isEqualTo(before);
    assertThat(stage.feed.openCalls()).isEmpty();
  }

  @Test
  void longOutputShowsItsFirstLines() {
    String output =
        IntStream.rangeClosed(1, 300)
            .mapToObj(i -> "row " + i + " of output")
            .collect(Collectors.joining("\n"));
    stage.request();
    stage.runs("1", "Bash", "command", "seq 1 300", new Display.Command(output, 0, false, ""));

    assertThat(text(stage, 60))
        .isEqualTo(
            """
            ● Bash(seq 1 300)
              ⎿  row 1 of output
                 row 2 of output
                 row 3 of output
                 … +297 lines (ctrl+o)\
            """);
    assertThat(unfolded(stage, 60).lines()).hasSize(301);
  }

  @Test
  void aFailureShowsItsLastLines() {
    String output =
        IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    stage.request();
    stage.fails("1", "Bash", "command", "make", new Display.Command(output, 2, false, ""));

    assertThat(text(stage, 60))
        .startsWith("● Bash(make)\n  ⎿  Error: exit 2\n     … +22 lines (ctrl+o)\n     line 23\n")
        .endsWith("line 30");
  }

  @Test
  void oneLineMoreIsShownInsteadOfCounted() {
    stage.request();
    stage.runs("1", "Bash", "command", "x", new Display.Command("a\nb\nc\nd", 0, false, ""));

    assertThat(text(stage, 60)).isEqualTo("● Bash(x)\n  ⎿  a\n     b\n     c\n     d");
  }

  @Test
  void anInterruptEndsOpenCallsAndSaysWhoDidIt() {
    stage.prompt("go").request().saysSoFar("Working on it, line 3.");
    stage.ends(new Outcome.Interrupted(Outcome.Phase.STREAMING));

    assertThat(text(stage, 60))
        .isEqualTo("> go\n\n● Working on it, line 3.\n  ⎿  Interrupted by you");
    assertThat(stage.feed.activity()).isEqualTo(Activity.IDLE);
  }

  @Test
  void aFailureOfTheServiceSaysWhatCanBeDone() {
    stage.prompt("go").request();
    stage.ends(
        new Outcome.ModelFailed(
            new ModelException(
                ModelException.Kind.INVALID_REQUEST,
                "API error 400: messages: text content blocks must be non-empty",
                400,
                "invalid_request_error",
                "req_011",
                Optional.empty(),
                Optional.empty(),
                null)));

    assertThat(text(stage, 100))
        .endsWith(
            """
            ● API error 400: messages: text content blocks must be non-empty (req_011)
              ⎿  /bug writes a report · enter retries · nothing was lost\
            """);
  }

  @Test
  void aDeniedCallSaysSo() {
    stage.request().calls("1", "Bash", "command", "rm -rf build");
    stage.ends("1", new Display.Text("The user said no."), ToolStatus.DENIED, 0);

    assertThat(text(stage, 60)).isEqualTo("● Bash(rm -rf build)\n  ⎿  Denied: The user said no.");
  }

  @Test
  void aDeniedCommandIsNotRepeatedInItsDenial() {
    stage.request().calls("1", "Bash", "command", "rm -rf build");
    stage.ends(
        "1",
        new Display.Text(
            "Permission to use Bash with command rm -rf build\n"
                + "ls has been denied: the user said no."),
        ToolStatus.DENIED,
        0);

    assertThat(text(stage, 60)).isEqualTo("● Bash(rm -rf build)\n  ⎿  Denied: the user said no.");
  }

  @Test
  void textFromOutsideCantActOnTheTerminal() {
    stage.request().calls("1", "Bash", "command", "echo \u001b[2J\u202eabc");
    stage.starts("1").progress("1", "\u001b]0;title\u0007x");
    stage.send(new AgentEvent.Notice(AgentEvent.Level.WARNING, "bad \u001b[2J value"));
    stage.prompt("see \u001b[31mred");

    for (Row row : rows(stage, 80, true)) {
      assertThat(row.text()).doesNotContain("\u001b", "\u0007", "\u202e");
    }
  }

  @Test
  void theTaskListIsTheLastOneWritten() {
    Display.Todo todo = new Display.Todo("Run the tests", "Running the tests", "in_progress");
    stage.request().runs("1", "TodoWrite", "", "", new Display.Todos(List.of(todo)));

    assertThat(stage.feed.todos()).containsExactly(todo);
    assertThat(text(stage, 60)).isEqualTo("● Todos  0 of 1 done");
  }

  @Test
  void aCommandOfThePersonShowsItsLastLineAndThenItsOutput() {
    stage.feed.shellStarted("make", stage.now());
    stage.feed.shellOutput("one\ntwo\n");
    stage.after(3);
    assertThat(text(stage, 60)).isEqualTo("! make\n  ⎿  Running… 3s · two");

    stage.feed.shellEnded(new Display.Command("one\ntwo", 2, false, ""), true);
    assertThat(text(stage, 60)).isEqualTo("! make\n  ⎿  Error: exit 2\n     one\n     two");
    assertThat(stage.feed.tick(stage.now().plusSeconds(5))).isFalse();
  }

  @Test
  void whatMayStillChangeIsNotSettled() {
    stage.prompt("go").request();
    assertThat(stage.feed.settled()).isEqualTo(1);
    stage.says("First.").saysSoFar("Sec");
    assertThat(stage.feed.settled()).as("the answer may be thrown away").isEqualTo(1);
    stage.calls("1", "Bash", "command", "x").answered(1, 0, 1, "").starts("1");
    assertThat(stage.feed.settled()).as("a call runs").isEqualTo(3);
    stage.ends("1", new Display.Text("x"), ToolStatus.DONE, 1);
    assertThat(stage.feed.settled()).isEqualTo(4);
    stage.request().runs("2", "Read", "file_path", "a", new Display.Text("Read 1 line"));
    stage.answered(1, 0, 1, "");
    assertThat(stage.feed.settled()).as("the run may grow").isEqualTo(4);
    stage.request().says("Done.").answered(1, 0, 1, "").ends();
    assertThat(stage.feed.settled()).isEqualTo(stage.transcript.size());
  }

  @Test
  void aCallThatIsNotTheModelsIsNotShown() {
    ToolCall call = new ToolCall("direct-1", "Bash", Json.object().put("command", "date"));
    stage.send(new AgentEvent.ToolStarted(call, Effect.NONE)).progress("direct-1", "x");

    assertThat(stage.transcript.size()).isZero();
    assertThat(stage.feed.openCalls()).isEmpty();
  }

  @Test
  void retriesAreToldByTheActivityAndEndWithTheFirstWord() {
    stage.prompt("go").request();
    stage.send(new AgentEvent.Retrying(3, 10, Duration.ofSeconds(4), 529, "overloaded"));
    assertThat(stage.feed.activity().retry())
        .contains(new Activity.Retry(3, 10, 529, stage.now().plusSeconds(4)));

    stage.saysSoFar("Here");
    assertThat(stage.feed.activity().retry()).isEmpty();
  }

  @Test
  void tokensAreEstimatedUntilTheyAreCounted() {
    stage.prompt("go").request().saysSoFar("x".repeat(400));
    assertThat(stage.feed.activity().outputTokens()).isEqualTo(100);

    stage.send(new AgentEvent.UsageUpdated(new Usage(0, 130, 0, 0, 0, 0, 0)));
    assertThat(stage.feed.activity().outputTokens()).isEqualTo(130);
  }

  static List<Row> rows(Stage stage, int width, boolean unfolded) {
    stage.feed.flush();
    BlockRenderer renderer = renderer();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < stage.transcript.size(); i++) {
      Block block = stage.transcript.at(i);
      rows.addAll(renderer.rows(unfolded ? block.unfolded(true) : block, width));
    }
    return rows;
  }

  static BlockRenderer renderer() {
    return new BlockRenderer(
        new Look(
            new Themes().find("dark", Background.DARK).orElseThrow(),
            Glyphs.UNICODE,
            ZoneOffset.UTC),
        new PlainBody());
  }

  private static String text(Stage stage, int width) {
    return text(rows(stage, width, false));
  }

  private static String unfolded(Stage stage, int width) {
    return text(rows(stage, width, true));
  }

  private static String text(List<Row> rows) {
    return rows.stream()
        .map(Row::text)
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }
}
