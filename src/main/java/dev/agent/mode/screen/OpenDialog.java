package dev.agent.mode.screen;

import dev.agent.mode.interactive.Question;
import dev.agent.tui.dialog.Armed;
import dev.agent.tui.dialog.Dialog;
import java.time.Instant;
import java.util.Optional;

/**
 * A dialog on the screen.
 *
 * @param question that it puts; empty when the person opened it
 */
record OpenDialog(Armed<Runnable> armed, Optional<Question> question) {

  /** A dialog that came by itself: it waits until nobody types. */
  static OpenDialog asking(
      Dialog<Runnable> dialog, Question question, Instant lastKey, Instant now) {
    return new OpenDialog(new Armed<>(dialog, lastKey, now), Optional.of(question));
  }

  /** A dialog that the person opened: it has the keys at once. */
  static OpenDialog wanted(Dialog<Runnable> dialog, Instant now) {
    return new OpenDialog(new Armed<>(dialog, Instant.EPOCH, now), Optional.empty());
  }

  Dialog<Runnable> dialog() {
    return armed.dialog();
  }
}
