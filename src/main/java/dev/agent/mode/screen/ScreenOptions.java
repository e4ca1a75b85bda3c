package dev.agent.mode.screen;

import dev.agent.command.Screen;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.Surfaces;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import dev.agent.tui.cell.TerminalPort;
import dev.agent.tui.theme.Themes;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What commands can change of the screen. Any thread may ask and change; the screen follows. */
final class ScreenOptions implements Screen {
  /** The smallest terminal that the full screen is drawn on. */
  private static final int MIN_COLUMNS = 40;

  private static final int MIN_ROWS = 10;

  private final Themes themes;
  private final Controller controller;
  private final TerminalPort terminal;
  private final Changed changed;
  private volatile String surface = Surfaces.FULLSCREEN;
  private volatile Function<String, String> clipboard = _ -> "";
  private volatile Supplier<List<String>> warnings = List::of;
  private Stored stored;
  private volatile String theme;
  private volatile String mouse;
  private volatile boolean vim;
  private volatile String insertEscape;
  private volatile boolean todos = true;

  /** Told what is different now; called by any thread. */
  interface Changed {
    void changed(Option option);
  }

  /**
   * @param terminal is asked for its size
   */
  ScreenOptions(
      Settings settings,
      Themes themes,
      Controller controller,
      TerminalPort terminal,
      Changed changed) {
    this.themes = themes;
    this.terminal = terminal;
    this.controller = controller;
    this.changed = changed;
    this.stored = stored(settings);
    this.theme = stored.theme();
    this.mouse = stored.mouse();
    this.vim = stored.vim();
    this.insertEscape = stored.insertEscape();
  }

  private static final List<String> MOUSE = List.of("auto", "scroll", "off");

  /** What files say. */
  private record Stored(String theme, String mouse, boolean vim, String insertEscape) {}

  private Stored stored(Settings settings) {
    Preferences wanted = Preferences.of(settings);
    return new Stored(
        themes.names().contains(wanted.theme()) ? wanted.theme() : Themes.AUTO,
        wanted.mouse(),
        wanted.vim(),
        wanted.vimInsertEscape());
  }

  /**
   * Looks as the settings say now, where they say something else than before: what a command chose
   * for this session stays otherwise. What is so already stays untouched: where one reads and how
   * one types must not change for it. UI thread.
   */
  void follow(Settings settings) {
    Stored before = stored;
    stored = stored(settings);
    if (!stored.theme().equals(before.theme()) && !stored.theme().equals(theme)) {
      change(Option.THEME, stored.theme());
    }
    if (!stored.mouse().equals(before.mouse()) && !stored.mouse().equals(mouse)) {
      change(Option.MOUSE, stored.mouse());
    }
    insertEscape = stored.insertEscape();
    if (stored.vim() != before.vim()) {
      change(Option.EDITOR, stored.vim() ? "vim" : "normal");
    } else if (!stored.insertEscape().equals(before.insertEscape())) {
      changed.changed(Option.EDITOR);
    }
  }

  /** Knows what the person was warned of. */
  void warnings(Supplier<List<String>> told) {
    warnings = told;
  }

  @Override
  public List<String> warnings() {
    return warnings.get();
  }

  /** Puts texts into the clipboard and says what it did. */
  void clipboard(Function<String, String> copies) {
    clipboard = copies;
  }

  /** Draws with another surface from now on. */
  void surface(String name) {
    surface = name;
  }

  String theme() {
    return theme;
  }

  String mouse() {
    return mouse;
  }

  boolean vim() {
    return vim;
  }

  /** Two characters that mean Escape in vim's insert mode; empty for none. */
  String insertEscape() {
    return insertEscape;
  }

  boolean todos() {
    return todos;
  }

  @Override
  public String value(Option option) {
    return switch (option) {
      case THEME -> theme;
      case MOUSE -> mouse;
      case SURFACE -> surface;
      case EDITOR -> vim ? "vim" : "normal";
      case TODOS -> todos ? "shown" : "hidden";
    };
  }

  @Override
  public List<String> values(Option option) {
    return switch (option) {
      case THEME -> themes.names();
      // Below printed text the mouse is the terminal's.
      case MOUSE -> surface.equals(Surfaces.INLINE) ? List.of() : MOUSE;
      case SURFACE -> controller.surfaces();
      case EDITOR -> List.of("normal", "vim");
      case TODOS -> List.of("shown", "hidden");
    };
  }

  @Override
  public void change(Option option, String value) {
    if (!values(option).contains(value)) {
      throw new UserError(
          "\"" + value + "\" is not known here.",
          "Choose one of " + String.join(", ", values(option)) + ".");
    }
    switch (option) {
      case THEME -> theme = value;
      case MOUSE -> mouse = value;
      case SURFACE -> {
        if (!value.equals(surface)) {
          checkSize(value);
          controller.useSurface(value);
        }
      }
      case EDITOR -> vim = value.equals("vim");
      case TODOS -> todos = value.equals("shown");
    }
    changed.changed(option);
  }

  private void checkSize(String wanted) {
    if (wanted.equals(Surfaces.FULLSCREEN)
        && (terminal.columns() < MIN_COLUMNS || terminal.rows() < MIN_ROWS)) {
      throw new UserError(
          "The full screen needs "
              + MIN_COLUMNS
              + " columns and "
              + MIN_ROWS
              + " rows; the terminal has "
              + terminal.columns()
              + " and "
              + terminal.rows()
              + ".",
          "Make it larger first.");
    }
  }

  @Override
  public String copy(String text) {
    return clipboard.apply(text);
  }
}
