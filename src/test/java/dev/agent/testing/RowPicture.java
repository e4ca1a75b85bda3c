package dev.agent.testing;

import dev.agent.tui.cell.Clusters;
import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Rows as a picture, as a terminal of the theme's own colours would show them. For reviews. */
final class RowPicture {
  private static final int MARGIN = 12;
  private static final int SIZE = 15;
  private static final int[] PALETTE = {
    0x000000, 0xcd3131, 0x0dbc79, 0xc8b020, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5,
    0x666666, 0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff
  };

  private final Graphics2D canvas;
  private final Theme theme;
  private final int cell;
  private final int line;
  private final int ascent;

  private RowPicture(Graphics2D canvas, Theme theme, FontMetrics metrics) {
    this.canvas = canvas;
    this.theme = theme;
    this.cell = metrics.charWidth('m');
    this.line = metrics.getHeight();
    this.ascent = metrics.getAscent();
  }

  static void write(Path file, List<Row> rows, int columns, Theme theme) throws IOException {
    Font font = new Font(Font.MONOSPACED, Font.PLAIN, SIZE);
    BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    FontMetrics metrics = probe.createGraphics().getFontMetrics(font);
    BufferedImage image =
        new BufferedImage(
            2 * MARGIN + columns * metrics.charWidth('m'),
            2 * MARGIN + rows.size() * metrics.getHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    RowPicture picture = new RowPicture(canvas, theme, metrics);
    canvas.setColor(picture.background(Style.PLAIN));
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int y = 0; y < rows.size(); y++) {
      picture.draw(rows.get(y), y, columns, font);
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private void draw(Row row, int y, int columns, Font font) {
    int top = MARGIN + y * line;
    canvas.setColor(background(row.fill()));
    canvas.fillRect(MARGIN, top, columns * cell, line);
    int x = MARGIN;
    for (Span span : row.spans()) {
      Style style = span.style();
      int width = span.width() * cell;
      canvas.setColor(background(style));
      canvas.fillRect(x, top, width, line);
      canvas.setColor(foreground(style));
      int look =
          (style.has(Style.BOLD) ? Font.BOLD : 0) | (style.has(Style.ITALIC) ? Font.ITALIC : 0);
      canvas.setFont(font.deriveFont(look));
      int at = x;
      Clusters clusters = new Clusters().reset(span.text());
      while (clusters.next()) {
        canvas.drawString(clusters.text(), at, top + ascent);
        at += clusters.width() * cell;
      }
      if (style.has(Style.UNDERLINE)) {
        canvas.drawLine(x, top + ascent + 2, x + width, top + ascent + 2);
      }
      if (style.has(Style.STRIKE)) {
        canvas.drawLine(x, top + line / 2, x + width, top + line / 2);
      }
      x += width;
    }
  }

  private java.awt.Color foreground(Style style) {
    java.awt.Color text = color(style.has(Style.INVERSE) ? style.background() : style.foreground());
    java.awt.Color own = text != null ? text : style.has(Style.INVERSE) ? ground() : ink();
    if (!style.has(Style.DIM)) {
      return own;
    }
    java.awt.Color below = ground();
    return new java.awt.Color(
        (own.getRed() + below.getRed()) / 2,
        (own.getGreen() + below.getGreen()) / 2,
        (own.getBlue() + below.getBlue()) / 2);
  }

  private java.awt.Color background(Style style) {
    java.awt.Color filled =
        color(style.has(Style.INVERSE) ? style.foreground() : style.background());
    return filled != null ? filled : style.has(Style.INVERSE) ? ink() : ground();
  }

  private java.awt.Color ground() {
    java.awt.Color own = color(theme.assumedBackground());
    return own == null ? new java.awt.Color(0x1e1e1e) : own;
  }

  private java.awt.Color ink() {
    java.awt.Color own = color(theme.assumedForeground());
    return own == null ? new java.awt.Color(0xd4d4d4) : own;
  }

  private static java.awt.@org.jspecify.annotations.Nullable Color color(Color color) {
    if (color.isDefault()) {
      return null;
    }
    if (color.isRgb()) {
      return new java.awt.Color(color.value());
    }
    int index = color.value();
    if (index < 16) {
      return new java.awt.Color(PALETTE[index]);
    }
    if (index >= 232) {
      int grey = 8 + 10 * (index - 232);
      return new java.awt.Color(grey, grey, grey);
    }
    int cube = index - 16;
    return new java.awt.Color(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
  }

  private static int level(int step) {
    return step == 0 ? 0 : 55 + 40 * step;
  }
}
