package dev.agent.tui.view;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The transcript in a screen of its own: every block whole, with time and model, and a search over
 * all of it. Upper and lower case are the same. Owned by the UI thread; {@link #close} it when it
 * is left.
 */
public final class TranscriptView implements AutoCloseable {
  private static final String KEYS =
      "/ search · n N next · { } prompts · v editor · [ print · y copy · q back";
  private static final String BRIEF_KEYS = "/ search · q back";

  private final Transcript transcript;
  private final Look look;
  private final UnfoldedRows unfolded;
  private final VirtualTranscript window;
  private String query = "";
  private String pending = "";
  private boolean isTyping;
  private Optional<Match> match = Optional.empty();
  private boolean missed;

  /** A found place: the row where it begins. */
  private record Match(long blockId, int row) {}

  public TranscriptView(Transcript transcript, Look look, BodyRows body) {
    this.transcript = transcript;
    this.look = look;
    this.unfolded = new UnfoldedRows(new BlockRenderer(look, body), look);
    this.window = new VirtualTranscript(transcript, unfolded);
  }

  /** Moves the window. */
  public VirtualTranscript window() {
    return window;
  }

  /**
   * Rows for a screen: the text, a rule, and what can be done.
   *
   * @param flash said for a moment in the place of what can be done; empty for nothing
   */
  public Screen draw(int columns, int rows, String flash) {
    int width = Math.max(1, columns);
    int height = Math.max(1, rows);
    int below = height >= 4 ? 2 : height >= 2 ? 1 : 0;
    List<Row> screen = new ArrayList<>();
    List<VirtualTranscript.Line> lines = window.view(width, height - below);
    for (VirtualTranscript.Line line : lines) {
      screen.add(highlighted(line));
    }
    if (below == 2) {
      screen.add(
          Row.of(Span.decoration(look.glyphs().rule().repeat(width), look.style(Token.RULE))));
    }
    Optional<Pane.Cursor> cursor = Optional.empty();
    if (below > 0) {
      screen.add(status(width, flash));
      if (isTyping) {
        int column = Math.min(width - 1, margin(width) + 1 + Cells.width(query));
        cursor = Optional.of(new Pane.Cursor(height - 1, column));
      }
    }
    return new Screen(
        screen,
        cursor,
        java.util.Map.of(
            Screen.Region.TRANSCRIPT, new dev.agent.tui.layout.Rect(0, 0, width, lines.size())),
        lines);
  }

  private static int margin(int width) {
    return width >= 40 ? 2 : 0;
  }

  /** What was pressed of a sequence of keys, which stands in the last row; empty for nothing. */
  public void pending(String keys) {
    pending = keys;
  }

  private Row status(int width, String flash) {
    Style dim = look.style(Token.DIM);
    Span margin = Span.decoration(" ".repeat(margin(width)), Style.PLAIN);
    if (isTyping) {
      return Rows.cut(
          Row.of(margin, Span.of("/" + Cells.visible(query), look.style(Token.TEXT))), width, "");
    }
    if (!pending.isEmpty()) {
      Span waits = Span.of(pending + " " + look.glyphs().ellipsis(), dim);
      return Rows.cut(Row.of(margin, waits), width, look.glyphs().ellipsis());
    }
    if (!flash.isEmpty()) {
      return Rows.cut(
          Row.of(margin, Span.of(Cells.visible(flash), look.style(Token.TEXT))),
          width,
          look.glyphs().ellipsis());
    }
    VirtualTranscript.Extent extent = window.extent();
    String position =
        window.isFollowing()
            ? "end"
            : Math.min(99, 100L * extent.first() / Math.max(1, extent.total())) + "%";
    String found = query.isEmpty() ? "" : "/" + Cells.visible(query);
    String told = (missed ? " not found" : "") + (found.isEmpty() ? "" : look.separator());
    Row right =
        Row.of(
            Span.of(found, look.style(Token.MATCH)),
            Span.of(told + position, dim),
            Span.decoration(" ".repeat(width >= 80 ? 2 : 0), Style.PLAIN));
    for (String keys : List.of(KEYS, BRIEF_KEYS)) {
      String shown = keys.replace(" · ", look.separator());
      Row row = Rows.spread(Row.of(margin, Span.of(shown, dim)), right, width);
      if (row.width() <= width && row.spans().size() > 2) {
        return row;
      }
    }
    return Rows.cut(Row.of(margin, Span.of("q back", dim)), width, look.glyphs().ellipsis());
  }

  private Row highlighted(VirtualTranscript.Line line) {
    if (query.isEmpty() || line.blockId() < 0) {
      return line.row();
    }
    String text = line.row().text();
    String lower = lower(text);
    String wanted = lower(query);
    Row row = line.row();
    boolean current =
        match.filter(it -> it.blockId == line.blockId() && it.row == line.rowInBlock()).isPresent();
    Style style = look.style(Token.MATCH).plus(current ? Style.BOLD | Style.UNDERLINE : 0);
    for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      int from = Cells.width(text.substring(0, at));
      int to = from + Cells.width(text.substring(at, at + wanted.length()));
      row =
          new Selection(new Selection.Place(0, from), new Selection.Place(0, to))
              .mark(row, 0, style);
    }
    return row;
  }

  /** Lower case, char by char, so that places stay the same. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append(Character.toLowerCase(text.charAt(i)));
    }
    return lower.toString();
  }

  /** Begins to type what is searched. */
  public void beginSearch() {
    isTyping = true;
    query = "";
    missed = false;
  }

  /** Whether keys are text of the search. */
  public boolean isTyping() {
    return isTyping;
  }

  /** What is searched: shown while it is typed. */
  public void type(String text) {
    query = text;
    missed = false;
  }

  /** What is searched now. */
  public String query() {
    return query;
  }

  /** Searches for what was typed, from the window on. */
  public void search() {
    isTyping = false;
    match = Optional.empty();
    if (!query.isEmpty()) {
      next();
    }
  }

  /** Leaves the search. */
  public void cancelSearch() {
    isTyping = false;
    query = "";
    match = Optional.empty();
    missed = false;
  }

  /** Goes to the next place, behind the end to the first one. */
  public void next() {
    go(1);
  }

  /** Goes to the place before, in front of the beginning to the last one. */
  public void previous() {
    go(-1);
  }

  private void go(int step) {
    if (query.isEmpty() || transcript.size() == 0) {
      return;
    }
    Match from = match.orElseGet(this::top);
    int start = Math.max(0, transcript.placeOf(from.blockId));
    int count = transcript.size();
    for (int i = 0; i <= count; i++) {
      int place = Math.floorMod(start + step * i, count);
      Block block = transcript.at(place);
      if (!lower(Texts.of(block.content())).contains(lower(query))) {
        continue;
      }
      List<Integer> rows = matches(block);
      int limit = i == 0 ? from.row : step > 0 ? -1 : Integer.MAX_VALUE;
      Optional<Integer> row =
          step > 0
              ? rows.stream().filter(it -> it > limit).findFirst()
              : rows.reversed().stream().filter(it -> it < limit).findFirst();
      if (row.isPresent()) {
        match = Optional.of(new Match(block.id(), row.get()));
        window.reveal(block.id(), row.get());
        missed = false;
        return;
      }
    }
    missed = match.isEmpty();
  }

  private Match top() {
    return window
        .first()
        .map(line -> new Match(line.blockId(), line.rowInBlock() - 1))
        .orElse(new Match(0, -1));
  }

  /** The rows of a block in which the text begins; it may go on in the next row of the line. */
  private List<Integer> matches(Block block) {
    List<Row> rows = window.rowsOf(block.id());
    String wanted = lower(query);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String text = lower(plain(rows.get(i)));
      int own = text.length();
      if (i + 1 < rows.size() && rows.get(i + 1).continues()) {
        text += lower(rows.get(i + 1).joint() + plain(rows.get(i + 1)));
      }
      int at = text.indexOf(wanted);
      if (at >= 0 && at < own) {
        found.add(i);
      }
    }
    return found;
  }

  private static String plain(Row row) {
    StringBuilder text = new StringBuilder();
    row.spans().stream().filter(span -> !span.decoration()).forEach(it -> text.append(it.text()));
    return text.toString();
  }

  /** The text of the block that the search has found, else of the first one in the window. */
  public String currentText() {
    return match
        .map(Match::blockId)
        .or(() -> window.first().map(VirtualTranscript.Line::blockId))
        .flatMap(transcript::find)
        .map(block -> Texts.of(block.content()))
        .orElse("");
  }

  /** The text of all blocks, for an editor. */
  public String wholeText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < transcript.size(); i++) {
      Content content = transcript.at(i).content();
      String part = (content instanceof Content.Prompt ? "> " : "") + Texts.of(content);
      if (!part.isBlank()) {
        text.append(part).append("\n\n");
      }
    }
    return text.isEmpty() ? "" : text.toString().stripTrailing() + "\n";
  }

  /** Gives all rows of the transcript, for printing: one block in memory at a time. */
  public void print(int width, Consumer<Row> to) {
    for (int i = 0; i < transcript.size(); i++) {
      unfolded.rows(transcript.at(i), Math.max(1, width)).forEach(to);
    }
  }

  @Override
  public void close() {
    transcript.forget(window);
  }
}
