package dev.agent.tui.view;

import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentEvent.Level;
import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.tool.Display;
import dev.agent.tool.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns agent events into blocks of a transcript. Text that streams in is merged: call {@link
 * #flush} before a frame is drawn, and {@link #tick} once a second while something works. Owned by
 * the UI thread.
 */
public final class TranscriptFeed {
  private final Transcript transcript;
  private final SourceStore store;
  private final UnaryOperator<String> shownPath;
  private final CallBlocks calls;
  private final ShellBlock shell;
  private final Results results;
  private final TurnTally tally = new TurnTally();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Open open;
  private Activity activity = Activity.IDLE;
  private List<Display.Todo> todos = List.of();

  /** Whether the task list may have been written in what is not shown yet. */
  private boolean wantsTodos;

  private String model = "";

  /**
   * A block of the answer whose text still comes; it is in the transcript from its first character
   * that is not blank.
   */
  private record Open(int index, boolean isThinking, long blockId, Instant since, int flushed) {}

  /**
   * @param shownPath a path as the person should see it
   */
  public TranscriptFeed(Transcript transcript, SourceStore store, UnaryOperator<String> shownPath) {
    this.transcript = transcript;
    this.store = store;
    this.shownPath = shownPath;
    this.calls = new CallBlocks(transcript);
    this.shell = new ShellBlock(transcript);
    this.results = new Results(store);
  }

  /** What goes on now. */
  public Activity activity() {
    return activity;
  }

  /** The task list as it was last written; empty when there is none. */
  public List<Display.Todo> todos() {
    return todos;
  }

  /** The calls that have not ended. */
  public List<Content.Call> openCalls() {
    return calls.open();
  }

  /**
   * The place of the first block that may still change: all in front of it stay as they are. Who
   * prints blocks for good prints up to here.
   */
  public int settled() {
    int first = calls.firstUnsettled();
    if (activity.isWorking()) {
      first = Math.min(first, calls.tailRun());
    }
    int running = shell.place();
    return running < 0 ? first : Math.min(first, running);
  }

  /** Takes one event that happened at this time. */
  public void accept(AgentEvent event, Instant at) {
    switch (event) {
      case AgentEvent.RequestStarted(String by, _) -> requestStarted(by, at);
      case AgentEvent.TextDelta(int index, String more) -> more(index, false, more, at);
      case AgentEvent.ThinkingDelta(int index, String more) -> more(index, true, more, at);
      case AgentEvent.RawEvent _, AgentEvent.HookStarted _, AgentEvent.HookEnded _ -> {}
      case AgentEvent.BlockCompleted(_, String by, ContentBlock block) -> {
        model = by;
        completed(block, at);
      }
      case AgentEvent.MessageCompleted(var reply, var cost) -> {
        close(at);
        calls.beginAnswer();
        tally.answered(reply.usage(), cost);
        activity = activity.withTokens(tally.outputTokens());
      }
      case AgentEvent.PartialDiscarded _ -> {
        close(at);
        calls.discardAnswer();
        tally.beginAnswer();
        activity = activity.to(Activity.Phase.WAITING, at).withTokens(tally.outputTokens());
      }
      case AgentEvent.HistoryRewritten(_, String why) ->
          notice(Level.INFO, "The history was shortened: " + why, "", at);
      case AgentEvent.Compacted(_, _, _, long before, long after) ->
          notice(
              Level.INFO,
              "The conversation was summarised: "
                  + Amounts.tokens(before)
                  + " → "
                  + Amounts.tokens(after)
                  + " tokens",
              "",
              at);
      case AgentEvent.UserAppended(Message message, AgentEvent.Origin origin) ->
          user(message, origin, at);
      case AgentEvent.ToolQueued(String id, String name) ->
          calls.add(waiting(id, name, ToolTitle.of(name)), at, model);
      case AgentEvent.ToolStarted(var call, _) -> started(call, at);
      case AgentEvent.ToolProgress(String id, String news) ->
          calls.update(id, it -> progressed(it, news));
      case AgentEvent.ToolFinished finished -> finished(finished, at);
      case AgentEvent.ToolDenied(var call, String reason) ->
          calls.update(
              call.id(),
              it ->
                  ended(
                      it,
                      Content.State.DENIED,
                      results.of(new Display.Text(reason), Content.State.DENIED),
                      it.elapsed()));
      case AgentEvent.Retrying(int attempt, int max, Duration delay, int status, _) ->
          activity = activity.withRetry(new Activity.Retry(attempt, max, status, at.plus(delay)));
      case AgentEvent.ModelSwitched(String from, String to, String why) ->
          notice(Level.INFO, "Switched from " + from + " to " + to + ": " + why, "", at);
      case AgentEvent.Notice(Level level, String words) -> notice(level, words, "", at);
      case AgentEvent.UsageUpdated(var usage) -> {
        tally.counted(usage);
        activity = activity.withTokens(tally.outputTokens());
      }
      case AgentEvent.TurnFinished(Outcome outcome) -> turnFinished(outcome, at);
    }
  }

  /** Whether text has come since the last {@link #flush}. */
  public boolean hasMore() {
    return open != null && text.length() != open.flushed;
  }

  /** Puts text that has come since the last time into its block. */
  public void flush() {
    if (open == null || !hasMore()) {
      return;
    }
    long id = open.blockId;
    String all = text.toString();
    if (id < 0 && all.isBlank()) {
      return;
    }
    Source source = Source.of(all);
    Content content =
        open.isThinking
            ? new Content.Thinking(source, Duration.ZERO, true)
            : new Content.Answer(source, true);
    if (id < 0) {
      id = transcript.add(content, open.since, model);
      calls.belongsToAnswer(id);
    } else {
      transcript.replace(id, content);
    }
    open = new Open(open.index, open.isThinking, id, open.since, text.length());
  }

  /** Moves the clocks of running calls on; whether anything changed. */
  public boolean tick(Instant now) {
    boolean changed = false;
    for (Content.Call call : calls.open()) {
      if (call.state() == Content.State.RUNNING) {
        Duration elapsed = Duration.ofSeconds(now.getEpochSecond() - call.startedAt());
        if (elapsed.toSeconds() != call.elapsed().toSeconds()) {
          changed = true;
          calls.update(
              call.id(),
              it ->
                  new Content.Call(
                      it.id(),
                      it.tool(),
                      it.title(),
                      it.state(),
                      it.startedAt(),
                      elapsed,
                      it.progress(),
                      it.result()));
        }
      }
    }
    return shell.tick(now) || changed;
  }

  /** Shows a conversation that goes on: its prompts, answers, calls and results. */
  public void resume(Conversation conversation, Instant at) {
    resumed(transcript, calls, conversation.messages(), at).ifPresent(last -> todos = last);
  }

  /**
   * Shows a conversation that goes on; of a long one its end, without the header. What was said
   * before that may come later, by {@link #earlier} and {@link #putInFront}. Nothing must be shown
   * yet.
   *
   * @return how many messages were left out; 0 when it is not long
   */
  public int resumeEnd(Content.Header header, Conversation conversation, Instant at) {
    List<Message> messages = conversation.messages();
    int cut = ResumedBlocks.cut(messages);
    if (cut == 0) {
      long _ = add(header, at);
    } else {
      transcript.reserve(1 + ResumedBlocks.most(messages.subList(0, cut)));
    }
    Optional<List<Display.Todo>> last =
        resumed(transcript, calls, messages.subList(cut, messages.size()), at);
    todos = last.orElse(List.of());
    wantsTodos = last.isEmpty();
    return cut;
  }

  private Optional<List<Display.Todo>> resumed(
      Transcript into, CallBlocks with, List<Message> messages, Instant at) {
    return new ResumedBlocks(into, with, results, store, shownPath)
        .add(new Conversation(messages), at);
  }

  /**
   * Makes blocks of what was said before all that is shown. Any thread, also while the feed is used
   * by its own.
   *
   * @param pages for blocks that are not looked at; thread-safe, as the store of texts must be
   */
  public Earlier earlier(
      Content.Header header, List<Message> messages, Instant at, PageStore pages) {
    Transcript before = new Transcript(pages);
    long _ = before.add(header, at, "");
    return new Earlier(before, resumed(before, new CallBlocks(before), messages, at));
  }

  /** Puts what was said before in front of what is shown, which does not move. Only once. */
  public void putInFront(Earlier earlier, Content.Header header) {
    transcript.putInFront(earlier.blocks());
    transcript.replace(transcript.firstId(), header);
    if (wantsTodos) {
      todos = earlier.todos().orElse(todos);
    }
  }

  /** Forgets what is shown: the conversation was cleared. */
  public void reset() {
    text.setLength(0);
    open = null;
    todos = List.of();
    wantsTodos = false;
    shell.reset();
    calls.reset();
    transcript.reset();
  }

  private void requestStarted(String by, Instant at) {
    close(at);
    model = by;
    calls.beginAnswer();
    tally.beginAnswer();
    beginTurn(at);
    activity = activity.to(Activity.Phase.WAITING, at);
  }

  private void beginTurn(Instant at) {
    if (!activity.isWorking()) {
      tally.begin();
      calls.beginTurn();
      activity = Activity.begun(at);
    }
  }

  private void more(int index, boolean thinking, String more, Instant at) {
    if (open == null || open.index != index || open.isThinking != thinking) {
      close(at);
      open = new Open(index, thinking, -1, at, 0);
    }
    text.append(more);
    tally.streamed(more.length());
    activity =
        activity
            .to(thinking ? Activity.Phase.THINKING : Activity.Phase.ANSWERING, at)
            .withTokens(tally.outputTokens());
  }

  /** Ends the text that streams in, with what has come of it. */
  private void close(Instant at) {
    flush();
    if (open != null && open.blockId >= 0) {
      settle(open, text.toString(), at);
    }
    open = null;
    text.setLength(0);
  }

  private void settle(Open block, String whole, Instant at) {
    Source source = Source.of(whole, store);
    if (block.isThinking) {
      Duration took = Duration.between(block.since, at);
      transcript.replace(block.blockId, new Content.Thinking(source, took, false));
      activity = activity.withThought(took);
    } else {
      transcript.replace(block.blockId, new Content.Answer(source, false));
    }
  }

  private void completed(ContentBlock block, Instant at) {
    switch (block) {
      case ContentBlock.Text(String whole, _) -> text(false, whole, at);
      case ContentBlock.Thinking(String whole, _, _) -> text(true, whole, at);
      case ContentBlock.ToolUse use -> {
        close(at);
        calls.add(
            waiting(use.id(), use.name(), ToolTitle.of(use.name(), use.input(), shownPath)),
            at,
            model);
      }
      case ContentBlock.Unknown(var raw)
          when raw.path("type").asText("").equals("server_tool_use") -> {
        close(at);
        String name = raw.path("name").asText("");
        var input = raw.path("input").isObject() ? raw.withObject("/input") : Json.object();
        calls.add(
            ended(
                waiting(raw.path("id").asText(""), name, ToolTitle.of(name, input, shownPath)),
                Content.State.DONE,
                Content.Result.NONE,
                Duration.ZERO),
            at,
            model);
      }
      case ContentBlock.RedactedThinking _,
          ContentBlock.ToolResult _,
          ContentBlock.Image _,
          ContentBlock.Document _,
          ContentBlock.Unknown _ ->
          close(at);
    }
  }

  /** The whole text of a block counts more than its pieces, and may come without them. */
  private void text(boolean thinking, String whole, Instant at) {
    if (open != null && open.isThinking != thinking) {
      close(at);
    }
    if (open == null) {
      open = new Open(-1, thinking, -1, at, 0);
    }
    text.setLength(0);
    text.append(whole);
    close(at);
  }

  private void user(Message message, AgentEvent.Origin origin, Instant at) {
    switch (origin) {
      case PROMPT -> {
        beginTurn(at);
        Prompts.of(message, store).ifPresent(prompt -> transcript.add(prompt, at, ""));
      }
      case TOOL_RESULTS ->
          Prompts.of(message, store).ifPresent(prompt -> transcript.add(prompt, at, ""));
      case CONTINUATION ->
          notice(
              Level.INFO,
              "Goes on: " + message.text().strip().lines().findFirst().orElse(""),
              "",
              at);
      case INTERRUPTION, CONTEXT -> {}
    }
  }

  /** A call that nobody queued is not the model's: whoever made it shows what comes of it. */
  private void started(ToolCall call, Instant at) {
    if (calls.find(call.id()).isEmpty()) {
      return;
    }
    calls.update(
        call.id(),
        it ->
            new Content.Call(
                it.id(),
                it.tool(),
                ToolTitle.of(call.name(), call.input(), shownPath),
                Content.State.RUNNING,
                at.getEpochSecond(),
                Duration.ZERO,
                "",
                Content.Result.NONE));
    activity = activity.to(Activity.Phase.TOOLS, at);
  }

  private void finished(AgentEvent.ToolFinished finished, Instant at) {
    ContentBlock.ToolUse use = finished.use();
    calls.add(
        waiting(use.id(), use.name(), ToolTitle.of(use.name(), use.input(), shownPath)), at, model);
    Content.State state = Results.state(finished.status());
    calls.update(
        use.id(), it -> ended(it, state, results.of(finished.forPerson(), state), finished.took()));
    if (finished.forPerson() instanceof Display.Todos(List<Display.Todo> items)) {
      todos = items;
      wantsTodos = false;
    }
    if (calls.open().isEmpty()) {
      activity = activity.to(Activity.Phase.WAITING, at);
    }
  }

  private static Content.Call waiting(String id, String name, ToolTitle title) {
    return new Content.Call(
        id, name, title, Content.State.WAITING, 0, Duration.ZERO, "", Content.Result.NONE);
  }

  private static Content.Call progressed(Content.Call call, String news) {
    return new Content.Call(
        call.id(),
        call.tool(),
        call.title(),
        call.state(),
        call.startedAt(),
        call.elapsed(),
        ShellBlock.lastLine(news).orElse(call.progress()),
        call.result());
  }

  private static Content.Call ended(
      Content.Call call, Content.State state, Content.Result result, Duration took) {
    return new Content.Call(
        call.id(), call.tool(), call.title(), state, call.startedAt(), took, "", result);
  }

  private void turnFinished(Outcome outcome, Instant at) {
    close(at);
    for (Content.Call call : calls.open()) {
      calls.update(
          call.id(), it -> ended(it, Content.State.CANCELLED, Content.Result.NONE, it.elapsed()));
    }
    // What an interrupted answer has shown stays.
    calls.beginAnswer();
    Outcomes.content(outcome).ifPresent(content -> transcript.add(content, at, ""));
    if (tally.answers() > 0) {
      transcript.add(
          new Content.Summary(Duration.between(activity.since(), at), tally.usage(), tally.cost()),
          at,
          model);
    }
    activity = Activity.IDLE;
  }

  private void notice(Level level, String words, String hint, Instant at) {
    close(at);
    transcript.add(new Content.Notice(level, words, hint), at, "");
  }

  /** Adds a block that is no event: a header, a shell command, a memory note; its id. */
  public long add(Content content, Instant at) {
    close(at);
    return transcript.add(content, at, "");
  }

  /** A command of the person's own begins; only one runs at a time. */
  public void shellStarted(String command, Instant at) {
    close(at);
    shell.start(command, at);
  }

  /** More output of it. */
  public void shellOutput(String more) {
    shell.output(more);
  }

  /** It is over. */
  public void shellEnded(Display result, boolean isError) {
    Content.State state = isError ? Content.State.FAILED : Content.State.DONE;
    shell.end(state, results.of(result, state));
  }
}
