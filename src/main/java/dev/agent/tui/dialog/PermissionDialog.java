package dev.agent.tui.dialog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.permission.Asker;
import dev.agent.permission.Permissions;
import dev.agent.permission.Rule;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks whether a call may run: everything about it can be read before an answer. */
public final class PermissionDialog implements Dialog<PermissionAnswer> {
  private static final int MAX_REASON_ROWS = 3;

  private final PermissionQuestion question;
  private final Function<Display.Diff, Body> diffs;
  private final Scroll scroll = new Scroll();
  private final Field instead = Field.words("what to do instead");
  private final Choices choices;
  private final List<Rule> offers;
  private ObjectNode input;
  private Body diff;
  private PermissionSubject subject;
  private List<Line> body = List.of();
  private int bodyWidth;
  private @Nullable Theme bodyTheme;
  private boolean fullScreen;
  private boolean explained;

  /** The answers, in the order of their rows. */
  private enum Reply {
    YES,
    ALWAYS,
    NO
  }

  /**
   * @param diffs draws a change of a file
   */
  public PermissionDialog(PermissionQuestion question, Function<Display.Diff, Body> diffs) {
    this.question = question;
    this.diffs = diffs;
    this.offers = rules(question);
    this.input = question.request().call().input();
    Optional<Display.Diff> change = question.change().apply(input);
    this.diff = drawn(change);
    this.subject = PermissionSubject.of(question.request(), input, change);
    this.choices = new Choices(replies().stream().map(this::option).toList());
  }

  private Body drawn(Optional<Display.Diff> change) {
    return change.<Body>map(it -> new CachedBody(diffs.apply(it))).orElse(Body.EMPTY);
  }

  /** What is offered; a rule that can't be read takes the whole offer with it. */
  private static List<Rule> rules(PermissionQuestion question) {
    List<Rule> rules = new ArrayList<>();
    try {
      for (String text : question.ask().offers()) {
        rules.add(Rule.parse(text, "given when asked", question.request().cwd()));
      }
    } catch (Rule.InvalidRuleException e) {
      return List.of();
    }
    return rules;
  }

  /** Whether the person may work on the call: a changed one is judged by the layers once more. */
  private boolean isChangeable() {
    return question.changeable()
        && !subject.changeable().isEmpty()
        && !question.ask().onlyByPerson();
  }

  private boolean isChanged() {
    return !input.equals(question.request().call().input());
  }

  private List<Reply> replies() {
    boolean lasting = question.acceptsEdits() || !offers.isEmpty();
    return !lasting || isChanged() ? List.of(Reply.YES, Reply.NO) : List.of(Reply.values());
  }

  private List<Option> options(boolean wasRead, Canvas canvas) {
    List<Option> options = new ArrayList<>();
    for (Reply reply : replies()) {
      Option option = option(reply);
      if (reply == Reply.ALWAYS) {
        option =
            wasRead
                ? option.hint(canvas.key(Action.CYCLE_MODE))
                : option.disabled("read it to the end first: " + canvas.key(Action.PAGE_DOWN));
      }
      options.add(option);
    }
    return options;
  }

  private Option option(Reply reply) {
    return switch (reply) {
      case YES -> Option.of("Yes");
      case ALWAYS ->
          Option.of(
              question.acceptsEdits()
                  ? "Yes, and all edits in this session"
                  : "Yes, and do not ask again for "
                      + OfferText.of(offers, question.request().cwd())
                      + " "
                      + question.lasting().shown);
      case NO -> Option.words("No, and say what to do instead", "No: ", instead);
    };
  }

  @Override
  public Picture draw(Canvas canvas) {
    List<Line> body = new ArrayList<>(body(canvas));
    if (explained) {
      body.addFirst(Line.BLANK);
      body.addAll(0, ReasonText.trail(trail(), canvas));
    }
    boolean before = wasRead();
    choices.options(options(before, canvas));
    Picture picture = frame(canvas, body).draw(canvas, scroll);
    // What was in sight is known once it is drawn, and an offer depends on it.
    if (before == wasRead()) {
      return picture;
    }
    choices.options(options(wasRead(), canvas));
    return frame(canvas, body).draw(canvas, scroll);
  }

