package dev.agent.tui.view;

import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentEvent.Level;
import dev.agent.loop.AgentEvent.ToolStatus;
import dev.agent.loop.Outcome;
import dev.agent.model.ModelException;
import dev.agent.permission.Mode;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.theme.Token;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The states of the screen that are kept as golden files. */
final class ScreenStates {
  private static final String MAIN = "/home/me/proj/src/Main.java";

  private ScreenStates() {}

  /** One state, drawn anew each time. */
  interface State {
    Screen draw(Look look, BodyRows body, int columns, int rows);
  }

  /** What stands around the transcript, before it becomes a model. */
  private static final class Set {
    private final Look look;
    private final Stage stage = new Stage();
    private List<String> queue = List.of();
    private List<String> warnings = List.of();
    private List<Display.Todo> todos = List.of();
    private ScreenModel.InputKind input = ScreenModel.InputKind.PROMPT;
    private Pane composer;
    private Optional<Pane> dialog = Optional.empty();
    private Pane below = Pane.NONE;
    private Footer footer;
    private List<Row> statusLine = List.of();
    private Optional<TranscriptSelection> selection = Optional.empty();
    private int scroll;

    Set(Look look) {
      this.look = look;
      composer = composer("");
      footer =
          new Footer(
              List.of(new Footer.Hint("? shortcuts", "? help")),
              "",
              Stage.MODEL,
              Optional.of(0),
              Optional.of(92),
              Optional.of(BigDecimal.ZERO),
              Mode.DEFAULT,
              "",
              0);
      stage.feed.add(
          new Content.Header(
              "agent 0.1.0",
              Stage.MODEL,
              "/home/me/proj (main)",
              List.of("3 memory files", "2 MCP servers", "/ commands", "? shortcuts")),
          stage.now);
    }

    Pane composer(String text) {
      return composer("> ", text, Token.DIM);
    }

    Pane composer(String sign, String text, Token token) {
      return (width, maxRows) -> {
        List<Row> rows = new ArrayList<>();
        List<String> lines = text.lines().toList();
        Span first = Span.decoration(sign, look.style(token));
        if (text.isEmpty()) {
          rows.add(
              Row.of(
                  first,
                  Span.of("Ask for a change, or press ? for shortcuts", look.style(Token.DIM))));
          return new Pane.Drawn(rows, Optional.of(new Pane.Cursor(0, 2)));
        }
        for (String line : lines) {
          rows.add(
              Row.of(line, look.style(Token.TEXT))
                  .after(rows.isEmpty() ? first : Span.decoration("  ", look.style(Token.TEXT))));
        }
        int last = rows.size() - 1;
        return new Pane.Drawn(
            rows, Optional.of(new Pane.Cursor(last, 2 + Cells.width(lines.getLast()))));
      };
    }

    void footer(int context, String cost, Mode mode, Footer.Hint... hints) {
      footer =
          new Footer(
              List.of(hints),
              "",
              Stage.MODEL,
              Optional.of(context),
              Optional.of(92),
              Optional.of(new BigDecimal(cost)),
              mode,
              "",
              0);
    }

    Screen draw(BodyRows body, int columns, int rows) {
      stage.feed.flush();
      VirtualTranscript window =
          new VirtualTranscript(stage.transcript, new BlockRenderer(look, body));
      ScreenView view = new ScreenView(look, window);
      if (scroll != 0) {
        view.draw(model(), columns, rows);
        window.scroll(scroll);
        view.draw(model(), columns, rows);
        stage.says("And these rows came\n\nmeanwhile,\n\nbelow the window.");
        stage.feed.flush();
      }
      return view.draw(model(), columns, rows);
    }

    private ScreenModel model() {
      return new ScreenModel(
          stage.now,
          false,
          stage.feed.activity(),
          stage.feed.openCalls(),
          todos.isEmpty() ? stage.feed.todos() : todos,
          queue,
          warnings,
          input,
          composer,
          dialog,
          below,
          footer,
          statusLine,
          selection);
    }
  }

  private static State state(UnaryOperator<Set> change) {
    return (look, body, columns, rows) -> change.apply(new Set(look)).draw(body, columns, rows);
  }

