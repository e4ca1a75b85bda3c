package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the screen shows around the transcript. Immutable: the UI thread makes one a frame.
 *
 * @param still whether signs must not move
 * @param todos the task list: the one at work names the work
 * @param showsTodos whether the list itself is shown
 * @param queue messages that wait for the turn to take them
 * @param warnings what is wrong with the set-up, one line each
 * @param input which rule and colour the composer has
 * @param composer the text being written
 * @param dialog takes the composer's place
 * @param below the completion list or the help
 * @param statusLine rows of the user's own that stand for the footer; empty for none
 * @param selection what the mouse has selected in the transcript
 */
public record ScreenModel(
    Instant now,
    boolean still,
    Activity activity,
    List<Content.Call> openCalls,
    List<Display.Todo> todos,
    boolean showsTodos,
    List<String> queue,
    List<String> warnings,
    InputKind input,
    Pane composer,
    Optional<Pane> dialog,
    Pane below,
    Footer footer,
    List<Row> statusLine,
    Optional<TranscriptSelection> selection) {
  public ScreenModel {
    openCalls = List.copyOf(openCalls);
    todos = List.copyOf(todos);
    queue = List.copyOf(queue);
    warnings = List.copyOf(warnings);
    statusLine = List.copyOf(statusLine);
  }

  /** What the composer's text will be. */
  public enum InputKind {
    PROMPT,
    SHELL,
    MEMORY
  }
}
