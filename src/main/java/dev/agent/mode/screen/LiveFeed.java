package dev.agent.mode.screen;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.UserInput;
import dev.agent.tool.Display;
import dev.agent.tool.ToolResult;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Source;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Writes what happens in a session into the transcript. */
final class LiveFeed {
  private final TranscriptFeed feed;
  private final Transcript transcript;
  private final Function<OpenSession, Content.Header> header;
  private long shellBlock = -1;
  private Instant shellSince = Instant.EPOCH;
  private final StringBuilder shellOutput = new StringBuilder();

  /**
   * @param header the first rows of a session
   */
  LiveFeed(
      TranscriptFeed feed, Transcript transcript, Function<OpenSession, Content.Header> header) {
    this.feed = feed;
    this.transcript = transcript;
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
      case InteractiveEvent.ShellStarted(String command) -> {
        shellOutput.setLength(0);
        shellSince = now;
        shellBlock = feed.add(shell(command, Content.State.RUNNING, Content.Result.NONE, now), now);
      }
      case InteractiveEvent.ShellOutput(String text) -> {
        shellOutput.append(text);
        transcript
            .find(shellBlock)
            .ifPresent(
                block -> {
                  if (block.content() instanceof Content.Shell running) {
                    Display.Command soFar =
                        new Display.Command(shellOutput.toString(), 0, false, "");
                    transcript.replace(
                        shellBlock,
                        shell(
                            running.command(),
                            Content.State.RUNNING,
                            feed.shellResult(soFar, false),
                            now));
                  }
                });
      }
      case InteractiveEvent.ShellEnded(String command, ToolResult result) ->
          ended(command, result, now);
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
    shellBlock = -1;
    if (why == InteractiveEvent.Why.COMPACTED) {
      return; // the feed has been told of it, and what was read stays readable
    }
    feed.reset();
    feed.add(header.apply(session), now);
    if (!session.session().conversation().messages().isEmpty()) {
      feed.resume(session.session().conversation(), now);
    }
    session
        .session()
        .parts()
        .notices()
        .forEach(text -> feed.accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text), now));
  }

  private void ended(String command, ToolResult result, Instant now) {
    Display.Command display =
        result.forPerson() instanceof Display.Command it
            ? it
            : new Display.Command(
                result.forPerson() instanceof Display.Text(String text) ? text : "",
                result.isError() ? 1 : 0,
                false,
                "");
    Content.Shell done =
        shell(
            command,
            result.isError() ? Content.State.FAILED : Content.State.DONE,
            feed.shellResult(display, result.isError()),
            now);
    if (transcript.find(shellBlock).isPresent()) {
      transcript.replace(shellBlock, done);
    } else {
      feed.add(done, now);
    }
    shellBlock = -1;
  }

  private Content.Shell shell(
      String command, Content.State state, Content.Result result, Instant now) {
    return new Content.Shell(command, state, Duration.between(shellSince, now), result);
  }

  /** Shows a note that went to a memory file. */
  void remembered(String text, String where, Instant now) {
    feed.add(new Content.Memory(text, where), now);
  }

  /** How a message looks that was sent. */
  static Content.Prompt prompt(UserInput input) {
    return new Content.Prompt(Source.of(input.text()), java.util.List.of());
  }
}