  static Map<String, State> all() {
    Map<String, State> states = new LinkedHashMap<>();
    states.put("start", state(set -> set));
    states.put("start-warnings", state(ScreenStates::warnings));
    states.put("typing", state(ScreenStates::typing));
    states.put("shell-mode", state(ScreenStates::shellMode));
    states.put("memory-mode", state(ScreenStates::memoryMode));
    states.put("completion", state(ScreenStates::completion));
    states.put("help", state(ScreenStates::help));
    states.put("working", state(ScreenStates::working));
    states.put("thinking", state(ScreenStates::thinking));
    states.put("retrying", state(ScreenStates::retrying));
    states.put("folded", state(ScreenStates::folded));
    states.put("edits", state(ScreenStates::edits));
    states.put("failures", state(ScreenStates::failures));
    states.put("interrupted", state(ScreenStates::interrupted));
    states.put("after-turn", state(ScreenStates::afterTurn));
    states.put("scrolled-up", state(ScreenStates::scrolledUp));
    states.put("selected", state(ScreenStates::selected));
    states.put("dialog", state(ScreenStates::dialog));
    states.put("context-full", state(ScreenStates::contextFull));
    states.put("status-line", state(ScreenStates::statusLine));
    states.put(
        "transcript-view",
        (look, body, columns, rows) -> {
          Set set = new Set(look);
          afterTurn(set);
          set.stage.feed.flush();
          return new TranscriptView(set.stage.transcript, look, body).draw(columns, rows);
        });
    states.put(
        "transcript-search",
        (look, body, columns, rows) -> {
          Set set = new Set(look);
          afterTurn(set);
          set.stage.feed.flush();
          TranscriptView view = new TranscriptView(set.stage.transcript, look, body);
          view.draw(columns, rows);
          view.window().toTop();
          view.draw(columns, rows);
          view.beginSearch();
          view.type("loop");
          view.search();
          view.next();
          return view.draw(columns, rows);
        });
    return states;
  }

  private static Set warnings(Set set) {
    set.warnings =
        List.of(
            "settings: \"permissions.allow[2]\" is not a rule: missing \")\" in \"Bash(git\"",
            "MCP server \"files\" did not start: exit 127",
            "Hook \"format\" was not found: scripts/format.sh",
            "one more");
    return set;
  }

  private static Set typing(Set set) {
    set.composer = set.composer("first line\nsecond line\n[Pasted text #1 +39 lines]\n4th line");
    set.footer(
        19, "0.06", Mode.ACCEPT_EDITS, Footer.Hint.of("4 lines"), Footer.Hint.of("ctrl+g editor"));
    return set;
  }

  private static Set shellMode(Set set) {
    set.stage.feed.shellStarted("git status --short", set.stage.now);
    set.stage.feed.shellEnded(
        new Display.Command(" M src/Main.java\n?? notes.txt", 0, false, ""), false);
    set.input = ScreenModel.InputKind.SHELL;
    set.composer = set.composer("! ", "ls -la", Token.SHELL);
    set.footer(
        3,
        "0.01",
        Mode.DEFAULT,
        new Footer.Hint("shell mode: runs without the model", "shell mode"));
    return set;
  }

  private static Set memoryMode(Set set) {
    set.stage.feed.add(
        new Content.Memory("use tabs in Makefiles", "~/proj/AGENTS.md"), set.stage.now);
    set.input = ScreenModel.InputKind.MEMORY;
    set.composer = set.composer("# ", "always run the tests", Token.MEMORY);
    set.footer(3, "0.01", Mode.PLAN, Footer.Hint.of("adds to memory"));
    return set;
  }

  private static Set completion(Set set) {
    set.composer = set.composer("/mo");
    set.below =
        (width, maxRows) ->
            Pane.Drawn.of(
                List.of(
                    Row.of(
                        Span.of(
                            Cells.pad("> /model      Change the model (now model-name)", width),
                            set.look.style(Token.SELECTED))),
                    Row.of("  /memory     Edit memory files", set.look.style(Token.TEXT)),
                    Row.of("  /mcp        Manage MCP servers", set.look.style(Token.TEXT))));
    set.footer(0, "0", Mode.DEFAULT, Footer.Hint.of("3 of 41"), Footer.Hint.of("tab complete"));
    return set;
  }

  private static Set help(Set set) {
    List<HelpRows.Entry> entries =
        List.of(
            new HelpRows.Entry("enter", "send"),
            new HelpRows.Entry("shift+enter", "new line"),
            new HelpRows.Entry("esc", "interrupt, clear"),
            new HelpRows.Entry("ctrl+c", "clear, interrupt, exit"),
            new HelpRows.Entry("shift+tab", "next mode"),
            new HelpRows.Entry("ctrl+r", "search the history"),
            new HelpRows.Entry("ctrl+o", "whole transcript"),
            new HelpRows.Entry("ctrl+t", "show or hide the todos"),
            new HelpRows.Entry("ctrl+g", "edit in $EDITOR"),
            new HelpRows.Entry("ctrl+b", "to the background"),
            new HelpRows.Entry("!", "shell command"),
            new HelpRows.Entry("#", "add to memory"),
            new HelpRows.Entry("@", "name a file"),
            new HelpRows.Entry("/", "commands"),
            new HelpRows.Entry("pgup pgdn", "scroll"));
    set.composer = set.composer("");
    set.below = (width, maxRows) -> Pane.Drawn.of(HelpRows.rows(entries, width, maxRows, set.look));
    return set;
  }

