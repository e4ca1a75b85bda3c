package dev.agent.tool;

import dev.agent.json.InputSchema;
import java.util.List;

/**
 * What a tool says of itself.
 *
 * @param name as the model and permission rules know it
 * @param aliases older names that are accepted too
 * @param description the prompt text
 * @param input what it accepts
 * @param maxResultChars above this the full result goes to a file of the session and the model gets
 *     a preview; {@link #SELF_BOUNDED} for tools that limit themselves
 * @param interrupt what an interrupt does to a running call
 * @param onFailure whether a failing call stops the calls that run beside it
 */
public record ToolSpec(
    String name,
    List<String> aliases,
    String description,
    InputSchema input,
    int maxResultChars,
    Interrupt interrupt,
    OnFailure onFailure) {
  /** The tool keeps its result small by itself. */
  public static final int SELF_BOUNDED = Integer.MAX_VALUE;

  /** The usual result budget in characters. */
  public static final int DEFAULT_RESULT_CHARS = 30_000;

  public ToolSpec {
    aliases = List.copyOf(aliases);
  }

  /** What an interrupt does to a running call. */
  public enum Interrupt {
    /** The call is stopped at once. */
    CANCEL,
    /** The call is short and leaves things half done when stopped: it may finish. */
    FINISH
  }

  /** What a failure does to siblings. */
  public enum OnFailure {
    /** Nothing: the failure is this call's own. */
    ISOLATED,
    /** Running siblings are cancelled: they were most likely planned on its success. */
    CANCELS_SIBLINGS
  }

  /** A tool with the usual limits. */
  public static ToolSpec of(String name, ToolText text, InputSchema input) {
    return new ToolSpec(
        name,
        List.of(),
        text.description(),
        input,
        DEFAULT_RESULT_CHARS,
        Interrupt.CANCEL,
        OnFailure.ISOLATED);
  }

  /** The same with older names. */
  public ToolSpec withAliases(String... names) {
    return new ToolSpec(
        name, List.of(names), description, input, maxResultChars, interrupt, onFailure);
  }

  /** The same with another result budget. */
  public ToolSpec withMaxResultChars(int chars) {
    return new ToolSpec(name, aliases, description, input, chars, interrupt, onFailure);
  }

  /** The same with another answer to interrupts. */
  public ToolSpec withInterrupt(Interrupt how) {
    return new ToolSpec(name, aliases, description, input, maxResultChars, how, onFailure);
  }

  /** The same with another effect of failure. */
  public ToolSpec withOnFailure(OnFailure what) {
    return new ToolSpec(name, aliases, description, input, maxResultChars, interrupt, what);
  }
}
