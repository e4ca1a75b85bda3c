package dev.agent.mode.screen;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.tool.ToolResult;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.TranscriptFeed;
import java.time.Instant;
import java.util.function.Function;

/** Writes what happens in a session into the transcript. */
final class LiveFeed {
  private final TranscriptFeed feed;
  private final TextFiles texts;
  private final Function<OpenSession, Content.Header> header;

  /**
   * @param texts where the feed keeps long ones
   * @param header the first rows of a session
   */
  LiveFeed(TranscriptFeed feed, TextFiles texts, Function<OpenSession, Content.Header> header) {
    this.feed = feed;
    this.texts = texts;
    this.header = header;
  }

  /** Takes one event. */
  void accept(InteractiveEvent event, Instant now) {
    switch (event) {
      case InteractiveEvent.Agent(AgentEvent agent) -> feed.accept(agent, now);
      case InteractiveEvent.SessionOpened(OpenSession session, InteractiveEvent.Why why) ->
          opened(session, why, now);
      case InteractiveEvent.Told(AgentEvent.Level level, String text) ->
          feed.accept(new AgentEvent.Notice(level, text), now);
      case InteractiveEvent.ShellStarted(String command) -> feed.shellStarted(command, now);
      case InteractiveEvent.ShellOutput(String text) -> feed.shellOutput(text);
      case InteractiveEvent.ShellEnded(_, ToolResult result) ->
          feed.shellEnded(result.forPerson(), result.isError());
      case InteractiveEvent.TurnStarted _,
          InteractiveEvent.TurnEnded _,
          InteractiveEvent.AtRest _,
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
    feed.add(header.apply(session), now);
    if (!session.session().conversation().messages().isEmpty()) {
      feed.resume(session.session().conversation(), now);
    }
  }

  /** Shows a note that went to a memory file. */
  void remembered(String text, String where, Instant now) {
    feed.add(new Content.Memory(text, where), now);
  }
}
