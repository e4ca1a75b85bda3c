package dev.agent.loop;

import dev.agent.message.ContentBlock;
import java.util.List;
import java.util.Optional;

/** What others have to say between two requests. Called on the loop's thread. */
public interface BetweenSteps {
  /**
   * Blocks that join the results of these calls: instruction files of directories that were
   * entered, messages that the person queued. Pulled, never pushed.
   */
  default List<ContentBlock> afterTools(List<ContentBlock.ToolUse> uses) {
    return List.of();
  }

  /** An outcome when the calls brought what the run was for. */
  default Optional<Outcome> endsAfterTools() {
    return Optional.empty();
  }

  /** Whether to go on although the run goes in circles; asked only where someone can answer. */
  default boolean goesOnInCircle(String toolName) {
    return false;
  }
}
