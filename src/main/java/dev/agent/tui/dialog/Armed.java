package dev.agent.tui.dialog;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps a dialog that opens under someone's hands from taking what was meant for the draft. It
 * opens unarmed when a key was pressed just before; then all that is typed goes back to the draft,
 * and it arms once no key came for a while. The mouse is armed by a first click, which answers
 * nothing. Focus never answers. Owned by the UI thread, which passes the time.
 *
 * @param <A> the answer
 */
public final class Armed<A> {
  /** How long no key may come before keys answer. */
  public static final Duration REST = Duration.ofMillis(400);

  private final Dialog<A> dialog;
  private Instant lastKey;
  private boolean armed;
  private boolean clicked;

  /** Who takes an input. */
  public sealed interface Taken<A> {
    /** The draft: the dialog is not armed. */
    record Draft<A>() implements Taken<A> {}

    /** The dialog did. */
    record Stepped<A>(Step<A> step) implements Taken<A> {}
  }

  /**
   * @param lastKey when the last key before it was pressed
   */
  public Armed(Dialog<A> dialog, Instant lastKey, Instant now) {
    this.dialog = dialog;
    this.lastKey = lastKey;
    this.armed = isRested(now);
  }

  /** The dialog itself. */
  public Dialog<A> dialog() {
    return dialog;
  }

  /** Whether keys answer. */
  public boolean isArmed(Instant now) {
    armed |= isRested(now);
    return armed;
  }

  /** When it arms by itself if nobody presses a key; then it looks different. */
  public Instant armsAt() {
    return lastKey.plus(REST);
  }

  /** Hands an input to the dialog or to the draft. */
  public Taken<A> on(Input input, Instant now) {
    return switch (input) {
      case Input.Pressed _, Input.Pasted _ -> {
        boolean answers = isArmed(now);
        lastKey = now;
        yield answers ? new Taken.Stepped<>(dialog.on(input)) : new Taken.Draft<>();
      }
      case Input.Clicked _ -> {
        boolean second = clicked;
        clicked = true;
        yield new Taken.Stepped<>(second && isArmed(now) ? dialog.on(input) : new Step.Open<>());
      }
      case Input.Wheel _, Input.Edited _ -> new Taken.Stepped<>(dialog.on(input));
    };
  }

  private boolean isRested(Instant now) {
    return !Duration.between(lastKey, now).minus(REST).isNegative();
  }
}
