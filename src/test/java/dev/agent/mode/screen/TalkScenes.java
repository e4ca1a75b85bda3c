package dev.agent.mode.screen;

import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentEvent.Level;
import dev.agent.loop.AgentEvent.ToolStatus;
import dev.agent.loop.Outcome;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.model.ModelException;
import dev.agent.permission.Mode;
import dev.agent.tool.Display;
import dev.agent.tool.ToolResult;
import dev.agent.tui.cell.Row;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Stage;
import dev.agent.tui.view.TranscriptSelection;
import dev.agent.tui.view.TranscriptView;
import dev.agent.tui.view.VirtualTranscript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writing and reading: every state of the screen without a dialog that is kept as a picture. */
final class TalkScenes {
  private static final String MAIN = "/home/me/proj/src/Main.java";

  private TalkScenes() {}

  static Map<String, Consumer<Scene>> all() {
    Map<String, Consumer<Scene>> scenes = new LinkedHashMap<>();
    scenes.put("start", _ -> {});
    scenes.put("start-warnings", TalkScenes::warnings);
    scenes.put("typing", TalkScenes::typing);
    scenes.put("typing-long", TalkScenes::typingLong);
    scenes.put("shell-mode", TalkScenes::shellMode);
    scenes.put("shell-private", TalkScenes::shellPrivate);
    scenes.put("memory-mode", TalkScenes::memoryMode);
    scenes.put("history-search", TalkScenes::historySearch);
    scenes.put("aside", TalkScenes::aside);
    scenes.put("vim", TalkScenes::vim);
    scenes.put("key-sequence", scene -> after(scene).types("rename it").presses("ctrl+x"));
    scenes.put("completion-commands", scene -> after(scene).types("/mo"));
    scenes.put("completion-files", scene -> after(scene).types("look at @Mai"));
    scenes.put("help", scene -> after(scene).desk.help(true));
    scenes.put("working", TalkScenes::working);
    scenes.put("thinking", TalkScenes::thinking);
    scenes.put("retrying", TalkScenes::retrying);
    scenes.put("folded", TalkScenes::folded);
    scenes.put("edits", TalkScenes::edits);
    scenes.put("answer", TalkScenes::answer);
    scenes.put("failures", TalkScenes::failures);
    scenes.put("interrupted", TalkScenes::interrupted);
    scenes.put("exit-hint", scene -> after(scene).presses("ctrl+c"));
    scenes.put("after-turn", TalkScenes::after);
    scenes.put("scrolled-up", TalkScenes::scrolledUp);
    scenes.put("selected", TalkScenes::selected);
    scenes.put("context-full", TalkScenes::contextFull);
    scenes.put("status-line", TalkScenes::statusLine);
    scenes.put("transcript-view", scene -> after(scene).desk.openWhole());
    scenes.put("transcript-search", TalkScenes::search);
    return scenes;
  }

  private static void warnings(Scene scene) {
    scene.desk.warnings(
        List.of(
            "settings: \"permissions.allow[2]\" is not a rule: missing \")\" in \"Bash(git\"",
            "MCP server \"files\" did not start: exit 127",
            "Hook \"format\" was not found: scripts/format.sh",
            "one more"));
  }

  private static void typing(Scene scene) {
    after(scene).types("first line").presses("ctrl+j").types("second line").presses("ctrl+j");
    scene.pastes("a pasted line\n".repeat(40));
    scene.session.mode().set(Mode.ACCEPT_EDITS);
  }

  private static void typingLong(Scene scene) {
    scene.types("Here is what I have seen so far, in the order in which it happened:");
    for (int i = 1; i < 24; i++) {
      scene.presses("ctrl+j").types(i + ". the loop ran once more than the list is long");
    }
  }

  private static void shellMode(Scene scene) {
    ran(scene, "git status --short", false, " M src/Main.java\n?? notes.txt");
    scene.used(3, "0.01").types("!ls -la");
  }

  private static void shellPrivate(Scene scene) {
    ran(scene, "printenv PATH", true, "/usr/local/bin:/usr/bin:/bin");
    scene.types("!!printenv HOME");
  }

  private static void ran(Scene scene, String command, boolean isPrivate, String output) {
    scene.happens(new InteractiveEvent.ShellStarted(command, isPrivate));
    scene.happens(
        new InteractiveEvent.ShellEnded(
            command, new ToolResult(List.of(), new Display.Command(output, 0, false, ""), false)));
  }

