package dev.agent.mode;

import dev.agent.message.ContentBlock;
import dev.agent.permission.Asker;
import dev.agent.tools.plan.AskUserQuestion;
import dev.agent.tools.plan.ExitPlanMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The person in front of a run, as the run sees them: whom it asks, and what they say meanwhile.
 * All members are thread-safe; those that ask block.
 *
 * @param present whether there is a person at all
 * @param asker decides about calls that no rule decides
 * @param questioner answers the model's own questions; empty = there is no tool for them
 * @param planGate approves plans; empty = plans are only offered where the run starts in plan mode
 * @param steering what was said since the last time, to join the results of the calls just made;
 *     called on the loop's thread
 * @param goesOnInCircle whether to go on although the same call, named here, brings the same result
 *     again and again
 */
public record Interaction(
    boolean present,
    Asker asker,
    Optional<AskUserQuestion.Questioner> questioner,
    Optional<ExitPlanMode.Gate> planGate,
    Supplier<List<ContentBlock>> steering,
    Predicate<String> goesOnInCircle) {

  /** Nobody is there. */
  public static final Interaction NOBODY =
      new Interaction(
          false, Asker.NOBODY, Optional.empty(), Optional.empty(), List::of, _ -> false);
}
