package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.Ledger;
import dev.agent.model.ModelReply;
import dev.agent.session.EffectProbe;
import dev.agent.session.Entry;
import dev.agent.session.SessionLog;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns events into entries of the session. What must survive a crash is on disk when the event
 * returns: the intent and outcome of every call with effects, together with the part of the answer
 * that asked for it and all that came before. A prompt is on its way there. Thread-safe.
 */
public final class Recorder implements Consumer<AgentEvent> {
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);

  private final SessionLog log;
  private final Ledger ledger;
  private final Set<String> withEffects = new HashSet<>();
  private String messageId = "";
  private String model = "";
  private int blocksWritten;
  private List<ContentBlock> blocksWaiting = new ArrayList<>();
  private int turns;

  public Recorder(SessionLog log, Ledger ledger) {
    this.log = log;
    this.ledger = ledger;
  }

  @Override
  public void accept(AgentEvent event) {
    // A log that can't write says so from the thread that whoever waits in here is waiting for.
    if (!(event instanceof AgentEvent.Notice)) {
      record(event);
    }
  }

  private synchronized void record(AgentEvent event) {
    switch (event) {
      case AgentEvent.UserAppended(Message message, AgentEvent.Origin origin) ->
          user(message, origin);
      case AgentEvent.BlockCompleted(String id, String by, ContentBlock block) -> {
        if (!id.equals(messageId)) {
          begin(id, by);
        }
        blocksWaiting.add(block);
      }
      case AgentEvent.MessageCompleted(ModelReply reply, Optional<BigDecimal> cost) ->
          completed(reply, cost);
      case AgentEvent.PartialDiscarded(String id, String why) -> {
        if (id.equals(messageId)) {
          begin("", "");
        }
        log.append(new Entry.Discarded(id, why));
      }
      case AgentEvent.ToolStarted(ToolCall call, Effect effect) -> started(call, effect);
      case AgentEvent.ToolFinished finished -> {
        Entry entry =
            new Entry.ToolOutcome(
                finished.use().id(), finished.result(), status(finished.status()));
        if (withEffects.remove(finished.use().id())) {
          log.appendDurably(entry);
        } else {
          log.append(entry);
        }
      }
      case AgentEvent.HistoryRewritten(Conversation conversation, String why) ->
          log.append(
              new Entry.CompactBoundary(
                  "", "", "", why, conversation.messages(), true, "recovery", 0, 0));
      case AgentEvent.Compacted it ->
          log.append(
              new Entry.CompactBoundary(
                  "",
                  "",
                  "",
                  it.summary(),
                  it.conversation().messages(),
                  true,
                  it.trigger(),
                  it.tokensBefore(),
                  it.tokensAfter()));
      case AgentEvent.TurnFinished _ -> {
        turns++;
        Map<String, Usage> byModel = new LinkedHashMap<>();
        ledger.lines().forEach((id, line) -> byModel.put(id, line.usage()));
        log.append(new Entry.UsageLedger(turns, ledger.cost(), byModel));
        log.flush(FLUSH_LIMIT);
      }
      default -> {}
    }
  }

  private void begin(String id, String by) {
    messageId = id;
    model = by;
    blocksWritten = 0;
    blocksWaiting = new ArrayList<>();
  }

  private void user(Message message, AgentEvent.Origin origin) {
    boolean results =
        message.content().stream().anyMatch(ContentBlock.ToolResult.class::isInstance);
    Entry.Origin kind =
        switch (origin) {
          case PROMPT -> Entry.Origin.PROMPT;
          case TOOL_RESULTS -> Entry.Origin.TOOL_RESULTS;
          case CONTINUATION -> Entry.Origin.CONTINUATION;
          case CONTEXT -> Entry.Origin.REMINDER;
          case INTERRUPTION -> results ? Entry.Origin.TOOL_RESULTS : Entry.Origin.REMINDER;
        };
    if (origin == AgentEvent.Origin.TOOL_RESULTS) {
      log.append(new Entry.User(message, kind));
    } else {
      log.appendSoon(new Entry.User(message, kind));
    }
  }

  /** Writes what has come of the answer, so that the intent which follows does not stand alone. */
  private void started(ToolCall call, Effect effect) {
    if (!blocksWaiting.isEmpty()) {
      log.append(
          new Entry.Assistant(
              Message.assistant(blocksWaiting),
              messageId,
              "",
              model,
              "",
              Usage.ZERO,
              Optional.empty()));
      blocksWritten += blocksWaiting.size();
      blocksWaiting = new ArrayList<>();
    }
    List<String> paths = effect.paths().stream().map(Path::toString).sorted().toList();
    boolean changes = effect.kind() != Effect.Kind.READS;
    Entry intent =
        new Entry.ToolIntent(
            call.id(),
            call.name(),
            call.input(),
            effect.kind().name().toLowerCase(Locale.ROOT),
            paths,
            changes ? hashes(effect) : Map.of());
    if (changes) {
      withEffects.add(call.id());
      log.appendDurably(intent);
    } else {
      log.append(intent);
    }
  }

  private static Map<String, String> hashes(Effect effect) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Path path : effect.paths()) {
      try {
        hashes.put(path.toString(), EffectProbe.hash(path));
      } catch (IOException e) {
        // Not a file that could be compared later: then its state stays unknown.
      }
    }
    return hashes;
  }

  private void completed(ModelReply reply, Optional<BigDecimal> cost) {
    List<ContentBlock> content = reply.message().content();
    int written = reply.id().equals(messageId) ? Math.min(blocksWritten, content.size()) : 0;
    // An interrupted answer has no stop reason of the service; without one it would look cut off.
    String stopReason = reply.stopReason().isEmpty() ? "interrupted" : reply.stopReason();
    log.append(
        new Entry.Assistant(
            Message.assistant(content.subList(written, content.size())),
            reply.id(),
            reply.requestId(),
            reply.model(),
            stopReason,
            reply.usage(),
            cost));
    begin("", "");
  }

  private static Entry.Status status(AgentEvent.ToolStatus status) {
    return switch (status) {
      case DONE -> Entry.Status.DONE;
      case FAILED, DENIED -> Entry.Status.FAILED;
      case CANCELLED, ABANDONED -> Entry.Status.CANCELLED;
    };
  }
}
