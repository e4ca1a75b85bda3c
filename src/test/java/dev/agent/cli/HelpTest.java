package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private final String help = new String(Main.helpText(), StandardCharsets.UTF_8);

  @Test
  void thePageNamesEveryOptionOfARun() {
    Set<String> inHelp = new TreeSet<>();
    Matcher option = Pattern.compile("(?<![\\w-])--?[A-Za-z][\\w-]*").matcher(help);
    while (option.find()) {
      inHelp.add(option.group());
    }
    for (OptionSpec spec : AgentCommand.spec().options()) {
      // Of two spellings one is enough.
      assertThat(spec.names()).as(spec.longestName()).anyMatch(inHelp::contains);
    }
  }

  @Test
  void thePageNamesNoOptionThatDoesNotExist() {
    Set<String> known = new TreeSet<>(Options.names(AgentCommand.spec()));
    known.addAll(
        Set.of(
            "--all",
            "--json",
            "--cases",
            "--input",
            "--user",
            "--project",
            "--local",
            "--show",
            "--list")); // of the commands
    Matcher option = Pattern.compile("(?m)^\\s{2,6}(?:(-\\w), )?(--[a-zA-Z-]+)").matcher(help);
    while (option.find()) {
      assertThat(known).contains(option.group(2));
    }
  }

  @Test
  void thePageFitsATerminal() {
    assertThat(help.lines()).allMatch(line -> line.length() <= 100 && !line.endsWith(" "));
  }

  @Test
  void everyCommandOfThePageExistsAndHasAPageThatFitsATerminal() {
    Set<String> commands = new TreeSet<>();
    Matcher command =
        Pattern.compile("(?m)^  ([a-z-]+)[ |\\[].*")
            .matcher(help.substring(help.indexOf("\nCommands (")));
    while (command.find()) {
      commands.add(command.group(1));
    }
    assertThat(commands).contains("config", "sessions", "replay-server");
    for (String name : commands) {
      assertThat(Subcommands.find(name)).as(name).isPresent();
      assertThat(CommandPage.usage(name).lines())
          .as(name)
          .allMatch(line -> line.contains("agent " + name) || line.startsWith(" "));
      assertThat(CommandPage.of(name)).startsWith("Usage: agent " + name).endsWith("\n");
      assertThat(CommandPage.of(name).lines())
          .allMatch(line -> line.length() <= 100 && !line.endsWith(" "));
    }
  }

  @Test
  void onlyTheFirstTwoArgumentsAskForThePage() {
    assertThat(CommandPage.wanted(List.of("--help"))).isTrue();
    assertThat(CommandPage.wanted(List.of("explain", "-h"))).isTrue();
    assertThat(CommandPage.wanted(List.of("explain", "ls", "-h"))).isFalse();
    assertThat(CommandPage.wanted(List.of())).isFalse();
  }
}
