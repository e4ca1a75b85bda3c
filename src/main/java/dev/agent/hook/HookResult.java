package dev.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all hooks of one event came to, in the order in which they are configured. Of several
 * opinions the strictest counts; of several changed inputs the last.
 */
public record HookResult(List<HookReport> reports) {
  /** Nobody said anything. */
  public static final HookResult SILENT = new HookResult(List.of());

  public HookResult {
    reports = List.copyOf(reports);
  }

  private <T extends HookOutcome> List<T> all(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (HookReport report : reports) {
      for (HookOutcome outcome : report.outcomes()) {
        if (kind.isInstance(outcome)) {
          found.add(kind.cast(outcome));
        }
      }
    }
    return found;
  }

  private <T extends HookOutcome> Optional<T> last(Class<T> kind) {
    List<T> found = all(kind);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  /** Why everything shall stop; the first reason. */
  public Optional<String> halt() {
    return all(HookOutcome.Halt.class).stream().map(HookOutcome.Halt::reason).findFirst();
  }

  /** The reasons of all that said no, one a line. */
  public Optional<String> blocked() {
    List<HookOutcome.Block> blocks = all(HookOutcome.Block.class);
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("\n", blocks.stream().map(HookOutcome.Block::reason).distinct().toList()));
  }

  /** Why a person should decide. */
  public Optional<String> asked() {
    return all(HookOutcome.Ask.class).stream().map(HookOutcome.Ask::reason).findFirst();
  }

  /** Why it may run, perhaps an empty text. Means nothing beside a block. */
  public Optional<String> approved() {
    return all(HookOutcome.Approve.class).stream().map(HookOutcome.Approve::reason).findFirst();
  }

  /** The input to use instead; empty where some hook said no. */
  public Optional<ObjectNode> input() {
    return blocked().isPresent()
        ? Optional.empty()
        : last(HookOutcome.Rewrite.class).map(HookOutcome.Rewrite::input);
  }

  /** Texts for the model. */
  public List<String> context() {
    return all(HookOutcome.AddContext.class).stream().map(HookOutcome.AddContext::text).toList();
  }

  /** What the result shall hold instead. */
  public Optional<JsonNode> output() {
    return last(HookOutcome.ReplaceOutput.class).map(HookOutcome.ReplaceOutput::content);
  }

  /** Permissions to add, as sent. */
  public List<JsonNode> grants() {
    return all(HookOutcome.Grant.class).stream().map(HookOutcome.Grant::updates).toList();
  }

  /** Whether the turn shall end. */
  public boolean interrupts() {
    return !all(HookOutcome.Interrupt.class).isEmpty();
  }

  /** Whether the model may try again. */
  public boolean retry() {
    return !all(HookOutcome.Retry.class).isEmpty();
  }

  /** Messages in front of the first prompt. */
  public List<String> firstMessages() {
    return all(HookOutcome.FirstMessage.class).stream()
        .map(HookOutcome.FirstMessage::text)
        .toList();
  }

  /** A name for the session. */
  public Optional<String> title() {
    return last(HookOutcome.Title.class).map(HookOutcome.Title::text);
  }
}
