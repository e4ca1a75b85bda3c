package dev.agent.tui.dialog;

import dev.agent.permission.Rule;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rules that hold, by kind, with what was denied lately; rules come and go here. */
public final class RulesDialog implements Dialog<RuleChange> {
  private static final Step<RuleChange> OPEN = new Step.Open<>();
  private static final List<Tab> TABS = List.of(Tab.values());

  /** A kind of rules. */
  public enum Tab {
    ALLOW("Allow", "Add a rule that allows", "e.g. Bash(npm test *)"),
    ASK("Ask", "Add a rule that asks", "e.g. Bash(git push *)"),
    DENY("Deny", "Add a rule that denies", "e.g. Read(.env)"),
    DIRECTORIES("Directories", "Add a directory", "a path"),
    DENIED("Denied lately", "", "");

    private final String title;
    private final String adding;
    private final String example;

    Tab(String title, String adding, String example) {
      this.title = title;
      this.adding = adding;
      this.example = example;
    }
  }

  /**
   * A row.
   *
   * @param text the rule, the directory, or the call that was denied, written as a rule
   * @param source where it stands, or why it was denied
   * @param isRemovable whether it can go: not what the administrator settled
   */
  public record Item(Tab tab, String text, String source, boolean isRemovable) {}

  private final Path cwd;
  private final Map<Tab, ListView<Optional<Item>>> lists = new EnumMap<>(Tab.class);
  private final Map<Tab, Field> fields = new EnumMap<>(Tab.class);
  private final Scroll scroll = new Scroll();
  private Tab tab = Tab.ALLOW;
  private Optional<Item> removing = Optional.empty();
  private boolean adding;
  private String message = "";

  /**
   * @param cwd where relative paths of rules start
   */
  public RulesDialog(List<Item> items, Path cwd) {
    this.cwd = cwd;
    for (Tab each : TABS) {
      lists.put(each, new ListView<>(entries(items, each), "<<"));
      fields.put(each, Field.line(each.example));
    }
  }

  /**
   * Shows what came of a change.
   *
   * @param newMessage what the person should know; empty = nothing
   */
  public void refresh(List<Item> items, String newMessage) {
    lists.forEach((each, list) -> list.entries(entries(items, each)));
    message = newMessage;
  }

  /** Says something; the rules are as they were. */
  public void tell(String newMessage) {
    message = newMessage;
  }

  private static List<Entry<Optional<Item>>> entries(List<Item> items, Tab tab) {
    List<Entry<Optional<Item>>> entries = new ArrayList<>();
    if (!tab.adding.isEmpty()) {
      entries.add(new Entry<>(Optional.empty(), List.of(tab.adding + "…", "")));
    }
    for (Item it : items) {
      if (it.tab() == tab) {
        entries.add(new Entry<>(Optional.of(it), List.of(it.text(), it.source())));
      }
    }
    return entries;
  }

  private ListView<Optional<Item>> list() {
    return Objects.requireNonNull(lists.get(tab));
  }

  private Field field() {
    return Objects.requireNonNull(fields.get(tab));
  }

  @Override
  public Picture draw(Canvas canvas) {
    List<Line> head = new ArrayList<>(List.of(tabs(canvas)));
    List<Line> bottom = new ArrayList<>();
    int room = Math.max(1, canvas.width() - canvas.margin());
    List<Line> below = new ArrayList<>();
    if (adding) {
      Span label = Span.decoration(" ".repeat(canvas.margin()) + "+ ", canvas.style(Token.ACCENT));
      below.addAll(field().lines(canvas, label, room, true));
    }
    removing.ifPresent(
        it -> below.addAll(Frame.asks("Remove " + Text.shown(it.text()) + "?", canvas)));
    if (!message.isEmpty()) {
      below.addAll(Frame.paragraph(message, canvas.style(Token.WARNING), canvas));
    }
    int rows = Math.max(1, canvas.height() - 3 - below.size());
    bottom.addAll(list().lines(canvas, rows, "nothing was denied in this session"));
    bottom.addAll(below);
    return new Frame("Permissions", "", list().place(), head, List.of(), bottom, hints(canvas))
        .draw(canvas, scroll);
  }

