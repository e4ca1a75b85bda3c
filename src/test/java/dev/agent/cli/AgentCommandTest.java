package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

class AgentCommandTest {
  @Test
  void theHelpPageNamesEveryOptionAndNoOther() {
    Set<String> inHelp = new TreeSet<>();
    String help = new String(Main.helpText(), StandardCharsets.UTF_8);
    Matcher option = Pattern.compile("(?<![\\w-])--?[A-Za-z][\\w-]*").matcher(help);
    while (option.find()) {
      inHelp.add(option.group());
    }

    Set<String> known = new TreeSet<>();
    for (OptionSpec spec : AgentCommand.commandLine().getCommandSpec().options()) {
      if (!spec.hidden()) {
        known.addAll(Set.of(spec.names()));
      }
    }
    assertThat(inHelp).isEqualTo(known);
  }

  @Test
  void theHelpPageFitsATerminal() {
    assertThat(new String(Main.helpText(), StandardCharsets.UTF_8).lines())
        .allMatch(line -> line.length() <= 100 && !line.endsWith(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-such-option", "-Z", "--prin", "--help=x"})
  void anUnknownOptionIsNamedAndEndsWithOne(String option) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int exitCode =
        AgentCommand.run(
            new String[] {option, "prompt"}, new PrintWriter(out), new PrintWriter(err));

    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith("agent: ")
        .contains(option.replaceAll("=.*", ""))
        .contains("agent --help");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void helpAmongOtherOptionsPrintsTheSamePage(String option) {
    StringWriter out = new StringWriter();

    int exitCode =
        AgentCommand.run(
            new String[] {"-p", option}, new PrintWriter(out), new PrintWriter(new StringWriter()));

    assertThat(exitCode).isZero();
    assertThat(out.toString()).isEqualTo(new String(Main.helpText(), StandardCharsets.UTF_8));
  }
}
