package dev.agent.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The permission mode of a session, which a person may change while it goes on: every call is
 * judged by the mode that counts at that moment. Thread-safe.
 */
public final class ModeSwitch implements Supplier<Mode> {
  private final Mode start;
  private volatile Mode current;

  public ModeSwitch(Mode start) {
    this.start = start;
    this.current = start;
  }

  /** What counts now. */
  @Override
  public Mode get() {
    return current;
  }

  /**
   * The modes that may be switched to: the harmless ones always, any other only in a session that
   * was started in it.
   */
  public List<Mode> selectable() {
    List<Mode> modes = new ArrayList<>(List.of(Mode.DEFAULT, Mode.ACCEPT_EDITS, Mode.PLAN));
    if (!modes.contains(start)) {
      modes.add(start);
    }
    return List.copyOf(modes);
  }

  /** Whether this session may be switched to a mode. */
  public boolean allows(Mode mode) {
    return selectable().contains(mode);
  }

  /** Switches; false, and nothing changes, when this session may not be in that mode. */
  public boolean set(Mode mode) {
    if (!allows(mode)) {
      return false;
    }
    current = mode;
    return true;
  }

  /** The mode after the present one, in a circle. */
  public Mode next() {
    List<Mode> modes = selectable();
    return modes.get((modes.indexOf(current) + 1) % modes.size());
  }
}