  /** Wrapped once per width: an input can be long, and each key draws anew. */
  private List<Line> body(Canvas canvas) {
    if (canvas.width() != bodyWidth || canvas.theme() != bodyTheme) {
      body = subject.body(input, diff, canvas);
      bodyWidth = canvas.width();
      bodyTheme = canvas.theme();
    }
    return body;
  }

  private List<Permissions.Opinion> trail() {
    return question.trail().isEmpty()
        ? List.of(new Permissions.Opinion(question.ask().why().layer(), question.ask()))
        : question.trail();
  }

  private boolean wasRead() {
    return !subject.mustBeRead() || scroll.sawAll();
  }

  private Frame frame(Canvas canvas, List<Line> body) {
    List<String> notes = new ArrayList<>();
    if (isChanged()) {
      notes.add("changed by you");
    }
    if (!subject.note().isEmpty()) {
      notes.add(subject.note());
    }
    if (question.pending() > 1) {
      notes.add(question.position() + " of " + question.pending());
    }
    String reason = reason();
    String title = subject.title() + " " + subject.subject();
    int beside = canvas.width() - 2 * canvas.margin() - Cells.width(title) - 4;
    notes.add(0, reason);
    boolean fits =
        !question.ask().onlyByPerson() && Cells.width(String.join(" · ", notes)) <= beside;
    if (!fits) {
      notes.removeFirst();
    }
    notes.remove("");
    List<Line> head = fits || reason.isEmpty() ? List.of() : reasonRows(reason, canvas);
    List<Line> bottom = new ArrayList<>(Frame.asks(subject.question(), canvas));
    bottom.addAll(choices.lines(canvas));
    return new Frame(
        subject.title(),
        subject.subject(),
        String.join(" · ", notes),
        head,
        body,
        bottom,
        hints(canvas));
  }

  /** The reason, where it says more than that the mode asks about every edit. */
  private String reason() {
    boolean plain =
        subject.kind() == PermissionSubject.Kind.CHANGE
            && question.ask().why().layer().equals("mode")
            && question.acceptsEdits();
    return plain ? "" : "asked because: " + ReasonText.of(question.ask().why());
  }

  private List<Line> reasonRows(String note, Canvas canvas) {
    Style style = canvas.style(question.ask().onlyByPerson() ? Token.WARNING : Token.DIM);
    List<Line> rows = Frame.paragraph(note, style, canvas);
    if (rows.size() > MAX_REASON_ROWS && !explained) {
      rows = new ArrayList<>(rows.subList(0, MAX_REASON_ROWS - 1));
      rows.addAll(
          Frame.paragraph(
              "… (" + canvas.hint(Action.EXPLAIN, "shows all of it") + ")", style, canvas));
    }
    return rows;
  }

  private List<String> hints(Canvas canvas) {
    boolean wide = canvas.width() >= 80;
    if (choices.isTyping()) {
      boolean no = replies().get(choices.selected()) == Reply.NO;
      return List.of(
          canvas.hint(
              Action.SUBMIT,
              no && instead.text().isBlank() ? "says no and stops the turn" : "answer"),
          canvas.hint(Action.CANCEL, "back"));
    }
    List<String> hints = new ArrayList<>();
    hints.add(canvas.hint(Action.CANCEL, "cancel"));
    if (wide) {
      hints.add(canvas.hint(Action.COMPLETE, "add a note to the answer"));
    }
    hints.add(canvas.hint(Action.FULL_SCREEN, fullScreen ? "smaller" : "full screen"));
    if (!wide) {
      hints.add(canvas.hint(Action.COMPLETE, "note"));
    }
    hints.add(canvas.hint(Action.EXPLAIN, explained ? "hide rules" : "explain rule"));
    if (isChangeable()) {
      hints.add(canvas.hint(Action.EXTERNAL_EDITOR, "edit"));
    }
    return hints;
  }

