package dev.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as text that is kept beside the tests and compared: the characters first, then the styles.
 * {@code -Dgolden.update=true} writes the files anew; {@code -Dgolden.pictures=true} also draws
 * each as {@code target/golden/<test>/<case>.png}, for people to look at.
 *
 * <p>In the styles each letter stands for one look, a dot for the terminal's own, {@code ~} in
 * front of a row for one that continues the row above; decoration stands in brackets.
 */
public final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private Golden() {}

  /** Fails unless the rows are as kept for this case of a test. */
  public static void check(Class<?> test, String name, List<Row> rows, int columns, Theme theme) {
    String actual = text(rows, columns);
    Path file = ROOT.resolve(test.getSimpleName()).resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.pictures")) {
        Path pictures = Path.of("target/golden").resolve(test.getSimpleName());
        RowPicture.write(pictures.resolve(name + ".png"), rows, columns, theme);
      }
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual, StandardCharsets.UTF_8);
      }
      assertThat(file).as("run once with -Dgolden.update=true").exists();
      assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
