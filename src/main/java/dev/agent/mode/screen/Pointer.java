package dev.agent.mode.screen;

import dev.agent.tui.UiLoop;
import dev.agent.tui.dialog.Armed;
import dev.agent.tui.dialog.Input;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.layout.Rect;
import dev.agent.tui.view.Screen;
import dev.agent.tui.view.TranscriptSelection;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the mouse does: scrolls, selects, places the cursor, folds, answers. UI thread only. */
final class Pointer {
  /** Clicks on one cell within this time count as double and triple ones, in nanoseconds. */
  private static final long MULTIPLE = 400_000_000;

  private static final int WHEEL_ROWS = 3;

  /** Turns of the wheel that follow each other this fast scroll farther. */
  private static final long FAST = 40_000_000;

  private static final int MAX_ROWS = 24;

  /** How fast a selection grows at an edge, in nanoseconds a row. */
  private static final long EDGE_SCROLL = 50_000_000;

  private final Desk desk;
  private final Hands hands;
  private final Chores chores;
  private final UiLoop loop;
  private final InstantSource time;
  private final BooleanSupplier buttons;
  private Optional<TranscriptSelection.Cell> pressed = Optional.empty();
  private boolean dragged;
  private int dragColumn;
  private int dragRow;
  private int clicks;
  private int lastColumn = -1;
  private int lastRow = -1;
  private long lastClick;
  private long lastWheel;
  private int wheelRows = WHEEL_ROWS;

  /**
   * @param buttons whether more than the wheel counts
   */
  Pointer(
      Desk desk,
      Hands hands,
      Chores chores,
      UiLoop loop,
      InstantSource time,
      BooleanSupplier buttons) {
    this.desk = desk;
    this.hands = hands;
    this.chores = chores;
    this.loop = loop;
    this.time = time;
    this.buttons = buttons;
  }

  void moved(InputEvent.Mouse mouse, long now) {
    switch (mouse.kind()) {
      case WHEEL_UP -> wheel(-1, mouse, now);
      case WHEEL_DOWN -> wheel(1, mouse, now);
      case PRESS_LEFT -> {
        if (buttons.getAsBoolean()) {
          press(mouse, now);
        }
      }
      case DRAG -> {
        if (buttons.getAsBoolean()) {
          drag(mouse, now);
        }
      }
      case RELEASE -> {
        if (buttons.getAsBoolean()) {
          release(mouse);
        }
      }
      case PRESS_MIDDLE, PRESS_RIGHT -> {}
    }
    loop.changed();
  }

  private void wheel(int direction, InputEvent.Mouse mouse, long now) {
    wheelRows = now - lastWheel < FAST ? Math.min(MAX_ROWS, wheelRows + 1) : WHEEL_ROWS;
    lastWheel = now;
    Optional<OpenDialog> dialog = desk.dialog();
    if (dialog.isPresent() && region(mouse).equals(Optional.of(Screen.Region.DIALOG))) {
      dialog.get().armed().on(new Input.Wheel(direction * WHEEL_ROWS), time.instant());
    } else {
      desk.window().scroll(direction * wheelRows);
    }
  }

  private Optional<Screen.Region> region(InputEvent.Mouse mouse) {
    return desk.shown().regionAt(mouse.column(), mouse.row());
  }

  private void press(InputEvent.Mouse mouse, long now) {
    boolean again =
        mouse.column() == lastColumn && mouse.row() == lastRow && now - lastClick < MULTIPLE;
    clicks = again ? clicks + 1 : 1;
    lastColumn = mouse.column();
    lastRow = mouse.row();
    lastClick = now;
    dragged = false;
    pressed = Optional.empty();
    desk.select(Optional.empty());
    Optional<Screen.Region> region = region(mouse);
    if (region.isEmpty()) {
      return;
    }
    Rect rect = desk.shown().regions().getOrDefault(region.get(), new Rect(0, 0, 0, 0));
    switch (region.get()) {
      case TRANSCRIPT -> {
        pressed = desk.shown().cellAt(mouse.column(), mouse.row());
        pressed.ifPresent(this::selectByClicks);
      }
      case NEW_LINES -> desk.window().toBottom();
      case COMPOSER ->
          desk.composer()
              .click(
                  desk.appearance().composer(desk.composer().mode()),
                  desk.face().columns(),
                  mouse.row() - rect.row(),
                  mouse.column() - rect.column());
      case DIALOG -> click(mouse.row() - rect.row());
      case TODOS, SPINNER, QUEUE, WARNINGS, BELOW, FOOTER -> {}
    }
  }

