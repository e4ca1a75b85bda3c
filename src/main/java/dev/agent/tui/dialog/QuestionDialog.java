package dev.agent.tui.dialog;

import dev.agent.tools.plan.AskUserQuestion.Question;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** The model's questions to the person: one page each, and a last look when there are several. */
public final class QuestionDialog implements Dialog<QuestionAnswer> {
  private static final Step<QuestionAnswer> OPEN = new Step.Open<>();

  private final List<QuestionPage> pages;
  private final Choices review =
      new Choices(List.of(Option.of("Send the answers"), Option.of("Change something")));
  private final Scroll scroll = new Scroll();
  private int at;

  public QuestionDialog(List<Question> questions) {
    this.pages = questions.stream().map(QuestionPage::new).toList();
  }

  private boolean isReview() {
    return at == pages.size();
  }

  private Choices choices() {
    return isReview() ? review : pages.get(at).choices;
  }

  @Override
  public Picture draw(Canvas canvas) {
    List<Line> head = new ArrayList<>();
    if (pages.size() > 1) {
      head.add(tabs(canvas));
    }
    List<Line> body = new ArrayList<>();
    String title = "Review";
    if (isReview()) {
      for (QuestionPage page : pages) {
        body.addAll(Frame.passage(page.text(), canvas.style(Token.DIM), canvas));
        Token token = page.reply().isEmpty() ? Token.WARNING : Token.TEXT;
        body.addAll(
            Frame.passage("  " + Text.shown(page.reply().inWords()), canvas.style(token), canvas));
      }
    } else {
      title = pages.get(at).header();
      head.addAll(Frame.asks(pages.get(at).text(), canvas));
    }
    String note = pages.size() > 1 && !isReview() ? at + 1 + " of " + pages.size() : "";
    return new Frame(title, "", note, head, body, choices().lines(canvas), hints(canvas))
        .draw(canvas, scroll);
  }

  /** The pages' names, answered ones ticked; where they don't fit, only where we are. */
  private Line tabs(Canvas canvas) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i <= pages.size(); i++) {
      boolean last = i == pages.size();
      String box = last ? "" : pages.get(i).reply().isEmpty() ? "[ ] " : "[x] ";
      String name = box + (last ? "Review" : pages.get(i).header());
      boolean here = i == at;
      Style style = canvas.style(here && canvas.armed() ? Token.SELECTED : Token.DIM);
      spans.add(Span.decoration(i == 0 ? " ".repeat(canvas.margin()) : "   ", Style.PLAIN));
      spans.add(Span.of(name, here ? style.plus(Style.UNDERLINE) : style));
    }
    Row row = new Row(spans, false, Style.PLAIN);
    return row.width() <= canvas.width()
        ? Line.of(row)
        : Line.of(
            Row.of(spans.getFirst(), spans.get(2 * at + 1), Span.of(" …", spans.get(1).style())));
  }

  private List<String> hints(Canvas canvas) {
    List<String> hints = new ArrayList<>();
    boolean several = !isReview() && pages.get(at).isSeveral();
    if (isTyping()) {
      return List.of(
          canvas.hint(Action.SUBMIT, "take this answer"), canvas.hint(Action.CANCEL, "back"));
    }
    hints.add(canvas.hint(Action.SUBMIT, several ? "tick" : "choose"));
    if (pages.size() > 1) {
      hints.add(canvas.hint(Action.COMPLETE, "next question"));
    }
    hints.add(canvas.hint(Action.CANCEL, "don't answer"));
    return hints;
  }

  @Override
  public Step<QuestionAnswer> on(Input input) {
    if (input instanceof Input.Pressed pressed) {
      boolean typing = choices().isTyping();
      if (pressed.means(Action.INTERRUPT) || !typing && pressed.means(Action.CANCEL)) {
        return new Step.Answered<>(new QuestionAnswer.Declined());
      }
      if (!typing && (pressed.means(Action.COMPLETE) || pressed.means(Action.RIGHT))) {
        return go(at + 1);
      }
      if (!typing && (pressed.means(Action.CYCLE_MODE) || pressed.means(Action.LEFT))) {
        return go(at - 1);
      }
      if (!typing && !isReview() && pages.get(at).isSeveral() && isSpace(pressed)) {
        return on(new Input.Clicked(choices().selected()));
      }
    }
    if (scroll.on(input)) {
      return OPEN;
    }
    return switch (choices().on(input)) {
      case Choices.Outcome.Chosen(int index, String text) -> chosen(index, text);
      case Choices.Outcome.Taken() -> OPEN;
      case Choices.Outcome.Unused() -> new Step.Unused<>();
    };
  }

  private static boolean isSpace(Input.Pressed pressed) {
    return pressed.action().isEmpty() && pressed.key().types() && pressed.key().text().equals(" ");
  }

  private Step<QuestionAnswer> go(int page) {
    int count = pages.size() + 1;
    if (pages.size() > 1) {
      at = (page + count) % count;
      scroll.reset();
    }
    return OPEN;
  }

  private Step<QuestionAnswer> chosen(int index, String text) {
    if (isReview()) {
      return index == 0 ? replied() : go(0);
    }
    if (!pages.get(at).choose(index, text)) {
      return OPEN;
    }
    return pages.size() == 1 ? replied() : go(at + 1);
  }

  private Step<QuestionAnswer> replied() {
    return new Step.Answered<>(
        new QuestionAnswer.Replied(pages.stream().map(QuestionPage::reply).toList()));
  }

  @Override
  public boolean isTyping() {
    return choices().isTyping();
  }
}
