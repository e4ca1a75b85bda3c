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
import dev.agent.tui.view.Screen;
import dev.agent.tui.view.ScreenModel;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptFeed;
import dev.agent.tui.view.TranscriptSelection;
import dev.agent.tui.view.TranscriptView;
import dev.agent.tui.view.VirtualTranscript;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What lies on the screen: the transcript, the composer, dialogs, and the state of all of them.
 * Draws itself when the loop asks for it. Owned by the UI thread.
 */
final class Desk {
  private final UiLoop loop;
  private final InstantSource time;
  private final Composer composer;
  private final ComposerPane composerPane;
  private final Facts facts;
  private final TextFiles texts = new TextFiles();
  private final Transcript transcript = new Transcript(texts);
  private final TranscriptFeed feed;
  private final Aside aside;
  private final LiveFeed live;
  private final Alarms alarms = new Alarms();
  private final DialogStack dialogs;
  private final TranscriptPane transcriptPane;
  private final Surroundings surroundings;
  private final Motion motion;
  private Face face;
  private Header header;
  private Screen shown = new Screen(List.of(), Optional.empty(), Map.of(), List.of());

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
    this.composerPane = new ComposerPane(composer, keymap);
    this.dialogs = new DialogStack(keymap, alarms);
    this.facts = facts;
    this.face = face;
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
    this.transcriptPane = new TranscriptPane(transcript, appearance);
    this.surroundings = new Surroundings(composerPane, dialogs, facts, still);
    this.motion = new Motion(alarms, () -> facts.isWorking() || feed.activity().isWorking(), still);
    feed.add(header.before(), time.instant());
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
    return transcriptPane.window();
  }

  Optional<TranscriptView> whole() {
    return transcriptPane.whole();
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
    transcriptPane.toBottom();
    loop.changed();
  }

  Transcript transcript() {
    return transcript;
  }

  Appearance appearance() {
    return transcriptPane.appearance();
  }

  Screen shown() {
    return shown;
  }

  /** The selected text; empty when nothing is selected. */
  Optional<TranscriptSelection> selection() {
    return transcriptPane.selection();
  }

  void select(Optional<TranscriptSelection> selected) {
    transcriptPane.select(selected);
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
    motion.focused(now, System.nanoTime());
    loop.changed();
  }

  void showTodos(boolean shows) {
    surroundings.showTodos(shows);
    loop.changed();
  }

  void help(boolean shows) {
    surroundings.help(shows);
    loop.changed();
  }

  /** What was pressed of a sequence of keys is to be seen; empty for nothing. */
  void pending(String keys) {
    surroundings.pending(keys);
    transcriptPane.whole().ifPresent(it -> it.pending(keys));
    loop.changed();
  }

  boolean helps() {
    return surroundings.helps();
  }

  void scrollMouse(boolean only) {
    surroundings.scrollMouse(only);
    loop.changed();
  }

  void statusLine(List<Row> rows) {
    surroundings.statusLine(rows);
    loop.changed();
  }

  void warnings(List<String> texts) {
    surroundings.warnings(texts);
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
    motion.flash(text, System.nanoTime());
    loop.changed();
  }

  /** A key was pressed. */
  void typed() {
    dialogs.typed(time.instant());
    motion.seen();
  }

  /** Looks different from now on; what was scrolled to is at its end again. */
  void appearance(Appearance newAppearance) {
    transcriptPane.appearance(newAppearance);
    face.forget();
    loop.changed();
  }

  /** Shows the transcript alone, with everything unfolded. */
  void openWhole() {
    transcriptPane.openWhole();
    loop.changed();
  }

  void closeWhole() {
    transcriptPane.closeWhole();
    loop.changed();
  }

  /** Opens a dialog in front of all others. */
  void open(Dialog<Runnable> dialog) {
    dialogs.open(dialog, time.instant());
    surroundings.help(false);
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
    motion.spin(System.nanoTime());
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

  /** Does what is due. */
  void tick(long now) {
    if (motion.spins(now)) {
      feed.tick(time.instant());
      motion.spin(now);
      loop.changed();
    }
    if (motion.fades(now)) {
      loop.changed();
    }
    boolean armed = alarms.take(Alarms.Alarm.ARMED, now);
    boolean twice = alarms.take(Alarms.Alarm.TWICE, now);
    if (armed || twice) {
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
    shown =
        alone(width, height).orElseGet(() -> transcriptPane.view().draw(model(now), width, height));
    return shown;
  }

  /**
   * What stands below everything that was printed.
   *
   * @param open rows of blocks that may still change
   * @param height the most rows that it may have
   */
  Screen live(List<Row> open, int width, int height, long now) {
    shown =
        alone(width, height)
            .orElseGet(() -> transcriptPane.view().live(model(now), open, width, height));
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
    return transcriptPane.rows(block, width);
  }

  CursorShape cursorShape() {
    return composerPane.cursorShape();
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
    return transcriptPane
        .whole()
        .map(it -> it.draw(width, height, motion.flash().isEmpty() ? waiting() : motion.flash()))
        .or(() -> dialogs.alone(width, height, appearance().theme(), time.instant()));
  }

  /** What the transcript covers and somebody waits for. */
  private String waiting() {
    return dialogs.first().flatMap(OpenDialog::question).isPresent()
        ? "a question waits for your answer · q back"
        : "";
  }

  private ScreenModel model(long now) {
    return surroundings.model(feed, appearance(), motion.flash(), selection(), time.instant(), now);
  }

  /** Lets go of what it keeps outside of the memory; nothing is drawn any more. */
  void close() {
    texts.close();
  }

  /** Passes a draft back into the composer, in front of what is composerPane. */
  void draft(String text) {
    if (composer.draft().isBlank()) {
      composer.set(Draft.of(text));
    } else {
      composer.takeBack(List.of(text));
    }
    loop.changed();
  }
}
