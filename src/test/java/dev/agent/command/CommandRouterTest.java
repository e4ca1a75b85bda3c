package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.CommandRouter.Route;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRouterTest {
  private static final Set<Path> FILES = Set.of(Path.of("/tmp"), Path.of("/etc"));

  private static Route route(String line) {
    return new CommandRouter(Commands.builtIn(), FILES::contains).route(line);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/help               | help    | ''",
        "/HELP               | help    | ''",
        "/compact  keep it   | compact | keep it",
        "/quit               | exit    | ''",
        "/?                  | help    | ''",
        "/model opus         | model   | opus",
      })
  void aKnownNameRunsItsCommand(String line, String name, String arguments) {
    Route.Run run = (Route.Run) route(line);

    assertThat(run.command().info().name()).isEqualTo(name);
    assertThat(run.arguments()).isEqualTo(arguments);
  }

  @Test
  void argumentsMayHaveSeveralLines() {
    assertThat(((Route.Run) route("/plan one\ntwo\n")).arguments()).isEqualTo("one\ntwo");
    assertThat(((Route.Run) route("/plan\none")).arguments()).isEqualTo("one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fix it",
        "/usr/bin/env is what?",
        "/tmp is full",
        "/etc",
        "// a comment",
        "/",
        "/ help",
        " /help",
        "",
        "/*/ odd",
        "what is /help"
      })
  void everythingElseIsAPrompt(String line) {
    assertThat(route(line)).isEqualTo(new Route.Prompt(line));
  }

  @Test
  void aMisspeltNameIsNotSentAndTheNearestAreNamed() {
    Route.Unknown unknown = (Route.Unknown) route("/hlep me");

    assertThat(unknown.nearest()).first().isEqualTo("help");
    assertThat(unknown.message()).isEqualTo("There is no command /hlep. Did you mean /help?");
  }

  @Test
  void aNameLikeNoOtherIsNotSentEither() {
    Route.Unknown unknown = (Route.Unknown) route("/xyzzyplugh");

    assertThat(unknown.nearest()).isEmpty();
    assertThat(unknown.message()).contains("put a blank in front");
  }
}
