package dev.agent.tui.edit;

import dev.agent.tui.input.PasteText;
import java.util.List;
import java.util.Optional;

/** The completion menu of a composer: open where something to complete is typed, until closed. */
final class Menu {
  private final CompletionSource commands;
  private final CompletionSource files;
  private Optional<Completion> open = Optional.empty();
  private Optional<Trigger> trigger = Optional.empty();

  /** Where what the person doesn't want completed begins; -1 = nowhere. */
  private int closedAt = -1;

  Menu(CompletionSource commands, CompletionSource files) {
    this.commands = commands;
    this.files = files;
  }

  Optional<Completion> open() {
    return open;
  }

  /** What is written has changed, or its sources know more: a mark stays on what it was on. */
  void refresh(InputMode mode, TextEditor.State state, boolean navigating) {
    Optional<Trigger> next =
        mode == InputMode.PROMPT && !navigating
            ? Trigger.find(state.passage(), state.cursor())
            : Optional.empty();
    if (next.isEmpty() || next.get().from() != closedAt) {
      closedAt = -1;
    }
    Optional<Candidate> marked =
        next.equals(trigger) ? open.map(Completion::choice) : Optional.empty();
    trigger = next;
    open = next.filter(there -> there.from() != closedAt).flatMap(this::find);
    marked.ifPresent(this::mark);
  }

  /** The person wants no completion here. */
  void close() {
    closedAt = open.map(Completion::from).orElse(-1);
    open = Optional.empty();
  }

  void move(int by) {
    open = open.map(menu -> menu.moved(by));
  }

  /** Puts the marked candidate into the text; false when the text said that before. */
  boolean accept(TextEditor editor) {
    if (open.isEmpty() || trigger.isEmpty()) {
      return false;
    }
    Trigger there = trigger.get();
    String replacement = there.replacement(open.get().choice().name());
    String text = editor.text();
    boolean same = text.substring(there.from(), there.to()).equals(replacement.strip());
    int to = there.to();
    if (replacement.endsWith(" ") && to < text.length() && text.charAt(to) == ' ') {
      to++;
    }
    editor.replace(there.from(), to, Passage.of(replacement), there.from() + replacement.length());
    return !same;
  }

  private Optional<Completion> find(Trigger there) {
    boolean command = there.kind() == Trigger.Kind.COMMAND;
    CompletionSource.Found found =
        (command ? commands : files).find(there.typed(), Completion.MAX_CANDIDATES);
    // A file's name may hold anything; one with line ends or escape sequences can't be written
    // here.
    List<Candidate> writable =
        found.best().stream()
            .filter(candidate -> PasteText.clean(candidate.name()).equals(candidate.name()))
            .filter(candidate -> candidate.name().indexOf('\n') < 0)
            .toList();
    return writable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Completion(command, there.from(), there.to(), writable, found.total(), 0, 0));
  }

  private void mark(Candidate marked) {
    open.ifPresent(menu -> move(Math.max(0, menu.candidates().indexOf(marked))));
  }
}
