package dev.agent.mode.screen;

import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.Question;
import dev.agent.session.SessionEnd;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.CursorShape;
import dev.agent.tui.cell.Row;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.Draft;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.view.Block;
import dev.agent.tui.view.BlockRenderer;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Screen;
import dev.agent.tui.view.ScreenModel;
import dev.agent.tui.view.ScreenView;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptFeed;
import dev.agent.tui.view.TranscriptSelection;
import dev.agent.tui.view.TranscriptView;
import dev.agent.tui.view.VirtualTranscript;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What lies on the screen: the transcript, the composer, dialogs, and the state of all of them.
 * Draws itself when the loop asks for it. Owned by the UI thread.
 */
final class Desk {
  /** How fast signs of work move, in nanoseconds. */
  private static final long SPIN = 125_000_000;

  /** How fast they move while nobody looks. */
  private static final long SLOW_SPIN = 1_000_000_000;

  /** How long something is said for a moment. */
  private static final long FLASH = 2_500_000_000L;

  private final UiLoop loop;
  private final InstantSource time;
  private final Composer composer;
  private final ComposerPane pane;
  private final Facts facts;
  private final TextFiles texts = new TextFiles();
  private final Transcript transcript = new Transcript(texts);
  private final TranscriptFeed feed;
  private final Aside aside;
  private final LiveFeed live;
  private final Alarms alarms = new Alarms();
  private final DialogStack dialogs;
  private final boolean still;
  private Face face;
  private Appearance appearance;
  private Header header;
  private BlockRenderer printer;
  private VirtualTranscript window;
  private ScreenView view;
  private Optional<TranscriptView> whole = Optional.empty();
  private Optional<TranscriptSelection> selection = Optional.empty();
  private Screen shown = new Screen(List.of(), Optional.empty(), Map.of(), List.of());
  private List<Row> statusLine = List.of();
  private List<String> warnings = List.of();
  private String flash = "";
  private boolean focused = true;
  private boolean showsTodos = true;
  private boolean helps;
  private boolean scrollMouse;

  /**
   * @param still whether signs must not move
   */
  Desk(
      UiLoop loop,
      InstantSource time,
      Keymap keymap,
      Composer composer,
      Facts facts,
      Face face,
      Appearance appearance,
      Header header,
      UnaryOperator<String> shownPath,
      boolean still) {
    this.loop = loop;
    this.time = time;
    this.composer = composer;
    this.pane = new ComposerPane(composer, keymap);
    this.dialogs = new DialogStack(keymap, alarms);
    this.facts = facts;
    this.face = face;
    this.still = still;
    this.header = header;
    this.feed = new TranscriptFeed(transcript, texts, shownPath);
    this.aside = new Aside(this::postAndDraw, this::flash);
    this.live =
        new LiveFeed(
            feed,
            texts,
            session -> this.header.of(session),
            shownPath,
            () -> !this.face.ownsScreen(),
            aside);
    this.appearance = appearance;
    this.printer = renderer();
    this.window = new VirtualTranscript(transcript, renderer());
    this.view = new ScreenView(appearance.look(), window);
    feed.add(header.before(), time.instant());
  }

  private BlockRenderer renderer() {
    return new BlockRenderer(appearance.look(), appearance.body());
  }

  private void postAndDraw(Runnable task) {
    loop.post(
        () -> {
          task.run();
          loop.changed();
        });
  }

  // What others ask and change

  /** Does what takes long beside the UI thread. */
  Aside aside() {
    return aside;
  }

  Composer composer() {
    return composer;
  }

  Facts facts() {
    return facts;
  }

  TranscriptFeed feed() {
    return feed;
  }

  VirtualTranscript window() {
    return whole.map(TranscriptView::window).orElse(window);
  }

  Optional<TranscriptView> whole() {
    return whole;
  }

  Alarms alarms() {
    return alarms;
  }

  /** How all this comes onto the terminal. */
  Face face() {
    return face;
  }

  /** Comes onto the terminal in another way from now on. */
  void face(Face newFace) {
    face = newFace;
    window.toBottom();
    loop.changed();
  }

  Transcript transcript() {
    return transcript;
  }

  Appearance appearance() {
    return appearance;
  }

  Screen shown() {
    return shown;
  }

  /** The selected text; empty when nothing is selected. */
  Optional<TranscriptSelection> selection() {
    return selection;
  }

  void select(Optional<TranscriptSelection> selected) {
    selection = selected;
    loop.changed();
  }

