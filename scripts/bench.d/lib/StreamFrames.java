import dev.agent.loop.AgentEvent;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.permission.Mode;
import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.CellScreen;
import dev.agent.tui.cell.ColorDepth;
import dev.agent.tui.cell.CursorShape;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.markup.Highlighter;
import dev.agent.tui.markup.Markdown;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.view.BlockRenderer;
import dev.agent.tui.view.Footer;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Look;
import dev.agent.tui.view.MarkupBody;
import dev.agent.tui.view.Pane;
import dev.agent.tui.view.ScreenModel;
import dev.agent.tui.view.ScreenView;
import dev.agent.tui.view.SourceStore;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptFeed;
import dev.agent.tui.view.VirtualTranscript;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures whole frames, from events to bytes, while an answer streams in below a long session. */
final class StreamFrames {
  private static final int COLUMNS = 200;
  private static final int ROWS = 120;

  /** What comes between two frames when 200 tokens come in a second. */
  private static final int CHARACTERS = 13;

  private final Transcript transcript = new Transcript();
  private final TranscriptFeed feed = new TranscriptFeed(transcript, SourceStore.NONE, it -> it);
  private final CellScreen screen =
      new CellScreen(COLUMNS, ROWS, new Capabilities(ColorDepth.RGB, true, false, false, true));
  private final ScreenView view;

  private StreamFrames() {
    Look look =
        new Look(
            new Themes().find("dark", Background.DARK).orElseThrow(),
            Glyphs.UNICODE,
            ZoneOffset.UTC);
    Highlighter highlighter = new Highlighter(Instant::now);
    MarkupBody body =
        new MarkupBody(
            new Markdown(highlighter, true),
            new DiffRows(highlighter, DiffRows.Layout.AUTO),
            look.theme());
    this.view =
        new ScreenView(look, new VirtualTranscript(transcript, new BlockRenderer(look, body)));
  }

  static void run(int rounds, String answer) throws IOException {
    StreamFrames frames = new StreamFrames();
    for (int i = 0; i < 2_500; i++) {
      frames.prompt("question " + i);
      frames.accept(new AgentEvent.RequestStarted("model-name", 0));
      frames.block(answer);
    }
    List<Double> all = new ArrayList<>();
    for (int round = -2; round < rounds; round++) {
      List<Double> millis = frames.streamed(answer.repeat(4));
      if (round >= 0) {
        all.addAll(millis);
      }
    }
    double[] millis = all.stream().mapToDouble(Double::doubleValue).toArray();
    Bars.told("streamed frame, 200x120, behind 5,000 blocks, p50, ms", Bars.quantile(millis, 0.5));
    Bars.atMost("the same, p99, ms", Bars.quantile(millis, 0.99), 16);
  }

  /** The times of the frames that show an answer as it comes. */
  private List<Double> streamed(String answer) throws IOException {
    List<Double> millis = new ArrayList<>();
    prompt("once more");
    accept(new AgentEvent.RequestStarted("model-name", 0));
    for (int at = 0; at < answer.length(); at += CHARACTERS) {
      int to = Math.min(answer.length(), at + CHARACTERS);
      long begin = System.nanoTime();
      accept(new AgentEvent.TextDelta(0, answer.substring(at, to)));
      draw();
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    block(answer);
    return millis;
  }

  private void prompt(String text) {
    accept(new AgentEvent.UserAppended(Message.user(text), AgentEvent.Origin.PROMPT));
  }

  private void block(String text) {
    accept(new AgentEvent.BlockCompleted("msg_1", "model-name", new ContentBlock.Text(text)));
  }

  private void accept(AgentEvent event) {
    feed.accept(event, Instant.EPOCH);
  }

  private void draw() throws IOException {
    feed.flush();
    ScreenModel model =
        new ScreenModel(
            Instant.EPOCH,
            false,
            feed.activity(),
            feed.openCalls(),
            feed.todos(),
            true,
            List.of(),
            List.of(),
            ScreenModel.InputKind.PROMPT,
            Pane.NONE,
            Optional.empty(),
            Pane.NONE,
            new Footer(
                List.of(Footer.Hint.of("esc interrupt")),
                "",
                "model-name",
                Optional.of(12),
                Optional.empty(),
                Optional.empty(),
                Mode.DEFAULT,
                "",
                0),
            List.of(),
            Optional.empty());
    var rows = view.draw(model, COLUMNS, ROWS).rows();
    for (int y = 0; y < ROWS; y++) {
      screen.buffer().paint(rows.get(y), 0, y, COLUMNS);
    }
    screen.cursor(2, ROWS - 3, CursorShape.BAR);
    screen.frame(0).writeTo(OutputStream.nullOutputStream());
  }
}
