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
import java.util.function.BiConsumer;

/** Plays a session into a transcript, as the loop would, with a clock of its own. */
public final class Stage {
  public static final String MODEL = "model-name";

  /** What is played into; stays empty where the feed is somebody else's. */
  final Transcript transcript = new Transcript();

  public final TranscriptFeed feed;

  private final BiConsumer<AgentEvent, Instant> sink;
  private Instant now = Instant.parse("2026-03-01T14:02:00Z");
  private int index;
  private final List<ContentBlock> answer = new ArrayList<>();

  Stage() {
    this(SourceStore.NONE);
  }

  Stage(SourceStore store) {
    feed = new TranscriptFeed(transcript, store, path -> path.replace("/home/me/proj/", ""));
    sink = feed::accept;
  }

  /** Plays to somebody who hands on to a feed of their own. */
  public Stage(TranscriptFeed feed, BiConsumer<AgentEvent, Instant> sink) {
    this.feed = feed;
    this.sink = sink;
  }

  /** What the clock shows. */
  public Instant now() {
    return now;
  }

  public Stage send(AgentEvent event) {
    sink.accept(event, now);
    return this;
  }

  public Stage after(int seconds) {
    now = now.plusSeconds(seconds);
    feed.tick(now);
    return this;
  }

  public Stage prompt(String text) {
    return send(new AgentEvent.UserAppended(Message.user(text), AgentEvent.Origin.PROMPT));
  }

  public Stage request() {
    answer.clear();
    index = 0;
    return send(new AgentEvent.RequestStarted(MODEL, 0));
  }

  public Stage says(String text) {
    for (int at = 0; at < text.length(); at += 7) {
      send(new AgentEvent.TextDelta(index, text.substring(at, Math.min(text.length(), at + 7))));
    }
    return block(new ContentBlock.Text(text));
  }

  public Stage saysSoFar(String text) {
    send(new AgentEvent.TextDelta(index, text));
    feed.flush();
    return this;
  }

  public Stage thinks(String text, int seconds) {
    send(new AgentEvent.ThinkingDelta(index, text));
    after(seconds);
    return block(new ContentBlock.Thinking(text, "signature"));
  }

  private Stage block(ContentBlock block) {
    answer.add(block);
    index++;
    return send(new AgentEvent.BlockCompleted("msg_1", MODEL, block));
  }

  public Stage calls(String id, String tool, String key, String value) {
    ObjectNode input = Json.object();
    if (!key.isEmpty()) {
      input.put(key, value);
    }
    block(new ContentBlock.ToolUse(id, tool, input));
    return send(new AgentEvent.ToolQueued(id, tool));
  }

  public Stage starts(String id) {
    ContentBlock.ToolUse use = use(id);
    return send(new AgentEvent.ToolStarted(new ToolCall(id, use.name(), use.input()), Effect.NONE));
  }

  public Stage progress(String id, String text) {
    return send(new AgentEvent.ToolProgress(id, text));
  }

  public Stage ends(String id, Display display, ToolStatus status, int millis) {
    return send(
        new AgentEvent.ToolFinished(
            use(id),
            ContentBlock.ToolResult.text(id, "", status != ToolStatus.DONE),
            display,
            status,
            Duration.ofMillis(millis)));
  }

  public Stage runs(String id, String tool, String key, String value, Display display) {
    return calls(id, tool, key, value).starts(id).ends(id, display, ToolStatus.DONE, 20);
  }

  public Stage fails(String id, String tool, String key, String value, Display display) {
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

  public Stage answered(long input, long cached, long output, String cost) {
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

  public Stage ends(Outcome outcome) {
    return send(new AgentEvent.TurnFinished(outcome));
  }

  public Stage ends() {
    return ends(new Outcome.Completed("", "end_turn"));
  }
}
