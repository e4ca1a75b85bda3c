package dev.agent.tui.view;

import java.util.List;

/**
 * How much a block has to show, in one number, so that its rows can be estimated at any width while
 * the block itself is not in memory.
 *
 * <p>Bits from below: 28 for characters that wrap, 23 for lines, 11 for rows whatever the width,
 * one that says that text takes eleven rows at most, one that a blank row stands above.
 */
final class BlockSize {
  private static final int CHARS = 28;
  private static final int LINES = 23;
  private static final int ROWS = 11;
  private static final long CUT = 1L << (CHARS + LINES + ROWS);
  private static final long SPACED = CUT << 1;

  /** The most rows of a text that is cut. */
  private static final int CUT_ROWS = 11;

  private BlockSize() {}

  /** The size of a block as it is folded now. */
  static long of(Block block) {
    long size = of(block.content(), block.isUnfolded());
    return size != 0 && block.spaced() ? size | SPACED : size;
  }

  /** The size of the whole block, without what stands above it. */
  static long whole(Block block) {
    return of(block.content(), true);
  }

  /** About how many rows that gives; 0 for what takes none. */
  static int rows(long size, int width) {
    int columns = Math.max(1, width - 2);
    long text = (size >>> CHARS & (1L << LINES) - 1) + (size & (1L << CHARS) - 1) / (columns + 1);
    long rows =
        (size >>> (CHARS + LINES) & (1L << ROWS) - 1)
            + ((size & CUT) == 0 ? text : Math.min(text, CUT_ROWS));
    return (int) (rows > 0 && (size & SPACED) != 0 ? rows + 1 : rows);
  }

  private static long of(Content content, boolean unfolded) {
    return switch (content) {
      case Content.Header(_, _, _, List<String> facts) -> fixed(facts.isEmpty() ? 1 : 2);
      case Content.Prompt(Source text, List<String> attachments) ->
          fixed(attachments.isEmpty() ? 0 : 1) | text(text) | (unfolded ? 0 : CUT);
      case Content.Answer(Source text, _) -> text(text);
      case Content.Thinking thinking ->
          unfolded ? fixed(1) | text(thinking.text()) : fixed(Spacing.isVisible(thinking) ? 1 : 0);
      case Content.Call call -> result(call.result(), unfolded);
      case Content.Run run -> fixed(unfolded ? 3 * run.items().size() : 1);
      case Content.Notice(_, String text, String hint) ->
          fixed(hint.isEmpty() ? 1 : 2) | chars(text.length());
      case Content.Shell shell -> result(shell.result(), unfolded);
      case Content.Memory(_, String where) -> fixed(where.isEmpty() ? 1 : 2);
      case Content.Aside(_, Source answer) -> fixed(1) | text(answer);
      case Content.Interrupted _, Content.Summary _ -> fixed(1);
      case Content.Gone _ -> 0;
    };
  }

  /** A result and the row of its call. */
  private static long result(Content.Result result, boolean unfolded) {
    return switch (result) {
      case Content.Result.Lines(String headline, Source text, Content.Part part) ->
          unfolded
              ? fixed(2) | text(text)
              : switch (part) {
                case HEADLINE -> fixed(2);
                case FIRST ->
                    fixed(1 + (headline.isEmpty() ? 0 : 1) + Math.clamp(text.lines(), 1, 4));
                case LAST -> fixed(2 + Math.min(9, text.lines()));
              };
      case Content.Result.Change(var diff) -> {
        int lines = diff.hunks().stream().mapToInt(hunk -> hunk.lines().size()).sum();
        yield fixed(2)
            | lines(unfolded ? lines : Math.min(lines, ResultRenderer.FOLDED_DIFF_ROWS + 1));
      }
      case Content.Result.Grid(var table) -> fixed(2) | lines(table.rows().size());
      case Content.Result.Tasks(var todos) ->
          fixed(1) | lines(unfolded ? 1 + todos.items().size() : 0);
    };
  }

  private static long text(Source text) {
    return lines(text.lines()) | chars(text.length());
  }

  private static long fixed(int rows) {
    return (long) Math.min(rows, (1 << ROWS) - 1) << (CHARS + LINES);
  }

  private static long lines(int lines) {
    return (long) Math.min(lines, (1 << LINES) - 1) << CHARS;
  }

  private static long chars(int chars) {
    return Math.min(chars, (1 << CHARS) - 1);
  }
}
