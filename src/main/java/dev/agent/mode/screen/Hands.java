package dev.agent.mode.screen;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.message.ContentBlock;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.UserInput;
import dev.agent.tui.UiLoop;
import dev.agent.tui.dialog.Armed;
import dev.agent.tui.dialog.Input;
import dev.agent.tui.dialog.Step;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.Draft;
import dev.agent.tui.edit.Inset;
import dev.agent.tui.edit.Outcome;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.KeySequence;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.view.TranscriptView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the person's keys and pastes do. Owned by the UI thread. */
final class Hands {
  /** Stands for a sequence, whose action counts: its keys must not be taken for what they type. */
  private static final Key NO_KEY = Key.named(KeyType.Unknown, false, false, false);

  private final Desk desk;
  private final Controller controller;
  private final Keymap keymap;
  private final PendingKeys pending;
  private final Chores chores;
  private final UiLoop loop;
  private final InstantSource time;

  /**
   * @param chores what takes more than the desk
   */
  Hands(
      Desk desk,
      Controller controller,
      Keymap keymap,
      Chores chores,
      UiLoop loop,
      InstantSource time) {
    this.desk = desk;
    this.controller = controller;
    this.keymap = keymap;
    this.pending = new PendingKeys(desk, keymap);
    this.chores = chores;
    this.loop = loop;
    this.time = time;
  }

  /** A key. */
  void pressed(Key key, long now) {
    desk.typed(); // before: what the key leads to may say something
    switch (pending.press(key, time.instant())) {
      case KeySequence.Answer.Alone _ -> alone(key, now);
      case KeySequence.Answer.Does(Action action) -> sequence(action, now);
      case KeySequence.Answer.Waits _, KeySequence.Answer.Dropped _ -> desk.help(false);
    }
    loop.changed();
  }

  private void alone(Key key, long now) {
    Optional<OpenDialog> dialog = desk.dialog();
    if (desk.whole().isPresent()) {
      reading(desk.whole().get(), key);
    } else if (dialog.isPresent()) {
      dialog(dialog.get(), dialogKey(dialog.get(), key), new InputEvent.Pressed(key), now);
    } else {
      compose(new InputEvent.Pressed(key), now);
    }
  }

  /** Keys that mean something together were pressed. */
  private void sequence(Action action, long now) {
    Optional<OpenDialog> dialog = desk.dialog();
    if (desk.whole().isPresent()) {
      reading(desk.whole().get(), action);
    } else if (dialog.isPresent()) {
      Step<Runnable> step =
          dialog.get().dialog().on(new Input.Pressed(NO_KEY, Optional.of(action)));
      stepped(dialog.get(), step, () -> perform(action));
    } else {
      desk.select(Optional.empty());
      composed(desk.composer().perform(action, situation(), now), false, now);
    }
  }

  /** A paste. */
  void pasted(InputEvent.Pasted paste, long now) {
    Optional<OpenDialog> dialog = desk.dialog();
    desk.typed();
    pending.cancel();
    if (desk.whole().isPresent()) {
      TranscriptView view = desk.whole().get();
      if (view.isTyping()) {
        view.type(view.query() + paste.text().replace('\n', ' '));
      }
    } else if (dialog.isPresent()) {
      dialog(dialog.get(), new Input.Pasted(paste.text()), paste, now);
    } else if (!chores.pastedPicture(paste.text())) {
      compose(paste, now);
    }
    if (paste.dropped() > 0) {
      desk.flash("the paste was too long: " + paste.dropped() + " bytes of its end are missing");
    }
    loop.changed();
  }

  // A dialog

  private Input dialogKey(OpenDialog dialog, Key key) {
    KeyContext context = dialog.dialog().isTyping() ? KeyContext.FIELD : KeyContext.DIALOG;
    return new Input.Pressed(key, keymap.action(context, key));
  }

