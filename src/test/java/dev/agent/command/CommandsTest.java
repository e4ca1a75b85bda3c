package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private final Commands commands = Commands.builtIn();

  @Test
  void theBuiltInOnesStandInThisOrder() {
    assertThat(commands.all())
        .extracting(command -> command.info().name())
        .containsExactly(
            "help",
            "clear",
            "compact",
            "context",
            "cost",
            "usage",
            "status",
            "model",
            "effort",
            "output-style",
            "mode",
            "plan",
            "permissions",
            "init",
            "review",
            "memory",
            "diff",
            "rewind",
            "resume",
            "rename",
            "export",
            "copy",
            "todos",
            "add-dir",
            "config",
            "hooks",
            "doctor",
            "theme",
            "tui",
            "mouse",
            "vim",
            "statusline",
            "bug",
            "exit");
    assertThat(commands.problems()).isEmpty();
  }

  @Test
  void noTwoHaveOneName() {
    List<String> names = new ArrayList<>();
    for (SlashCommand command : commands.all()) {
      names.add(command.info().name());
      names.addAll(command.info().aliases());
    }
    Set<String> different = new HashSet<>(names);
    assertThat(names).hasSize(different.size());
    assertThat(names).allMatch(CommandRouter::isName);
  }

  @Test
  void eachSaysInALineWhatItIsFor() {
    for (SlashCommand command : commands.all()) {
      CommandInfo info = command.info();
      assertThat(info.summary()).as(info.name()).hasSizeBetween(10, 70).doesNotEndWith(".");
      assertThat(info.summary()).as(info.name()).doesNotContain("\n").matches("\\p{Lu}.*");
      assertThat(command.info()).isEqualTo(info);
    }
  }

  @Test
  void whatChangesTheConversationWaitsForTheTurn() {
    for (String name : List.of("clear", "compact", "resume", "rewind", "init", "review", "plan")) {
      assertThat(commands.find(name).orElseThrow().info().whileWorking()).as(name).isFalse();
    }
    for (String name : List.of("help", "cost", "status", "exit", "context", "copy")) {
      assertThat(commands.find(name).orElseThrow().info().whileWorking()).as(name).isTrue();
    }
  }

  @Test
  void theGuideTellsOfEachAndOfNoOther() throws Exception {
    String guide = Files.readString(Path.of("docs/guide/slash-commands.md"));
    String table = guide.substring(0, guide.indexOf("## Compaction"));
    Set<String> told = new TreeSet<>();
    Matcher name = Pattern.compile("`/([a-z][a-z-]*)").matcher(table);
    while (name.find()) {
      told.add(name.group(1));
    }
    told.remove("usr"); // the example of a path
    told.removeAll(Set.of("btw", "queue", "background")); // sessions in a terminal add them

    assertThat(told)
        .isEqualTo(new TreeSet<>(commands.all().stream().map(it -> it.info().name()).toList()));
  }
}
