package dev.agent.mode.screen;

import dev.agent.loop.AgentEvent;
import dev.agent.message.Conversation;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.tool.ToolResult;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Source;
import dev.agent.tui.view.TranscriptFeed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Writes what happens in a session into the transcript. */
final class LiveFeed {
  private final TranscriptFeed feed;
  private final TextFiles texts;
  private final Function<OpenSession, Content.Header> header;
  private final UnaryOperator<String> shownPath;
  private final BooleanSupplier all;
  private final Aside aside;

  /** How many sessions were opened: what comes late for one of before is thrown away. */
  private int opened;

  /**
   * @param texts where the feed keeps what is not looked at
   * @param header the first rows of a session
   * @param shownPath how a path is shown
   * @param all whether all that was said must be there at once, as who prints it wants it
   */
  LiveFeed(
      TranscriptFeed feed,
      TextFiles texts,
      Function<OpenSession, Content.Header> header,
      UnaryOperator<String> shownPath,
      BooleanSupplier all,
      Aside aside) {
    this.feed = feed;
    this.texts = texts;
    this.header = header;
    this.shownPath = shownPath;
    this.all = all;
    this.aside = aside;
  }

  /** Takes one event. */
  void accept(InteractiveEvent event, Instant now) {
    switch (event) {
      case InteractiveEvent.Agent(AgentEvent agent) -> feed.accept(agent, now);
      case InteractiveEvent.SessionOpened(OpenSession session, InteractiveEvent.Why why) ->
          opened(session, why, now);
      case InteractiveEvent.Told(AgentEvent.Level level, String text) ->
          feed.accept(new AgentEvent.Notice(level, text), now);
      case InteractiveEvent.Remembered(String note, Path file) ->
          feed.add(new Content.Memory(note, shownPath.apply(file.toString())), now);
      case InteractiveEvent.Aside(String question, String answer) ->
          feed.add(new Content.Aside(question, Source.of(answer)), now);
      case InteractiveEvent.ShellStarted(String command, boolean isPrivate) ->
          feed.shellStarted((isPrivate ? "!" : "") + command, now);
      case InteractiveEvent.ShellOutput(String text) -> feed.shellOutput(text);
      case InteractiveEvent.ShellEnded(_, ToolResult result) ->
          feed.shellEnded(result.forPerson(), result.isError());
      case InteractiveEvent.TurnStarted _,
          InteractiveEvent.TurnEnded _,
          InteractiveEvent.AtRest _,
          InteractiveEvent.AsideStarted _,
          InteractiveEvent.AsideEnded _,
          InteractiveEvent.Steered _,
          InteractiveEvent.QueueChanged _,
          InteractiveEvent.QuestionAsked _,
          InteractiveEvent.QuestionSettled _,
          InteractiveEvent.ModeChanged _,
          InteractiveEvent.ModelChanged _,
          InteractiveEvent.Renamed _,
          InteractiveEvent.DraftReturned _,
          InteractiveEvent.SurfaceWanted _,
          InteractiveEvent.CommandEnded _,
          InteractiveEvent.Closed _ -> {}
    }
  }

  private void opened(OpenSession session, InteractiveEvent.Why why, Instant now) {
    if (why == InteractiveEvent.Why.COMPACTED) {
      return; // the feed has been told of it, and what was read stays readable
    }
    feed.reset();
    texts.begin(session.workplace().journal());
    int number = ++opened;
    Conversation conversation = session.session().conversation();
    if (all.getAsBoolean()) {
      long _ = feed.add(header.apply(session), now);
      feed.resume(conversation, now);
      return;
    }
    // Whoever opens a session wants to see its end; the rest is made ready beside that.
    int left = feed.resumeEnd(header.apply(session), conversation, now);
    if (left > 0) {
      Content.Header first = header.apply(session);
      aside.run(
          () -> feed.earlier(first, conversation.messages().subList(0, left), now, texts),
          earlier -> {
            if (number == opened) {
              feed.putInFront(earlier, header.apply(session));
            }
          });
    }
  }

  /**
   * Shows the end of a session that is being opened, until it is.
   *
   * @param first the first block, if this is all of the session
   */
  void preview(Optional<Content.Header> first, Conversation end, Instant now) {
    feed.reset();
    first.ifPresent(it -> feed.add(it, now));
    feed.resume(end, now);
  }
}