  /** The dialog that has the keys. */
  Optional<OpenDialog> dialog() {
    return dialogs.first();
  }

  /** What a click on a row of the dialog means; empty outside. */
  Optional<Integer> dialogTarget(int row) {
    return dialogs.target(row);
  }

  void focused(boolean now) {
    focused = now;
    spin(System.nanoTime());
    loop.changed();
  }

  void showTodos(boolean shows) {
    showsTodos = shows;
    loop.changed();
  }

  void help(boolean shows) {
    helps = shows;
    loop.changed();
  }

  boolean helps() {
    return helps;
  }

  void scrollMouse(boolean only) {
    scrollMouse = only;
    loop.changed();
  }

  void statusLine(List<Row> rows) {
    statusLine = rows;
    loop.changed();
  }

  void warnings(List<String> texts) {
    warnings = texts;
    loop.changed();
  }

  /** More is known for the first rows. */
  void header(Header now) {
    header = now;
    if (transcript.hasHeader()) {
      transcript.replace(transcript.firstId(), facts.session().map(now::of).orElseGet(now::before));
    }
    loop.changed();
  }

  /** Says something for a moment. */
  void flash(String text) {
    flash = text;
    alarms.set(Alarms.Alarm.FLASH, System.nanoTime() + FLASH);
    loop.changed();
  }

  /** A key was pressed. */
  void typed() {
    dialogs.typed(time.instant());
    if (!flash.isEmpty()) {
      flash = "";
      alarms.clear(Alarms.Alarm.FLASH);
    }
  }

  /** Looks different from now on; what was scrolled to is at its end again. */
  void appearance(Appearance newAppearance) {
    appearance = newAppearance;
    printer = renderer();
    transcript.forget(window);
    window = new VirtualTranscript(transcript, renderer());
    view = new ScreenView(appearance.look(), window);
    if (whole.isPresent()) {
      closeWhole();
      openWhole();
    }
    face.forget();
    loop.changed();
  }

  /** Shows the transcript alone, with everything unfolded. */
  void openWhole() {
    whole = Optional.of(new TranscriptView(transcript, appearance.look(), appearance.body()));
    selection = Optional.empty();
    loop.changed();
  }

  void closeWhole() {
    whole.ifPresent(TranscriptView::close);
    whole = Optional.empty();
    selection = Optional.empty();
    loop.changed();
  }

  /** Opens a dialog in front of all others. */
  void open(Dialog<Runnable> dialog) {
    dialogs.open(dialog, time.instant());
    helps = false;
    loop.changed();
  }

  /** Closes the dialog that has the keys. */
  void close(OpenDialog dialog) {
    dialogs.close(dialog, time.instant());
    loop.changed();
  }

  /** Puts a question behind those that wait. */
  void ask(Question question, Dialog<Runnable> dialog) {
    dialogs.ask(question, dialog, time.instant());
    loop.changed();
  }

  /** A question needs no answer any more. */
  void settled(Question question) {
    dialogs.settled(question);
    loop.changed();
  }

  /** Takes what happens in the session, as far as it is to be seen. */
  void accept(InteractiveEvent event) {
    Instant now = time.instant();
    facts.accept(event);
    live.accept(event, now);
    if (event instanceof InteractiveEvent.SessionOpened(_, var why)
        && why == InteractiveEvent.Why.REWOUND) {
      face.skip(firstUnsettled());
    }
    spin(System.nanoTime());
    loop.changed();
  }

  /** The end of the session that is being opened; nothing once it is. */
  void preview(SessionEnd.Said end) {
    if (facts.session().isPresent() || !face.ownsScreen()) {
      return;
    }
    if (!end.conversation().messages().isEmpty()) {
      live.preview(
          end.isWhole() ? Optional.of(header.before()) : Optional.empty(),
          end.conversation(),
          time.instant());
      loop.changed();
    }
  }

  // Time

  private boolean isBusy() {
    return facts.isWorking() || feed.activity().isWorking();
  }

  private void spin(long now) {
    if (isBusy()) {
      alarms.setIfNone(Alarms.Alarm.SPINNER, now + (focused && !still ? SPIN : SLOW_SPIN));
    } else {
      alarms.clear(Alarms.Alarm.SPINNER);
    }
  }

  /** Does what is due. */
  void tick(long now) {
    if (alarms.take(Alarms.Alarm.SPINNER, now)) {
      feed.tick(time.instant());
      spin(now);
      loop.changed();
    }
    if (alarms.take(Alarms.Alarm.FLASH, now)) {
      flash = "";
      loop.changed();
    }
    if (alarms.take(Alarms.Alarm.ARMED, now)) {
      loop.changed();
    }
    if (alarms.take(Alarms.Alarm.TWICE, now)) {
      loop.changed();
    }
  }

