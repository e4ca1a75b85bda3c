package dev.agent.tui.dialog;

import dev.agent.tui.cell.Span;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list to pick from, with a filter and, where there is something to see, a preview of the
 * selected entry. {@link PickLists} knows the lists of the product.
 */
public final class PickList<T> implements Dialog<Pick<T>> {
  private static final int MIN_HEIGHT_FOR_PREVIEW = 12;

  private final Spec<T> spec;
  private final ListView<T> list;
  private final Field filter = Field.line("type to filter");
  private final Scroll preview = new Scroll();
  private boolean filtering;
  private boolean previewing;

  /**
   * What a list is.
   *
   * @param alignment of the columns, see {@link ListView}
   * @param nothing what is said when there are no entries
   * @param choosing what Enter does, for the hints
   * @param previews what is seen of an entry; empty = nothing
   * @param tellsMoves whether the answer is told each time the selection moves
   */
  record Spec<T>(
      String title,
      List<Entry<T>> entries,
      String alignment,
      String nothing,
      String choosing,
      Optional<Function<T, Body>> previews,
      boolean tellsMoves) {
    Spec {
      entries = List.copyOf(entries);
    }

    static <T> Spec<T> of(String title, List<Entry<T>> entries, String alignment, String nothing) {
      return new Spec<>(title, entries, alignment, nothing, "choose", Optional.empty(), false);
    }

    Spec<T> previewing(Function<T, Body> newPreviews) {
      return new Spec<>(
          title, entries, alignment, nothing, choosing, Optional.of(newPreviews), tellsMoves);
    }

    Spec<T> doing(String enter) {
      return new Spec<>(title, entries, alignment, nothing, enter, previews, tellsMoves);
    }

    Spec<T> tellingMoves() {
      return new Spec<>(title, entries, alignment, nothing, choosing, previews, true);
    }
  }

  PickList(Spec<T> spec) {
    this.spec = spec;
    this.list = new ListView<>(spec.entries(), spec.alignment());
    this.previewing = spec.tellsMoves() && spec.previews().isPresent();
  }

  /** Begins with this entry. */
  PickList<T> at(T value) {
    list.select(value);
    return this;
  }

  @Override
  public Picture draw(Canvas canvas) {
    List<Line> head = new ArrayList<>();
    if (filtering || !filter.text().isEmpty()) {
      Span label = Span.decoration(" ".repeat(canvas.margin()) + "/ ", canvas.style(Token.ACCENT));
      int room = Math.max(1, canvas.width() - canvas.margin());
      head.addAll(filter.lines(canvas, label, room, filtering));
    }
    int height = Math.max(1, canvas.height() - 2 - head.size());
    List<Line> body = List.of();
    List<Line> rows;
    if (previewing && canvas.height() >= MIN_HEIGHT_FOR_PREVIEW) {
      rows = list.lines(canvas, Math.max(3, height / 2), spec.nothing());
      body = previewed(canvas);
      head.addAll(rows);
      rows = List.of();
    } else {
      rows = list.lines(canvas, height, spec.nothing());
    }
    return new Frame(spec.title(), "", list.place(), head, body, rows, hints(canvas))
        .draw(canvas, preview);
  }

  private List<Line> previewed(Canvas canvas) {
    int indent = canvas.margin() * 3;
    int room = Math.max(1, canvas.width() - indent - canvas.margin());
    List<Line> body = new ArrayList<>();
    list.selected()
        .flatMap(value -> spec.previews().map(it -> it.apply(value)))
        .ifPresent(
            it -> body.addAll(Line.indented(Line.of(it.rows(room, canvas.theme())), indent)));
    if (!body.isEmpty()) {
      body.addFirst(Line.of("─".repeat(room), canvas.style(Token.RULE)).indented(indent));
    }
    return body;
  }

  private List<String> hints(Canvas canvas) {
    List<String> hints = new ArrayList<>();
    hints.add(canvas.hint(Action.SUBMIT, spec.choosing()));
    hints.add(canvas.hint(Action.CANCEL, filter.text().isEmpty() ? "back" : "clear"));
    if (!filtering) {
      hints.add("/ filter");
    }
    if (spec.previews().isPresent()) {
      hints.add(canvas.hint(Action.TRANSCRIPT_VIEW, previewing ? "hide preview" : "preview"));
    }
    return hints;
  }

  @Override
  public Step<Pick<T>> on(Input input) {
    Optional<T> before = list.selected();
    Step<Pick<T>> step = step(input);
    boolean moved = !before.equals(list.selected());
    if (moved) {
      preview.reset();
    }
    return moved && spec.tellsMoves() && step instanceof Step.Open
        ? list.selected()
            .<Step<Pick<T>>>map(value -> new Step.Told<>(new Pick.Looked<>(value)))
            .orElse(step)
        : step;
  }

  private Step<Pick<T>> step(Input input) {
    Step<Pick<T>> open = new Step.Open<>();
    switch (input) {
      case Input.Clicked(int target) -> {
        return list.selectAt(target) ? chosen() : open;
      }
      case Input.Pressed pressed when pressed.means(Action.SUBMIT) -> {
        return chosen();
      }
      case Input.Pressed pressed
          when pressed.means(Action.CANCEL) || pressed.means(Action.INTERRUPT) -> {
        return left(pressed.means(Action.INTERRUPT));
      }
      case Input.Pressed pressed when pressed.means(Action.COMPLETE) -> {
        return open;
      }
      case Input.Pressed pressed when pressed.means(Action.HISTORY_SEARCH) -> {
        list.turn(1);
        return open;
      }
      case Input.Pressed pressed when pressed.means(Action.TRANSCRIPT_VIEW) -> {
        previewing = !previewing && spec.previews().isPresent();
        return open;
      }
      case Input.Pressed pressed when !filtering && isSlash(pressed) -> {
        filtering = true;
        return open;
      }
      case Input.Pressed pressed when !filtering && list.numbered(pressed) >= 0 -> {
        list.selectAt(list.numbered(pressed));
        return chosen();
      }
      case Input.Pressed _, Input.Pasted _, Input.Wheel _, Input.Edited _ -> {}
    }
    if (previewing && !isArrow(input) && preview.on(input) || list.on(input)) {
      return open;
    }
    if (filtering && filter.on(input)) {
      list.filter(filter.text());
      return open;
    }
    return new Step.Unused<>();
  }

  private static boolean isArrow(Input input) {
    return input instanceof Input.Pressed pressed
        && (pressed.means(Action.UP) || pressed.means(Action.DOWN));
  }

  private static boolean isSlash(Input.Pressed pressed) {
    return pressed.key().types() && pressed.key().text().equals("/");
  }

  private Step<Pick<T>> chosen() {
    return list.selected()
        .<Step<Pick<T>>>map(value -> new Step.Answered<>(new Pick.Chosen<>(value)))
        .orElse(new Step.Open<>());
  }

  private Step<Pick<T>> left(boolean atOnce) {
    if (atOnce || filter.text().isEmpty() && !filtering) {
      return new Step.Answered<>(new Pick.Left<>());
    }
    filter.text("");
    list.filter("");
    filtering = false;
    return new Step.Open<>();
  }

  @Override
  public boolean isTyping() {
    return filtering;
  }
}
