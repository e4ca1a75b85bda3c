package dev.agent.mode.screen;

import dev.agent.mode.interactive.Question;
import dev.agent.tui.cell.Row;
import dev.agent.tui.dialog.Armed;
import dev.agent.tui.dialog.Canvas;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.Picture;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.layout.Rect;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.view.Pane;
import dev.agent.tui.view.Screen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dialogs that are open, the one that has the keys first. UI thread only. */
final class DialogStack {
  private final Keymap keymap;
  private final Alarms alarms;
  private final List<OpenDialog> dialogs = new ArrayList<>();
  private Optional<Picture> picture = Optional.empty();
  private Instant lastKey = Instant.EPOCH;

  DialogStack(Keymap keymap, Alarms alarms) {
    this.keymap = keymap;
    this.alarms = alarms;
  }

  /** The dialog that has the keys. */
  Optional<OpenDialog> first() {
    return dialogs.isEmpty() ? Optional.empty() : Optional.of(dialogs.getFirst());
  }

  /** A key was pressed: what comes by itself waits until nobody types. */
  void typed(Instant now) {
    lastKey = now;
  }

  /** Opens one in front of all others. */
  void open(Dialog<Runnable> dialog, Instant now) {
    dialogs.addFirst(OpenDialog.wanted(dialog, now));
  }

  /** Closes one. */
  void close(OpenDialog dialog, Instant now) {
    dialogs.remove(dialog);
    // The next one must not take a key that was meant for this one.
    if (!dialogs.isEmpty() && dialogs.getFirst().question().isPresent()) {
      OpenDialog next = dialogs.removeFirst();
      dialogs.addFirst(OpenDialog.asking(next.dialog(), next.question().orElseThrow(), now, now));
      alarms.set(Alarms.Alarm.ARMED, System.nanoTime() + Armed.REST.toNanos());
    }
  }

  /** Puts a question behind those that wait, unless it waits already. */
  void ask(Question question, Dialog<Runnable> dialog, Instant now) {
    if (dialogs.stream().anyMatch(it -> isOf(it, question))) {
      return;
    }
    dialogs.add(OpenDialog.asking(dialog, question, lastKey, now));
    Duration rest = Duration.between(now, dialogs.getLast().armed().armsAt());
    alarms.set(Alarms.Alarm.ARMED, System.nanoTime() + Math.max(1, rest.toNanos()));
  }

  /** A question needs no answer any more. */
  void settled(Question question) {
    dialogs.removeIf(it -> isOf(it, question));
  }

  private static boolean isOf(OpenDialog dialog, Question question) {
    return dialog.question().filter(it -> it.id() == question.id()).isPresent();
  }

  /** What a click on a row of the dialog means; empty outside. */
  Optional<Integer> target(int row) {
    return picture
        .filter(it -> row >= 0 && row < it.targets().size())
        .map(it -> it.targets().get(row))
        .filter(it -> it != Picture.NOTHING);
  }

  /** Draws one. */
  Pane.Drawn draw(OpenDialog open, int columns, int rows, Theme theme, Instant now) {
    Picture drawn =
        open.dialog().draw(new Canvas(columns, rows, theme, open.armed().isArmed(now), keymap));
    picture = Optional.of(drawn);
    return new Pane.Drawn(
        drawn.rows(), drawn.cursor().map(it -> new Pane.Cursor(it.row(), it.column())));
  }

  /** The first one as the whole screen, if it wants that. */
  Optional<Screen> alone(int width, int height, Theme theme, Instant now) {
    return first()
        .filter(it -> it.dialog().isFullScreen())
        .map(it -> filled(draw(it, width, height, theme, now), width, height));
  }

  private static Screen filled(Pane.Drawn drawn, int width, int height) {
    List<Row> rows =
        new ArrayList<>(drawn.rows().subList(0, Math.min(height, drawn.rows().size())));
    while (rows.size() < height) {
      rows.add(Row.BLANK);
    }
    return new Screen(
        rows,
        drawn.cursor(),
        Map.of(Screen.Region.DIALOG, new Rect(0, 0, width, height)),
        List.of());
  }
}
