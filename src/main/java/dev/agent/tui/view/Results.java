package dev.agent.tui.view;

import dev.agent.loop.AgentEvent.ToolStatus;
import dev.agent.message.ContentBlock;
import dev.agent.permission.Permissions;
import dev.agent.text.Visible;
import dev.agent.tool.Display;
import java.util.List;
import java.util.Locale;

/** From what a tool says to what a block shows. Pure but for the store. */
final class Results {
  private final SourceStore store;

  Results(SourceStore store) {
    this.store = store;
  }

  Content.Result of(Display display, Content.State state) {
    return switch (display) {
      case Display.Text(String text) -> text(text, state);
      case Display.Command(String output, int code, boolean timedOut, String background) ->
          command(output, code, timedOut, background, state);
      case Display.Diff diff -> new Content.Result.Change(diff);
      case Display.FileList(List<String> paths, int more) -> files(paths, more);
      case Display.Table table -> new Content.Result.Grid(table);
      case Display.Todos todos -> new Content.Result.Tasks(todos);
      case Display.Image(String type, long bytes) ->
          headline(Visible.of(type) + ", " + Amounts.bytes(bytes));
    };
  }

  /** A result of which only the model's form is known, as in a resumed session. */
  Content.Result of(String tool, ContentBlock.ToolResult result) {
    StringBuilder text = new StringBuilder();
    for (ContentBlock block : result.content()) {
      if (block instanceof ContentBlock.Text(String part, _)) {
        text.append(text.isEmpty() ? "" : "\n").append(part);
      }
    }
    if (result.isError()) {
      return text(text.toString(), Content.State.FAILED);
    }
    Source source = Source.of(text.toString(), store);
    return switch (tool) {
      case "Read", "Grep", "Glob", "WebFetch", "WebSearch" ->
          new Content.Result.Lines(
              Amounts.count(source.lines(), "line", "lines"), source, Content.Part.HEADLINE);
      case "Edit", "MultiEdit", "Write", "NotebookEdit", "TodoWrite" ->
          new Content.Result.Lines("Done", source, Content.Part.HEADLINE);
      default -> new Content.Result.Lines("", source, Content.Part.FIRST);
    };
  }

  static Content.State state(ToolStatus status) {
    return switch (status) {
      case DONE -> Content.State.DONE;
      case FAILED -> Content.State.FAILED;
      case DENIED -> Content.State.DENIED;
      case CANCELLED -> Content.State.CANCELLED;
      case ABANDONED -> Content.State.ABANDONED;
    };
  }

  /** The word in front of what a call that did not succeed says; empty for the others. */
  private static String word(Content.State state) {
    return switch (state) {
      case FAILED -> "Error: ";
      case DENIED -> "Denied: ";
      // What stopped them says so in its own words.
      case CANCELLED, ABANDONED, WAITING, RUNNING, DONE -> "";
    };
  }

  private Content.Result text(String text, Content.State state) {
    String word = word(state);
    if (state == Content.State.DONE) {
      return new Content.Result.Lines("", Source.of(text, store), Content.Part.FIRST);
    }
    String told = state == Content.State.DENIED ? Permissions.reasonOf(text) : text;
    String trimmed = told.strip();
    int end = trimmed.indexOf('\n');
    String first = end < 0 ? trimmed : trimmed.substring(0, end);
    String bare = first.toLowerCase(Locale.ROOT).startsWith("error: ") ? first.substring(7) : first;
    return new Content.Result.Lines(
        word + Visible.of(bare),
        end < 0 ? Source.EMPTY : Source.of(trimmed.substring(end + 1), store),
        Content.Part.LAST);
  }

  private Content.Result command(
      String output, int code, boolean timedOut, String background, Content.State state) {
    Source source = Source.of(output, store);
    if (!background.isEmpty()) {
      return new Content.Result.Lines(
          "Runs in the background as " + Visible.of(background), source, Content.Part.FIRST);
    }
    if (state != Content.State.DONE) {
      String what = timedOut ? "timed out" : code < 0 ? "ended by a signal" : "exit " + code;
      String word = state == Content.State.CANCELLED ? "Cancelled: " : word(state);
      return new Content.Result.Lines(word + what, source, Content.Part.LAST);
    }
    String headline = code > 0 ? "exit " + code : source.isEmpty() ? "(no output)" : "";
    return new Content.Result.Lines(headline, source, Content.Part.FIRST);
  }

  private Content.Result files(List<String> paths, int more) {
    StringBuilder text = new StringBuilder();
    paths.forEach(path -> text.append(Visible.of(path)).append('\n'));
    if (more > 0) {
      text.append("and ").append(more).append(" more");
    }
    return new Content.Result.Lines(
        Amounts.count(paths.size() + more, "file", "files"),
        Source.of(text.toString(), store),
        Content.Part.HEADLINE);
  }

  private static Content.Result headline(String text) {
    return new Content.Result.Lines(text, Source.EMPTY, Content.Part.HEADLINE);
  }
}
