package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Exchange;
import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in auto mode: what nobody else decides goes to a small model. */
class AutoModeRunsTest {
  private @TempDir Path temp;
  private RunFixture run;
  private int judged;

  @BeforeEach
  void begin() throws IOException {
    run = new RunFixture(temp);
    Files.writeString(run.project.resolve("make.sh"), "touch made\n");
  }

  @AfterEach
  void end() {
    run.close();
  }

  private static boolean isJudge(Exchange exchange) {
    return exchange.body().path("system").toString().contains("You guard a coding agent");
  }

  /** Runs a script that only the classifier can let through; returns what the model read of it. */
  private String judgedAs(Reply verdict) {
    run.server.respond(
        exchange -> {
          if (isJudge(exchange)) {
            judged++;
            return verdict;
          }
          return exchange.lastResults().isEmpty()
              ? call("t1", "Bash", "{\"command\":\"bash make.sh\"}")
              : Reply.text("done");
        });
    assertThat(run.agent("-p", "make it", "--permission-mode", "auto")).isZero();
    return run.server.requests().getLast().lastResults();
  }

  private static Reply call(String id, String tool, String input) {
    return Reply.of(dev.agent.testing.ModelServer.call(id, tool, input));
  }

  @Test
  void whatTheSmallModelAllowsRuns() {
    judgedAs(Reply.text("{\"decision\":\"allow\",\"reason\":\"asked for\"}"));
    assertThat(judged).isEqualTo(1);
    assertThat(run.project.resolve("made")).exists();
  }

  @Test
  void whatItDeniesDoesNotAndTheModelIsTold() {
    assertThat(judgedAs(Reply.text("{\"decision\":\"deny\",\"reason\":\"not asked for\"}")))
        .contains("has been denied", "not asked for");
    assertThat(run.project.resolve("made")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"decision\":\"ask\"}", "yes", "{\"decision\":\"allow\""})
  void whereItIsUnsureAPersonWouldBeAskedAndNobodyIsThere(String answer) {
    assertThat(judgedAs(Reply.text(answer))).contains("has been denied");
    assertThat(run.project.resolve("made")).doesNotExist();
  }

  @Test
  void whereItCanNotBeAskedNothingRuns() {
    assertThat(judgedAs(Reply.failure(400, "invalid_request_error"))).contains("has been denied");
    assertThat(run.project.resolve("made")).doesNotExist();
  }

  @Test
  void whatASafetyFloorObjectsToIsNotPutToIt() {
    run.server.respond(
        exchange -> {
          if (isJudge(exchange)) {
            judged++;
            return Reply.text("{\"decision\":\"allow\"}");
          }
          return exchange.lastResults().isEmpty()
              ? call("t1", "Bash", "{\"command\":\"echo x >> ~/.bashrc\"}")
              : Reply.text("done");
        });
    assertThat(run.agent("-p", "make it", "--permission-mode", "auto")).isZero();
    assertThat(judged).isZero();
    assertThat(run.home.resolve(".bashrc")).doesNotExist();
  }
}
