package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.testing.TestTool;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextUseTest {
  private static final ModelInfo MODEL = Catalog.load(Json.object()).resolve("sonnet");
  private static final ToolRegistry TOOLS =
      new ToolRegistry(
          List.of(
              TestTool.reading("Look", (_, _) -> ToolResult.text("")),
              TestTool.reading("mcp__maps__route", (_, _) -> ToolResult.text(""))));

  private static Usage counted(long input, long output) {
    return new Usage(input, output, 0, 0, 0, 0, 0);
  }

  private static ContextUse use(Conversation conversation, Usage last) {
    return ContextUse.of(
        new ContextUse.Sent(
            List.of(new SystemText("# Rules\n" + "r".repeat(992), true)),
            TOOLS,
            List.of(new Instructions.InstructionFile(Path.of("/p/AGENTS.md"), "i".repeat(500))),
            conversation),
        MODEL,
        last);
  }

  private static Conversation talk() {
    return new Conversation(
        List.of(
            Message.user("<system-reminder>" + "i".repeat(500) + "</system-reminder>do it"),
            Message.assistant(
                List.of(
                    new ContentBlock.Text("a".repeat(300)),
                    new ContentBlock.ToolUse("1", "Look", Json.object()))),
            Message.user(List.of(ContentBlock.ToolResult.text("1", "x".repeat(2_000), false))),
            Message.assistant(List.of(new ContentBlock.Text("done")))));
  }

  @Test
  void thePartsAddUpToWhatTheServiceCounted() {
    ContextUse use = use(talk(), counted(9_000, 1_000));

    assertThat(use.counted()).isTrue();
    assertThat(use.used()).isBetween(9_990L, 10_010L);
    assertThat(use.free()).isEqualTo(use.window() - use.used());
    assertThat(use.parts())
        .extracting(ContextUse.Part::kind)
        .containsExactly(
            ContextUse.Kind.SYSTEM_PROMPT,
            ContextUse.Kind.TOOLS,
            ContextUse.Kind.MCP_TOOLS,
            ContextUse.Kind.INSTRUCTIONS,
            ContextUse.Kind.PROMPTS,
            ContextUse.Kind.ANSWERS,
            ContextUse.Kind.TOOL_CALLS,
            ContextUse.Kind.TOOL_RESULTS);
  }

  @Test
  void whatCameAfterTheLatestAnswerIsEstimatedOnTop() {
    ContextUse before = use(talk(), counted(9_000, 1_000));

    ContextUse after = use(talk().plus(Message.user("n".repeat(5_000))), counted(9_000, 1_000));

    assertThat(after.used()).isGreaterThan(before.used() + 1_000);
  }

  @Test
  void withoutACountEverythingIsEstimatedFromCharacters() {
    ContextUse use = use(Conversation.empty(), Usage.ZERO);

    assertThat(use.counted()).isFalse();
    ContextUse.Part system = use.parts().getFirst();
    assertThat(system.tokens()).isEqualTo(Math.round(1_000 / MODEL.bytesPerToken()));
    assertThat(system.details()).containsOnlyKeys("Rules");
  }

  @Test
  void instructionFilesAreNotCountedTwice() {
    ContextUse use = use(talk(), Usage.ZERO);

    long prompts = tokens(use, ContextUse.Kind.PROMPTS);
    assertThat(prompts).isLessThan(Math.round(200 / MODEL.bytesPerToken()));
    assertThat(tokens(use, ContextUse.Kind.INSTRUCTIONS))
        .isEqualTo(Math.round(500 / MODEL.bytesPerToken()));
  }

  @Test
  void resultsAreListedByTheirTool() {
    ContextUse use = use(talk(), Usage.ZERO);

    assertThat(use.parts().getLast().details()).containsOnlyKeys("Look");
  }

  @Test
  void morePercentThanAHundredDoNotExist() {
    ContextUse use = use(talk(), counted(5_000_000, 0));

    assertThat(use.percent()).isEqualTo(100);
    assertThat(use.free()).isZero();
  }

  private static long tokens(ContextUse use, ContextUse.Kind kind) {
    return use.parts().stream().filter(it -> it.kind() == kind).findFirst().orElseThrow().tokens();
  }
}
