package dev.agent.tui.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentEvent.ToolStatus;
import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.ModelReply;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a session into a transcript, as the loop would, with a clock of its own. */
final class Stage {
  static final String MODEL = "model-name";

  final Transcript transcript = new Transcript();
  final TranscriptFeed feed;
  Instant now = Instant.parse("2026-03-01T14:02:00Z");
  private int index;
  private final List<ContentBlock> answer = new ArrayList<>();

  Stage() {
    this(SourceStore.NONE);
  }

  Stage(SourceStore store) {
    feed = new TranscriptFeed(transcript, store, path -> path.replace("/home/me/proj/", ""));
  }

  Stage send(AgentEvent event) {
    feed.accept(event, now);
    return this;
  }

  Stage after(int seconds) {
    now = now.plusSeconds(seconds);
    feed.tick(now);
    return this;
  }

  Stage prompt(String text) {
    return send(new AgentEvent.UserAppended(Message.user(text), AgentEvent.Origin.PROMPT));
  }

  Stage request() {
    answer.clear();
    index = 0;
    return send(new AgentEvent.RequestStarted(MODEL, 0));
  }

  Stage says(String text) {
    for (int at = 0; at < text.length(); at += 7) {
      send(new AgentEvent.TextDelta(index, text.substring(at, Math.min(text.length(), at + 7))));
    }
    return block(new ContentBlock.Text(text));
  }

  Stage saysSoFar(String text) {
    send(new AgentEvent.TextDelta(index, text));
    feed.flush();
    return this;
  }

  Stage thinks(String text, int seconds) {
    send(new AgentEvent.ThinkingDelta(index, text));
    after(seconds);
    return block(new ContentBlock.Thinking(text, "signature"));
  }

  private Stage block(ContentBlock block) {
    answer.add(block);
    index++;
    return send(new AgentEvent.BlockCompleted("msg_1", MODEL, block));
  }

  Stage calls(String id, String tool, String key, String value) {
    ObjectNode input = Json.object();
    if (!key.isEmpty()) {
      input.put(key, value);
    }
    block(new ContentBlock.ToolUse(id, tool, input));
    return send(new AgentEvent.ToolQueued(id, tool));
  }

  Stage starts(String id) {
    ContentBlock.ToolUse use = use(id);
    return send(new AgentEvent.ToolStarted(new ToolCall(id, use.name(), use.input()), Effect.NONE));
  }

  Stage progress(String id, String text) {
    return send(new AgentEvent.ToolProgress(id, text));
  }

  Stage ends(String id, Display display, ToolStatus status, int millis) {
    return send(
        new AgentEvent.ToolFinished(
            use(id),
            ContentBlock.ToolResult.text(id, "", status != ToolStatus.DONE),
            display,
            status,
            Duration.ofMillis(millis)));
  }

  Stage runs(String id, String tool, String key, String value, Display display) {
    return calls(id, tool, key, value).starts(id).ends(id, display, ToolStatus.DONE, 20);
  }

  Stage fails(String id, String tool, String key, String value, Display display) {
    return calls(id, tool, key, value).starts(id).ends(id, display, ToolStatus.FAILED, 20);
  }

  private ContentBlock.ToolUse use(String id) {
    return answer.stream()
        .filter(ContentBlock.ToolUse.class::isInstance)
        .map(ContentBlock.ToolUse.class::cast)
        .filter(use -> use.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  Stage answered(long input, long cached, long output, String cost) {
    return send(
        new AgentEvent.MessageCompleted(
            new ModelReply(
                "msg_1",
                MODEL,
                Message.assistant(List.copyOf(answer)),
                "end_turn",
                new Usage(input - cached, output, cached, 0, 0, 0, 0),
                Map.of(),
                "req_1"),
            Optional.of(cost).filter(it -> !it.isEmpty()).map(BigDecimal::new)));
  }

  Stage ends(Outcome outcome) {
    return send(new AgentEvent.TurnFinished(outcome));
  }

  Stage ends() {
    return ends(new Outcome.Completed("", "end_turn"));
  }
}
