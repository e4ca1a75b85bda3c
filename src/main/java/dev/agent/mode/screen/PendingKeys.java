package dev.agent.mode.screen;

import dev.agent.tui.input.Key;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.KeySequence;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.input.Strokes;
import dev.agent.tui.view.TranscriptView;
import java.time.Instant;
import java.util.Optional;

/**
 * Sequences of keys on the desk: whoever has the keys at their begin must have them at their end,
 * and what was pressed is to be seen until then. UI thread only.
 */
final class PendingKeys {
  private final Desk desk;
  private final KeySequence sequence;
  private Owner owner = new Owner(Optional.empty(), Optional.empty());

  /** Who has the keys: neither is the composer. */
  private record Owner(Optional<TranscriptView> whole, Optional<OpenDialog> dialog) {}

  PendingKeys(Desk desk, Keymap keymap) {
    this.desk = desk;
    this.sequence = new KeySequence(keymap);
  }

  /** Takes a key before anybody else. */
  KeySequence.Answer press(Key key, Instant now) {
    Owner present = new Owner(desk.whole(), desk.dialog());
    boolean same = sequence.pending().isEmpty() || owner.equals(present);
    KeySequence.Answer answer = sequence.press(same ? place(now) : Optional.empty(), key);
    owner = present;
    show();
    return answer;
  }

  /** Something else than a key came. */
  void cancel() {
    sequence.cancel();
    show();
  }

  private void show() {
    desk.pending(sequence.pending().map(Strokes::toString).orElse(""));
  }

  private Optional<KeyContext> place(Instant now) {
    if (desk.whole().isPresent()) {
      return desk.whole().get().isTyping() ? Optional.empty() : Optional.of(KeyContext.TRANSCRIPT);
    }
    Optional<OpenDialog> dialog = desk.dialog();
    if (dialog.isEmpty()) {
      return Optional.of(desk.facts().isWorking() ? KeyContext.WORKING : KeyContext.COMPOSER);
    }
    // A dialog that came by itself has no keys yet: they belong to the draft.
    return dialog
        .filter(it -> it.armed().isArmed(now))
        .map(it -> it.dialog().isTyping() ? KeyContext.FIELD : KeyContext.DIALOG);
  }
}
