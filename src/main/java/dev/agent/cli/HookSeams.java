package dev.agent.cli;

import dev.agent.context.Instructions.InstructionFile;
import dev.agent.loop.CallHooks;
import dev.agent.loop.Outcome;
import dev.agent.loop.StopCheck;
import dev.agent.message.ContentBlock;
import dev.agent.mode.SessionHooks;
import dev.agent.permission.Asker;
import dev.agent.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where hooks reach into a session. One without hooks has {@link #NONE} and loads nothing else of
 * them.
 *
 * @param asker puts hooks in front of whoever is asked
 * @param change other settings count from now on; what is wrong with their hooks, as far as it was
 *     not said before
 */
record HookSeams(
    CallHooks calls,
    SessionHooks session,
    UnaryOperator<Asker> asker,
    List<StopCheck> stopChecks,
    Steps steps,
    Function<Settings, List<String>> change) {
  static final HookSeams NONE = silent();

  /** Hooks that never say anything, whatever the settings say. */
  static HookSeams silent() {
    return new HookSeams(
        CallHooks.NONE,
        SessionHooks.NONE,
        UnaryOperator.identity(),
        List.of(),
        new Steps() {},
        _ -> List.of());
  }

  /** Between two requests; called on the loop's thread. */
  interface Steps {
    /** What joins the results of these calls. */
    default List<ContentBlock> afterTools(List<ContentBlock.ToolUse> uses) {
      return List.of();
    }

    /** Why the run ends here. */
    default Optional<Outcome> end() {
      return Optional.empty();
    }

    /** Instruction files came into play. */
    default void loaded(List<InstructionFile> files, String reason) {}
  }
}