  private static void memoryMode(Scene scene) {
    scene
        .desk
        .feed()
        .add(new Content.Memory("use tabs in Makefiles", "AGENTS.md"), scene.stage.now());
    scene.used(3, "0.01").types("#always run the tests");
    scene.session.mode().set(Mode.PLAN);
  }

  private static void aside(Scene scene) {
    after(scene)
        .happens(
            new InteractiveEvent.Aside(
                "which of the two loops runs first?",
                "The one in `read`: it fills the list before `sum` goes over it.\n\n- read: line"
                    + " 12\n- sum: line 31"));
  }

  private static void historySearch(Scene scene) {
    after(scene).presses("ctrl+r").types("loop");
  }

  private static void vim(Scene scene) {
    scene.desk.composer().vim(true);
    after(scene).types("rename the field total").presses("esc");
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

  /** A turn in the middle of its work. */
  static void working(Scene scene) {
    Stage stage = scene.prompt("fix the loop in Main.java");
    stage.says("I will read the file first.");
    stage.runs("1", "Read", "file_path", MAIN, new Display.Text("Read 120 lines"));
    stage.runs("2", "Read", "file_path", "b", new Display.Text("Read 3 lines"));
    stage.runs("3", "Grep", "pattern", "loop", new Display.FileList(List.of("a"), 0));
    stage.runs("4", "TodoWrite", "", "", new Display.Todos(tasks()));
    stage.answered(20_000, 0, 900, "0.05").request();
    stage.calls("5", "Bash", "command", "mvn -q test").starts("5");
    stage.progress("5", "[INFO] Tests run: 12").after(14);
    stage.calls("6", "Edit", "file_path", MAIN);
    stage.saysSoFar("Now I will ch");
    stage.after(4);
    scene.queues("also add a test");
    scene.used(34, "0.41");
  }

  private static void thinking(Scene scene) {
    Stage stage = scene.prompt("why is it slow?").thinks("First thoughts.", 12);
    stage.runs("1", "Grep", "pattern", "sleep\\(", new Display.FileList(List.of("a"), 0));
    stage.answered(2_000, 0, 500, "0.01").request();
    stage.send(new AgentEvent.ThinkingDelta(0, "It may be the loop."));
    stage.after(5);
    scene.session.mode().set(Mode.PLAN);
    scene.used(4, "0.01");
  }

  private static void retrying(Scene scene) {
    Stage stage = scene.prompt("go on").after(2);
    stage.send(new AgentEvent.Retrying(3, 10, Duration.ofSeconds(4), 529, "The service is busy."));
    scene.used(4, "0.01");
  }

  private static void folded(Scene scene) {
    String output =
        IntStream.rangeClosed(1, 300)
            .mapToObj(i -> "row " + i + " of output")
            .collect(Collectors.joining("\n"));
    Stage stage = scene.prompt("count, and look at this:\n" + "a pasted row\n".repeat(14));
    stage.runs("1", "Bash", "command", "seq 1 300", new Display.Command(output, 0, false, ""));
    stage.fails("2", "Bash", "command", "make all", new Display.Command(output, 2, false, ""));
    stage.says("Both are done.").answered(1_000, 0, 60, "0.01");
    scene.rest();
    scene.used(2, "0.01");
  }

  private static void edits(Scene scene) {
    Stage stage = scene.prompt("fix it");
    stage.runs("1", "Edit", "file_path", MAIN, diff(false));
    stage.runs("2", "Write", "file_path", "/home/me/proj/src/Sum.java", diff(true));
    stage.runs(
        "3",
        "Bash",
        "command",
        "git add -A &&\ngit commit -m \"Count with a long\" &&\ngit push origin main",
        new Display.Command("", 0, false, ""));
    stage.runs(
        "4", "mcp__tracker__close_issue", "title", "Sum overflows", new Display.Text("Closed #12"));
    stage.runs(
        "5", "Bash", "command", "npm run dev", new Display.Command("", -1, false, "shell_1"));
    scene.session.inBackground(2);
    scene.used(6, "0.04");
  }

  private static void answer(Scene scene) {
    scene
        .prompt("which collections are quick?")
        .says(
            """
            ## In short

            Use `ArrayList` unless you have a reason; see the [tutorial](https://example.org/lists).

            | Collection | get(i) | add at the end | remaining remarks |
            |---|--:|--:|---|
            | `ArrayList` | 1 | 1 | grows by half, copies what it holds |
            | `LinkedList` | n | 1 | each element is an object of its own: much memory |
            | `ArrayDeque` | n/a | 1 | for queues and stacks |

            > Measure before you change anything.

            - [x] Read the code
            - [ ] Measure
              1. with ten elements
              2. with a million

            ---

            ```python
            def quick(items):  # not stable
                return [x for x in items if x is not None]
            ```
            """)
        .answered(3_000, 1_000, 300, "0.02");
    scene.rest();
    scene.used(2, "0.02");
  }

  static Display.Diff diff(boolean created) {
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

  private static void failures(Scene scene) {
    Stage stage = scene.prompt("build it");
    stage.fails(
        "1",
        "Bash",
        "command",
        "make",
        new Display.Command("\u001b[31mmake: ***\u001b[0m No targets.  Stop.", 2, false, ""));
    stage.calls("2", "Bash", "command", "rm -rf build");
    stage.ends("2", new Display.Text("The user said no: keep the cache."), ToolStatus.DENIED, 0);
    stage.fails("3", "Read", "file_path", "/nowhere", new Display.Text("File not found."));
    stage.send(
        new AgentEvent.Notice(Level.WARNING, "The session can't be saved: the disk is full."));
    scene.rest(
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
    scene.used(2, "0.01");
  }

  private static void interrupted(Scene scene) {
    scene.prompt("write something long").saysSoFar("Working on it, line 3.").after(7);
    scene.rest(new Outcome.Interrupted(Outcome.Phase.STREAMING));
    scene.used(2, "0.01");
  }

  /** One turn, from the prompt to the answer. */
  static Scene after(Scene scene) {
    return after(scene, "turn 1");
  }

  private static Scene after(Scene scene, String id) {
    Stage stage = scene.prompt("fix the loop in Main.java");
    stage.thinks("The loop runs one step too far.", 4);
    stage.runs(id + " a", "Read", "file_path", MAIN, new Display.Text("Read 120 lines"));
    stage.runs(id + " b", "Read", "file_path", "b", new Display.Text("Read 3 lines"));
    stage.runs(id + " c", "Edit", "file_path", MAIN, diff(false)).after(60);
    stage.says(
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
    stage.after(8).answered(41_000, 23_000, 1_900, "0.12");
    scene.rest();
    return scene.used(21, "0.12");
  }

  private static void scrolledUp(Scene scene) {
    for (int i = 0; i < 9; i++) {
      after(scene, "turn " + i);
    }
    scene.draw();
    scene.desk.window().scroll(-37);
    scene.draw();
    scene.prompt("and now?").says("Now it is quick.\n\n" + "- and calm\n".repeat(9));
  }

  private static void selected(Scene scene) {
    after(scene);
    scene.draw();
    long last =
        scene.desk.shown().lines().stream()
            .filter(it -> it.row().text().contains("The sum is"))
            .mapToLong(VirtualTranscript.Line::blockId)
            .findFirst()
            .orElse(0);
    scene.desk.select(
        Optional.of(
            TranscriptSelection.between(
                new TranscriptSelection.Cell(last, 1, 6),
                new TranscriptSelection.Cell(last, 3, 9))));
    scene.desk.flash("copied 78 chars");
  }

  private static void contextFull(Scene scene) {
    after(scene).used(88, "3.07");
    scene.session.mode().set(Mode.PLAN);
  }

  private static void statusLine(Scene scene) {
    after(scene);
    var look = scene.desk.appearance().look();
    scene.desk.statusLine(
        List.of(
            Row.of("  main +2 -1 | model-name | 21%", look.style(Token.ACCENT)),
            Row.of("  second row of the command", look.style(Token.TEXT))));
  }

  private static void search(Scene scene) {
    after(scene).desk.openWhole();
    scene.draw();
    TranscriptView view = scene.desk.whole().orElseThrow();
    view.window().toTop();
    scene.draw();
    view.beginSearch();
    view.type("loop");
    view.search();
    view.next();
  }
}
