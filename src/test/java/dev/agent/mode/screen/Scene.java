package dev.agent.mode.screen;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.Conversation;
import dev.agent.message.Usage;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.Queued;
import dev.agent.mode.interactive.TurnSummary;
import dev.agent.mode.interactive.UserInput;
import dev.agent.permission.Mode;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.ColorDepth;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.Input;
import dev.agent.tui.edit.Candidate;
import dev.agent.tui.edit.CompletionSource;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.History;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.Chord;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.KeySequence;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Screen;
import dev.agent.tui.view.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole screen that a test sets: the real desk, fed by a played session and pressed keys. Time
 * passes only when the {@link Stage} says so.
 */
final class Scene {
  private static final Instant START = Instant.parse("2026-03-01T14:02:00Z");
  private static final Keymap KEYMAP = Keymap.defaults();
  static final Capabilities CAPABLE = new Capabilities(ColorDepth.RGB, true, true, true, true);

  final FakeSession session;
  final Desk desk;
  final Stage stage;
  final QuestionDialogs questions;
  private final Composer composer;
  private final PendingKeys pending;
  private int asked;

  Scene(String theme, int columns, int rows) {
    this(theme, columns, rows, Glyphs.UNICODE);
  }

  Scene(String theme, int columns, int rows, Glyphs glyphs) {
    this(theme, new WholeScreen(columns, rows, CAPABLE), glyphs);
  }

  Scene(String theme, Face face, Glyphs glyphs) {
    session = new FakeSession(Mode.DEFAULT);
    composer =
        new Composer(
            KEYMAP,
            new History(() -> List.of("run the tests", "fix the loop in Main.java")),
            CompletionSource.of(() -> COMMANDS),
            CompletionSource.of(() -> FILES));
    Appearance appearance =
        Appearance.of(
            new Themes(),
            theme,
            Background.DARK,
            CAPABLE,
            glyphs,
            DiffRows.Layout.AUTO,
            () -> START,
            ZoneOffset.UTC);
    desk =
        new Desk(
            new UiLoop(() -> 0),
            this::now,
            KEYMAP,
            composer,
            new Facts("model-name"),
            face,
            appearance,
            new Header("0.1.0", "model-name", "/home/me/proj (main)"),
            path -> path.replace("/home/me/proj/", ""),
            false);
    pending = new PendingKeys(desk, KEYMAP);
    questions =
        new QuestionDialogs(
            (_, _) -> {}, () -> {}, appearance::diff, appearance::markdown, _ -> Body.EMPTY);
    desk.accept(new InteractiveEvent.SessionOpened(session, InteractiveEvent.Why.START));
    stage = new Stage(desk.feed(), (event, _) -> desk.accept(new InteractiveEvent.Agent(event)));
  }

  private Instant now() {
    return stage == null ? START : stage.now();
  }

  /** The frame as it is now. */
  Screen draw() {
    desk.draw(0);
    return desk.shown();
  }

  /** Another event of the session. */
  Scene happens(InteractiveEvent event) {
    desk.accept(event);
    return this;
  }

  /** The person sends a prompt, and a request goes out. */
  Stage prompt(String text) {
    desk.accept(new InteractiveEvent.TurnStarted(List.of(UserInput.of(text))));
    return stage.prompt(text).request();
  }

  /** The turn is over. */
  void rest(Outcome outcome) {
    stage.ends(outcome);
    desk.accept(
        new InteractiveEvent.TurnEnded(
            new TurnSummary(outcome, Duration.ZERO, Usage.ZERO, Optional.empty(), 1, 0)));
  }

  void rest() {
    rest(new Outcome.Completed("", "end_turn"));
  }

  /** The context holds so much, and the session has cost so much. */
  Scene used(int percent, String dollars) {
    long tokens = percent * 2_000L;
    desk.facts()
        .accept(
            new InteractiveEvent.Agent(
                new AgentEvent.Compacted(new Conversation(List.of()), "", "", tokens, tokens)));
    session.spent(dollars);
    return this;
  }

