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
import java.util.function.UnaryOperator;

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
  private final StreamedText streamed;
  private final Resumption resumption;
  private final TurnTally tally = new TurnTally();
  private final TodoList todos = new TodoList();
  private Activity activity = Activity.IDLE;
  private String model = "";

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
    this.streamed = new StreamedText(transcript, calls, store);
    this.resumption = new Resumption(transcript, calls, results, store, shownPath, todos);
  }

  /** What goes on now. */
  public Activity activity() {
    return activity;
  }

  /** The task list as it was last written; empty when there is none. */
  public List<Display.Todo> todos() {
    return todos.items();
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
          calls.add(Content.Call.waiting(id, name, ToolTitle.of(name)), at, model);
      case AgentEvent.ToolStarted(var call, _) -> started(call, at);
      case AgentEvent.ToolProgress(String id, String news) ->
          calls.update(id, it -> it.progressed(news));
      case AgentEvent.ToolFinished finished -> finished(finished, at);
      case AgentEvent.ToolDenied(var call, String reason) ->
          calls.update(
              call.id(),
              it ->
                  it.ended(
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
    return streamed.hasMore();
  }

  /** Puts text that has come since the last time into its block. */
  public void flush() {
    streamed.flush(model);
  }

  /** Moves the clocks of running calls on; whether anything changed. */
  public boolean tick(Instant now) {
    boolean changed = false;
    for (Content.Call call : calls.open()) {
      if (call.state() == Content.State.RUNNING) {
        Duration elapsed = Duration.ofSeconds(now.getEpochSecond() - call.startedAt());
        if (elapsed.toSeconds() != call.elapsed().toSeconds()) {
          changed = true;
          calls.update(call.id(), it -> it.lasting(elapsed));
        }
      }
    }
    return shell.tick(now) || changed;
  }

  /** Shows a conversation that goes on: its prompts, answers, calls and results. */
  public void resume(Conversation conversation, Instant at) {
    resumption.all(conversation, at);
  }

  /**
   * Shows a conversation that goes on; of a long one its end, without the header. What was said
   * before that may come later, by {@link #earlier} and {@link #putInFront}. Nothing must be shown
   * yet.
   *
   * @return how many messages were left out; 0 when it is not long
   */
  public int resumeEnd(Content.Header header, Conversation conversation, Instant at) {
    close(at);
    return resumption.end(header, conversation, at);
  }

  /**
   * Makes blocks of what was said before all that is shown. Any thread, also while the feed is used
   * by its own.
   *
   * @param pages for blocks that are not looked at; thread-safe, as the store of texts must be
   */
  public Earlier earlier(
      Content.Header header, List<Message> messages, Instant at, PageStore pages) {
    return resumption.earlier(header, messages, at, pages);
  }

  /** Puts what was said before in front of what is shown, which does not move. Only once. */
  public void putInFront(Earlier earlier, Content.Header header) {
    resumption.putInFront(earlier, header);
  }

  /** Forgets what is shown: the conversation was cleared. */
  public void reset() {
    streamed.reset();
    todos.reset();
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
    if (!streamed.isOpen(index, thinking)) {
      close(at);
      streamed.open(index, thinking, at);
    }
    streamed.add(more);
    tally.streamed(more.length());
    activity =
        activity
            .to(thinking ? Activity.Phase.THINKING : Activity.Phase.ANSWERING, at)
            .withTokens(tally.outputTokens());
  }

  /** Ends the text that streams in, with what has come of it. */
  private void close(Instant at) {
    streamed.close(at, model).ifPresent(thought -> activity = activity.withThought(thought));
  }

  private void completed(ContentBlock block, Instant at) {
    switch (block) {
      case ContentBlock.Text(String whole, _) -> text(false, whole, at);
      case ContentBlock.Thinking(String whole, _, _) -> text(true, whole, at);
      case ContentBlock.ToolUse use -> {
        close(at);
        calls.add(Content.Call.waiting(use, shownPath), at, model);
      }
      case ContentBlock.Unknown(var raw)
          when raw.path("type").asText("").equals("server_tool_use") -> {
        close(at);
        String name = raw.path("name").asText("");
        var input = raw.path("input").isObject() ? raw.withObject("/input") : Json.object();
        calls.add(
            Content.Call.waiting(
                    raw.path("id").asText(""), name, ToolTitle.of(name, input, shownPath))
                .ended(Content.State.DONE, Content.Result.NONE, Duration.ZERO),
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
    if (streamed.isOther(thinking)) {
      close(at);
    }
    streamed.replace(thinking, whole, at);
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
    ToolTitle title = ToolTitle.of(call.name(), call.input(), shownPath);
    calls.update(call.id(), it -> it.started(title, at.getEpochSecond()));
    activity = activity.to(Activity.Phase.TOOLS, at);
  }

  private void finished(AgentEvent.ToolFinished finished, Instant at) {
    ContentBlock.ToolUse use = finished.use();
    calls.add(Content.Call.waiting(use, shownPath), at, model);
    Content.State state = Results.state(finished.status());
    calls.update(
        use.id(), it -> it.ended(state, results.of(finished.forPerson(), state), finished.took()));
    if (finished.forPerson() instanceof Display.Todos(List<Display.Todo> items)) {
      todos.written(items);
    }
    if (calls.open().isEmpty()) {
      activity = activity.to(Activity.Phase.WAITING, at);
    }
  }

  private void turnFinished(Outcome outcome, Instant at) {
    close(at);
    for (Content.Call call : calls.open()) {
      calls.update(
          call.id(), it -> it.ended(Content.State.CANCELLED, Content.Result.NONE, it.elapsed()));
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
