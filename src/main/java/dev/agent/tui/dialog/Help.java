package dev.agent.tui.dialog;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.input.Action;
import dev.agent.tui.input.KeyContext;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.input.Strokes;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of the product as they are bound now, in as many columns as there is room for. */
public final class Help implements Body {
  private static final int MAX_COLUMNS = 3;
  private static final int MIN_COLUMN = 30;
  private static final int GAP = 2;
  private static final List<Topic> TOPICS =
      List.of(
          new Topic(
              KeyContext.COMPOSER,
              "Composer",
              Map.ofEntries(
                  Map.entry(Action.SUBMIT, "send"),
                  Map.entry(Action.NEWLINE, "new line"),
                  Map.entry(Action.CANCEL, "stop; twice: back"),
                  Map.entry(Action.INTERRUPT, "clear, stop, exit"),
                  Map.entry(Action.COMPLETE, "complete"),
                  Map.entry(Action.CYCLE_MODE, "next mode"),
                  Map.entry(Action.HISTORY_SEARCH, "search history"),
                  Map.entry(Action.EXTERNAL_EDITOR, "edit in $EDITOR"),
                  Map.entry(Action.STASH, "put draft aside"),
                  Map.entry(Action.PASTE_IMAGE, "paste image"))),
          new Topic(
              KeyContext.TEXT,
              "Text",
              Map.of(
                  Action.UNDO, "undo",
                  Action.REDO, "redo",
                  Action.KILL_TO_END, "cut to line end",
                  Action.KILL_TO_START, "cut to line start",
                  Action.KILL_WORD, "cut word",
                  Action.YANK, "insert what was cut")),
          new Topic(
              KeyContext.WORKING,
              "View and work",
              Map.of(
                  Action.TRANSCRIPT_VIEW, "transcript",
                  Action.TOGGLE_TODOS, "task list",
                  Action.BACKGROUND, "to the background",
                  Action.PAGE_UP, "scroll up",
                  Action.PAGE_DOWN, "scroll down",
                  Action.TOP, "to the top",
                  Action.BOTTOM, "to the end",
                  Action.PREVIOUS_PROMPT, "prompt before",
                  Action.REDRAW, "draw anew",
                  Action.SUSPEND, "suspend")),
          new Topic(
              KeyContext.DIALOG,
              "Dialogs",
              Map.of(
                  Action.SUBMIT, "choose",
                  Action.CANCEL, "cancel",
                  Action.COMPLETE, "note, next tab",
                  Action.CYCLE_MODE, "yes for the session",
                  Action.EXPLAIN, "why is it asked",
                  Action.FULL_SCREEN, "full screen",
                  Action.EXTERNAL_EDITOR, "edit the proposal",
                  Action.TRANSCRIPT_VIEW, "details")));

  /** What begins something, instead of being text. */
  public static final List<Use> CHARACTERS =
      List.of(
          new Use("/", "command"),
          new Use("!", "shell, without the model"),
          new Use("#", "memory"),
          new Use("@", "file"),
          new Use("?", "these keys"));

  /**
   * The key that does something while a prompt is written, with the words of this help for it;
   * empty when no key does.
   */
  public static Optional<Use> use(Keymap keymap, Action action) {
    for (Topic topic : TOPICS) {
      String words = topic.words().get(action);
      List<Strokes> keys = keymap.keys(topic.context(), action);
      if (topic.context() != KeyContext.DIALOG && words != null && !keys.isEmpty()) {
        return Optional.of(new Use(keys.getFirst().toString(), words));
      }
    }
    return Optional.empty();
  }

  /** What is worth a line of help, in a few words. */
  private record Topic(KeyContext context, String title, Map<Action, String> words) {}

  private final List<Section> sections;

  /** Keys that belong together. */
  public record Section(String title, List<Use> lines) {
    public Section {
      lines = List.copyOf(lines);
    }
  }

  /** Keys, and what they do. */
  public record Use(String keys, String what) {}

  public Help(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /** The help that a keymap gives, with the characters that begin something first. */
  public static Help of(Keymap keymap) {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("First characters", CHARACTERS));
    for (Topic topic : TOPICS) {
      List<Use> lines = new ArrayList<>();
      for (Action action : Action.values()) {
        String words = topic.words().get(action);
        List<Strokes> keys = keymap.keys(topic.context(), action);
        if (words != null && !keys.isEmpty()) {
          lines.add(new Use(keys.getFirst().toString(), words));
        }
      }
      sections.add(new Section(topic.title(), lines));
    }
    return new Help(sections);
  }

  @Override
  public List<Row> rows(int width, Theme theme) {
    int columns = Math.clamp(width / (MIN_COLUMN + GAP), 1, MAX_COLUMNS);
    int each = Math.max(1, (width - GAP * (columns - 1)) / columns);
    List<List<Row>> blocks = sections.stream().map(it -> block(it, each, theme)).toList();
    int height = height(blocks, columns);
    List<List<Row>> filled = new ArrayList<>();
    List<Row> column = new ArrayList<>();
    for (List<Row> block : blocks) {
      if (!column.isEmpty() && column.size() + 1 + block.size() > height) {
        filled.add(column);
        column = new ArrayList<>();
      }
      if (!column.isEmpty()) {
        column.add(Row.BLANK);
      }
      column.addAll(block);
    }
    filled.add(column);
    return beside(filled, each);
  }

  /** The least height at which the blocks, kept in order and whole, need no more columns. */
  private static int height(List<List<Row>> blocks, int columns) {
    int height = blocks.stream().mapToInt(List::size).max().orElse(1);
    while (true) {
      int needed = 1;
      int at = 0;
      for (List<Row> block : blocks) {
        int next = at == 0 ? block.size() : at + 1 + block.size();
        if (next > height) {
          needed++;
          next = block.size();
        }
        at = next;
      }
      if (needed <= columns) {
        return height;
      }
      height++;
    }
  }

  private static List<Row> block(Section section, int width, Theme theme) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(Text.head(section.title(), width), theme.style(Token.HEADING)));
    int widest =
        section.lines().stream().mapToInt(line -> Cells.width(line.keys())).max().orElse(0);
    int keys = Math.min(widest, width / 2);
    for (Use line : section.lines()) {
      String shown = Text.padded(Text.head(line.keys(), keys), keys + GAP);
      Span left = Span.of(shown, theme.style(Token.ACCENT));
      int room = Math.max(1, width - left.width());
      boolean first = true;
      for (Row row : Text.wrap(line.what(), room, theme.style(Token.TEXT))) {
        rows.add(row.after(first ? left : Span.decoration(" ".repeat(left.width()), Style.PLAIN)));
        first = false;
      }
    }
    return rows;
  }

  private static List<Row> beside(List<List<Row>> columns, int width) {
    int height = columns.stream().mapToInt(List::size).max().orElse(0);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      List<Span> spans = new ArrayList<>();
      int at = 0;
      for (int c = 0; c < columns.size(); c++) {
        Row cell = i < columns.get(c).size() ? Text.cut(columns.get(c).get(i), width) : Row.BLANK;
        if (!cell.spans().isEmpty()) {
          int start = c * (width + GAP);
          if (start > at) {
            spans.add(Span.decoration(" ".repeat(start - at), Style.PLAIN));
          }
          spans.addAll(cell.spans());
          at = start + cell.width();
        }
      }
      rows.add(new Row(spans, false, Style.PLAIN));
    }
    return rows;
  }
}
