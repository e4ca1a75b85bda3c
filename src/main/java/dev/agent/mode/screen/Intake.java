package dev.agent.mode.screen;

import dev.agent.tui.UiLoop;
import dev.agent.tui.input.InputDecoder;
import dev.agent.tui.input.InputEvent;
import java.util.OptionalLong;

/** What the terminal sends, and who gets it. UI thread only. */
final class Intake {
  private final InputDecoder decoder;
  private final Desk desk;
  private final Hands hands;
  private final Pointer pointer;
  private final Announcements announcements;
  private final Console console;
  private final UiLoop loop;
  private final Runnable look;

  /**
   * @param remote whether bytes come over a network, where those of one key may come apart
   * @param look called when the terminal turns out to have another background
   */
  Intake(
      boolean remote,
      Desk desk,
      Hands hands,
      Pointer pointer,
      Announcements announcements,
      Console console,
      UiLoop loop,
      Runnable look) {
    this.decoder =
        new InputDecoder(remote ? InputDecoder.REMOTE_WAIT : InputDecoder.LOCAL_WAIT, this::accept);
    this.desk = desk;
    this.hands = hands;
    this.pointer = pointer;
    this.announcements = announcements;
    this.console = console;
    this.loop = loop;
    this.look = look;
  }

  /** Takes the next bytes. */
  void feed(byte[] bytes) {
    decoder.feed(bytes, System.nanoTime());
    awaitRest();
  }

  /** Does what is due. */
  void tick(long now) {
    if (desk.alarms().take(Alarms.Alarm.INPUT, now)) {
      decoder.expire(now);
      awaitRest();
    }
    pointer.tick(now);
  }

  private void awaitRest() {
    long now = System.nanoTime();
    OptionalLong wait = decoder.timeout(now);
    if (wait.isPresent()) {
      desk.alarms().set(Alarms.Alarm.INPUT, now + wait.getAsLong());
    } else {
      desk.alarms().clear(Alarms.Alarm.INPUT);
    }
  }

  private void accept(InputEvent event) {
    long now = System.nanoTime();
    loop.hurry();
    switch (event) {
      case InputEvent.Pressed(var key) -> hands.pressed(key, now);
      case InputEvent.Pasted paste -> hands.pasted(paste, now);
      case InputEvent.Mouse mouse -> {
        if (desk.face().ownsScreen()) {
          pointer.moved(mouse, now);
        }
      }
      case InputEvent.Focused(boolean gained) -> {
        desk.focused(gained);
        announcements.focused(gained);
        if (gained) {
          console.askBackground();
        }
      }
      case InputEvent.Reported report -> {
        if (console.answered(report)) {
          look.run();
        }
        if (report.kind() == InputEvent.ReportKind.COLOR_SCHEME) {
          console.askBackground();
        }
      }
    }
  }
}
