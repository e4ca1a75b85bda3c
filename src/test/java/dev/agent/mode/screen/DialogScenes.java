package dev.agent.mode.screen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.command.Panel;
import dev.agent.json.Json;
import dev.agent.mode.interactive.Question;
import dev.agent.model.ModelInfo;
import dev.agent.model.Price;
import dev.agent.permission.Decision;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions.Opinion;
import dev.agent.permission.Reason;
import dev.agent.session.SessionInfo;
import dev.agent.settings.Contribution;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tools.plan.AskUserQuestion;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.dialog.Help;
import dev.agent.tui.dialog.PickLists;
import dev.agent.tui.dialog.Rewind;
import dev.agent.tui.dialog.RewindDialog;
import dev.agent.tui.dialog.RulesDialog;
import dev.agent.tui.dialog.SettingItem;
import dev.agent.tui.dialog.SettingsDialog;
import dev.agent.tui.input.Keymap;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Deciding and choosing: every dialog on its screen, as it is kept as a picture. */
final class DialogScenes {
  private static final Path CWD = FakeSession.CWD;
  private static final Instant NOW = Instant.parse("2026-03-01T14:02:00Z");

  private DialogScenes() {}

  static Map<String, Consumer<Scene>> all() {
    Map<String, Consumer<Scene>> scenes = new LinkedHashMap<>();
    scenes.put("permission-edit", scene -> edit(scene, 1, 1));
    scenes.put("permission-command", scene -> command(scene, 1, 1));
    scenes.put("permission-several", scene -> command(scene, 1, 3));
    scenes.put("permission-paused", DialogScenes::paused);
    scenes.put("permission-explained", scene -> command(scene, 1, 1).presses("ctrl+d"));
    scenes.put("permission-no", scene -> command(scene, 1, 1).presses("3").types("keep the cache"));
    scenes.put("permission-whole", scene -> edit(scene, 1, 1).presses("ctrl+e"));
    scenes.put("question", DialogScenes::question);
    scenes.put("question-several", DialogScenes::questions);
    scenes.put("plan", DialogScenes::plan);
    scenes.put("circle", DialogScenes::circle);
    scenes.put("trust", DialogScenes::trust);
    scenes.put("model", DialogScenes::model);
    scenes.put("resume", DialogScenes::resume);
    scenes.put("resume-filtered", scene -> resume(scene).presses("/").types("notes"));
    scenes.put("resume-none", scene -> resume(scene).presses("/").types("xyzzy"));
    scenes.put("rewind", DialogScenes::rewind);
    scenes.put("theme", DialogScenes::theme);
    scenes.put("settings", DialogScenes::settings);
    scenes.put("permissions", DialogScenes::rules);
    scenes.put("help-dialog", scene -> TalkScenes.after(scene).opens(help()));
    scenes.put("panel-context", scene -> panel(scene, context()));
    scenes.put("panel-status", scene -> panel(scene, status()));
    return scenes;
  }

  private static Scene before(Scene scene, String tool, String key, String value) {
    TalkScenes.after(scene);
    scene.prompt("clean up, then count with a long").says("I will do that.");
    scene.stage.calls("9", tool, key, value).after(2);
    return scene;
  }

  private static Question.Permission permission(
      Scene scene,
      String tool,
      ObjectNode input,
      Effect effect,
      Reason why,
      boolean isEdit,
      String... offers) {
    return new Question.Permission(
        scene.nextQuestion(),
        new PermissionRequest(new ToolCall("9", tool, input), effect, Mode.DEFAULT, CWD),
        new Decision.Ask(why, List.of(offers)),
        List.of(
            new Opinion("deny rules", Decision.PASS),
            new Opinion("safety floor", Decision.PASS),
            new Opinion("mode", new Decision.Ask(why, List.of()))),
        _ -> isEdit ? Optional.of(TalkScenes.diff(false)) : Optional.<Display>empty(),
        isEdit);
  }

  private static Scene edit(Scene scene, int position, int pending) {
    String file = "/home/me/proj/src/Main.java";
    before(scene, "Edit", "file_path", file);
    return scene.asks(
        permission(
            scene,
            "Edit",
            Json.object().put("file_path", file).put("old_string", "a").put("new_string", "b"),
            Effect.writes(Path.of(file)),
            new Reason("mode", "", "", "it changes files"),
            true,
            "Edit(//home/me/proj/src/Main.java)"),
        position,
        pending);
  }