  private void dialog(OpenDialog dialog, Input input, InputEvent event, long now) {
    switch (dialog.armed().on(input, time.instant())) {
      case Armed.Taken.Draft<Runnable>() -> {
        desk.alarms().set(Alarms.Alarm.ARMED, now + Armed.REST.toNanos());
        drafted(event, now);
      }
      case Armed.Taken.Stepped<Runnable>(Step<Runnable> step) ->
          stepped(dialog, step, () -> unused(event, now));
    }
  }

  /** What a dialog has no use for. */
  private void unused(InputEvent event, long now) {
    if (event instanceof InputEvent.Pressed(Key key)) {
      keymap.action(KeyContext.DIALOG, key).ifPresent(this::perform);
    } else if (event instanceof InputEvent.Pasted) {
      drafted(event, now); // what nobody takes is not lost
    }
  }

  /** What is typed under a dialog that came by itself belongs to the draft, but sends nothing. */
  private void drafted(InputEvent event, long now) {
    if (event instanceof InputEvent.Pressed(Key key)
        && (key.getKeyType() == KeyType.Enter || key.getKeyType() == KeyType.Escape)) {
      return;
    }
    Outcome outcome = desk.composer().handle(event, new Composer.Situation(true, false), now);
    if (outcome instanceof Outcome.Submit(Draft draft, _, _)) {
      desk.composer().set(draft);
    }
  }

  /**
   * A dialog answered to what was done to it.
   *
   * @param unused what is done where the dialog has no use for it
   */
  void stepped(OpenDialog dialog, Step<Runnable> step, Runnable unused) {
    switch (step) {
      case Step.Open<Runnable> _ -> {}
      case Step.Unused<Runnable> _ -> unused.run();
      case Step.Told<Runnable>(Runnable action) -> action.run();
      case Step.Edit<Runnable>(String text, String suffix) ->
          chores
              .editText(text, suffix)
              .ifPresent(
                  edited -> stepped(dialog, dialog.dialog().on(new Input.Edited(edited)), unused));
      case Step.Answered<Runnable>(Runnable action) -> {
        desk.close(dialog);
        action.run();
      }
    }
    loop.changed();
  }

  // The transcript alone

  private void reading(TranscriptView view, Key key) {
    if (view.isTyping()) {
      search(view, key);
      return;
    }
    keymap.action(KeyContext.TRANSCRIPT, key).ifPresent(action -> reading(view, action));
  }

  private void reading(TranscriptView view, Action action) {
    switch (action) {
      case CANCEL, TRANSCRIPT_VIEW, INTERRUPT -> desk.closeWhole();
      case SEARCH -> view.beginSearch();
      case SEARCH_NEXT -> view.next();
      case SEARCH_PREVIOUS -> view.previous();
      case UP, SCROLL_UP -> view.window().scroll(-1);
      case DOWN, SCROLL_DOWN -> view.window().scroll(1);
      case PAGE_UP -> view.window().page(-1);
      case PAGE_DOWN -> view.window().page(1);
      case TOP -> view.window().toTop();
      case BOTTOM -> view.window().toBottom();
      case PREVIOUS_PROMPT -> view.window().toPrompt(-1);
      case NEXT_PROMPT -> view.window().toPrompt(1);
      case COPY -> chores.copy(view.currentText());
      case EXTERNAL_EDITOR -> chores.editText(view.wholeText(), ".md");
      case PRINT_TRANSCRIPT -> chores.print(view);
      default -> perform(action);
    }
  }

  private void search(TranscriptView view, Key key) {
    if (key.types()) {
      view.type(view.query() + key.text());
    } else if (key.getKeyType() == KeyType.Enter) {
      view.search();
    } else if (key.getKeyType() == KeyType.Escape
        || keymap.action(KeyContext.TRANSCRIPT, key).equals(Optional.of(Action.CANCEL))) {
      view.cancelSearch();
    } else if (key.getKeyType() == KeyType.Backspace) {
      String query = view.query();
      if (query.isEmpty()) {
        view.cancelSearch();
      } else {
        view.type(query.substring(0, query.offsetByCodePoints(query.length(), -1)));
      }
    }
  }

