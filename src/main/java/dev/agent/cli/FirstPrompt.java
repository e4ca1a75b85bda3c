package dev.agent.cli;

import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.TerminalMode;
import dev.agent.tui.cell.TerminalPort;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first thing that a person sees: an empty prompt on the whole screen, painted before anything
 * else is loaded. The full screen takes it over, cell by cell in the same places; keys that are
 * pressed meanwhile wait in the terminal.
 */
final class FirstPrompt {
  /** Below this size the surface is another one. */
  private static final int MIN_COLUMNS = 40;

  private static final int MIN_ROWS = 10;

  private FirstPrompt() {}

  /**
   * Paints it, where the launcher has prepared the terminal for it. From then on the terminal is
   * restored when the process ends.
   *
   * @return the terminal; empty where it was not prepared
   */
  static Optional<TerminalPort> paint(Map<String, String> environment) {
    if (environment.getOrDefault("AGENT_TERMINAL", "").isEmpty()) {
      return Optional.empty();
    }
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    TerminalPort terminal =
        TerminalPort.of(environment, new FileInputStream(FileDescriptor.in), out);
    if (terminal.columns() >= MIN_COLUMNS && terminal.rows() >= MIN_ROWS) {
      try {
        terminal.start(
            List.of(
                TerminalMode.TITLE,
                TerminalMode.ALTERNATE_SCREEN,
                TerminalMode.KITTY_KEYS,
                TerminalMode.PASTE),
            prompt(terminal.columns(), terminal.rows(), isUtf8(environment)));
      } catch (IOException e) {
        terminal.end();
        return Optional.empty();
      }
    }
    return Optional.of(terminal);
  }

  private static boolean isUtf8(Map<String, String> environment) {
    String kept = environment.get("AGENT_KEEP_LC_ALL");
    return kept == null; // the launcher keeps it only where it had to change the locale
  }

  private static Bytes prompt(int columns, int rows, boolean utf8) {
    String rule = (utf8 ? "─" : "-").repeat(columns);
    int at = rows - (rows < 14 ? 1 : 2);
    Bytes bytes = new Bytes();
    bytes.ascii("\33[H\33[2m");
    if (rows >= 14) {
      row(bytes, at - 1, rule);
    }
    row(bytes, at, "> Ask for a change, or press ? for shortcuts");
    if (rows >= 14) {
      row(bytes, at + 1, rule);
    }
    row(bytes, rows, "  ? shortcuts");
    bytes.ascii("\33[").number(at).ascii(";1H\33[m> ");
    return bytes;
  }

  private static void row(Bytes bytes, int row, String text) {
    bytes.ascii("\33[").number(row).ascii(";1H").text(text);
  }
}