  @Override
  public Step<PermissionAnswer> on(Input event) {
    if (event instanceof Input.Edited(String text)) {
      if (isChangeable()) {
        change(text);
      }
      return new Step.Open<>();
    }
    if (event instanceof Input.Pressed pressed) {
      if (pressed.means(Action.INTERRUPT)) {
        return cancelled();
      }
      if (!choices.isTyping()) {
        Optional<Step<PermissionAnswer>> step = command(pressed);
        if (step.isPresent()) {
          return step.get();
        }
      }
    }
    if (scroll.on(event)) {
      return new Step.Open<>();
    }
    return switch (choices.on(event)) {
      case Choices.Outcome.Chosen(int index, String text) ->
          new Step.Answered<>(answer(replies().get(index), text));
      case Choices.Outcome.Taken() -> new Step.Open<>();
      case Choices.Outcome.Unused() -> new Step.Unused<>();
    };
  }

  /** The keys that mean something beside the options. */
  private Optional<Step<PermissionAnswer>> command(Input.Pressed pressed) {
    Step<PermissionAnswer> open = new Step.Open<>();
    if (pressed.action().isEmpty()) {
      return Optional.empty();
    }
    return switch (pressed.action().get()) {
      case CANCEL -> Optional.of(cancelled());
      case COMPLETE -> {
        choices.amend();
        yield Optional.of(open);
      }
      case CYCLE_MODE -> {
        boolean offered = replies().contains(Reply.ALWAYS) && wasRead();
        yield Optional.of(offered ? new Step.Answered<>(answer(Reply.ALWAYS, "")) : open);
      }
      case EXPLAIN, TRANSCRIPT_VIEW -> {
        explained = !explained;
        scroll.move(-Short.MAX_VALUE);
        yield Optional.of(open);
      }
      case FULL_SCREEN -> {
        fullScreen = !fullScreen;
        yield Optional.of(open);
      }
      case EXTERNAL_EDITOR ->
          Optional.of(
              isChangeable()
                  ? new Step.Edit<>(input.path(subject.changeable()).asText(), subject.suffix())
                  : open);
      default -> Optional.empty();
    };
  }

  private void change(String text) {
    ObjectNode changed = input.deepCopy();
    // Editors end a file with a line break that was not in the text.
    String before = input.path(subject.changeable()).asText();
    boolean added = text.endsWith("\n") && !before.endsWith("\n");
    changed.put(subject.changeable(), added ? text.substring(0, text.length() - 1) : text);
    input = changed;
    Optional<Display.Diff> change = question.change().apply(changed);
    diff = drawn(change);
    subject = PermissionSubject.of(question.request(), changed, change);
    bodyWidth = 0;
    scroll.reset();
    choices.options(replies().stream().map(this::option).toList());
    choices.select(0);
  }

  private PermissionAnswer answer(Reply reply, String text) {
    return switch (reply) {
      case YES ->
          new PermissionAnswer(
              isChanged() ? new Asker.Answer.AllowChanged(input) : new Asker.Answer.AllowOnce(),
              text,
              false);
      case ALWAYS ->
          question.acceptsEdits()
              ? new PermissionAnswer(new Asker.Answer.AllowOnce(), text, true)
              : new PermissionAnswer(new Asker.Answer.AllowAlways(offers), text, false);
      case NO ->
          new PermissionAnswer(
              text.isEmpty()
                  ? new Asker.Answer.Deny("the user said no", true)
                  : new Asker.Answer.Deny("the user said no, and: " + text, false),
              text,
              false);
    };
  }

  private static Step<PermissionAnswer> cancelled() {
    return new Step.Answered<>(
        new PermissionAnswer(
            new Asker.Answer.Deny("the user cancelled the question", true), "", false));
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