  void queues(String... texts) {
    List<Queued> queue = new ArrayList<>();
    for (String text : texts) {
      queue.add(new Queued.Message(UserInput.of(text), Queued.Priority.NEXT));
    }
    desk.accept(new InteractiveEvent.QueueChanged(queue));
  }

  // Keys

  Scene types(String text) {
    text.codePoints().forEach(it -> press(Key.typed(Character.toString(it), false, false, false)));
    return this;
  }

  Scene presses(String... chords) {
    for (String chord : chords) {
      press(key(chord));
    }
    return this;
  }

  private static Key key(String text) {
    Chord chord = Chord.parse(text).orElseThrow();
    return chord.type() == KeyType.Character
        ? Key.typed(chord.text(), chord.ctrl(), chord.alt(), chord.shift())
        : Key.named(chord.type(), chord.ctrl(), chord.alt(), chord.shift());
  }

  Scene pastes(String text) {
    composer.handle(new InputEvent.Pasted(text), Composer.Situation.IDLE, 0);
    return this;
  }

  /** To the dialog where there is one, else to the composer. */
  private void press(Key key) {
    switch (pending.press(key, now())) {
      case KeySequence.Answer.Alone _ -> alone(key);
      case KeySequence.Answer.Does(Action action) ->
          composer.perform(action, new Composer.Situation(desk.facts().isWorking(), false), 0);
      case KeySequence.Answer.Waits _, KeySequence.Answer.Dropped _ -> {}
    }
  }

  private void alone(Key key) {
    if (desk.dialog().isPresent()) {
      Dialog<Runnable> dialog = desk.dialog().get().dialog();
      KeyContext context = dialog.isTyping() ? KeyContext.FIELD : KeyContext.DIALOG;
      draw();
      dialog.on(new Input.Pressed(key, KEYMAP.action(context, key)));
      return;
    }
    desk.typed();
    boolean working = desk.facts().isWorking();
    composer.handle(
        new InputEvent.Pressed(key), new Composer.Situation(working, desk.facts().hasQueued()), 0);
  }

  // Dialogs

  /** A dialog that the person opened. */
  Scene opens(Dialog<?> dialog) {
    desk.open(new ActionDialog<>(dialog, _ -> () -> {}));
    return this;
  }

  /** The number of the next question. */
  long nextQuestion() {
    return ++asked;
  }

  /** A question comes, one of so many. */
  Scene asks(Question question, int position, int pending) {
    desk.ask(question, questions.of(question, position, pending, FakeSession.CWD, now()));
    return this;
  }

  Scene asks(Question question) {
    return asks(question, 1, 1);
  }

  private static final List<Candidate> COMMANDS =
      List.of(
          new Candidate("clear", "Begin a new conversation", 0),
          new Candidate("compact", "Replace the older part by a summary", 0),
          new Candidate("context", "Show what fills the context", 0),
          new Candidate("mcp", "Manage MCP servers", 0),
          new Candidate("memory", "Edit memory files", 0),
          new Candidate("mode", "Change the permission mode", 0),
          new Candidate("model", "Change the model (now model-name)", 0),
          new Candidate("mouse", "What the mouse does: auto, scroll or off", 0),
          new Candidate("permissions", "Rules that allow, ask and deny", 0),
          new Candidate("resume", "Go on with another session of this directory", 0),
          new Candidate("rewind", "Take conversation and files back", 0));

  private static final List<Candidate> FILES =
      List.of(
          new Candidate("src/Main.java", "M", 0),
          new Candidate("src/MainTest.java", "", 0),
          new Candidate("docs/maintain.md", "", 0),
          new Candidate("src/main/resources/a/rather/deep/directory/of/messages.properties", "", 0),
          new Candidate("README.md", "", 0));
}
