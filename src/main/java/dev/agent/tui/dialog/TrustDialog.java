package dev.agent.tui.dialog;

import dev.agent.settings.Contribution;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks whether a directory is trusted, with all that its files want. Trust can be given only once
 * all of that was in sight.
 */
public final class TrustDialog implements Dialog<TrustAnswer> {
  private static final Step<TrustAnswer> OPEN = new Step.Open<>();

  /** In the order of the options. */
  private static final List<TrustAnswer> ANSWERS =
      List.of(TrustAnswer.TRUST, TrustAnswer.UNTRUSTED, TrustAnswer.EXIT);

  private final Path directory;
  private final List<Contribution> contributions;
  private final boolean knownBefore;
  private final Scroll scroll = new Scroll();
  private final Choices choices;

  /**
   * @param contributions what the directory's files want
   * @param knownBefore whether the directory was trusted already, and its files want more now
   */
  public TrustDialog(Path directory, List<Contribution> contributions, boolean knownBefore) {
    this.directory = directory;
    this.contributions = List.copyOf(contributions);
    this.knownBefore = knownBefore;
    this.choices = new Choices(options(""));
  }

  private List<Option> options(String unread) {
    boolean lists = !contributions.isEmpty();
    Option trust = Option.of(lists ? "Trust it: what is listed counts from now on" : "Trust it");
    return List.of(
        unread.isEmpty() ? trust : trust.disabled("read it to the end first: " + unread),
        Option.of(lists ? "Go on without: nothing of it counts" : "Go on without trust"),
        Option.of("Exit"));
  }

  @Override
  public Picture draw(Canvas canvas) {
    List<Line> body = body(canvas);
    boolean before = scroll.sawAll();
    choices.options(options(before ? "" : canvas.key(Action.PAGE_DOWN)));
    Picture picture = frame(canvas, body).draw(canvas, scroll);
    if (before == scroll.sawAll()) {
      return picture;
    }
    choices.options(options(scroll.sawAll() ? "" : canvas.key(Action.PAGE_DOWN)));
    return frame(canvas, body).draw(canvas, scroll);
  }

  private Frame frame(Canvas canvas, List<Line> body) {
    String why =
        knownBefore
            ? "You trust this directory, but its files now want more than you approved."
            : "Files in a directory can make an agent do things. Go on only if you know who wrote"
                + " them.";
    List<Line> bottom = new ArrayList<>(Frame.asks("Do you trust this directory?", canvas));
    bottom.addAll(choices.lines(canvas));
    return new Frame(
        knownBefore ? "Changed settings in" : "New directory",
        Text.shown(directory.toString()),
        "",
        Frame.paragraph(why, canvas.style(Token.TEXT), canvas),
        body,
        bottom,
        List.of(canvas.hint(Action.SUBMIT, "choose"), canvas.hint(Action.CANCEL, "exit")));
  }

  private List<Line> body(Canvas canvas) {
    Style dim = canvas.style(Token.DIM);
    Map<String, List<Contribution>> byFile = new LinkedHashMap<>();
    contributions.forEach(it -> byFile.computeIfAbsent(it.file(), _ -> new ArrayList<>()).add(it));
    List<Line> lines = new ArrayList<>();
    byFile.forEach(
        (file, wants) -> {
          lines.addAll(Frame.passage(Paths.shown(file, directory) + " wants:", dim, canvas));
          for (Contribution it : wants) {
            boolean old = knownBefore && it.approved();
            Style style = old ? dim : canvas.style(Token.TEXT);
            String label = it.key() + (old ? " (approved before)" : "");
            lines.addAll(JsonOutline.lines(label, it.value(), style, canvas));
          }
        });
    return lines.isEmpty()
        ? Frame.passage("It brings no settings that could do anything by themselves.", dim, canvas)
        : lines;
  }

  @Override
  public Step<TrustAnswer> on(Input input) {
    if (input instanceof Input.Pressed pressed
        && (pressed.means(Action.CANCEL) || pressed.means(Action.INTERRUPT))) {
      return new Step.Answered<>(TrustAnswer.EXIT);
    }
    if (scroll.on(input)) {
      return OPEN;
    }
    return switch (choices.on(input)) {
      case Choices.Outcome.Chosen(int index, _) -> new Step.Answered<>(ANSWERS.get(index));
      case Choices.Outcome.Taken() -> OPEN;
      case Choices.Outcome.Unused() -> new Step.Unused<>();
    };
  }
}
