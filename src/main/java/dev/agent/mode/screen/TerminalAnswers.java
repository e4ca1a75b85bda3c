package dev.agent.mode.screen;

import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.TerminalMode;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.theme.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the terminal says of itself. The questions go out with the first frame and nobody waits for
 * the answers: what is drawn gets better when they come.
 */
final class TerminalAnswers {
  /**
   * All questions in one text: kitty's keys, frames in one piece, clusters, background, name; the
   * last one is answered by every terminal, so that answers missing by then will not come.
   */
  static final String QUESTIONS = "\33[?u\33[?2026$p\33[?2027$p\33]11;?\33\\\33[>q\33[c";

  /** Which background it has now: it may have got another one while nobody looked. */
  static final String BACKGROUND_QUESTION = "\33]11;?\33\\";

  /** Terminals, by what they set in the environment, that wrap rows anew when they get narrower. */
  private static final List<String> REFLOWING =
      List.of(
          "TMUX",
          "VTE_VERSION",
          "KITTY_WINDOW_ID",
          "WT_SESSION",
          "ALACRITTY_WINDOW_ID",
          "KONSOLE_VERSION",
          "ITERM_SESSION_ID",
          "WEZTERM_PANE",
          "GHOSTTY_RESOURCES_DIR");

  private final boolean syncAllowed;
  private final String colorFgBg;
  private Capabilities capabilities;
  private Optional<Background> background = Optional.empty();
  private boolean kitty;
  private boolean settled;
  private boolean clusters;
  private boolean reflows;

  TerminalAnswers(Map<String, String> environment) {
    this.reflows =
        REFLOWING.stream().anyMatch(environment::containsKey)
            || environment.getOrDefault("TERM_PROGRAM", "").equals("vscode")
            || environment.getOrDefault("TERM_PROGRAM", "").equals("Apple_Terminal");
    this.capabilities = Capabilities.of(environment);
    this.syncAllowed = Capabilities.isSyncAllowed(environment);
    this.colorFgBg = environment.getOrDefault("COLORFGBG", "");
  }

  /** What is known by now. */
  Capabilities capabilities() {
    return capabilities;
  }

  /** Whether the background is dark or light, as far as that is known by now. */
  Background background() {
    return background.orElseGet(() -> Background.of("", colorFgBg));
  }

  /** Whether the terminal tells about its background. */
  boolean tellsBackground() {
    return background.isPresent();
  }

  /**
   * Whether rows that no longer fit are wrapped anew when the terminal gets narrower, as far as is
   * known by now; false if nobody knows.
   */
  boolean reflows() {
    return reflows;
  }

  /** Whether kitty's keys are understood. */
  boolean hasKittyKeys() {
    return kitty;
  }

  /** Modes that the answers so far have led to. */
  List<TerminalMode> modes() {
    List<TerminalMode> modes = new ArrayList<>();
    if (clusters) {
      modes.add(TerminalMode.CLUSTERS);
    }
    if (settled && !kitty) {
      modes.add(TerminalMode.MODIFIED_KEYS);
    }
    return modes;
  }

  /** A mode to switch on because of this answer; empty for none. */
  Optional<TerminalMode> accept(InputEvent.Reported report) {
    switch (report.kind()) {
      case KITTY_FLAGS -> kitty = true;
      case MODE -> {
        String[] parts = report.value().split(";");
        boolean known = parts.length == 2 && (parts[1].equals("1") || parts[1].equals("2"));
        if (parts[0].equals("2026")) {
          capabilities = capabilities.withSync(known && syncAllowed);
        } else if (parts[0].equals("2027") && known && !clusters) {
          clusters = true;
          return Optional.of(TerminalMode.CLUSTERS);
        }
      }
      case BACKGROUND ->
          background = Background.ofAnswer("#" + report.value()).or(() -> background);
      case COLOR_SCHEME ->
          background =
              Optional.of(report.value().equals("light") ? Background.LIGHT : Background.DARK);
      case NAME_AND_VERSION -> named(report.value().toLowerCase(Locale.ROOT));
      case PRIMARY_ATTRIBUTES -> {
        if (!settled) {
          settled = true;
          return kitty ? Optional.empty() : Optional.of(TerminalMode.MODIFIED_KEYS);
        }
      }
      case CURSOR -> {}
    }
    return Optional.empty();
  }

  /** Terminals that draw frames in one piece, whatever they say to the question. */
  private void named(String name) {
    boolean modern =
        name.startsWith("ghostty")
            || name.startsWith("kitty")
            || name.startsWith("wezterm")
            || name.startsWith("iterm2")
            || name.startsWith("foot");
    reflows = name.startsWith("tmux") || modern || (reflows && !name.startsWith("xterm("));
    if (modern || name.startsWith("tmux") && tmuxVersion(name) >= 304) {
      capabilities = capabilities.withSync(syncAllowed);
    }
    if (modern) {
      capabilities = capabilities.withHyperlinks(true);
    }
  }

  /** {@code tmux 3.4a} is 304. */
  private static int tmuxVersion(String name) {
    String[] parts = name.replaceAll("[^0-9.]", "").split("\\.");
    try {
      return 100 * Integer.parseInt(parts[0]) + (parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
