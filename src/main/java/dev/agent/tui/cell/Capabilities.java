package dev.agent.tui.cell;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a terminal can do, as far as drawing depends on it. It begins with what the environment says
 * and is replaced when the terminal's answers arrive.
 *
 * @param synchronizes whether frames may be bracketed with mode 2026; else the cursor is hidden
 *     while a frame is drawn
 * @param hyperlinks whether links are sent (OSC 8)
 * @param underlineColors whether underlines have a colour of their own
 * @param scrolls whether parts of the screen may be moved with scroll regions
 * @param unicode whether its locale knows more than ASCII; else the signs that we draw with are
 *     written in ASCII
 */
public record Capabilities(
    ColorDepth depth,
    boolean synchronizes,
    boolean hyperlinks,
    boolean underlineColors,
    boolean scrolls,
    boolean unicode) {

  /** Of a terminal that shows all characters. */
  public Capabilities(
      ColorDepth depth,
      boolean synchronizes,
      boolean hyperlinks,
      boolean underlineColors,
      boolean scrolls) {
    this(depth, synchronizes, hyperlinks, underlineColors, scrolls, true);
  }

  /** What can be known before the terminal has answered anything. */
  public static Capabilities of(Map<String, String> environment) {
    String terminal = environment.getOrDefault("TERM", "");
    String program = environment.getOrDefault("TERM_PROGRAM", "");
    boolean modern =
        switch (terminal) {
          case "xterm-kitty",
              "xterm-ghostty",
              "foot",
              "foot-extra",
              "alacritty",
              "wezterm",
              "contour" ->
              true;
          default ->
              switch (program) {
                case "iTerm.app", "WezTerm", "ghostty" -> true;
                default -> false;
              };
        };
    boolean links =
        modern
            || program.equals("vscode")
            || environment.containsKey("WT_SESSION")
            || environment.containsKey("VTE_VERSION");
    // Multiplexers speak for the terminal that they run in, but its name is all that is left of it.
    boolean multiplexed = environment.containsKey("TMUX") || terminal.startsWith("screen");
    boolean sync = modern && !multiplexed && isSyncAllowed(environment);
    return new Capabilities(
        ColorDepth.of(environment),
        sync,
        links && !multiplexed,
        modern && !multiplexed,
        true,
        isUnicode(environment));
  }

  /** Whether the terminal's own locale can show more than ASCII. */
  private static boolean isUnicode(Map<String, String> environment) {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  /** Whether the person did not forbid mode 2026. */
  public static boolean isSyncAllowed(Map<String, String> environment) {
    return environment.getOrDefault("AGENT_NO_SYNC", "").isEmpty()
        || environment.getOrDefault("AGENT_NO_SYNC", "").equals("0");
  }

  /** The same with or without mode 2026. */
  public Capabilities withSync(boolean newSynchronizes) {
    return new Capabilities(depth, newSynchronizes, hyperlinks, underlineColors, scrolls, unicode);
  }

  /** The same with or without links. */
  public Capabilities withHyperlinks(boolean newHyperlinks) {
    return new Capabilities(depth, synchronizes, newHyperlinks, underlineColors, scrolls, unicode);
  }

  /** The same without scroll regions: for a part of the screen whose place is not known. */
  Capabilities withoutScrolls() {
    return new Capabilities(depth, synchronizes, hyperlinks, underlineColors, false, unicode);
  }
}
