package dev.agent.mode.screen;

import dev.agent.tui.dialog.Canvas;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.Input;
import dev.agent.tui.dialog.Picture;
import dev.agent.tui.dialog.Step;
import java.util.function.Function;

/** A dialog whose answers are what is to be done about them. */
final class ActionDialog<A> implements Dialog<Runnable> {
  private final Dialog<A> dialog;
  private final Function<A, Runnable> action;

  ActionDialog(Dialog<A> dialog, Function<A, Runnable> action) {
    this.dialog = dialog;
    this.action = action;
  }

  @Override
  public Picture draw(Canvas canvas) {
    return dialog.draw(canvas);
  }

  @Override
  public Step<Runnable> on(Input input) {
    return switch (dialog.on(input)) {
      case Step.Open<A> _ -> new Step.Open<>();
      case Step.Unused<A> _ -> new Step.Unused<>();
      case Step.Told<A>(A value) -> new Step.Told<>(action.apply(value));
      case Step.Edit<A>(String text, String suffix) -> new Step.Edit<>(text, suffix);
      case Step.Answered<A>(A answer) -> new Step.Answered<>(action.apply(answer));
    };
  }

  @Override
  public boolean isTyping() {
    return dialog.isTyping();
  }

  @Override
  public boolean isFullScreen() {
    return dialog.isFullScreen();
  }
}
