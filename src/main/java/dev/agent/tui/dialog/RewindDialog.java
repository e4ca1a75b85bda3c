package dev.agent.tui.dialog;

import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes back to before a prompt: first which, then what goes back. */
public final class RewindDialog implements Dialog<Rewind> {
  private static final Step<Rewind> OPEN = new Step.Open<>();

  private final PickList<Rewind.Point> list;
  private final Scroll scroll = new Scroll();
  private Rewind.@Nullable Point point;
  private Choices choices = new Choices(List.of(Option.of("")));

  /**
   * @param points newest first
   */
  public RewindDialog(List<Rewind.Point> points, Instant now) {
    List<Entry<Rewind.Point>> entries =
        points.stream()
            .map(
                it ->
                    new Entry<>(
                        it,
                        List.of(
                            Entry.line(it.prompt()),
                            it.time().map(time -> Amounts.age(time, now)).orElse(""),
                            changes(it))))
            .toList();
    this.list =
        new PickList<>(
            PickList.Spec.of("Go back to before", entries, "<><", "there is nothing to go back to")
                .doing("choose"));
  }

  private static String changes(Rewind.Point point) {
    return point.files() <= 0
        ? (point.files() == 0 ? "no files changed" : "files changed")
        : Amounts.count(point.files(), "file") + " +" + point.added() + " -" + point.removed();
  }

  private void choose(Rewind.Point chosen) {
    point = chosen;
    String files = chosen.files() < 0 ? "files" : Amounts.count(chosen.files(), "file");
    List<Option> options = new ArrayList<>();
    options.add(Option.of("Conversation and files").detail(files + " as they were before it"));
    options.add(Option.of("Conversation only"));
    options.add(Option.of("Files only").detail(files + " as they were before it"));
    if (chosen.files() == 0) {
      options.set(0, Option.of("Conversation and files").disabled("no files changed"));
      options.set(2, Option.of("Files only").disabled("no files changed"));
    }
    options.add(Option.of("Cancel"));
    choices = new Choices(options);
    choices.select(chosen.files() == 0 ? 1 : 0);
  }

  @Override
  public Picture draw(Canvas canvas) {
    Rewind.Point chosen = point;
    if (chosen == null) {
      return list.draw(canvas);
    }
    List<Line> bottom = new ArrayList<>(Frame.asks("What shall go back?", canvas));
    bottom.addAll(choices.lines(canvas));
    return new Frame(
            "Go back to before",
            "",
            changes(chosen),
            List.of(),
            Frame.passage(chosen.prompt().strip(), canvas.style(Token.USER), canvas),
            bottom,
            List.of(canvas.hint(Action.SUBMIT, "choose"), canvas.hint(Action.CANCEL, "back")))
        .draw(canvas, scroll);
  }

  @Override
  public Step<Rewind> on(Input input) {
    Rewind.Point chosen = point;
    return chosen == null ? picking(input) : choosing(input, chosen);
  }

  private Step<Rewind> picking(Input input) {
    return switch (list.on(input)) {
      case Step.Answered<Pick<Rewind.Point>>(Pick.Chosen<Rewind.Point>(Rewind.Point value)) -> {
        choose(value);
        yield OPEN;
      }
      case Step.Answered<Pick<Rewind.Point>> _ -> new Step.Answered<>(new Rewind.Left());
      case Step.Unused<Pick<Rewind.Point>> _ -> new Step.Unused<>();
      case Step.Open<Pick<Rewind.Point>> _,
          Step.Told<Pick<Rewind.Point>> _,
          Step.Edit<Pick<Rewind.Point>> _ ->
          OPEN;
    };
  }

  private Step<Rewind> choosing(Input input, Rewind.Point chosen) {
    if (input instanceof Input.Pressed pressed) {
      if (pressed.means(Action.INTERRUPT)) {
        return new Step.Answered<>(new Rewind.Left());
      }
      if (pressed.means(Action.CANCEL)) {
        point = null;
        return OPEN;
      }
    }
    if (scroll.on(input)) {
      return OPEN;
    }
    return switch (choices.on(input)) {
      case Choices.Outcome.Chosen(int index, _) ->
          new Step.Answered<>(
              switch (index) {
                case 0 -> new Rewind.To(chosen, Rewind.What.BOTH);
                case 1 -> new Rewind.To(chosen, Rewind.What.CONVERSATION);
                case 2 -> new Rewind.To(chosen, Rewind.What.FILES);
                default -> new Rewind.Left();
              });
      case Choices.Outcome.Taken() -> OPEN;
      case Choices.Outcome.Unused() -> new Step.Unused<>();
    };
  }

  @Override
  public boolean isTyping() {
    return point == null && list.isTyping();
  }
}