  private Line tabs(Canvas canvas) {
    List<Span> spans = new ArrayList<>();
    for (Tab each : TABS) {
      boolean here = each == tab;
      Style style = canvas.style(here ? Token.SELECTED : Token.DIM);
      spans.add(
          Span.decoration(spans.isEmpty() ? " ".repeat(canvas.margin()) : "   ", Style.PLAIN));
      spans.add(Span.of(each.title, here ? style.plus(Style.UNDERLINE) : style));
    }
    Row row = new Row(spans, false, Style.PLAIN);
    int at = TABS.indexOf(tab);
    return row.width() <= canvas.width()
        ? Line.of(row)
        : Line.of(
            Row.of(
                spans.getFirst(),
                spans.get(2 * at + 1),
                Span.of(" · " + (at + 1) + " of " + TABS.size(), canvas.style(Token.DIM))));
  }

  private List<String> hints(Canvas canvas) {
    if (adding) {
      return List.of(canvas.hint(Action.SUBMIT, "add"), canvas.hint(Action.CANCEL, "back"));
    }
    if (removing.isPresent()) {
      return List.of(canvas.hint(Action.SUBMIT, "remove"), canvas.hint(Action.CANCEL, "keep"));
    }
    String enter =
        list()
            .selected()
            .map(
                it ->
                    it.isEmpty()
                        ? "add"
                        : tab == Tab.DENIED
                            ? "make a rule"
                            : it.get().isRemovable() ? "remove" : "")
            .orElse("");
    return List.of(
        enter.isEmpty() ? "" : canvas.hint(Action.SUBMIT, enter),
        canvas.hint(Action.COMPLETE, "next list"),
        canvas.hint(Action.CANCEL, "close"));
  }

  @Override
  public Step<RuleChange> on(Input input) {
    if (adding) {
      return adding(input);
    }
    if (removing.isPresent() && input instanceof Input.Pressed pressed) {
      Item item = removing.get();
      removing = Optional.empty();
      return pressed.means(Action.SUBMIT) ? new Step.Told<>(new RuleChange.Remove(item)) : OPEN;
    }
    switch (input) {
      case Input.Clicked(int index) -> {
        return list().selectAt(index) ? choose() : OPEN;
      }
      case Input.Pressed pressed when pressed.action().isPresent() -> {
        switch (pressed.action().get()) {
          case CANCEL, INTERRUPT -> {
            return new Step.Answered<>(new RuleChange.Done());
          }
          case SUBMIT -> {
            return choose();
          }
          case COMPLETE, RIGHT -> {
            return turn(1);
          }
          case CYCLE_MODE, LEFT -> {
            return turn(-1);
          }
          default -> {}
        }
      }
      case Input.Pressed pressed when list().numbered(pressed) >= 0 -> {
        list().selectAt(list().numbered(pressed));
        return choose();
      }
      case Input.Pressed _, Input.Pasted _, Input.Wheel _, Input.Edited _ -> {}
    }
    return list().on(input) ? OPEN : new Step.Unused<>();
  }

  private Step<RuleChange> turn(int by) {
    tab = TABS.get((TABS.indexOf(tab) + by + TABS.size()) % TABS.size());
    message = "";
    return OPEN;
  }

  private Step<RuleChange> choose() {
    message = "";
    Optional<Optional<Item>> selected = list().selected();
    if (selected.isEmpty()) {
      return OPEN;
    }
    if (selected.get().isEmpty()) {
      adding = true;
      return OPEN;
    }
    Item item = selected.get().get();
    if (tab == Tab.DENIED) {
      tab = Tab.ALLOW;
      field().text(item.text());
      adding = true;
    } else if (item.isRemovable()) {
      removing = Optional.of(item);
    } else {
      message = "It stands in " + item.source() + " and can't be removed here.";
    }
    return OPEN;
  }

  private Step<RuleChange> adding(Input input) {
    if (input instanceof Input.Pressed pressed) {
      if (pressed.means(Action.CANCEL) || pressed.means(Action.INTERRUPT)) {
        adding = false;
        message = "";
        return OPEN;
      }
      if (pressed.means(Action.SUBMIT)) {
        return add(field().text().strip());
      }
    }
    return field().on(input) ? OPEN : new Step.Unused<>();
  }

  private Step<RuleChange> add(String text) {
    if (text.isEmpty()) {
      adding = false;
      return OPEN;
    }
    if (tab != Tab.DIRECTORIES) {
      try {
        Rule.parse(text, "added", cwd);
      } catch (Rule.InvalidRuleException e) {
        message = "This is no rule: " + e.getMessage() + ".";
        return OPEN;
      }
    }
    field().text("");
    adding = false;
    message = "";
    return new Step.Told<>(new RuleChange.Add(tab, text));
  }

  @Override
  public boolean isTyping() {
    return adding;
  }
}