  // The composer

  private void compose(InputEvent event, long now) {
    boolean helped = desk.helps();
    desk.help(false);
    if (desk.selection().isPresent() && isCopy(event)) {
      chores.copySelection();
      return;
    }
    desk.select(Optional.empty());
    composed(desk.composer().handle(event, situation(), now), helped, now);
  }

  private Composer.Situation situation() {
    return new Composer.Situation(desk.facts().isWorking(), desk.facts().hasQueued());
  }

  private void composed(Outcome outcome, boolean helped, long now) {
    if (desk.composer().armed(now).isPresent()) {
      desk.alarms().set(Alarms.Alarm.TWICE, now + Composer.TWICE_WITHIN);
    }
    switch (outcome) {
      case Outcome.Ignored _, Outcome.Changed _, Outcome.Cleared _ -> {}
      case Outcome.Submit(Draft draft, String text, List<Inset.Image> images) ->
          submit(draft, text, images);
      case Outcome.Interrupt _ -> controller.interrupt();
      case Outcome.Exit _ -> controller.exit();
      case Outcome.Rewind _ -> chores.rewind();
      case Outcome.Help _ -> desk.help(!helped);
      case Outcome.TakeBackQueue _ -> {
        String back = controller.takeBack();
        if (!back.isEmpty()) {
          desk.composer().takeBack(List.of(back));
        }
      }
      case Outcome.OpenEditor(String text) ->
          chores.editText(text, ".md").ifPresent(desk.composer()::edited);
      case Outcome.PasteImage _ -> chores.pasteImage();
      case Outcome.Perform(Action action) when action == Action.SUBMIT -> {
        if (desk.facts().canRetry()) {
          controller.retry();
        }
      }
      case Outcome.Perform(Action action) -> perform(action);
    }
  }

  /** With something selected Ctrl+C copies, and does nothing else. */
  private boolean isCopy(InputEvent event) {
    return event instanceof InputEvent.Pressed(Key key)
        && keymap.action(KeyContext.COMPOSER, key).equals(Optional.of(Action.INTERRUPT));
  }

  private void submit(Draft draft, String text, List<Inset.Image> images) {
    desk.window().toBottom();
    switch (draft.mode()) {
      case SHELL -> controller.shell(text);
      case MEMORY ->
          controller.memory().stream()
              .findFirst()
              .ifPresentOrElse(
                  target -> controller.remember(text, target),
                  () -> desk.flash("no session is open yet"));
      case PROMPT -> {
        if (images.isEmpty() && text.startsWith("/")) {
          chores.command(text);
        } else {
          List<ContentBlock> attached = new ArrayList<>();
          images.forEach(image -> attached.add(Pictures.block(image.mediaType(), image.base64())));
          controller.submit(new UserInput(text, attached));
        }
      }
    }
  }

  /** Actions that mean the same everywhere. */
  private void perform(Action action) {
    switch (action) {
      case CYCLE_MODE -> controller.cycleMode();
      case TRANSCRIPT_VIEW -> desk.openWhole();
      case TOGGLE_TODOS -> chores.toggleTodos();
      case BACKGROUND -> {
        int moved = controller.background();
        desk.flash(
            moved == 0
                ? "nothing runs that could go on in the background"
                : moved == 1 ? "runs on in the background" : moved + " run on in the background");
      }
      case REDRAW -> chores.redraw();
      case SUSPEND -> chores.suspend();
      case PAGE_UP -> desk.window().page(-1);
      case PAGE_DOWN -> desk.window().page(1);
      case SCROLL_UP -> desk.window().scroll(-1);
      case SCROLL_DOWN -> desk.window().scroll(1);
      case TOP -> desk.window().toTop();
      case BOTTOM -> desk.window().toBottom();
      case PREVIOUS_PROMPT -> desk.window().toPrompt(-1);
      case NEXT_PROMPT -> desk.window().toPrompt(1);
      case INTERRUPT -> controller.interrupt();
      default -> {}
    }
    loop.changed();
  }
}