  private static List<Display.Todo> tasks() {
    List<Display.Todo> todos = new ArrayList<>();
    for (String done : List.of("Look around", "Find the bug", "Write a test", "Read the parser")) {
      todos.add(new Display.Todo(done, "", "completed"));
    }
    todos.add(new Display.Todo("Fix the tokenizer bug", "Editing Main.java", "in_progress"));
    todos.add(new Display.Todo("Run the tests", "Running the tests", "pending"));
    return todos;
  }

  private static Set working(Set set) {
    set.stage.prompt("fix the loop in Main.java").request().says("I will read the file first.");
    set.stage.runs("1", "Read", "file_path", MAIN, new Display.Text("Read 120 lines"));
    set.stage.runs("2", "Read", "file_path", "b", new Display.Text("Read 3 lines"));
    set.stage.runs("3", "Grep", "pattern", "loop", new Display.FileList(List.of("a"), 0));
    set.stage.runs("4", "TodoWrite", "", "", new Display.Todos(tasks()));
    set.stage.answered(20_000, 0, 900, "0.05").request();
    set.stage.calls("5", "Bash", "command", "mvn -q test").starts("5");
    set.stage.progress("5", "[INFO] Tests run: 12").after(14);
    set.stage.calls("6", "Edit", "file_path", MAIN);
    set.stage.saysSoFar("Now I will ch");
    set.stage.after(4);
    set.queue = List.of("also add a test");
    set.footer(
        34,
        "0.41",
        Mode.DEFAULT,
        Footer.Hint.of("esc interrupt"),
        new Footer.Hint("↑ edit queued", "↑ queued"));
    return set;
  }

  private static Set thinking(Set set) {
    set.stage.prompt("why is it slow?").request().thinks("First thoughts.", 12);
    set.stage.runs("1", "Grep", "pattern", "sleep\\(", new Display.FileList(List.of("a"), 0));
    set.stage.answered(2_000, 0, 500, "0.01").request();
    set.stage.send(new AgentEvent.ThinkingDelta(0, "It may be the loop."));
    set.stage.after(5);
    set.footer(4, "0.01", Mode.PLAN, Footer.Hint.of("esc interrupt"));
    return set;
  }

  private static Set retrying(Set set) {
    set.stage.prompt("go on").request().after(2);
    set.stage.send(
        new AgentEvent.Retrying(3, 10, Duration.ofSeconds(4), 529, "The service is busy."));
    set.footer(4, "0.01", Mode.DEFAULT, Footer.Hint.of("esc interrupt"));
    return set;
  }

  private static Set folded(Set set) {
    String output =
        IntStream.rangeClosed(1, 300)
            .mapToObj(i -> "row " + i + " of output")
            .collect(Collectors.joining("\n"));
    set.stage.prompt("count, and look at this:\n" + "a pasted row\n".repeat(14)).request();
    set.stage.runs("1", "Bash", "command", "seq 1 300", new Display.Command(output, 0, false, ""));
    set.stage.fails("2", "Bash", "command", "make all", new Display.Command(output, 2, false, ""));
    set.stage.says("Both are done.").answered(1_000, 0, 60, "0.01").ends();
    set.footer(2, "0.01", Mode.DEFAULT, new Footer.Hint("? shortcuts", "? help"));
    return set;
  }

  private static Set edits(Set set) {
    set.stage.prompt("fix it").request();
    set.stage.runs("1", "Edit", "file_path", MAIN, diff(false));
    set.stage.runs("2", "Write", "file_path", "/home/me/proj/src/Sum.java", diff(true));
    set.stage.runs(
        "3",
        "Bash",
        "command",
        "git add -A &&\ngit commit -m \"Count with a long\" &&\ngit push origin main",
        new Display.Command("", 0, false, ""));
    set.stage.runs(
        "4", "mcp__tracker__close_issue", "title", "Sum overflows", new Display.Text("Closed #12"));
    set.stage.runs(
        "5", "Bash", "command", "npm run dev", new Display.Command("", -1, false, "shell_1"));
    set.footer(6, "0.04", Mode.BYPASS, Footer.Hint.of("esc interrupt"));
    set.footer =
        new Footer(
            set.footer.hints(),
            "",
            set.footer.model(),
            set.footer.contextPercent(),
            set.footer.compactPercent(),
            set.footer.cost(),
            set.footer.mode(),
            "",
            2);
    return set;
  }

