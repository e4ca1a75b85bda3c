package dev.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.message.MessageJson;
import dev.agent.runtime.Cancellation;
import dev.agent.testing.TestTool;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectCallTest {
  private final List<AgentEvent> events = new ArrayList<>();
  private Gate gate = (_, _, _, _, _) -> new Gate.Ruling.Allowed();

  private DirectCall.Ended call(String tool, TestTool.Body body) {
    ToolRunner runner =
        new ToolRunner(
            new ToolRegistry(List.of(TestTool.writing("Do", body))),
            (call, found, effect, hook, cancellation) ->
                gate.rule(call, found, effect, hook, cancellation),
            CallHooks.NONE,
            (_, _) -> Optional.empty(),
            events::add,
            () -> "id",
            (_, _) -> {});
    return new DirectCall(runner, () -> "7")
        .run(tool, Json.object().put("id", "x"), Cancellation.root());
  }

  private static String text(DirectCall.Ended ended) {
    return MessageJson.plain(ended.result().forModel());
  }

  @Test
  void itRunsLikeACallOfTheModel() {
    DirectCall.Ended ended = call("Do", (call, _) -> ToolResult.text("did " + call.id()));

    assertThat(ended.status()).isEqualTo(AgentEvent.ToolStatus.DONE);
    assertThat(text(ended)).isEqualTo("did direct-7");
    assertThat(events).hasAtLeastOneElementOfType(AgentEvent.ToolStarted.class);
  }

  @Test
  void whatIsDeniedDoesNotRun() {
    gate = (_, _, _, _, _) -> new Gate.Ruling.Denied("no", false);

    DirectCall.Ended ended =
        call(
            "Do",
            (_, _) -> {
              throw new AssertionError("it ran");
            });

    assertThat(ended.status()).isEqualTo(AgentEvent.ToolStatus.DENIED);
    assertThat(text(ended)).isEqualTo("no");
  }

  @Test
  void aFailureAndAnUnknownToolAreResults() {
    DirectCall.Ended failed =
        call(
            "Do",
            (_, _) -> {
              throw new ToolException("it broke");
            });

    assertThat(text(failed)).isEqualTo("it broke");
    assertThat(call("Nothing", (_, _) -> ToolResult.text("")).status())
        .isEqualTo(AgentEvent.ToolStatus.FAILED);
  }
}