  private static Question.Permission removal(Scene scene) {
    return permission(
        scene,
        "Bash",
        Json.object()
            .put("command", "rm -rf build && mkdir build")
            .put("description", "Recreate the build directory"),
        Effect.UNKNOWN,
        new Reason("mode", "", "", "no rule allows `rm`"),
        false,
        "Bash(mkdir build)");
  }

  private static Scene command(Scene scene, int position, int pending) {
    before(scene, "Bash", "command", "rm -rf build && mkdir build");
    return scene.asks(removal(scene), position, pending);
  }

  /** The dialog came while the person was writing. */
  private static void paused(Scene scene) {
    before(scene, "Bash", "command", "rm -rf build && mkdir build");
    scene.types("and then").asks(removal(scene));
  }

  private static AskUserQuestion.Question store() {
    return new AskUserQuestion.Question(
        "Which database shall the service use?",
        Optional.of("Database"),
        List.of(
            new AskUserQuestion.Option(
                "PostgreSQL (advised)",
                Optional.of("Runs in production already; needs a container for the tests.")),
            new AskUserQuestion.Option("SQLite", Optional.of("One file, no server.")),
            new AskUserQuestion.Option("None", Optional.empty())),
        Optional.empty());
  }

  private static void question(Scene scene) {
    before(scene, "AskUserQuestion", "", "");
    scene.asks(new Question.Choice(scene.nextQuestion(), List.of(store())));
  }

  private static void questions(Scene scene) {
    before(scene, "AskUserQuestion", "", "");
    AskUserQuestion.Question checks =
        new AskUserQuestion.Question(
            "Which checks shall run before a commit?",
            Optional.of("Checks"),
            List.of(
                new AskUserQuestion.Option("Tests", Optional.empty()),
                new AskUserQuestion.Option("Formatter", Optional.empty()),
                new AskUserQuestion.Option("Linter", Optional.empty())),
            Optional.of(true));
    scene.asks(new Question.Choice(scene.nextQuestion(), List.of(store(), checks)));
    scene.presses("2", "1", "3");
  }

  private static void plan(Scene scene) {
    before(scene, "ExitPlanMode", "", "");
    scene.session.mode().set(Mode.PLAN);
    scene.asks(
        new Question.Plan(
            scene.nextQuestion(),
            """
            # Make sums safe

            1. Change `total` to long in `Main.java`.
            2. Add a test with two large numbers.

            Check: `mvn -q test`
            """));
  }

  private static void circle(Scene scene) {
    before(scene, "Bash", "command", "make");
    scene.asks(new Question.Circle(scene.nextQuestion(), "Bash"));
  }

  private static void trust(Scene scene) {
    String file = "/home/me/proj/.agent/settings.json";
    scene.asks(
        new Question.Trust(
            scene.nextQuestion(),
            CWD,
            List.of(
                new Contribution("permissions.allow", json("\"Bash(npm test *)\""), file, "", true),
                new Contribution(
                    "env.NODE_OPTIONS", json("\"--require ./setup.js\""), file, "", false),
                new Contribution(
                    "hooks.PostToolUse",
                    json(
                        "[{\"matcher\":\"Edit\",\"hooks\":[{\"type\":\"command\",\"command\":\"npx"
                            + " prettier --write .\"}]}]"),
                    file,
                    "",
                    false))));
  }

