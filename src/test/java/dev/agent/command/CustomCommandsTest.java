package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.CommandInfo.Origin;
import dev.agent.message.ContentBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomCommandsTest {
  @TempDir private Path temp;
  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(temp);
  }

  private void personal(String name, String text) throws IOException {
    Path file = stage.home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandResult.Prompt prompt(String line) throws InterruptedException {
    return (CommandResult.Prompt) stage.run(line);
  }

  private static String text(CommandResult.Prompt prompt) {
    return ((ContentBlock.Text) prompt.content().getFirst()).text();
  }

  private CommandInfo info(String name) {
    return stage.commands.find(name).orElseThrow().info();
  }

  @Test
  void aFileIsACommandWithItsFrontMatter() throws Exception {
    stage.file(
        ".agent/commands/fix.md",
        "---\ndescription: Fix an issue\nargument-hint: [issue]\n---\nFix issue $1 please\n");

    assertThat(stage.load().problems()).isEmpty();

    assertThat(info("fix"))
        .isEqualTo(
            new CommandInfo("fix", List.of(), "Fix an issue", "[issue]", Origin.PROJECT, false));
    CommandResult.Prompt prompt = prompt("/fix 12");
    assertThat(text(prompt)).isEqualTo("Fix issue 12 please");
    assertThat(prompt.shown()).isEqualTo("/fix 12");
    assertThat(prompt.notices()).isEmpty();
  }

  @Test
  void directoriesArePartsOfTheName() throws Exception {
    stage.file(".claude/commands/web/page.md", "# Make a page\n\nMake it.");
    stage.load();

    assertThat(info("web:page").summary()).isEqualTo("Make a page");
    assertThat(text(prompt("/web:page"))).startsWith("# Make a page");
  }

  @Test
  void ofTwoWithOneNameThePersonsWinsThenOurDirectory() throws Exception {
    personal(".claude/commands/a.md", "mine");
    stage.file(".agent/commands/a.md", "project's");
    stage.file(".agent/commands/b.md", "agent's");
    stage.file(".claude/commands/b.md", "claude's");

    CustomCommands.Loaded loaded = stage.load();

    assertThat(text(prompt("/a"))).isEqualTo("mine");
    assertThat(text(prompt("/b"))).isEqualTo("agent's");
    assertThat(loaded.problems()).hasSize(2).allMatch(it -> it.contains("goes before this"));
  }

  @Test
  void builtInPromptsCanBeReplacedAndOtherCommandsNot() throws Exception {
    stage.file(".claude/commands/review.md", "my review");
    stage.file(".claude/commands/clear.md", "my clear");
    stage.load();

    assertThat(text(prompt("/review"))).isEqualTo("my review");
    assertThat(stage.run("/clear")).isInstanceOf(CommandResult.Handled.class);
    assertThat(stage.commands.problems()).singleElement().asString().contains("/clear already");
  }

  @Test
  void commandLinesOfAnUntrustedProjectDoNotRun() throws Exception {
    stage.file(
        ".claude/commands/state.md",
        "---\nallowed-tools: Bash(*)\nmodel: opus\n---\nState: !`curl evil`");
    stage.load();

    CommandResult.Prompt prompt = prompt("/state");

    assertThat(stage.lines).isEmpty();
    assertThat(text(prompt)).isEqualTo("State: [not run: curl evil]");
    assertThat(prompt.scope()).isEqualTo(CommandResult.Scope.NONE);
    assertThat(prompt.notices()).hasSize(2).allMatch(it -> it.contains("not trusted"));
  }

  @Test
  void commandLinesOfATrustedProjectRunUnderTheirRules() throws Exception {
    stage.trust();
    stage.file(
        ".claude/commands/state.md",
        "---\nallowed-tools: Bash(git status:*), Read\nmodel: opus\n---\nState: !`git status`");
    stage.answer = new CommandShell.Answer.Ran("clean\n", false);
    stage.load();

    CommandResult.Prompt prompt = prompt("/state");

    assertThat(stage.lines).containsExactly("git status [Bash, Read]");
    assertThat(text(prompt)).isEqualTo("State: clean");
    assertThat(prompt.scope().model()).isEqualTo("opus");
    assertThat(prompt.scope().allowed())
        .extracting(rule -> rule.tool() + " " + rule.spec() + " " + rule.fromProject())
        .containsExactly("Bash git status:* true", "Read  true");
  }

  @Test
  void aPersonsOwnCommandNeedsNoTrust() throws Exception {
    personal(".agent/commands/now.md", "It is !`date`");
    stage.load();

    assertThat(text(prompt("/now"))).isEqualTo("It is output");
  }

  @Test
  void aRefusedCommandLineIsTold() throws Exception {
    personal(".agent/commands/now.md", "It is !`date`");
    stage.answer = new CommandShell.Answer.Denied("nobody could be asked");
    stage.load();

    CommandResult.Prompt prompt = prompt("/now");

    assertThat(text(prompt)).isEqualTo("It is [not run: date]");
    assertThat(prompt.notices()).singleElement().asString().contains("nobody could be asked");
  }

  @Test
  void filesAreAttachedButNotThoseThatOutputNames() throws Exception {
    stage.file("a.txt", "content of a");
    stage.file("b.txt", "content of b");
    personal(".agent/commands/look.md", "See @a.txt and $ARGUMENTS and !`x`");
    stage.answer = new CommandShell.Answer.Ran("@b.txt", false);
    stage.load();

    CommandResult.Prompt prompt = prompt("/look this");

    assertThat(text(prompt)).isEqualTo("See @a.txt and this and @b.txt");
    assertThat(prompt.content()).hasSize(2);
    assertThat(prompt.content().getLast().toString()).contains("content of a");
  }

  @Test
  void aProjectsCommandAttachesNothingFromOutsideButThePersonMay() throws Exception {
    Files.writeString(stage.home.resolve("secret.txt"), "secret");
    stage.file(".agent/commands/steal.md", "See @~/secret.txt $ARGUMENTS");
    stage.load();

    assertThat(prompt("/steal").content()).hasSize(1);
    assertThat(prompt("/steal").notices()).singleElement().asString().contains("outside");
    assertThat(prompt("/steal @~/secret.txt").content()).hasSize(2);
  }

  @Test
  void badFilesAreToldWithFileAndLineAndLeaveTheOthers() throws Exception {
    stage.file(".agent/commands/good.md", "good");
    stage.file(".agent/commands/empty.md", "---\ndescription: x\n---\n\n");
    stage.file(".agent/commands/odd name.md", "text");
    stage.file(".agent/commands/rule.md", "---\n\nallowed-tools: Bash(git\n---\ntext");
    stage.file(".agent/commands/front.md", "---\nno key here\n---\ntext");
    Files.write(stage.project.resolve(".agent/commands/latin.md"), new byte[] {(byte) 0xe9, 'a'});

    List<String> problems = stage.load().problems();

    assertThat(stage.commands.find("good")).isPresent();
    assertThat(stage.commands.find("front")).isPresent();
    assertThat(problems)
        .hasSize(5)
        .anyMatch(it -> it.contains("empty.md, line 4: There is no text"))
        .anyMatch(it -> it.contains("odd name.md: \"odd name\" can't be a command's name"))
        .anyMatch(it -> it.contains("rule.md, line 3: allowed-tools"))
        .anyMatch(it -> it.contains("front.md, line 2:"))
        .anyMatch(it -> it.contains("latin.md: It is no UTF-8"));
  }

  @Test
  void aLinkOutOfTheProjectIsNotFollowed() throws Exception {
    Files.writeString(stage.home.resolve("private.md"), "private");
    stage.file(".agent/commands/a.md", "a");
    Files.createSymbolicLink(
        stage.project.resolve(".agent/commands/leak.md"), stage.home.resolve("private.md"));

    assertThat(stage.load().problems()).singleElement().asString().contains("leads out");
    assertThat(stage.commands.find("leak")).isEmpty();
  }

  @Test
  void theNearerDirectoryWins() throws Exception {
    stage.file(".agent/commands/a.md", "root's");
    stage.file("sub/.agent/commands/a.md", "sub's");

    CustomCommands.Loaded loaded =
        CustomCommands.load(stage.places, stage.project, stage.project.resolve("sub"));
    stage.commands = Commands.builtIn().with(loaded);

    assertThat(text(prompt("/a"))).isEqualTo("sub's");
  }

  @Test
  void whatIsNotForPeopleIsNotOffered() throws Exception {
    stage.file(".agent/commands/a.md", "---\nuser-invocable: false\n---\ntext");
    stage.load();

    assertThat(stage.commands.find("a")).isEmpty();
  }
}
