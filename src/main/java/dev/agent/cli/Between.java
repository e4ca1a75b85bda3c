package dev.agent.cli;

import dev.agent.context.Instructions;
import dev.agent.json.InvalidInputException;
import dev.agent.loop.BetweenSteps;
import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import dev.agent.mode.Interaction;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.plan.StructuredOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens between two requests: changed settings are read; instruction files of directories
 * that were entered and what hooks want to be known join the results; a run whose structured answer
 * was given, or that a hook stops, ends.
 */
final class Between implements BetweenSteps {
  private final Instructions instructions;
  private final ToolRegistry tools;
  private final Optional<StructuredOutput> structured;
  private final HookSeams.Steps hooks;
  private final Runnable reload;
  private final Interaction person;

  /**
   * @param reload lets changed settings count from the next step on
   * @param person may say something meanwhile
   */
  Between(
      Instructions instructions,
      ToolRegistry tools,
      Optional<StructuredOutput> structured,
      HookSeams.Steps hooks,
      Runnable reload,
      Interaction person) {
    this.person = person;
    this.reload = reload;
    this.instructions = instructions;
    this.tools = tools;
    this.structured = structured;
    this.hooks = hooks;
  }

  @Override
  public List<ContentBlock> afterTools(List<ContentBlock.ToolUse> uses) {
    reload.run();
    List<Instructions.InstructionFile> files = new ArrayList<>();
    for (ContentBlock.ToolUse use : uses) {
      for (Path path : paths(use)) {
        files.addAll(instructions.onVisit(path));
      }
    }
    String reminder =
        Instructions.reminder(
            files,
            "These instructions belong to a directory that you entered just now. Follow them for"
                + " what lies in it.");
    hooks.loaded(files, "nested_traversal");
    List<ContentBlock> blocks = new ArrayList<>(hooks.afterTools(uses));
    if (!reminder.isEmpty()) {
      blocks.addAll(MessageJson.text(reminder));
    }
    blocks.addAll(person.steering().get());
    return blocks;
  }

  private List<Path> paths(ContentBlock.ToolUse use) {
    Optional<Tool> tool = tools.find(use.name());
    if (tool.isEmpty() || use.name().equals("Bash")) {
      return List.of();
    }
    try {
      return List.copyOf(tool.get().effect(tool.get().spec().input().check(use.input())).paths());
    } catch (InvalidInputException | RuntimeException e) {
      return List.of(); // the call failed for the same reason
    }
  }

  @Override
  public boolean goesOnInCircle(String toolName) {
    return person.goesOnInCircle().test(toolName);
  }

  @Override
  public Optional<Outcome> endsAfterTools() {
    return hooks
        .end()
        .or(
            () ->
                structured
                    .flatMap(StructuredOutput::answer)
                    .map(_ -> new Outcome.Completed("", "tool_use")));
  }
}
