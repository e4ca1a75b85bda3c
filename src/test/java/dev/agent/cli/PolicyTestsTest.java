package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.permission.CaseCheck;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.runtime.UserError;
import dev.agent.tool.Effect;
import dev.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTestsTest {
  @TempDir Path temp;

  private PolicyTests.Report run(String text) throws Exception {
    Path file = Files.writeString(temp.resolve("tests.yaml"), text);
    Policy policy =
        new Policy(
            List.of(Rule.parse("Bash(make *)", "settings", temp)),
            List.of(),
            List.of(Rule.parse("Bash(git push *)", "settings", temp)),
            temp);
    Workspace workspace = new Workspace(temp, List.of(), temp, () -> temp);
    return PolicyTests.read(file)
        .run(new CaseCheck(temp, temp, (_, _) -> Effect.UNKNOWN), policy, workspace, Mode.DEFAULT);
  }

  @Test
  void saysWhichTestsFailAndWhichRulesDecidedNothing() throws Exception {
    PolicyTests.Report report =
        run("- {command: \"git push\", expect: deny}\n- {command: \"touch x\", expect: allow}\n");

    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("FAILED test 2: touch x: expected allow, but ask"))
        .contains("never decided: Bash(make *) (settings)", "1 of 2 tests passed.");
  }

  @Test
  void aFileWithoutWholeTestsIsRefused() {
    for (String text : List.of("", "- {command: ls}\n", "- {expect: allow}\n", "- [\n")) {
      assertThatThrownBy(() -> run(text)).as(text).isInstanceOf(UserError.class);
    }
  }
}
