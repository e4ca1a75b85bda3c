package dev.agent.tui.dialog;

import dev.agent.tui.input.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows a plan and asks whether to carry it out. */
public final class PlanDialog implements Dialog<PlanAnswer> {
  private static final Step<PlanAnswer> OPEN = new Step.Open<>();
  private static final int KEEP = 2;

  private final String proposed;
  private final Function<String, Body> markdown;
  private final Scroll scroll = new Scroll();
  private final Choices choices =
      new Choices(
          List.of(
              Option.of("Yes, and accept edits"),
              Option.of("Yes, and ask before each edit"),
              Option.words(
                  "No, keep planning", "No, keep planning: ", Field.words("what should change"))));
  private String plan;
  private Body body;
  private boolean fullScreen;

  /**
   * @param plan Markdown
   * @param markdown draws Markdown
   */
  public PlanDialog(String plan, Function<String, Body> markdown) {
    this.proposed = plan;
    this.plan = plan;
    this.markdown = markdown;
    this.body = body(plan);
  }

  /** Markdown may style a text; it must not hide a part of it. */
  private Body body(String text) {
    String visible =
        text.replace("\t", "    ").lines().map(Text::shown).collect(Collectors.joining("\n"));
    return new CachedBody(markdown.apply(visible));
  }

  @Override
  public Picture draw(Canvas canvas) {
    int indent = canvas.margin() * 3;
    int room = Math.max(1, canvas.width() - indent - canvas.margin());
    List<Line> read = Line.indented(Line.of(body.rows(room, canvas.theme())), indent);
    List<Line> bottom = new ArrayList<>(Frame.asks("Carry out this plan?", canvas));
    bottom.addAll(choices.lines(canvas));
    String note = plan.equals(proposed) ? "" : "changed by you";
    return new Frame("Plan", "", note, List.of(), read, bottom, hints(canvas)).draw(canvas, scroll);
  }

  private List<String> hints(Canvas canvas) {
    return choices.isTyping()
        ? List.of(canvas.hint(Action.SUBMIT, "answer"), canvas.hint(Action.CANCEL, "back"))
        : List.of(
            canvas.hint(Action.CANCEL, "keep planning"),
            canvas.hint(Action.EXTERNAL_EDITOR, "edit the plan"),
            canvas.hint(Action.FULL_SCREEN, fullScreen ? "smaller" : "full screen"),
            canvas.hint(Action.COMPLETE, "add a note"));
  }

  @Override
  public Step<PlanAnswer> on(Input input) {
    switch (input) {
      case Input.Edited(String text) -> {
        plan = text.strip().isEmpty() ? plan : text;
        body = body(plan);
        scroll.reset();
        return OPEN;
      }
      case Input.Pressed pressed when pressed.means(Action.INTERRUPT) -> {
        return new Step.Answered<>(new PlanAnswer.KeepPlanning(""));
      }
      case Input.Pressed pressed when !choices.isTyping() && pressed.action().isPresent() -> {
        switch (pressed.action().get()) {
          case CANCEL -> {
            return new Step.Answered<>(new PlanAnswer.KeepPlanning(""));
          }
          case COMPLETE -> {
            choices.amend();
            return OPEN;
          }
          case CYCLE_MODE -> {
            return chosen(0, "");
          }
          case FULL_SCREEN -> {
            fullScreen = !fullScreen;
            return OPEN;
          }
          case EXTERNAL_EDITOR -> {
            return new Step.Edit<>(plan, ".md");
          }
          default -> {}
        }
      }
      case Input.Pressed _, Input.Pasted _, Input.Wheel _, Input.Clicked _ -> {}
    }
    if (scroll.on(input)) {
      return OPEN;
    }
    return switch (choices.on(input)) {
      case Choices.Outcome.Chosen(int index, String text) -> chosen(index, text);
      case Choices.Outcome.Taken() -> OPEN;
      case Choices.Outcome.Unused() -> new Step.Unused<>();
    };
  }

  private Step<PlanAnswer> chosen(int index, String text) {
    return new Step.Answered<>(
        index == KEEP
            ? new PlanAnswer.KeepPlanning(text)
            : new PlanAnswer.Approved(plan, !plan.equals(proposed), index == 0, text));
  }

  @Override
  public boolean isTyping() {
    return choices.isTyping();
  }

  @Override
  public boolean isFullScreen() {
    return fullScreen;
  }
}
