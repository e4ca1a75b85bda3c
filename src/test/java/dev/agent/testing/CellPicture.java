package dev.agent.testing;

import dev.agent.tui.cell.CellBuffer;
import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.view.Pane;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Cells as a picture, as a terminal of the theme's own colours would show them. Each character is
 * drawn into its own cell, whatever the font thinks of its width; lines and blocks are drawn from
 * edge to edge, so that they join.
 */
final class CellPicture {
  private static final int MARGIN = 10;
  private static final int SIZE = 14;
  private static final int COLORS = 256;
  private static final Font FONT = new Font(Font.MONOSPACED, Font.PLAIN, SIZE);
  private static final int[] PALETTE = {
    0x000000, 0xcd3131, 0x0dbc79, 0xc8b020, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5,
    0x666666, 0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff
  };

  /** What matters about the file. */
  enum Kind {
    /** That it is written at once. */
    QUICK,
    /** That it has few bytes. */
    SMALL
  }

  private final BufferedImage image;
  private final Graphics2D canvas;
  private final Theme theme;
  private final int cell;
  private final int line;
  private final int ascent;

  private CellPicture(int columns, int rows, Theme theme) {
    BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    FontMetrics metrics = probe.createGraphics().getFontMetrics(FONT);
    this.theme = theme;
    this.cell = metrics.charWidth('m');
    this.line = metrics.getAscent() + metrics.getDescent() + 2;
    this.ascent = metrics.getAscent() + 1;
    this.image =
        new BufferedImage(
            2 * MARGIN + columns * cell, 2 * MARGIN + rows * line, BufferedImage.TYPE_INT_RGB);
    this.canvas = image.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    canvas.setColor(ground());
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
  }

  /** Writes rows, and the cursor as a bar in front of its cell. */
  static void write(
      Path file, List<Row> rows, Optional<Pane.Cursor> cursor, int columns, Theme theme, Kind kind)
      throws IOException {
    CellBuffer buffer = new CellBuffer(columns, Math.max(1, rows.size()));
    for (int y = 0; y < rows.size(); y++) {
      buffer.paint(rows.get(y), 0, y, columns);
    }
    CellPicture picture = new CellPicture(columns, buffer.rows(), theme);
    for (int y = 0; y < buffer.rows(); y++) {
      for (int x = 0; x < columns; x++) {
        picture.back(x, y, Math.max(1, buffer.widthAt(x, y)), buffer.styleAt(x, y));
      }
      for (int x = 0; x < columns; x++) {
        picture.cell(x, y, buffer.textAt(x, y), buffer.widthAt(x, y), buffer.styleAt(x, y));
      }
    }
    cursor.ifPresent(picture::cursor);
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(kind == Kind.SMALL ? few(picture.image) : picture.image, "png", file.toFile());
  }

