package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.session.Entry;
import dev.agent.session.SessionLog;
import dev.agent.tool.Effect;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns events into entries of the session. What must survive a crash is on disk when the event
 * returns: prompts, and the intent and outcome of every call with effects. Thread-safe.
 */
public final class Recorder implements Consumer<AgentEvent> {
  private final SessionLog log;
  private final Map<String, Integer> blocksWritten = new HashMap<>();
  private final Set<String> withEffects = new HashSet<>();

  public Recorder(SessionLog log) {
    this.log = log;
  }

  @Override
  public synchronized void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.UserAppended(var message, AgentEvent.Origin origin) -> {
        Entry entry = new Entry.User(message, origin.name().toLowerCase(Locale.ROOT));
        if (origin == AgentEvent.Origin.TOOL_RESULTS) {
          log.append(entry);
        } else {
          log.appendDurably(entry);
        }
      }
      case AgentEvent.BlockCompleted(String id, String model, ContentBlock block) -> {
        blocksWritten.merge(id, 1, Integer::sum);
        log.append(new Entry.AnswerBlock(id, model, block));
      }
      case AgentEvent.MessageCompleted(var reply, var cost) -> {
        // An interrupted answer has a last piece that never became a whole block on the wire.
        List<ContentBlock> content = reply.message().content();
        Integer written = blocksWritten.remove(reply.id());
        for (ContentBlock block :
            content.subList(
                Math.min(content.size(), written == null ? 0 : written), content.size())) {
          log.append(new Entry.AnswerBlock(reply.id(), reply.model(), block));
        }
        log.append(
            new Entry.AnswerEnd(
                reply.id(),
                reply.model(),
                reply.requestId(),
                reply.stopReason(),
                reply.usage(),
                cost.map(BigDecimal::toPlainString).orElse("")));
      }
      case AgentEvent.PartialDiscarded(String id, String why) -> {
        blocksWritten.remove(id);
        log.append(new Entry.Discarded(id, why));
      }
      case AgentEvent.ToolStarted(var call, Effect effect) -> {
        Entry entry =
            new Entry.Intent(
                call.id(),
                call.name(),
                call.input(),
                effect.kind().name().toLowerCase(Locale.ROOT),
                effect.paths().stream().map(Object::toString).sorted().toList());
        if (effect.kind() == Effect.Kind.READS) {
          log.append(entry);
        } else {
          withEffects.add(call.id());
          log.appendDurably(entry);
        }
      }
      case AgentEvent.ToolFinished(
              _,
              ContentBlock.ToolResult result,
              _,
              AgentEvent.ToolStatus status,
              _) -> {
        Entry entry = new Entry.Outcome(result, status.name().toLowerCase(Locale.ROOT));
        if (withEffects.remove(result.toolUseId())) {
          log.appendDurably(entry);
        } else {
          log.append(entry);
        }
      }
      case AgentEvent.HistoryRewritten(var conversation, String why) ->
          log.append(new Entry.Rewritten(conversation.messages(), why));
      case AgentEvent.TurnFinished _ -> log.flush();
      default -> {}
    }
  }
}
