package dev.agent.tui.cell;

import java.util.Locale;
import java.util.Map;

/** How many colours may be sent to a terminal. */
public enum ColorDepth {
  /** None at all; bold, underline and inverse remain. */
  NONE,
  /** The 16 named ones. */
  ANSI16,
  /** The 256 of xterm's palette. */
  PALETTE,
  /** 24 bits. */
  RGB;

  /**
   * The depth that an environment speaks of. {@code NO_COLOR} (not empty) ends it. {@code
   * FORCE_COLOR} overrides what follows: 0 or false = none, 1, 2 and 3 = 16, 256 and 24 bits,
   * anything else = at least 16. Then {@code COLORTERM}, known terminals, {@code TERM}.
   */
  public static ColorDepth of(Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return NONE;
    }
    String forced = environment.get("FORCE_COLOR");
    ColorDepth detected = detect(environment);
    if (forced == null) {
      return detected;
    }
    return switch (forced.toLowerCase(Locale.ROOT)) {
      case "0", "false" -> NONE;
      case "1" -> ANSI16;
      case "2" -> PALETTE;
      case "3" -> RGB;
      default -> detected == NONE ? ANSI16 : detected;
    };
  }

  private static ColorDepth detect(Map<String, String> environment) {
    String colors = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
    String terminal = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    if (terminal.equals("dumb")) {
      return NONE;
    }
    if (colors.equals("truecolor") || colors.equals("24bit") || isKnown(terminal, environment)) {
      return RGB;
    }
    return terminal.endsWith("-256color")
            || environment.getOrDefault("TERM_PROGRAM", "").equals("Apple_Terminal")
        ? PALETTE
        : ANSI16;
  }

  /** Terminals with 24 bits that don't all say so in COLORTERM. */
  private static boolean isKnown(String terminal, Map<String, String> environment) {
    return switch (terminal) {
      case "xterm-kitty",
          "alacritty",
          "foot",
          "foot-extra",
          "xterm-ghostty",
          "wezterm",
          "contour" ->
          true;
      default ->
          terminal.endsWith("-direct")
              || environment.containsKey("WT_SESSION")
              || switch (environment.getOrDefault("TERM_PROGRAM", "")) {
                case "iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "WarpTerminal", "rio" ->
                    true;
                default -> false;
              };
    };
  }
}
