package dev.agent.mode.screen;

import dev.agent.loop.AgentEvent;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.session.EffectProbe;
import dev.agent.session.SessionInfo;
import dev.agent.session.SessionLoader;
import dev.agent.tui.cell.Row;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.Block;
import dev.agent.tui.view.BlockRenderer;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.SourceStore;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The ends of other sessions, read beside the screen. UI thread only. */
final class SessionPreviews {
  /** Messages from the end on that are looked at. */
  private static final int MESSAGES = 24;

  /** Rows of a long end that are kept. */
  private static final int ROWS = 16;

  private final Supplier<Appearance> appearance;
  private final UnaryOperator<String> shownPath;
  private final Aside aside;
  private final Map<Path, Body> known = new HashMap<>();

  /**
   * @param appearance how it looks now
   */
  SessionPreviews(Supplier<Appearance> appearance, UnaryOperator<String> shownPath, Aside aside) {
    this.appearance = appearance;
    this.shownPath = shownPath;
    this.aside = aside;
  }

  /** The end of a session; that it is being read, until it was. */
  Body of(SessionInfo session) {
    Body body = known.get(session.file());
    if (body != null) {
      return body;
    }
    Body reading = note("reading the session");
    known.put(session.file(), reading);
    aside.run(
        () -> end(session),
        blocks ->
            known.put(
                session.file(), blocks.isEmpty() ? note("nothing was said in it") : body(blocks)));
    return reading;
  }

  private static Body note(String text) {
    return (_, theme) -> List.of(Row.of(text, theme.style(Token.DIM)));
  }

  private List<Block> end(SessionInfo session) {
    Conversation conversation;
    try {
      conversation = new SessionLoader(EffectProbe.NONE).load(session.file()).conversation();
    } catch (IOException e) {
      return problem(session, "It can't be read: " + e.getMessage() + ".");
    }
    List<Message> messages = conversation.messages();
    List<Message> last = messages.subList(Math.max(0, messages.size() - MESSAGES), messages.size());
    Transcript transcript = new Transcript();
    new TranscriptFeed(transcript, SourceStore.NONE, shownPath)
        .resume(new Conversation(last), session.modified());
    List<Block> blocks = new ArrayList<>();
    for (int i = transcript.size() - 1; i >= 0; i--) {
      blocks.addFirst(transcript.at(i));
      if (transcript.at(i).content() instanceof Content.Prompt) {
        break;
      }
    }
    return blocks;
  }

  private static List<Block> problem(SessionInfo session, String text) {
    Transcript transcript = new Transcript();
    long _ =
        transcript.add(
            new Content.Notice(AgentEvent.Level.WARNING, text, ""), session.modified(), "");
    return List.of(transcript.at(0));
  }

  private Body body(List<Block> blocks) {
    return (width, theme) -> rows(blocks, width, theme);
  }

  private List<Row> rows(List<Block> blocks, int width, Theme theme) {
    Appearance now = appearance.get();
    BlockRenderer renderer = new BlockRenderer(now.look(), now.body());
    List<Row> rows = new ArrayList<>();
    blocks.forEach(block -> rows.addAll(renderer.rows(block, width)));
    while (!rows.isEmpty() && rows.getFirst().spans().isEmpty()) {
      rows.removeFirst();
    }
    if (rows.size() <= ROWS) {
      return rows;
    }
    List<Row> end = new ArrayList<>(rows.subList(0, 3));
    end.add(Row.of("  " + now.look().glyphs().ellipsis(), theme.style(Token.DIM)));
    end.addAll(rows.subList(rows.size() - ROWS, rows.size()));
    return end;
  }
}
