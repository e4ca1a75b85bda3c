package dev.agent.mode.screen;

import dev.agent.tui.UiLoop;
import java.util.EnumMap;
import java.util.Map;

/** Points in time at which the screen wants to be looked at though nothing happens. */
final class Alarms {
  /** What is due then. */
  enum Alarm {
    /** The decoder has waited long enough for the rest of a sequence. */
    INPUT,
    /** Signs of work move. */
    SPINNER,
    /** What was said for a moment goes away. */
    FLASH,
    /** A dialog takes keys from now on. */
    ARMED,
    /** What had to be done twice no longer counts. */
    TWICE,
    /** The terminal's size has been the same for long enough. */
    RESIZE,
    /** The mouse holds the edge of what it selects: the text moves under it. */
    DRAG,
    /** Questions to the terminal that were not answered are answered with no. */
    PROBES
  }

  private final Map<Alarm, Long> times = new EnumMap<>(Alarm.class);

  /** Sets one; an earlier time of the same one is forgotten. */
  void set(Alarm alarm, long at) {
    times.put(alarm, at);
  }

  /** Sets one unless it is set. */
  void setIfNone(Alarm alarm, long at) {
    times.putIfAbsent(alarm, at);
  }

  boolean isSet(Alarm alarm) {
    return times.containsKey(alarm);
  }

  void clear(Alarm alarm) {
    times.remove(alarm);
  }

  /** The earliest of all. */
  long next() {
    long next = UiLoop.NEVER;
    for (long time : times.values()) {
      next = Math.min(next, time);
    }
    return next;
  }

  /** Takes one if it is due. */
  boolean take(Alarm alarm, long now) {
    Long at = times.get(alarm);
    if (at == null || at > now) {
      return false;
    }
    times.remove(alarm);
    return true;
  }
}
