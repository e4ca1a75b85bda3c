package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.command.SessionFacts.Checkpoint;
import dev.agent.context.Instructions.InstructionFile;
import dev.agent.hook.HookSettings;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.runtime.UserError;
import dev.agent.session.Entry;
import dev.agent.session.SessionLog;
import dev.agent.session.Sessions;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSources;
import dev.agent.tool.Display;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInCommandsTest {
  @TempDir private Path temp;
  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(temp);
    stage.conversation =
        new Conversation(
            List.of(
                Message.user("<system-reminder>rules</system-reminder>What is 2+2?"),
                Message.assistant(List.of(new ContentBlock.Text("It is **4**."))),
                Message.user("Show code"),
                Message.assistant(
                    List.of(
                        new ContentBlock.Text(
                            "Here:\n\n```java\nint a;\n```\n\nand\n\n~~~\nb\n~~~\n")))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/clear                   | clear",
        "/new                     | clear",
        "/compact the tables      | compact the tables",
        "/model opus              | model opus",
        "/effort low              | effort low",
        "/mode acceptEdits        | mode acceptEdits",
        "/mode manual             | mode default",
        "/plan                    | mode plan",
        "/rename  My work         | rename My work",
        "/config model sonnet     | set model sonnet",
        "/statusline my-line --x  | set statusLine {\"type\":\"command\",\"command\":\"my-line"
            + " --x\"}",
        "/statusline off          | set statusLine null",
        "/theme light             | THEME light;set theme light",
        "/mouse                   | MOUSE scroll;set mouse scroll",
        "/mouse OFF               | MOUSE off;set mouse off",
        "/vim                     | EDITOR vim;set editorMode vim",
        "/output-style LEARNING   | set here outputStyle learning",
        "/output-style default    | set here outputStyle default",
        "/todos hidden            | TODOS hidden",
        "/copy 2                  | copy It is **4**.",
        "/copy 1.2                | copy b",
      })
  void commandsDoWhatTheySay(String line, String done) throws Exception {
    assertThat(stage.run(line)).isInstanceOf(CommandResult.Handled.class);

    assertThat(stage.done.stream().map(String::strip)).containsExactly(done.split(";"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/mode wild       | \"wild\" is no permission mode",
        "/copy 9          | There is no answer 9",
        "/copy x          | \"x\" names no answer",
        "/copy 1.7        | There is no block of code 7",
        "/rename          | There is no name given",
        "/add-dir nowhere | does not exist",
        "/add-dir         | There is no directory given",
        "/rewind          | There is no prompt to go back to yet",
        "/todos away      | \"away\" is no way to show the list",
        "/theme pink      | \"pink\" is none of the values of /theme",
        "/output-style x  | There are default, explanatory, learning",
        "/tui inline      | /tui has no effect here",
        "/config nosuch   | There is no setting \"nosuch\"",
        "/help nosuch     | There is no command /nosuch",
        "/memory nosuch   | is no instruction file",
        "/resume nosuch   | No conversation found",
      })
  void whatCannotBeDoneIsToldAndNothingHappens(String line, String message) {
    assertThatThrownBy(() -> stage.run(line))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
    assertThat(stage.done).isEmpty();
  }

  @Test
  void outputStylesAreListedWithTheOneInUseAndWhatWasLeftOut() throws Exception {
    stage.file(".agent/output-styles/poet.md", "");
    String untrusted = stage.text("/output-style");
    stage.trust();

    String trusted = stage.text("/output-style");

    assertThat(untrusted)
        .startsWith("OUTPUT_STYLE\n")
        .contains("default", "learning", "agent trust");
    assertThat(trusted).contains("poet.md").doesNotContain("agent trust");
  }

  @Test
  void anOutputStyleThatDoesNotCountYetIsNotSaidToCount() throws Exception {
    stage.counts = false;

    assertThat(stage.text("/output-style learning"))
        .isEqualTo("The output style is not learning yet. Written. Trust first.");
  }

  @Test
  void helpListsEveryCommand() throws Exception {
    String help = stage.text("/help");

    assertThat(help).startsWith("HELP\nHelp\n");
    for (SlashCommand command : stage.commands.all()) {
      assertThat(help).contains("/" + command.info().name());
    }
    assertThat(stage.text("/help quit")).contains("/exit").contains("Also: /quit.");
  }

  @Test
  void clearSaysTheWayBack() throws Exception {
    assertThat(stage.text("/clear")).contains("/resume " + Stage.ID);
  }

  @Test
  void compactTellsWhatWasWon() throws Exception {
    assertThat(stage.text("/compact")).contains("120k").contains("9k");
  }

  @Test
  void contextShowsEachPartAndTheRest() throws Exception {
    stage.lastUsage = new Usage(20_000, 1_000, 0, 0, 0, 0, 0);
    stage.instructions =
        List.of(new InstructionFile(stage.project.resolve("AGENTS.md"), "x".repeat(900)));

    String shown = stage.text("/context");

    assertThat(shown)
        .contains("claude-sonnet-5-5 · 21k of 1M tokens (2.1%)")
        .contains("System prompt")
        .contains("Tools")
        .contains("Instruction files")
        .contains("AGENTS.md")
        .contains("Answers")
        .containsPattern("Free +979k +98%")
        .contains("service's count");
  }

  @Test
  void costIsToldPerModelAndTogether() throws Exception {
    Catalog catalog = Catalog.load(Json.object());
    assertThat(stage.text("/cost")).contains("$0.00");

    stage.ledger.add(catalog.resolve("sonnet"), new Usage(100_000, 10_000, 300_000, 0, 0, 0, 0));
    stage.ledger.add(catalog.resolve("haiku"), new Usage(1_000, 100, 0, 0, 0, 0, 0));

    assertThat(stage.text("/cost"))
        .containsPattern("claude-sonnet-5-5 +1 +100k +300k +0 +10k +\\$0.33")
        .contains("claude-haiku-5-5")
        .contains("Together $0.33.")
        .contains("75% of the input came from the cache");
  }

  @Test
  void aModelWithoutAPriceIsNotCalledFree() throws Exception {
    stage.ledger.add(
        Catalog.load(Json.object()).resolve("mystery"), new Usage(1, 1, 0, 0, 0, 0, 0));

    assertThat(stage.text("/cost")).contains("unknown").contains("and more:");
  }

  @Test
  void usageComparesTheLatestAnswerWithTheSession() throws Exception {
    stage.lastUsage = new Usage(10, 20, 30, 40, 0, 5, 0);
    stage.ledger.add(Catalog.load(Json.object()).resolve("sonnet"), stage.lastUsage);

    assertThat(stage.text("/usage"))
        .containsPattern("Output +20 +20")
        .contains("2 prompts in 1m 12s");
  }

  @Test
  void statusTellsWhereOneIs() throws Exception {
    assertThat(stage.text("/status"))
        .contains("1.2.3")
        .contains(Stage.ID)
        .contains(stage.project.toString())
        .contains("no: what its files want to run does not count")
        .contains("settings: a notice");
  }

  @Test
  void anUnknownModelIsTakenWithAWarning() throws Exception {
    assertThat(stage.text("/model nova-9")).contains("not known here");
    assertThat(stage.text("/model")).startsWith("MODEL\n").contains("* claude-sonnet-5-5");
  }

  @Test
  void planWithATaskBeginsATurn() throws Exception {
    stage.file("a.txt", "hello");

    CommandResult.Prompt prompt = (CommandResult.Prompt) stage.run("/plan change @a.txt");

    assertThat(stage.done).containsExactly("mode plan");
    assertThat(prompt.content()).hasSize(2);
  }

  @Test
  void initAndReviewArePromptsWithThePersonsWords() throws Exception {
    CommandResult.Prompt init = (CommandResult.Prompt) stage.run("/init mention the tests");
    CommandResult.Prompt review = (CommandResult.Prompt) stage.run("/review");

    assertThat(init.content().toString()).contains("mention the tests").doesNotContain("{arg");
    assertThat(init.shown()).isEqualTo("/init mention the tests");
    assertThat(review.content().toString()).contains("not committed").doesNotContain("{arg");
  }

  @Test
  void permissionsShowRulesWithTheirSourcesAndRefusals() throws Exception {
    stage.policy =
        new Policy(
            List.of(Rule.parse("Bash(git *)", "/p/.agent/settings.json", stage.project)),
            List.of(),
            List.of(Rule.parse("WebFetch", "managed", stage.project)),
            stage.home);
    stage.denials = List.of(new SessionFacts.Denial("Bash", "rm -rf /", "the safety floor"));
    stage.mode = Mode.ACCEPT_EDITS;

    assertThat(stage.text("/permissions"))
        .startsWith("PERMISSIONS\n")
        .contains("Mode acceptEdits")
        .containsPattern("Bash\\(git \\*\\) +/p/.agent/settings.json")
        .containsPattern("WebFetch +managed")
        .containsPattern("Bash +rm -rf / +the safety floor");
  }

  @Test
  void memoryListsAndOpensFiles() throws Exception {
    Path agents = stage.file("AGENTS.md", "one\ntwo\n");
    stage.instructions = List.of(new InstructionFile(agents, "one\ntwo\n"));

    assertThat(stage.text("/memory")).startsWith("MEMORY\n").containsPattern("AGENTS.md +2");
    assertThat(stage.run("/memory project")).isEqualTo(new CommandResult.Edit(agents));
    assertThat(stage.run("/memory AGENTS.md")).isEqualTo(new CommandResult.Edit(agents));
    Path own = stage.places.config().resolve("AGENTS.md");
    assertThat(stage.run("/memory personal")).isEqualTo(new CommandResult.Edit(own));
    assertThat(own).isEmptyFile();
  }

  @Test
  void diffShowsWhatTheAgentChangedAgainstWhatWasThere() throws Exception {
    Path file = stage.file("a.txt", "one\ntwo\n");
    assertThat(stage.text("/diff")).contains("The agent changed no file");
    stage.tools.read(file);
    stage.tools.edit(file, "two", "2");
    stage.tools.write("new.txt", "fresh\n");

    assertThat(stage.text("/diff"))
        .contains("a.txt\n")
        .contains("-two\n")
        .contains("+2\n")
        .contains("new.txt (new)\n")
        .contains("+fresh\n");
    assertThat(stage.text("/diff new")).doesNotContain("a.txt");
    Files.writeString(file, "one\ntwo\n");
    assertThat(stage.text("/diff session a.txt")).contains("or all is as it was");
  }

  @Test
  void diffOfTheLastTurnLeavesOutWhatCameBefore() throws Exception {
    Path first = stage.file("first.txt", "one\n");
    Path both = stage.file("both.txt", "one\n");
    assertThat(stage.text("/diff turn")).contains("changed no file in its last turn");
    stage.tools.history().checkpoint("prompt-1");
    stage.tools.read(first);
    stage.tools.edit(first, "one", "1");
    stage.tools.read(both);
    stage.tools.edit(both, "one", "two");
    stage.tools.history().checkpoint("prompt-2");
    stage.tools.edit(both, "two", "three");

    assertThat(stage.text("/diff turn"))
        .contains("-two\n+three\n")
        .doesNotContain("first.txt")
        .doesNotContain("one");
    assertThat(stage.text("/diff turn first")).contains("changed no file that has \"first\"");
    assertThat(stage.text("/diff")).contains("first.txt").contains("-one\n+three\n");
  }

  @Test
  void diffOfGitShowsWhatGitSays() throws Exception {
    stage.program =
        Optional.of(
            new Programs.Finished(
                0, "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"));

    assertThat(stage.text("/diff git")).contains("x\n@@ -1,1 +1,1 @@\n-a\n+b\n");

    stage.program = Optional.empty();
    assertThatThrownBy(() -> stage.run("/diff git"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("git could not be run");
  }

  @Test
  void rewindCountsFromTheLatestPrompt() throws Exception {
    stage.checkpoints =
        List.of(new Checkpoint("c1", "first", false), new Checkpoint("c2", "second", true));

    assertThat(stage.text("/rewind"))
        .startsWith("REWIND\n")
        .containsPattern("1 +second +files changed")
        .containsPattern("2 +first");
    stage.run("/rewind 1");
    stage.run("/rewind 2 files");
    assertThat(stage.done).containsExactly("rewind c2 BOTH", "rewind c1 FILES");
    assertThatThrownBy(() -> stage.run("/rewind 3")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> stage.run("/rewind 1 all")).isInstanceOf(UserError.class);
  }

  @Test
  void resumeListsTheOtherSessionsOfTheDirectoryAndOpensOne() throws Exception {
    String other = "99999999-2222-4333-8444-555555555555";
    Sessions sessions =
        new Sessions(stage.places.data(), () -> "x", stage.clock, List.of(), _ -> {});
    SessionLog log = sessions.create(stage.project, other);
    log.append(new Entry.Meta(stage.project.toString(), "1", "m", "", "Old work"));
    log.append(new Entry.User(Message.user("hello"), Entry.Origin.PROMPT));
    log.append(new Entry.UsageLedger(3, new BigDecimal("0.41"), Map.of()));
    log.flush(Duration.ofSeconds(30));
    log.close();

    assertThat(stage.text("/resume")).startsWith("RESUME\n").contains("99999999  Old work");
    stage.run("/resume 9999");
    assertThat(stage.done).containsExactly("resume " + other + ".jsonl");
  }

  @Test
  void exportWritesMarkdownAndOverwritesNothing() throws Exception {
    assertThat(stage.text("/export out/talk.md")).isEqualTo("Exported to out/talk.md.");

    assertThat(Files.readString(stage.project.resolve("out/talk.md")))
        .contains("# Session " + Stage.ID)
        .contains("## You\n\nWhat is 2+2?\n")
        .contains("## Agent\n\nIt is **4**.\n")
        .doesNotContain("rules");
    assertThatThrownBy(() -> stage.run("/export out/talk.md"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("exists already");
    assertThat(stage.text("/export")).isEqualTo("Exported to agent-2026-11-20-120000-11111111.md.");
    assertThat(stage.tools.history().originals()).isEmpty();
  }

  @Test
  void todosShowHowTheyStand() throws Exception {
    assertThat(stage.text("/todos")).contains("no list");
    stage.todos =
        List.of(
            new Display.Todo("Read", "Reading", "completed"),
            new Display.Todo("Fix", "Fixing", "in_progress"),
            new Display.Todo("Test", "Testing", "pending"));

    assertThat(stage.text("/todos")).contains("1 of 3 done\n[ok] Read\n[now] Fix\n[open] Test\n");
  }

  @Test
  void aDirectoryOfTheWorkspaceIsNotAddedAgain() throws Exception {
    Path other = Files.createDirectories(stage.home.resolve("lib"));
    Files.createDirectories(stage.project.resolve("src"));

    assertThat(stage.text("/add-dir src")).contains("already");
    stage.run("/add-dir ~/lib");
    assertThat(stage.done).containsExactly("add " + other);
  }

  @Test
  void configShowsOneSettingAndAll() throws Exception {
    assertThat(stage.text("/config")).startsWith("SETTINGS\n").contains("permissions.allow");
    assertThat(stage.text("/config model")).contains("It is not set.");
  }

  @Test
  void theReportHoldsNoConversationAndIsSentNowhere() throws Exception {
    stage.environment = Map.of("ANTHROPIC_API_KEY", "sk-secret-value", "TERM", "xterm");

    assertThat(stage.text("/bug it hangs")).contains("Nothing was sent");

    Path report = stage.places.data().resolve("reports/bug-20261120-120000.md");
    assertThat(Files.readString(report))
        .contains("it hangs")
        .contains("claude-sonnet-5-5")
        .contains("API key (ok): from ANTHROPIC_API_KEY")
        .doesNotContain("sk-secret-value")
        .doesNotContain("2+2");
  }

  @Test
  void exitEndsTheProgram() throws Exception {
    assertThat(stage.run("/quit")).isEqualTo(new CommandResult.Exit());
  }

  @Test
  void copyTellsOfTheCodeInAnAnswer() throws Exception {
    assertThat(stage.run("/copy"))
        .isInstanceOfSatisfying(
            CommandResult.Copied.class,
            copied -> {
              assertThat(copied.typing()).isEqualTo("only its code: /copy 1.1 to /copy 1.2");
              assertThat(copied.code()).hasSize(2);
            });
    assertThat(CopyCommand.codeBlocks("a\n```java title=x\nint i;\n```\n~~~\nb\n~~~"))
        .containsExactly(
            new CommandResult.Code("java", "int i;\n"), new CommandResult.Code("", "b\n"));
  }

  @Test
  void hooksSayWhereTheyStand() throws Exception {
    assertThat(stage.text("/hooks")).startsWith("HOOKS\n").contains("There are no hooks");
  }

  @Test
  void hooksStandByTheirEventsWithAllThatDecides() throws Exception {
    Path own = stage.home.resolve(".agent/settings.json");
    Files.createDirectories(own.getParent());
    Files.writeString(
        own,
        """
        {"hooks": {
          "PreToolUse": [{"matcher": "Bash", "hooks": [
            {"type": "command", "command": "./guard.sh", "if": "Bash(git push *)", "timeout": 10}]}],
          "SubagentStop": [{"hooks": [{"type": "command", "command": "log", "async": true}]}],
          "Nonsense": []}}
        """);
    Settings settings =
        SettingsLoader.load(
            SettingsSources.files(
                Places.of(Map.of("HOME", stage.home.toString()), "linux"),
                stage.home.resolve("project")));
    stage.hooks = Optional.of(HookSettings.of(settings));
    assertThat(stage.text("/hooks"))
        .contains("PreToolUse", "Bash if Bash(git push *)", "command: ./guard.sh", "10 s")
        .contains("SubagentStop (not raised by this version)", "600 s, async")
        .contains(own.toString(), "is no event", "agent hooks test");
  }
}
