package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.sandbox.Confinement;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoModeTest {
  private static final Classifier.Verdict DENIES = new Classifier.Verdict.Unsafe("no");
  private static final Classifier.Verdict ALLOWS = new Classifier.Verdict.Safe("yes");

  @TempDir Path temp;
  private final List<String> asked = new ArrayList<>();
  private Classifier.Verdict answer = ALLOWS;
  private Permissions permissions;

  private String decide(String command, Mode mode) throws Exception {
    Path cwd = temp.toRealPath();
    if (permissions == null) {
      Policy policy = new Policy(List.of(), List.of(), List.of(), cwd.resolve("home"));
      Workspace workspace = new Workspace(cwd, List.of(), policy.home(), () -> cwd);
      Classifier classifier =
          question -> {
            asked.add(question.request().command());
            return answer;
          };
      permissions =
          new Permissions(
              Layers.all(() -> policy, workspace, Confinement.none(), classifier),
              Asker.NOBODY,
              _ -> {},
              _ -> {});
    }
    return switch (permissions.decide(
        new PermissionRequest(
            new ToolCall("1", "Bash", Json.object().put("command", command)),
            Effect.UNKNOWN,
            mode,
            cwd))) {
      case Decision.Allow(Reason why) -> "allow: " + why.layer();
      case Decision.Ask(Reason why, _) -> "ask: " + why.layer();
      case Decision.Deny(Reason why) -> "deny: " + why.layer();
      case Decision.Pass() -> "pass";
    };
  }

  @Test
  void theClassifierIsAskedOnlyAboutWhatNobodyElseDecides() throws Exception {
    assertThat(decide("ls", Mode.AUTO)).isEqualTo("allow: reads");
    assertThat(decide("touch a", Mode.AUTO)).isEqualTo("allow: mode");
    assertThat(decide("rm -rf ~", Mode.AUTO)).isEqualTo("ask: danger patterns");
    assertThat(decide("make", Mode.DEFAULT)).isEqualTo("ask: mode");
    assertThat(decide("make", Mode.AUTO)).isEqualTo("allow: classifier");
    // Where somebody else asks, a person decides.
    assertThat(asked).containsExactly("make");
  }

  @Test
  void afterThreeDenialsInARowAPersonDecides() throws Exception {
    answer = DENIES;
    for (int i = 0; i < 2; i++) {
      assertThat(decide("make", Mode.AUTO)).isEqualTo("deny: classifier");
    }
    answer = ALLOWS;
    assertThat(decide("make", Mode.AUTO)).isEqualTo("allow: classifier");
    answer = DENIES;
    for (int i = 0; i < 3; i++) {
      assertThat(decide("make", Mode.AUTO)).isEqualTo("deny: classifier");
    }
    assertThat(decide("make", Mode.AUTO)).isEqualTo("ask: classifier");
  }

  @Test
  void afterTwentyDenialsInAllAPersonDecides() throws Exception {
    for (int i = 0; i < 20; i++) {
      answer = DENIES;
      assertThat(decide("make", Mode.AUTO)).isEqualTo("deny: classifier");
      if (i < 19) {
        answer = ALLOWS;
        assertThat(decide("make", Mode.AUTO)).isEqualTo("allow: classifier");
      }
    }
    answer = ALLOWS;
    assertThat(decide("make", Mode.AUTO)).isEqualTo("ask: classifier");
  }

  @Test
  void whateverIsNoClearAnswerIsUnsure() {
    for (String text :
        List.of(
            "",
            "allow",
            "{}",
            "{\"decision\": true}",
            "{\"decision\": \"ask\"}",
            "{\"decision\": \"ALLOW\"}",
            "{\"decision\": \"allow\"",
            "{\"decision\": \"deny\", \"decision\": \"allow\"}")) {
      assertThat(ModelClassifier.verdict(text))
          .as(text)
          .isInstanceOf(Classifier.Verdict.Unsure.class);
    }
    assertThat(ModelClassifier.verdict("{\"decision\": \"allow\", \"reason\": \"a test\"}"))
        .isInstanceOf(Classifier.Verdict.Safe.class);
    assertThat(ModelClassifier.verdict("It is so: {\"decision\": \"deny\", \"reason\": \"x\"}"))
        .isInstanceOf(Classifier.Verdict.Unsafe.class);
  }
}
