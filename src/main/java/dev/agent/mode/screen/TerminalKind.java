package dev.agent.mode.screen;

import java.util.Locale;
import java.util.Map;

/**
 * What is known of the terminal by its environment, as far as sequences depend on it that not every
 * terminal knows. What stands between us and it (tmux, screen) counts before the terminal itself:
 * variables of the terminal may be left from another one then.
 *
 * @param family who made it
 * @param wrap what sequences must be wrapped in to get through
 * @param remote whether the terminal is on another machine
 */
record TerminalKind(Family family, Wrap wrap, boolean remote) {
  private static final char ESCAPE = 27;

  /** GNU screen cuts longer ones; its limit is 768 bytes. */
  private static final int SCREEN_PIECE = 500;

  /** Who made it. */
  enum Family {
    ITERM,
    WEZTERM,
    WINDOWS,
    CONEMU,
    GHOSTTY,
    KITTY,
    VTE,
    /** VTE that shows progress (0.79 and later). */
    VTE_WITH_PROGRESS,
    FOOT,
    OTHER
  }

  /** What stands in between. */
  enum Wrap {
    NONE,
    TMUX,
    SCREEN
  }

  static TerminalKind of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean remote =
        environment.containsKey("SSH_CONNECTION") || environment.containsKey("SSH_TTY");
    if (environment.containsKey("TMUX") || term.startsWith("tmux")) {
      return new TerminalKind(Family.OTHER, Wrap.TMUX, remote);
    }
    if (environment.containsKey("STY") || term.startsWith("screen")) {
      return new TerminalKind(Family.OTHER, Wrap.SCREEN, remote);
    }
    return new TerminalKind(family(environment, term), Wrap.NONE, remote);
  }

  private static Family family(Map<String, String> environment, String term) {
    String program = environment.getOrDefault("TERM_PROGRAM", "").toLowerCase(Locale.ROOT);
    if (program.equals("iterm.app")) {
      return Family.ITERM;
    } else if (program.equals("wezterm")) {
      return Family.WEZTERM;
    } else if (program.equals("ghostty")) {
      return Family.GHOSTTY;
    }
    if (term.equals("xterm-kitty") || environment.containsKey("KITTY_WINDOW_ID")) {
      return Family.KITTY;
    } else if (term.equals("xterm-ghostty")) {
      return Family.GHOSTTY;
    } else if (term.startsWith("foot")) {
      return Family.FOOT;
    } else if (environment.getOrDefault("ConEmuANSI", "").equals("ON")) {
      return Family.CONEMU;
    } else if (environment.containsKey("WT_SESSION")) {
      return Family.WINDOWS;
    } else if (environment.containsKey("VTE_VERSION")) {
      return number(environment.getOrDefault("VTE_VERSION", "")) >= 7900
          ? Family.VTE_WITH_PROGRESS
          : Family.VTE;
    }
    return Family.OTHER;
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** A sequence as it gets through to the terminal. */
  String wrapped(String sequence) {
    return switch (wrap) {
      case NONE -> sequence;
      case TMUX -> "\33Ptmux;" + sequence.replace("\33", "\33\33") + "\33\\";
      case SCREEN -> {
        StringBuilder pieces = new StringBuilder();
        int at = 0;
        while (at < sequence.length()) {
          int end = Math.min(sequence.length(), at + SCREEN_PIECE);
          // An ESC at the end of a piece would be taken for a part of the piece's own end.
          if (end < sequence.length() && sequence.charAt(end - 1) == ESCAPE && end - at > 1) {
            end--;
          }
          pieces.append("\33P").append(sequence, at, end).append("\33\\");
          at = end;
        }
        yield pieces.toString();
      }
    };
  }
}