  private void selectByClicks(TranscriptSelection.Cell cell) {
    if (clicks == 2) {
      desk.select(TranscriptSelection.word(desk.window(), cell));
    } else if (clicks >= 3) {
      desk.select(TranscriptSelection.line(desk.window(), cell));
    }
  }

  private void click(int row) {
    Optional<OpenDialog> dialog = desk.dialog();
    Optional<Integer> target = desk.dialogTarget(row);
    if (dialog.isPresent() && target.isPresent()) {
      Input.Clicked click = new Input.Clicked(target.get());
      if (dialog.get().armed().on(click, time.instant())
          instanceof Armed.Taken.Stepped<Runnable>(var step)) {
        hands.stepped(dialog.get(), step, () -> {});
      }
    }
  }

  private void drag(InputEvent.Mouse mouse, long now) {
    dragColumn = mouse.column();
    dragRow = mouse.row();
    drag(now);
  }

  /** The mouse stands still; at an edge the text goes on moving under it. */
  void tick(long now) {
    if (desk.alarms().take(Alarms.Alarm.DRAG, now)) {
      drag(now);
      loop.changed();
    }
  }

  private void drag(long now) {
    Rect rect = desk.shown().regions().get(Screen.Region.TRANSCRIPT);
    if (pressed.isEmpty() || rect == null) {
      return;
    }
    desk.shown()
        .cellAt(dragColumn, within(rect, dragRow))
        .ifPresent(
            cell -> {
              dragged |= !cell.equals(pressed.get());
              if (dragged) {
                desk.select(Optional.of(TranscriptSelection.between(pressed.get(), cell)));
              }
            });
    int direction = edge(rect);
    if (direction != 0 && dragged) {
      desk.window().scroll(direction);
      desk.alarms().set(Alarms.Alarm.DRAG, now + EDGE_SCROLL);
    } else {
      desk.alarms().clear(Alarms.Alarm.DRAG);
    }
  }

  private static int within(Rect rect, int row) {
    return Math.clamp(row, rect.row(), rect.row() + Math.max(0, rect.height() - 1));
  }

  /** Which way the text moves; above the first row of a screen there is no row to point at. */
  private int edge(Rect rect) {
    if (dragRow < rect.row() || dragRow == 0) {
      return -1;
    }
    return dragRow >= rect.row() + rect.height() ? 1 : 0;
  }

  /** A click that selected nothing follows a link, or opens and closes what it was on. */
  private void release(InputEvent.Mouse mouse) {
    desk.alarms().clear(Alarms.Alarm.DRAG);
    if (pressed.isPresent() && !dragged && clicks == 1) {
      Optional<TranscriptSelection.Cell> cell = desk.shown().cellAt(mouse.column(), mouse.row());
      if (cell.equals(pressed)) {
        clicked(mouse, pressed.get().blockId());
      }
    }
    pressed = Optional.empty();
    if (dragged) {
      chores.selected();
    }
  }

  private void clicked(InputEvent.Mouse mouse, long blockId) {
    Optional<String> address = WebAddress.at(desk.shown(), mouse.column(), mouse.row());
    if (address.isPresent()) {
      chores.browse(address.get());
    } else if (desk.window().canToggle(blockId)) {
      desk.window().toggle(blockId);
    }
  }
}