  private static Display.Diff diff(boolean created) {
    List<String> lines =
        created
            ? List.of("+public final class Sum {", "+  private Sum() {}", "+}")
            : List.of(
                " public final class Main {",
                "     static long sum(int[] xs) {",
                "-        int total = 0;",
                "-        for (int i = 0; i <= xs.length; i++) {",
                "+        long total = 0;",
                "+        for (int i = 0; i < xs.length; i++) {",
                "             total += xs[i];");
    return new Display.Diff(
        created ? "src/Sum.java" : "src/Main.java",
        List.of(
            created ? new Display.Hunk(0, 0, 1, 3, lines) : new Display.Hunk(4, 5, 4, 5, lines)),
        created);
  }

  private static Set failures(Set set) {
    set.stage.prompt("build it").request();
    set.stage.fails(
        "1",
        "Bash",
        "command",
        "make",
        new Display.Command("\u001b[31mmake: ***\u001b[0m No targets.  Stop.", 2, false, ""));
    set.stage.calls("2", "Bash", "command", "rm -rf build");
    set.stage.ends(
        "2", new Display.Text("The user said no: keep the cache."), ToolStatus.DENIED, 0);
    set.stage.fails("3", "Read", "file_path", "/nowhere", new Display.Text("File not found."));
    set.stage.send(
        new AgentEvent.Notice(Level.WARNING, "The session can't be saved: the disk is full."));
    set.stage.ends(
        new Outcome.ModelFailed(
            new ModelException(
                ModelException.Kind.INVALID_REQUEST,
                "API error 400: messages: text content blocks must be non-empty",
                400,
                "invalid_request_error",
                "req_011CQx",
                Optional.empty(),
                Optional.empty(),
                null)));
    set.footer = set.footer.flashing("ctrl+c again to exit");
    return set;
  }

  private static Set interrupted(Set set) {
    set.stage.prompt("write something long").request();
    set.stage.saysSoFar("Working on it, line 3.");
    set.stage.after(7).ends(new Outcome.Interrupted(Outcome.Phase.STREAMING));
    return set;
  }

  private static Set afterTurn(Set set) {
    set.stage.prompt("fix the loop in Main.java").request();
    set.stage.thinks("The loop runs one step too far.", 4);
    set.stage.runs("1", "Read", "file_path", MAIN, new Display.Text("Read 120 lines"));
    set.stage.runs("2", "Read", "file_path", "b", new Display.Text("Read 3 lines"));
    set.stage.runs("3", "Edit", "file_path", MAIN, diff(false)).after(60);
    set.stage.says(
        """
        The loop ran **one step too far**. It now stops at `xs.length`:

        ```java
        for (int i = 0; i < xs.length; i++) {
          total += xs[i];
        }
        ```

        1. The sum is a `long`, so it does not overflow.
        2. Run `mvn test` to see it pass.
        """);
    set.stage.after(8).answered(41_000, 23_000, 1_900, "0.12").ends();
    set.footer(21, "0.12", Mode.ACCEPT_EDITS, new Footer.Hint("? shortcuts", "? help"));
    return set;
  }

  private static Set scrolledUp(Set set) {
    for (int i = 0; i < 9; i++) {
      afterTurn(set);
    }
    set.stage.prompt("and now?").request();
    set.scroll = -37;
    return set;
  }

  private static Set selected(Set set) {
    afterTurn(set);
    long last = set.stage.transcript.size() - 2;
    set.selection =
        Optional.of(
            TranscriptSelection.between(
                new TranscriptSelection.Cell(last, 1, 6),
                new TranscriptSelection.Cell(last, 3, 9)));
    set.footer = set.footer.flashing("copied 78 chars");
    return set;
  }

  private static Set dialog(Set set) {
    afterTurn(set);
    set.stage.prompt("clean up").request().calls("9", "Bash", "command", "rm -rf build");
    set.dialog =
        Optional.of(
            (width, maxRows) ->
                Pane.Drawn.of(
                    Stream.of(
                            set.look.glyphs().rule().repeat(width),
                            " Bash",
                            "   rm -rf build",
                            " Allow this command?",
                            " > 1. Yes",
                            "   2. No, and say what to do instead",
                            " esc cancel")
                        .map(
                            it ->
                                Row.of(
                                    it,
                                    set.look.style(it.startsWith(" ") ? Token.TEXT : Token.RULE)))
                        .toList()));
    set.footer(21, "0.12", Mode.DEFAULT);
    return set;
  }

  private static Set contextFull(Set set) {
    afterTurn(set);
    set.footer(88, "3.07", Mode.PLAN, Footer.Hint.of("/compact frees room"));
    return set;
  }

  private static Set statusLine(Set set) {
    afterTurn(set);
    set.statusLine =
        List.of(
            Row.of("  main +2 -1 | model-name | 21%", set.look.style(Token.ACCENT)),
            Row.of("  second row of the command", set.look.style(Token.TEXT)));
    return set;
  }
}
