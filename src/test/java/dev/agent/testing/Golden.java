package dev.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.dialog.Canvas;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.Picture;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.view.Pane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rows as text that is kept beside the tests and compared: the characters first, then the styles.
 * {@code -Dgolden.update=true} writes the files anew; {@code -Dgolden.pictures=true} also draws
 * each as {@code target/golden/<test>/<case>.png}, for people to look at, and any other value names
 * the directory for them. {@code scripts/golden} does both.
 *
 * <p>In the styles each letter stands for one look, a dot for the terminal's own, {@code ~} in
 * front of a row for one that continues the row above; decoration stands in brackets.
 */
public final class Golden {
  /** The sizes at which whole screens are kept. */
  public static final List<Size> SCREENS =
      List.of(new Size(100, 30), new Size(60, 20), new Size(200, 50));

  /** The themes in which everything is kept. */
  public static final List<Theme> THEMES = List.of(theme("dark"), theme("light"), theme("mono"));

  /** The sizes at which dialogs are kept by themselves. */
  private static final List<Size> DIALOGS = List.of(new Size(100, 30), new Size(60, 20));

  /** Rows of the screen that a dialog does not get: of the transcript, two rules, the footer. */
  private static final int OTHERS = 6;

  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final Class<?> test;

  /** The golden files of a test. */
  public Golden(Class<?> test) {
    this.test = test;
  }

  /** Columns and rows of a screen. */
  public record Size(int columns, int rows) {
    @Override
    public String toString() {
      return columns + "x" + rows;
    }
  }

  /** One of the themes of the product, made for a dark terminal where it suits both. */
  public static Theme theme(String name) {
    return new Themes().find(name, Background.DARK).orElseThrow();
  }

  /** Compares a dialog in the usual sizes and themes; the supplier makes it in the wanted state. */
  public void check(String name, Supplier<? extends Dialog<?>> dialog) {
    DIALOGS.forEach(size -> check(name, dialog, size.columns(), size.rows()));
  }

  /** Compares a dialog on a screen of this size. */
  public void check(String name, Supplier<? extends Dialog<?>> dialog, int width, int height) {
    check(name, dialog, width, height, true);
  }

  /**
   * Compares a dialog on a screen of this size.
   *
   * @param armed whether its keys answer already
   */
  public void check(
      String name, Supplier<? extends Dialog<?>> dialog, int width, int height, boolean armed) {
    for (Theme theme : THEMES) {
      Dialog<?> drawn = dialog.get();
      int most = drawn.isFullScreen() ? height - 1 : height - OTHERS;
      Picture picture = drawn.draw(new Canvas(width, most, theme, armed, Keymap.defaults()));
      assertThat(picture.rows()).hasSizeLessThanOrEqualTo(most);
      assertThat(picture.rows()).allMatch(row -> row.width() <= width);
      Optional<Pane.Cursor> cursor =
          picture.cursor().map(it -> new Pane.Cursor(it.row(), it.column()));
      check(
          name + "-" + new Size(width, height) + "-" + theme.name(),
          picture.rows(),
          cursor,
          width,
          theme);
    }
  }

  /** Fails unless the rows are as kept for this case of a test. */
  public static void check(Class<?> test, String name, List<Row> rows, int columns, Theme theme) {
    new Golden(test).check(name, rows, Optional.empty(), columns, theme);
  }

  /** Fails unless rows and cursor are as kept for this case. */
  public void check(
      String name, List<Row> rows, Optional<Pane.Cursor> cursor, int columns, Theme theme) {
    String actual = text(rows, columns) + cursor.map(Golden::text).orElse("");
    Path file = file(name);
    try {
      String pictures = System.getProperty("golden.pictures", "false");
      if (!pictures.equals("false")) {
        Path directory = Path.of(pictures.equals("true") ? "target/golden" : pictures);
        Path picture = directory.resolve(test.getSimpleName()).resolve(name + ".png");
        CellPicture.write(picture, rows, cursor, columns, theme, CellPicture.Kind.QUICK);
      }
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual, StandardCharsets.UTF_8);
      }
      assertThat(file).as("run once: scripts/golden --update").exists();
      assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Draws rows and cursor into a file that is kept with the sources. */
  public static void picture(
      Path file, List<Row> rows, Optional<Pane.Cursor> cursor, int columns, Theme theme)
      throws IOException {
    CellPicture.write(file, rows, cursor, columns, theme, CellPicture.Kind.SMALL);
  }

  /** The file that holds a case. */
  public Path file(String name) {
    return ROOT.resolve(test.getSimpleName()).resolve(name + ".txt");
  }

  private static String text(Pane.Cursor cursor) {
    return "\ncursor " + cursor.column() + "," + cursor.row() + "\n";
  }

  /** The text form of rows. */
  public static String text(List<Row> rows, int columns) {
    StringBuilder text = new StringBuilder("columns " + columns + "\n\n");
    for (Row row : rows) {
      text.append(row.continues() ? '~' : ' ').append(row.text().stripTrailing()).append('\n');
    }
    Map<Style, Character> letters = new LinkedHashMap<>();
    List<String> map = new ArrayList<>();
    for (Row row : rows) {
      map.add(styles(row, letters));
    }
    text.append("\nstyles\n\n");
    map.forEach(line -> text.append(line.stripTrailing()).append('\n'));
    text.append('\n');
    letters.forEach(
        (style, letter) -> text.append(letter).append(" = ").append(describe(style)).append('\n'));
    return text.toString();
  }

  /** Styles as runs of letters; decoration in brackets, links with the address. */
  private static String styles(Row row, Map<Style, Character> letters) {
    StringBuilder line = new StringBuilder(" ");
    for (Span span : row.spans()) {
      String run = String.valueOf(letter(span.style(), letters)).repeat(span.width());
      line.append(span.decoration() ? "[" + run + "]" : run);
      if (!span.link().isEmpty()) {
        line.append('<').append(span.link()).append('>');
      }
    }
    if (!row.fill().equals(Style.PLAIN)) {
      line.append(" fill ").append(letter(row.fill(), letters));
    }
    if (!row.joint().isEmpty()) {
      line.append(" joint ").append(row.joint().length());
    }
    return line.toString();
  }

  private static char letter(Style style, Map<Style, Character> letters) {
    if (style.equals(Style.PLAIN)) {
      return '.';
    }
    return letters.computeIfAbsent(style, _ -> LETTERS.charAt(letters.size() % LETTERS.length()));
  }

  private static String describe(Style style) {
    List<String> parts = new ArrayList<>();
    color("fg", style.foreground(), parts);
    color("bg", style.background(), parts);
    color("ul", style.underline(), parts);
    flag(style, Style.BOLD, "bold", parts);
    flag(style, Style.DIM, "dim", parts);
    flag(style, Style.ITALIC, "italic", parts);
    flag(style, Style.UNDERLINE, "underline", parts);
    flag(style, Style.INVERSE, "inverse", parts);
    flag(style, Style.STRIKE, "strike", parts);
    return String.join(" ", parts);
  }

  private static void flag(Style style, int flag, String name, List<String> parts) {
    if (style.has(flag)) {
      parts.add(name);
    }
  }

  private static void color(String name, Color color, List<String> parts) {
    if (!color.isDefault()) {
      String value =
          color.isRgb() ? String.format("#%06x", color.value()) : "palette " + color.value();
      parts.add(name + " " + value);
    }
  }
}
