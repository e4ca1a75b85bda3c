package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Pictures of dialogs in {@code src/test/resources/golden}: the characters once per size, then for
 * each theme a map of styles by letters with their meaning. Written with {@code
 * -Dgolden.update=true}.
 */
final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final String group;

  Golden(Class<?> test) {
    this.group = test.getSimpleName();
  }

  /** Compares a dialog at the usual sizes; the supplier makes it in the wanted state. */
  void check(String name, Supplier<? extends Dialog<?>> dialog) {
    check(name, dialog, 100, 30);
    check(name, dialog, 60, 20);
  }

  /** Compares a dialog on a screen of this size, of which the transcript keeps some rows. */
  void check(String name, Supplier<? extends Dialog<?>> dialog, int width, int height) {
    check(name, dialog, width, height, true);
  }

  void check(
      String name, Supplier<? extends Dialog<?>> dialog, int width, int height, boolean armed) {
    StringBuilder out = new StringBuilder();
    for (Theme theme : TestThemes.ALL) {
      Dialog<?> drawn = dialog.get();
      int most = drawn.isFullScreen() ? height - 1 : height - 4;
      Picture picture = drawn.draw(new Canvas(width, most, theme, armed, Press.KEYMAP));
      assertThat(picture.rows()).hasSizeLessThanOrEqualTo(most);
      assertThat(picture.rows()).allMatch(row -> row.width() <= width);
      if (out.isEmpty()) {
        out.append("== characters ==\n");
        picture.rows().forEach(row -> out.append(row.text().stripTrailing()).append("|\n"));
        picture
            .cursor()
            .ifPresent(it -> out.append("cursor " + it.row() + "," + it.column()).append('\n'));
      }
      out.append("== ").append(theme.name()).append(" ==\n").append(styles(picture.rows(), width));
    }
    compare(name + "-" + width + "x" + height + ".txt", out.toString());
  }

  private void compare(String file, String actual) {
    Path path = ROOT.resolve(group).resolve(file);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, actual);
      }
      assertThat(path).as("run with -Dgolden.update=true and look at it").exists();
      assertThat(actual).isEqualTo(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String styles(List<Row> rows, int width) {
    Map<Style, Character> letters = new LinkedHashMap<>();
    StringBuilder map = new StringBuilder();
    for (Row row : rows) {
      StringBuilder line = new StringBuilder();
      List<Span> spans = new ArrayList<>(row.spans());
      spans.add(Span.of(" ".repeat(Math.max(0, width - row.width())), row.fill()));
      for (Span span : spans) {
        boolean plain = span.style().equals(Style.PLAIN);
        char letter =
            plain
                ? '.'
                : letters.computeIfAbsent(span.style(), _ -> LETTERS.charAt(letters.size()));
        line.append(String.valueOf(letter).repeat(span.width()));
      }
      map.append(line.toString().replaceAll("\\.+$", "")).append('\n');
    }
    letters.forEach(
        (style, letter) -> map.append(letter).append(" = ").append(said(style)).append('\n'));
    return map.toString();
  }

  private static String said(Style style) {
    List<String> parts = new ArrayList<>();
    add(parts, "fg ", style.foreground());
    add(parts, "bg ", style.background());
    String[] flags = {"bold", "dim", "italic", "underline", "inverse", "strike"};
    for (int i = 0; i < flags.length; i++) {
      if (style.has(1 << i)) {
        parts.add(flags[i]);
      }
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String what, Color color) {
    if (!color.isDefault()) {
      parts.add(
          what
              + (color.isRgb()
                  ? String.format("#%06x", color.value())
                  : String.valueOf(color.value())));
    }
  }
}
