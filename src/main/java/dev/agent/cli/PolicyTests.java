package dev.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.YamlTexts;
import dev.agent.permission.CaseCheck;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.runtime.UserError;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A team's tests of its rules: a list of {@code {command | tool and input, mode, expect}}, run
 * against the rules that count here. Rules that no test came upon are named.
 */
final class PolicyTests {
  private static final Set<String> DECISIONS = Set.of("allow", "ask", "deny");

  private final List<ObjectNode> tests;

  private PolicyTests(List<ObjectNode> tests) {
    this.tests = List.copyOf(tests);
  }

  /**
   * What came of the tests.
   *
   * @param lines for people
   */
  record Report(int failed, List<String> lines) {}

  /**
   * @throws UserError when the file holds no tests
   */
  static PolicyTests read(Path file) {
    JsonNode root;
    try {
      root = YamlTexts.tree(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw fault(file, String.valueOf(e.getMessage()));
    }
    JsonNode list = root.has("tests") ? root.path("tests") : root;
    List<ObjectNode> tests = new ArrayList<>();
    for (JsonNode node : list) {
      boolean whole =
          node instanceof ObjectNode
              && DECISIONS.contains(node.path("expect").asText())
              && (node.path("command").isTextual() || node.path("tool").isTextual());
      if (!whole) {
        throw fault(
            file,
            "test "
                + (tests.size() + 1)
                + " needs \"expect\" (allow, ask or deny), and \"command\""
                + " or \"tool\"");
      }
      tests.add((ObjectNode) node);
    }
    if (tests.isEmpty()) {
      throw fault(file, "it holds no list of tests");
    }
    return new PolicyTests(tests);
  }

  private static UserError fault(Path file, String what) {
    return new UserError(
        "agent permissions test: " + file + ": " + what + ".",
        "Write a list of tests such as: - {command: \"git push\", expect: deny}");
  }

  /** Runs all tests. */
  Report run(CaseCheck judge, Policy policy, Workspace workspace, Mode mode) {
    List<String> lines = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    int failed = 0;
    for (int i = 0; i < tests.size(); i++) {
      ObjectNode test = tests.get(i);
      ObjectNode call = Json.object().put("id", String.valueOf(i + 1));
      call.put("mode", test.path("mode").asText(mode.wire()));
      if (test.has("command")) {
        call.put("tool", "Bash").putObject("input").put("command", test.path("command").asText());
      } else {
        call.put("tool", test.path("tool").asText());
        call.set("input", test.path("input").isObject() ? test.path("input") : Json.object());
      }
      ObjectNode result = judge.judge(call, policy, workspace);
      String reason = result.path("reason").asText();
      reasons.add(reason);
      if (!result.path("decision").asText().equals(test.path("expect").asText())) {
        failed++;
        lines.add(
            "FAILED test "
                + (i + 1)
                + ": "
                + (test.has("command") ? test.path("command").asText() : Json.write(test))
                + ": expected "
                + test.path("expect").asText()
                + ", but "
                + result.path("decision").asText()
                + " by "
                + result.path("layer").asText()
                + ": "
                + reason);
      }
    }
    for (Rule rule :
        Stream.of(policy.deny(), policy.ask(), policy.allow()).flatMap(List::stream).toList()) {
      if (reasons.stream().noneMatch(reason -> reason.startsWith(rule.text() + ": "))) {
        lines.add("never decided: " + rule.text() + " (" + rule.source() + ")");
      }
    }
    lines.add(tests.size() - failed + " of " + tests.size() + " tests passed.");
    return new Report(failed, lines);
  }
}
