package dev.agent.tui.dialog;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbered options, one of them selected. An option with words turns into a text row when it is
 * chosen; any other one can get a note. Mutable, owned by its dialog.
 */
final class Choices {
  private List<Option> options;
  private int selected;
  private boolean typing;
  private final Field note = Field.words("a note that goes with the answer");

  /** What came of an input. */
  sealed interface Outcome {
    /** An option was chosen, with what was typed to it. */
    record Chosen(int index, String text) implements Outcome {}

    record Taken() implements Outcome {}

    record Unused() implements Outcome {}
  }

  private static final Outcome TAKEN = new Outcome.Taken();
  private static final Outcome UNUSED = new Outcome.Unused();

  Choices(List<Option> options) {
    this.options = List.copyOf(options);
  }

  /** Replaces the options; what is selected stays selected. */
  void options(List<Option> newOptions) {
    options = List.copyOf(newOptions);
    selected = Math.clamp(selected, 0, options.size() - 1);
  }

  int selected() {
    return selected;
  }

  void select(int index) {
    selected = Math.clamp(index, 0, options.size() - 1);
    typing = false;
  }

  boolean isTyping() {
    return typing;
  }

  /** Opens the text row of the selected option: its words, or a note. */
  void amend() {
    typing = true;
  }

  Outcome on(Input input) {
    return switch (input) {
      case Input.Clicked(int target) when target >= 0 && target < options.size() -> {
        select(target);
        yield choose();
      }
      case Input.Pressed pressed when typing -> typed(pressed);
      case Input.Pressed pressed -> pressed(pressed);
      case Input.Pasted _ when typing || isWorded() -> {
        typing = true;
        yield field().on(input) ? TAKEN : UNUSED;
      }
      case Input.Pasted _, Input.Wheel _, Input.Clicked _, Input.Edited _ -> UNUSED;
    };
  }

  private Outcome typed(Input.Pressed pressed) {
    if (pressed.means(Action.CANCEL)) {
      typing = false;
      return TAKEN;
    }
    if (pressed.means(Action.SUBMIT)) {
      return options.get(selected).enabled()
          ? new Outcome.Chosen(selected, field().text().strip())
          : TAKEN;
    }
    if (field().on(pressed)) {
      return TAKEN;
    }
    if (pressed.means(Action.UP) || pressed.means(Action.DOWN)) {
      typing = false;
      return pressed(pressed);
    }
    return UNUSED;
  }

  private Outcome pressed(Input.Pressed pressed) {
    if (pressed.means(Action.UP)) {
      selected = (selected + options.size() - 1) % options.size();
      return TAKEN;
    }
    if (pressed.means(Action.DOWN)) {
      selected = (selected + 1) % options.size();
      return TAKEN;
    }
    if (pressed.means(Action.SUBMIT)) {
      return choose();
    }
    String text = pressed.key().types() ? pressed.key().text() : "";
    int digit = text.length() == 1 ? text.charAt(0) - '1' : -1;
    if (digit >= 0 && digit < Math.min(9, options.size())) {
      selected = digit;
      return choose();
    }
    if (isWorded() && pressed.action().isEmpty() && !text.isBlank()) {
      typing = true;
      return typed(pressed);
    }
    return UNUSED;
  }

  /** Whether what is typed can only be meant for the selected option. */
  private boolean isWorded() {
    Option option = options.get(selected);
    return option.enabled() && option.words().isPresent();
  }

  private Outcome choose() {
    Option option = options.get(selected);
    if (!option.enabled()) {
      return TAKEN;
    }
    if (option.words().isPresent()) {
      typing = true;
      return TAKEN;
    }
    return new Outcome.Chosen(selected, note.text().strip());
  }

  private Field field() {
    return options.get(selected).words().map(Option.Words::field).orElse(note);
  }

  List<Line> lines(Canvas canvas) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      int index = i;
      optionLines(canvas, i).forEach(line -> lines.add(line.target(index)));
    }
    return lines;
  }

  private List<Line> optionLines(Canvas canvas, int index) {
    Option option = options.get(index);
    boolean here = index == selected;
    boolean live = canvas.armed() && option.enabled();
    Style dim = canvas.style(Token.DIM);
    Style style = !live ? dim : canvas.style(here ? Token.SELECTED : Token.TEXT);
    String number = index < 9 ? (index + 1) + ". " : "   ";
    String front =
        " ".repeat(canvas.margin()) + (here ? "> " : "  ") + number + option.mark().shown;
    int room = Math.max(1, canvas.width() - front.length() - canvas.margin());
    List<Line> lines = new ArrayList<>();
    boolean worded = option.words().isPresent() && (here && typing || hasWords(option));
    if (worded) {
      Option.Words words = option.words().orElseThrow();
      Span prefix = Span.decoration(words.prefix(), style);
      for (Line line : words.field().lines(canvas, prefix, room, here && typing)) {
        lines.add(front(line, lines.isEmpty(), front, style));
      }
    } else {
      for (Row row : labelRows(option, room, style, dim)) {
        lines.add(front(Line.of(row), lines.isEmpty(), front, style));
      }
    }
    if (!option.detail().isEmpty()) {
      Text.wrap(option.detail(), room, dim)
          .forEach(row -> lines.add(Line.of(row).indented(front.length())));
    }
    if (here && !worded && (typing || !note.text().isEmpty())) {
      Span label = Span.decoration("note: ", dim);
      for (Line line : note.lines(canvas, label, room, typing)) {
        lines.add(line.indented(front.length()));
      }
    }
    lines.replaceAll(line -> line.focus(here));
    return lines;
  }

  private static Line front(Line line, boolean first, String front, Style style) {
    return first ? line.after(Span.decoration(front, style)) : line.indented(front.length());
  }

  private static boolean hasWords(Option option) {
    return option.words().map(words -> !words.field().text().isEmpty()).orElse(false);
  }

  private static List<Row> labelRows(Option option, int room, Style style, Style dim) {
    List<Row> rows = new ArrayList<>(Text.wrap(option.label(), room, style));
    if (!option.hint().isEmpty()) {
      Span hint = Span.of(" (" + option.hint() + ")", dim);
      Row last = rows.getLast();
      if (last.width() + hint.width() <= room) {
        List<Span> spans = new ArrayList<>(last.spans());
        spans.add(hint);
        rows.set(rows.size() - 1, new Row(spans, last.continues(), last.fill()));
      } else if (!option.enabled()) {
        rows.addAll(Text.wrap("(" + option.hint() + ")", room, dim));
      }
    }
    return rows;
  }
}
