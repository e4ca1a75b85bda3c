package dev.agent.tui.view;

import dev.agent.tool.Display;
import java.util.List;
import java.util.Optional;

/**
 * The task list as it was last written; of a conversation whose end is shown first it may have been
 * written in the part that comes later. Owned by the UI thread.
 */
final class TodoList {
  private List<Display.Todo> items = List.of();

  /** Whether it may have been written in what is not shown yet. */
  private boolean isOpen;

  /** Its items; empty when there is none. */
  List<Display.Todo> items() {
    return items;
  }

  /** It is written now. */
  void written(List<Display.Todo> now) {
    items = now;
    isOpen = false;
  }

  /** A conversation is shown in which it was written last. */
  void resumed(List<Display.Todo> last) {
    items = last;
  }

  /** The end of a conversation is shown: the list that was written in it, if one was. */
  void endShown(Optional<List<Display.Todo>> last) {
    items = last.orElse(List.of());
    isOpen = last.isEmpty();
  }

  /** What was before the end is shown too; counts unless it was written behind that. */
  void earlierShown(Optional<List<Display.Todo>> last) {
    if (isOpen) {
      items = last.orElse(items);
    }
  }

  void reset() {
    items = List.of();
    isOpen = false;
  }
}
