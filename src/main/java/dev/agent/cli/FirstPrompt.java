package dev.agent.cli;

import dev.agent.mode.interactive.Surfaces;
import dev.agent.session.MarkFile;
import dev.agent.settings.Places;
import dev.agent.tui.cell.TerminalMode;
import dev.agent.tui.cell.TerminalPort;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first thing that a person sees: an empty prompt on the whole screen, painted by the launcher
 * before there was a JVM. The full screen takes it over, cell by cell in the same places; keys that
 * are pressed meanwhile wait in the terminal.
 */
final class FirstPrompt {
  /** The variable in which the launcher says what it did. */
  static final String NOTE = "AGENT_TERMINAL";

  /** The file in the cache directory whose presence keeps the launcher from painting. */
  static final String OTHER_SURFACE = "other-surface";

  /** What the launcher has switched on, in its order. */
  private static final List<TerminalMode> MODES =
      List.of(
          TerminalMode.TITLE,
          TerminalMode.ALTERNATE_SCREEN,
          TerminalMode.KITTY_KEYS,
          TerminalMode.PASTE);

  private FirstPrompt() {}

  /**
   * The terminal that shows it; empty where the launcher painted nothing. From here on it is
   * restored when the process ends.
   */
  static Optional<TerminalPort> terminal(Map<String, String> environment) {
    if (environment.getOrDefault(NOTE, "").isEmpty()) {
      return Optional.empty();
    }
    TerminalPort terminal =
        TerminalPort.of(
            environment,
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out));
    terminal.startedBefore(MODES);
    return Optional.of(terminal);
  }

  /**
   * Leaves word for the launcher whether to paint the next time: where a setting wants another
   * surface, the painted prompt would only flash.
   *
   * @param surface the setting {@code tui}
   */
  static void remember(Places places, Optional<String> surface) {
    MarkFile.set(
        places.cache(),
        OTHER_SURFACE,
        surface.filter(name -> !name.equals(Surfaces.FULLSCREEN)).isPresent());
  }
}
