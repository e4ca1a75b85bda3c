package dev.agent.mode.screen;

import java.util.function.BooleanSupplier;

/**
 * What moves or goes away by itself: the signs of work, and what is said for a moment. Times are
 * those of {@link System#nanoTime}. UI thread only.
 */
final class Motion {
  /** How fast signs of work move, in nanoseconds. */
  private static final long SPIN = 125_000_000;

  /** How fast they move while nobody looks. */
  private static final long SLOW_SPIN = 1_000_000_000;

  /** How long something is said for a moment. */
  private static final long FLASH = 2_500_000_000L;

  private final Alarms alarms;
  private final BooleanSupplier busy;
  private final boolean still;
  private boolean focused = true;
  private String flash = "";

  /**
   * @param busy whether there is work to show signs of
   * @param still whether signs must not move: they only count seconds then
   */
  Motion(Alarms alarms, BooleanSupplier busy, boolean still) {
    this.alarms = alarms;
    this.busy = busy;
    this.still = still;
  }

  /** Whether the person looks at the terminal. */
  void focused(boolean isFocused, long now) {
    focused = isFocused;
    spin(now);
  }

  /** Lets signs move while there is work. */
  void spin(long now) {
    if (busy.getAsBoolean()) {
      alarms.setIfNone(Alarms.Alarm.SPINNER, now + (focused && !still ? SPIN : SLOW_SPIN));
    } else {
      alarms.clear(Alarms.Alarm.SPINNER);
    }
  }

  /** Whether it is time for signs to move; {@link #spin} sets the next time. */
  boolean spins(long now) {
    return alarms.take(Alarms.Alarm.SPINNER, now);
  }

  /** What is said for a moment; blank for nothing. */
  String flash() {
    return flash;
  }

  /** Says something for a moment. */
  void flash(String text, long now) {
    flash = text;
    alarms.set(Alarms.Alarm.FLASH, now + FLASH);
  }

  /** What was said was seen: a key was pressed. */
  void seen() {
    if (!flash.isEmpty()) {
      flash = "";
      alarms.clear(Alarms.Alarm.FLASH);
    }
  }

  /** Whether what was said went away just now. */
  boolean fades(long now) {
    boolean due = alarms.take(Alarms.Alarm.FLASH, now);
    if (due) {
      flash = "";
    }
    return due;
  }
}
