package dev.agent.session;

import dev.agent.message.ContentBlock;
import java.util.Map;

/** What can be said about a call that has no result in the conversation. */
final class OpenCalls {
  private static final String MAYBE =
      "This call was interrupted when the session ended; it may or may not have taken effect: check"
          + " before repeating.";

  private final Map<String, Entry.ToolIntent> intents;
  private final Map<String, Entry.ToolOutcome> outcomes;
  private final EffectProbe probe;

  private final boolean withoutJournal;

  OpenCalls(
      Map<String, Entry.ToolIntent> intents,
      Map<String, Entry.ToolOutcome> outcomes,
      EffectProbe probe) {
    this(intents, outcomes, probe, false);
  }

  /**
   * @param withoutJournal no intents were ever recorded: that there is none then says nothing
   */
  OpenCalls(
      Map<String, Entry.ToolIntent> intents,
      Map<String, Entry.ToolOutcome> outcomes,
      EffectProbe probe,
      boolean withoutJournal) {
    this.withoutJournal = withoutJournal;
    this.intents = intents;
    this.outcomes = outcomes;
    this.probe = probe;
  }

  /**
   * @param atEnd whether the call is the last thing of the session: only then is the present state
   *     of files a witness
   */
  OpenTool state(ContentBlock.ToolUse use, boolean atEnd) {
    Entry.ToolOutcome outcome = outcomes.get(use.id());
    if (outcome != null) {
      return new OpenTool(use.id(), use.name(), OpenTool.State.DONE, "");
    }
    Entry.ToolIntent intent = intents.get(use.id());
    if (intent == null && withoutJournal) {
      return new OpenTool(use.id(), use.name(), OpenTool.State.UNKNOWN, MAYBE);
    }
    if (intent == null) {
      return new OpenTool(
          use.id(),
          use.name(),
          OpenTool.State.NOT_STARTED,
          "Not carried out: the session ended before this call began to change anything. Repeat it"
              + " if it is still needed.");
    }
    EffectProbe.Finding finding = atEnd ? probe.look(intent) : EffectProbe.Finding.UNKNOWN;
    String paths = String.join(", ", intent.paths());
    return switch (finding) {
      case UNCHANGED ->
          new OpenTool(
              use.id(),
              use.name(),
              OpenTool.State.NOT_STARTED,
              "This call was interrupted when the session ended. It took no effect: "
                  + paths
                  + " is as it was before. Repeat it if it is still needed.");
      case CHANGED ->
          new OpenTool(
              use.id(),
              use.name(),
              OpenTool.State.UNKNOWN,
              "This call was interrupted when the session ended, before its result was recorded. "
                  + paths
                  + " has changed since before the call, so it most likely took effect: check"
                  + " before repeating.");
      case UNKNOWN -> new OpenTool(use.id(), use.name(), OpenTool.State.UNKNOWN, MAYBE);
    };
  }

  ContentBlock.ToolResult result(OpenTool open) {
    Entry.ToolOutcome outcome = outcomes.get(open.toolUseId());
    if (outcome != null) {
      ContentBlock.ToolResult recorded = outcome.result();
      return new ContentBlock.ToolResult(
          open.toolUseId(), recorded.content(), recorded.isError(), recorded.extra());
    }
    return ContentBlock.ToolResult.text(open.toolUseId(), open.said(), true);
  }
}