  /** The same with at most 256 colours, which makes the file half as large. */
  private static BufferedImage few(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] points = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int point : points) {
      counts.merge(point, 1, Integer::sum);
    }
    // Grounds and letters are among the most frequent ones; the rest are shades at letters' edges.
    int[] palette =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLORS)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    Map<Integer, Integer> numbers = new HashMap<>();
    counts.keySet().forEach(color -> numbers.put(color, nearest(color, palette)));
    BufferedImage indexed =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE));
    byte[] bytes = new byte[points.length];
    for (int i = 0; i < points.length; i++) {
      bytes[i] = numbers.get(points[i]).byteValue();
    }
    indexed.getRaster().setDataElements(0, 0, width, height, bytes);
    return indexed;
  }

  private static int nearest(int color, int[] palette) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length && least > 0; i++) {
      int red = (color >> 16 & 0xFF) - (palette[i] >> 16 & 0xFF);
      int green = (color >> 8 & 0xFF) - (palette[i] >> 8 & 0xFF);
      int blue = (color & 0xFF) - (palette[i] & 0xFF);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private void back(int x, int y, int width, Style style) {
    canvas.setColor(background(style));
    canvas.fillRect(left(x), top(y), width * cell, line);
  }

  private void cursor(Pane.Cursor at) {
    canvas.setColor(ink());
    canvas.fillRect(left(at.column()), top(at.row()), 2, line);
  }

  private void cell(int x, int y, String text, int width, Style style) {
    if (width == 0) {
      return;
    }
    canvas.setColor(foreground(style));
    if (!text.isBlank() && !isJoined(x, y, text)) {
      int look =
          (style.has(Style.BOLD) ? Font.BOLD : 0) | (style.has(Style.ITALIC) ? Font.ITALIC : 0);
      glyph(text, FONT.deriveFont(look), left(x), top(y) + ascent, width * cell);
    }
    if (style.has(Style.UNDERLINE)) {
      canvas.fillRect(left(x), top(y) + ascent + 2, width * cell, 1);
    }
    if (style.has(Style.STRIKE)) {
      canvas.fillRect(left(x), top(y) + line / 2, width * cell, 1);
    }
  }

  /** Draws a character; one from a fallback font that is wider than its cells is narrowed. */
  private void glyph(String text, Font font, int x, int base, int room) {
    FontMetrics metrics = canvas.getFontMetrics(font);
    int width = metrics.stringWidth(text);
    Font fitting =
        width > room + 1
            ? font.deriveFont(AffineTransform.getScaleInstance((double) room / width, 1))
            : font;
    int inset = width < room ? (room - width) / 2 : 0;
    canvas.setFont(fitting);
    canvas.drawString(text, x + inset, base);
  }

  /** Draws what has to reach the edges of its cell; false when it is another character. */
  private boolean isJoined(int x, int y, String text) {
    int x0 = left(x);
    int y0 = top(y);
    int arms = arms(text);
    if (arms != 0) {
      int midX = x0 + cell / 2;
      int midY = y0 + line / 2;
      if ((arms & 1) != 0) {
        canvas.fillRect(x0, midY, midX - x0 + 1, 1);
      }
      if ((arms & 2) != 0) {
        canvas.fillRect(midX, midY, x0 + cell - midX, 1);
      }
      if ((arms & 4) != 0) {
        canvas.fillRect(midX, y0, 1, midY - y0 + 1);
      }
      if ((arms & 8) != 0) {
        canvas.fillRect(midX, midY, 1, y0 + line - midY);
      }
      return true;
    }
    switch (text) {
      case "⎿" -> {
        canvas.fillRect(x0 + cell / 2 - 1, y0, 1, line / 2 + 3);
        canvas.fillRect(x0 + cell / 2 - 1, y0 + line / 2 + 2, cell / 2 + 1, 1);
      }
      case "█" -> canvas.fillRect(x0, y0, cell, line);
      case "▎" -> canvas.fillRect(x0, y0, 2, line);
      case "▌" -> canvas.fillRect(x0, y0, cell / 2, line);
      case "▐" -> canvas.fillRect(x0 + cell / 2, y0, cell - cell / 2, line);
      case "░" -> {
        for (int dot = 0; dot < cell * line; dot += 3) {
          int row = dot / cell;
          canvas.fillRect(x0 + (dot + row) % cell, y0 + row, 1, 1);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Which edges a light line reaches: 1 left, 2 right, 4 top, 8 bottom. */
  private static int arms(String text) {
    return switch (text) {
      case "─" -> 3;
      case "│" -> 12;
      case "┌" -> 10;
      case "┐" -> 9;
      case "└" -> 6;
      case "┘" -> 5;
      case "├" -> 14;
      case "┤" -> 13;
      case "┬" -> 11;
      case "┴" -> 7;
      case "┼" -> 15;
      default -> 0;
    };
  }

  private int left(int x) {
    return MARGIN + x * cell;
  }

  private int top(int y) {
    return MARGIN + y * line;
  }

  private java.awt.Color foreground(Style style) {
    java.awt.Color text = color(style.has(Style.INVERSE) ? style.background() : style.foreground());
    java.awt.Color own = text != null ? text : style.has(Style.INVERSE) ? ground() : ink();
    if (!style.has(Style.DIM)) {
      return own;
    }
    java.awt.Color below = background(style);
    return new java.awt.Color(
        (2 * own.getRed() + below.getRed()) / 3,
        (2 * own.getGreen() + below.getGreen()) / 3,
        (2 * own.getBlue() + below.getBlue()) / 3);
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

  private static java.awt.@Nullable Color color(Color color) {
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