  private static JsonNode json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ModelInfo model(String id, int window, String in, String out) {
    Optional<Price> price =
        Optional.of(in)
            .filter(it -> !it.isEmpty())
            .map(
                it ->
                    new Price(
                        new BigDecimal(it),
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        new BigDecimal(out)));
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

  private static void model(Scene scene) {
    TalkScenes.after(scene)
        .opens(
            PickLists.models(
                List.of(
                    model("large-model-5", 1_000_000, "5", "25"),
                    model("middle-model-4-5", 200_000, "3", "15"),
                    model("small-model-4-5", 200_000, "0.8", "4"),
                    model("my-own-model", 32_768, "", "")),
                "middle-model-4-5"));
  }

  private static Scene resume(Scene scene) {
    List<String> titles =
        List.of(
            "Make sums safe against overflow",
            "Why does the nightly build need eleven minutes, and what could be left out of it?",
            "修复解析器中的错误",
            "",
            "Release notes for 1.2");
    List<SessionInfo> sessions = new ArrayList<>();
    for (int i = 1; i < 42; i++) {
      sessions.add(
          new SessionInfo(
              Path.of("/data/" + i + ".jsonl"),
              "id-" + i,
              titles.get(i % titles.size()),
              i % 3 == 0 ? "/home/me/proj/web" : "/home/me/proj",
              "main",
              NOW.minus(Duration.ofMinutes(7L * i * i)),
              i % 4 == 0 ? -1 : i,
              BigDecimal.ZERO,
              1,
              "",
              i == 4));
    }
    return scene.asks(new Question.Pick(scene.nextQuestion(), sessions));
  }

  private static void rewind(Scene scene) {
    TalkScenes.after(scene)
        .opens(
            new RewindDialog(
                List.of(
                    new Rewind.Point(
                        "3", "add a test", Optional.of(NOW.minusSeconds(300)), 2, 31, 4),
                    new Rewind.Point(
                        "2", "what does\nthis do?", Optional.of(NOW.minusSeconds(4000)), 0, 0, 0),
                    new Rewind.Point("1", "fix the loop in Main.java", Optional.empty(), -1, 0, 0)),
                NOW));
  }

  private static void theme(Scene scene) {
    TalkScenes.after(scene)
        .opens(
            PickLists.themes(
                List.of(
                    "auto",
                    "dark",
                    "light",
                    "dark-daltonized",
                    "light-daltonized",
                    "ansi16",
                    "mono"),
                "auto",
                Body.EMPTY));
  }

  private static Settings.Layer layer(Source source, String file, String text) {
    return new Settings.Layer(source, file, Path.of("/"), (ObjectNode) json(text), "");
  }

  private static void settings(Scene scene) {
    Settings settings =
        new Settings(
            List.of(
                layer(
                    Source.USER,
                    "~/.config/agent/settings.json",
                    "{\"model\":\"middle-model\",\"permissions\":{\"allow\":[\"Bash(npm"
                        + " test)\"]}}"),
                layer(
                    Source.PROJECT,
                    ".agent/settings.json",
                    "{\"model\":\"large-model\",\"permissions\":{\"defaultMode\":\"plan\"}}")),
            List.of(),
            List.of(),
            List.of(),
            true);
    TalkScenes.after(scene).opens(new SettingsDialog(SettingItem.of(settings)));
  }

  private static void rules(Scene scene) {
    TalkScenes.after(scene)
        .opens(
            new RulesDialog(
                List.of(
                    new RulesDialog.Item(
                        RulesDialog.Tab.ALLOW, "Bash(npm test *)", "session", true),
                    new RulesDialog.Item(
                        RulesDialog.Tab.ALLOW,
                        "Edit(/src/**)",
                        ".agent/settings.json, line 7",
                        true),
                    new RulesDialog.Item(
                        RulesDialog.Tab.DENY, "Read(.env)", "/etc/agent/settings.json", false)),
                CWD));
  }

  private static dev.agent.tui.dialog.Dialog<?> help() {
    return new dev.agent.tui.dialog.Panel("Help", "", Help.of(Keymap.defaults()));
  }

  private static void panel(Scene scene, Panel panel) {
    TalkScenes.after(scene)
        .opens(
            new dev.agent.tui.dialog.Panel(
                panel.title(), "", PanelBody.of(panel, scene.desk.appearance())));
  }

  private static Panel context() {
    return Panel.of(
        "Context",
        new Panel.Section.Shares(
            "42k of 200k tokens",
            List.of(
                new Panel.Share("System prompt", 3_200, false),
                new Panel.Share("Tools", 11_400, false),
                new Panel.Share("Memory files", 1_900, false),
                new Panel.Share("Messages", 25_500, false),
                new Panel.Share("Free", 158_000, true)),
            200_000));
  }

  private static Panel status() {
    return Panel.of(
        "Doctor",
        new Panel.Section.Items(
            "Installation",
            List.of(
                new Panel.Item(Panel.Mark.GOOD, "Version", "0.1.0, Java 25"),
                new Panel.Item(Panel.Mark.GOOD, "ripgrep", "14.1.0"),
                new Panel.Item(
                    Panel.Mark.WARNING,
                    "Sandbox",
                    "bubblewrap is missing: commands run without a fence.\nInstall bubblewrap."),
                new Panel.Item(
                    Panel.Mark.BAD, "Settings", ".agent/settings.json, line 14: no rule"))),
        new Panel.Section.Table(
            "Cost",
            List.of(new Panel.Column("Model", false), new Panel.Column("Dollars", true)),
            List.of(List.of("large-model-5", "1.20"), List.of("small-model-4-5", "0.03"))),
        new Panel.Section.Text("Run `/doctor` again after a **change**."));
  }
}
