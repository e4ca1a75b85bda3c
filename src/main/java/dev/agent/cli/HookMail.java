package dev.agent.cli;

import dev.agent.hook.HookResult;
import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What hooks have said and the model has not heard yet: it is fetched where the conversation takes
 * it. Thread-safe.
 */
final class HookMail {
  private final Map<String, List<String>> byCall = new HashMap<>();
  private final List<String> later = new ArrayList<>();
  private final List<String> wakes = new ArrayList<>();
  private Optional<String> halt = Optional.empty();

  /** Belongs to a call's result. */
  synchronized void forCall(String toolUseId, String text) {
    byCall.computeIfAbsent(toolUseId, _ -> new ArrayList<>()).add(text);
  }

  /** Everything that an event's hooks want the model to know belongs to a call's result. */
  void forCall(String toolUseId, HookResult result) {
    result.context().forEach(text -> forCall(toolUseId, text));
  }

  /** Belongs nowhere in particular: the next occasion will do. */
  synchronized void later(String text) {
    later.add(text);
  }

  /** The model shall go on because of this. */
  synchronized void wake(String text) {
    wakes.add(text);
  }

  /** The run shall stop; the first reason counts. */
  synchronized void halt(String reason) {
    halt = halt.or(() -> Optional.of(reason));
  }

  /** What belongs to these calls, in their order, and whatever else is there. */
  synchronized List<String> take(List<ContentBlock.ToolUse> uses) {
    List<String> texts = new ArrayList<>();
    for (ContentBlock.ToolUse use : uses) {
      List<String> own = byCall.remove(use.id());
      if (own != null) {
        texts.addAll(own);
      }
    }
    texts.addAll(later);
    texts.addAll(wakes);
    later.clear();
    wakes.clear();
    return texts;
  }

  synchronized List<String> takeWakes() {
    List<String> texts = List.copyOf(wakes);
    wakes.clear();
    return texts;
  }

  synchronized Optional<String> takeHalt() {
    Optional<String> reason = halt;
    halt = Optional.empty();
    return reason;
  }

  /**
   * Texts as blocks that the model knows as context beside the conversation; a text can't end its
   * own frame.
   */
  static List<ContentBlock> blocks(List<String> texts) {
    List<ContentBlock> blocks = new ArrayList<>();
    for (String text : texts) {
      String inside = text.strip().replace("system-reminder>", "system-reminder\\>");
      blocks.addAll(
          MessageJson.text(
              "<system-reminder>\nA hook of the user says:\n" + inside + "\n</system-reminder>"));
    }
    return blocks;
  }
}
