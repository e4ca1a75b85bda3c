package dev.agent.tui.dialog;

import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** Asks whether a run that goes in circles shall go on. */
public final class DoomLoopDialog implements Dialog<DoomLoopAnswer> {
  private static final Step<DoomLoopAnswer> OPEN = new Step.Open<>();

  private final String call;
  private final int times;
  private final Scroll scroll = new Scroll();
  private final Choices choices =
      new Choices(
          List.of(
              Option.words("Stop, and say what to do instead", "Stop: ", Field.words("what to do")),
              Option.of("Go on")));

  /**
   * @param call the call that comes again and again, in short
   * @param times how often in a row
   */
  public DoomLoopDialog(String call, int times) {
    this.call = call;
    this.times = times;
  }

  @Override
  public Picture draw(Canvas canvas) {
    String what = "The same call gave the same result " + times + " times in a row:";
    List<Line> bottom = new ArrayList<>(Frame.asks("Shall it go on?", canvas));
    bottom.addAll(choices.lines(canvas));
    return new Frame(
            "Going in circles",
            "",
            "",
            Frame.paragraph(what, canvas.style(Token.WARNING), canvas),
            Frame.passage(call, canvas.style(Token.TEXT), canvas),
            bottom,
            choices.isTyping()
                ? List.of(canvas.hint(Action.SUBMIT, "stop"), canvas.hint(Action.CANCEL, "back"))
                : List.of(
                    canvas.hint(Action.SUBMIT, "choose"),
                    canvas.hint(Action.COMPLETE, "add a note"),
                    canvas.hint(Action.CANCEL, "stop")))
        .draw(canvas, scroll);
  }

  @Override
  public Step<DoomLoopAnswer> on(Input input) {
    if (input instanceof Input.Pressed pressed) {
      boolean typing = choices.isTyping();
      if (pressed.means(Action.INTERRUPT) || !typing && pressed.means(Action.CANCEL)) {
        return new Step.Answered<>(new DoomLoopAnswer.Stop(""));
      }
      if (!typing && pressed.means(Action.COMPLETE)) {
        choices.amend();
        return OPEN;
      }
    }
    if (scroll.on(input)) {
      return OPEN;
    }
    return switch (choices.on(input)) {
      case Choices.Outcome.Chosen(int index, String text) ->
          new Step.Answered<>(
              index == 0 ? new DoomLoopAnswer.Stop(text) : new DoomLoopAnswer.GoOn(text));
      case Choices.Outcome.Taken() -> OPEN;
      case Choices.Outcome.Unused() -> new Step.Unused<>();
    };
  }

  @Override
  public boolean isTyping() {
    return choices.isTyping();
  }
}
