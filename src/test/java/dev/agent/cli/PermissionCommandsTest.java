package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code agent permissions}, from the command line to what is printed. */
class PermissionCommandsTest {
  private @TempDir Path temp;
  private RunFixture run;

  @BeforeEach
  void begin() throws IOException {
    run = new RunFixture(temp);
    run.settings(
        """
        {"permissions": {"allow": ["Bash(make *)"], "ask": ["Bash(git commit *)"], "deny": ["Bash(git push *)"]}}
        """);
    Files.writeString(run.project.resolve("a.txt"), "alpha\n");
  }

  @AfterEach
  void end() {
    run.close();
  }

  private String permissions(String... args) {
    List<String> line = new ArrayList<>(List.of("permissions"));
    line.addAll(List.of(args));
    assertThat(run.agent(line.toArray(String[]::new))).as(run.stderr()).isZero();
    return run.stdout();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(run.project.resolve(name), text);
  }

  /** A session in which the model made three calls. */
  private void session() {
    run.server
        .reply(call("t1", "Bash", "{\"command\":\"make all\"}"))
        .reply(call("t2", "Bash", "{\"command\":\"git push origin\"}"))
        .reply(call("t3", "Read", "{\"file_path\":\"a.txt\"}"))
        .reply(Reply.text("done"));
    assertThat(run.agent("-p", "go")).isZero();
    run.stdout();
  }

  @Test
  void explainSaysWhatIsDecidedByWhomAndWhatIsKnownOfEachPart() {
    assertThat(permissions("explain", "cat a.txt | grep x > b.txt"))
        .startsWith("ask in default mode, by mode: ")
        .contains("b.txt")
        .contains("cat a.txt  [only reads]")
        .contains("reads " + run.project.resolve("a.txt"));
    assertThat(permissions("explain", "cd", ".", "&&", "git", "push", "origin"))
        .startsWith("deny in default mode, by deny rules: ")
        .contains("Bash(git push *)");
    assertThat(permissions("explain", "--mode", "acceptEdits", "touch x"))
        .startsWith("allow in acceptEdits mode, by mode: ");
    assertThat(run.project.resolve("x")).doesNotExist();
  }

  @Test
  void explainAsJsonHasTheSameMembersAsACase() throws IOException {
    JsonNode json = Json.parse(permissions("explain", "--json", "make all"));
    assertThat(json.path("decision").asText()).isEqualTo("allow");
    assertThat(json.path("layer").asText()).isEqualTo("allow rules");
    assertThat(json.path("reason").asText()).contains("Bash(make *)");
    assertThat(json.path("parts").isArray()).isTrue();
  }

  @Test
  void explainShowsHiddenCharactersAsWhatTheyAre() {
    assertThat(permissions("explain", "ls \u202e"))
        .startsWith("ask in default mode, by hidden characters")
        .doesNotContain("\u202e");
  }

  @Test
  void logShowsEachDecisionOfASession() throws IOException {
    session();
    assertThat(permissions("log").lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("allow") && line.contains("make all"))
        .anyMatch(line -> line.contains("deny") && line.contains("git push origin"))
        .anyMatch(line -> line.contains("allow") && line.contains("Read"));
    List<JsonNode> lines = new ArrayList<>();
    for (String line : permissions("log", "--json").strip().split("\n")) {
      lines.add(Json.parse(line));
    }
    assertThat(lines)
        .extracting(line -> line.path("layer").asText())
        .containsExactly("allow rules", "deny rules", "reads");
  }

  @Test
  void simulateJudgesPastCallsByTheRulesOfNow() throws IOException {
    session();
    assertThat(permissions("simulate"))
        .contains("deny  Bash git push origin")
        .contains("{allow=2, deny=1}");
    run.settings("{\"permissions\":{\"deny\":[\"Bash(make *)\"]}}");
    assertThat(permissions("simulate"))
        .contains("deny  Bash make all", "ask  Bash git push origin")
        .contains("{allow=1, ask=1, deny=1}");
    assertThat(permissions("simulate", "--mode", "bypassPermissions"))
        .contains("{allow=2, deny=1}");
  }

  @Test
  void diffNamesTheCallsThatTwoFilesDecideOtherwise() throws IOException {
    Path cases =
        file(
            "cases.jsonl",
            """
            {"id": "1", "tool": "Bash", "input": {"command": "make all"}}
            {"id": "2", "tool": "Bash", "input": {"command": "npm test"}}
            {"id": "3", "tool": "Write", "input": {"file_path": "src/a.ts", "content": "x"}}
            """);
    file("old.json", "{\"permissions\":{\"allow\":[\"Bash(make *)\"]}}");
    file(
        "new.json",
        "{\"allow\":[\"Bash(npm test)\",\"Edit(/src/**)\"],\"deny\":[\"Bash(make *)\"]}");
    assertThat(permissions("diff", "old.json", "new.json", "--cases", cases.toString()))
        .contains("allow -> deny  Bash make all")
        .contains("ask -> allow  Bash npm test")
        .contains("ask -> allow  Write")
        .endsWith("3 calls decided otherwise.\n");
    assertThat(permissions("diff", "old.json", "old.json", "--cases", cases.toString()))
        .isEqualTo("0 calls decided otherwise.\n");
  }

  @Test
  void testFailsWhenATestDoesAndNamesRulesThatDecidedNothing() throws IOException {
    file(
        "good.yaml",
        """
        - {command: "make all", expect: allow}
        - {command: "cd src; git push", expect: deny}
        - {command: "git commit -m x", expect: ask}
        """);
    assertThat(permissions("test", "good.yaml"))
        .contains("3 of 3 tests passed.")
        .doesNotContain("never decided");
    file("bad.yaml", "- {command: \"make all\", expect: deny}\n");
    assertThat(run.agent("permissions", "test", "bad.yaml")).isEqualTo(1);
    assertThat(run.stdout())
        .contains("FAILED test 1: make all: expected deny, but allow")
        .contains("never decided: Bash(git push *)")
        .contains("0 of 1 tests passed.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain",
        "explain --mode weird ls",
        "explain --weird ls",
        "log 00000000-0000-0000-0000-000000000000",
        "log",
        "simulate --cases nowhere.jsonl",
        "diff a.json",
        "diff a.json b.json",
        "test",
        "test nowhere.yaml",
        "weird",
      })
  void whatMakesNoSenseIsSaidAndNothingIsPrinted(String line) {
    assertThat(run.agent(("permissions " + line).split(" "))).isNotZero();
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).isNotBlank().doesNotContain("at dev.agent");
  }
}
