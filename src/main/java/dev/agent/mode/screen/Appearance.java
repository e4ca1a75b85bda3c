package dev.agent.mode.screen;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Capabilities;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.ColorDepth;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.cell.Wrapping;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.edit.EditorLook;
import dev.agent.tui.edit.InputMode;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.markup.Highlighter;
import dev.agent.tui.markup.Markdown;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.theme.Token;
import dev.agent.tui.view.BodyRows;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Look;
import dev.agent.tui.view.MarkupBody;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How everything looks now: theme, signs, and what draws texts with them. Immutable. */
final class Appearance {
  /** What is written where nothing is yet. */
  private static final String PLACEHOLDER = "Ask for a change, or press ? for shortcuts";

  private final Look look;
  private final Markdown markdown;
  private final DiffRows diffs;
  private final Map<InputMode, EditorLook> composers = new EnumMap<>(InputMode.class);

  private Appearance(Look look, Markdown markdown, DiffRows diffs) {
    this.look = look;
    this.markdown = markdown;
    this.diffs = diffs;
    for (InputMode mode : InputMode.values()) {
      composers.put(mode, editor(mode, mode == InputMode.PROMPT ? PLACEHOLDER : ""));
    }
  }

  /**
   * The appearance of a theme; without colours it is the one that has none, and one that is not
   * known is {@code auto}.
   */
  static Appearance of(
      Themes themes,
      String name,
      Background background,
      Capabilities capabilities,
      Glyphs glyphs,
      DiffRows.Layout layout,
      InstantSource time) {
    return of(themes, name, background, capabilities, glyphs, layout, time, ZoneId.systemDefault());
  }

  /**
   * The same with times of this zone.
   *
   * @param time measures how long code is coloured
   */
  static Appearance of(
      Themes themes,
      String name,
      Background background,
      Capabilities capabilities,
      Glyphs glyphs,
      DiffRows.Layout layout,
      InstantSource time,
      ZoneId zone) {
    String wanted = capabilities.depth() == ColorDepth.NONE ? Themes.MONO : name;
    Theme theme =
        themes
            .find(wanted, background)
            .or(() -> themes.find(Themes.AUTO, background))
            .orElseGet(() -> new Theme("none", Map.of()));
    Highlighter highlighter = new Highlighter(time);
    return new Appearance(
        new Look(theme, glyphs, zone),
        new Markdown(highlighter, capabilities.hyperlinks()),
        new DiffRows(highlighter, layout));
  }

  Look look() {
    return look;
  }

  Theme theme() {
    return look.theme();
  }

  /** Draws the texts of blocks; each transcript window has its own. */
  BodyRows body() {
    return new MarkupBody(markdown, diffs, look.theme());
  }

  /** Markdown inside a dialog. */
  Body markdown(String text) {
    return (width, theme) -> markdown.rows(text, width, theme);
  }

  /** Plain words on as many rows as they take. */
  List<Row> plain(String text, int width) {
    return Wrapping.wrap(
        List.of(Span.of(Cells.visible(text), look.style(Token.DIM))),
        width,
        Span.decoration("", Style.PLAIN));
  }

  /** The change of a file inside a dialog. */
  Body diff(Display.Diff diff) {
    return (width, theme) -> diffs.rows(diff, width, theme);
  }

  /** How the composer looks in a mode. */
  EditorLook composer(InputMode mode) {
    return Objects.requireNonNull(composers.get(mode));
  }

  private EditorLook editor(InputMode mode, String placeholder) {
    Token token =
        switch (mode) {
          case PROMPT -> Token.TEXT;
          case SHELL -> Token.SHELL;
          case MEMORY -> Token.MEMORY;
        };
    String sign = mode == InputMode.PROMPT ? look.glyphs().prompt() : mode.prefix();
    Style style = look.style(token);
    return new EditorLook(
        Span.decoration(sign + " ", mode == InputMode.PROMPT ? style : style.plus(Style.BOLD)),
        Span.decoration("  ", Style.PLAIN),
        look.style(Token.TEXT),
        look.style(Token.ACCENT),
        look.style(Token.SELECTION),
        Span.decoration(placeholder, look.style(Token.DIM)));
  }
}