  // Drawing

  /** The bytes of the frame. */
  Bytes draw(long now) {
    if (!loop.isEarly()) {
      feed.flush();
    } else if (feed.hasMore()) {
      loop.changed(); // text that streams in comes with the next frame, as it would have
    }
    return face.draw(this, now);
  }

  /** The whole screen. */
  Screen screen(int width, int height, long now) {
    shown = alone(width, height).orElseGet(() -> view.draw(model(now), width, height));
    return shown;
  }

  /**
   * What stands below everything that was printed.
   *
   * @param open rows of blocks that may still change
   * @param height the most rows that it may have
   */
  Screen live(List<Row> open, int width, int height, long now) {
    shown = alone(width, height).orElseGet(() -> view.live(model(now), open, width, height));
    return shown;
  }

  /**
   * The place of the first block that may still change. Until a session is open everything may: it
   * begins with a transcript of its own.
   */
  int settled() {
    return facts.session().isEmpty() ? 0 : feed.settled();
  }

  /** The id of the first block that may still change. */
  long firstUnsettled() {
    int place = settled();
    return transcript.size() == 0
        ? 0
        : place < transcript.size()
            ? transcript.at(place).id()
            : transcript.at(transcript.size() - 1).id() + 1;
  }

  /** A block as it is printed. */
  List<Row> rows(Block block, int width) {
    return printer.rows(block, width);
  }

  CursorShape cursorShape() {
    return pane.cursorShape();
  }

  /** The screen has another size. */
  void resized(int columns, int rows) {
    face.resized(columns, rows);
    loop.changed();
  }

  /** The terminal may show anything. */
  void repaint() {
    face.repaint();
    loop.changed();
  }

  /** The terminal was given away and is empty again. */
  void cleared() {
    face.cleared();
    loop.changed();
  }

  /** What has the screen for itself. */
  private Optional<Screen> alone(int width, int height) {
    return whole
        .map(it -> it.draw(width, height, flash.isEmpty() ? waiting() : flash))
        .or(() -> dialogs.alone(width, height, appearance.theme(), time.instant()));
  }

  /** What the transcript covers and somebody waits for. */
  private String waiting() {
    return dialogs.first().flatMap(OpenDialog::question).isPresent()
        ? "a question waits for your answer · q back"
        : "";
  }

  private ScreenModel model(long now) {
    Instant instant = time.instant();
    Optional<OpenDialog> dialog = dialog();
    return new ScreenModel(
        instant,
        still,
        dialog.flatMap(OpenDialog::question).isPresent() && feed.activity().isWorking()
            ? feed.activity().asking()
            : feed.activity(),
        feed.openCalls(),
        feed.todos(),
        showsTodos,
        facts.queued(),
        warnings,
        pane.kind(),
        (columns, rows) -> pane.draw(appearance, columns, rows),
        dialog.map(
            it -> (columns, rows) -> dialogs.draw(it, columns, rows, appearance.theme(), instant)),
        (columns, rows) -> pane.below(appearance.look(), helps, columns, rows),
        facts.footer(composer, around(), flash, scrollMouse, now),
        statusLine,
        selection);
  }

  private Facts.Around around() {
    return dialogs.first().isPresent()
        ? Facts.Around.DIALOG
        : helps && composer.completion().isEmpty() ? Facts.Around.HELP : Facts.Around.NOTHING;
  }

  /** What is on the normal screen in the end: the last prompt and the last answer. */
  List<Content> tail() {
    List<Content> tail = new ArrayList<>();
    Optional<Content> answer = Optional.empty();
    for (int i = transcript.size() - 1; i >= 0; i--) {
      Content content = transcript.at(i).content();
      if (content instanceof Content.Answer && answer.isEmpty()) {
        answer = Optional.of(content);
      } else if (content instanceof Content.Prompt) {
        tail.add(content);
        break;
      }
    }
    answer.ifPresent(tail::add);
    return tail;
  }

  /** Lets go of what it keeps outside of the memory; nothing is drawn any more. */
  void close() {
    texts.close();
  }

  /** Passes a draft back into the composer, in front of what is written. */
  void draft(String text) {
    if (composer.draft().isBlank()) {
      composer.set(Draft.of(text));
    } else {
      composer.takeBack(List.of(text));
    }
    loop.changed();
  }
}
