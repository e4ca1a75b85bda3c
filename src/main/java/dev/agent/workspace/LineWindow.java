package dev.agent.workspace;

import dev.agent.text.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines out of the middle of a file of any size, read with memory for the window alone.
 *
 * @param first number of the first line shown, from 1
 * @param lines each cut after a number of characters
 * @param cut how many of them were cut
 * @param more whether the file goes on behind them
 * @param seen how many lines the file is known to have: all of them when {@code more} is false
 */
public record LineWindow(
    int first, List<String> lines, int cut, boolean more, long seen, TextFile.Encoding encoding) {
  private static final int HEAD_BYTES = 64 * 1024;

  public LineWindow {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a window.
   *
   * @param most lines
   * @param lineChars characters of each line
   * @param allChars characters of all
   * @throws TextFile.BinaryFileException when the beginning of the file is no text
   */
  public static LineWindow read(Path path, int first, int most, int lineChars, int allChars)
      throws IOException {
    long size = TextFile.regular(path).size();
    TextFile.Encoding encoding;
    try (InputStream in = Files.newInputStream(path)) {
      encoding = TextFile.encodingOfHead(path, in.readNBytes(HEAD_BYTES), size);
    }
    try (InputStream in = Files.newInputStream(path)) {
      in.skipNBytes(encoding.markLength());
      return collect(in, encoding, first, most, lineChars, allChars);
    }
  }

  private static LineWindow collect(
      InputStream in, TextFile.Encoding encoding, int first, int most, int lineChars, int allChars)
      throws IOException {
    Charset charset = encoding.charset();
    Reader reader = new InputStreamReader(in, charset);
    char[] buffer = new char[1 << 16];
    Collector lines = new Collector(first, most, lineChars, allChars);
    boolean afterReturn = false;
    for (int count = reader.read(buffer);
        count >= 0 && !lines.isFull();
        count = reader.read(buffer)) {
      for (int i = 0; i < count && !lines.isFull(); i++) {
        char c = buffer[i];
        if (c == '\n' && afterReturn) {
          afterReturn = false;
          continue;
        }
        afterReturn = c == '\r';
        if (c == '\n' || c == '\r') {
          lines.end();
        } else {
          lines.add(c);
        }
      }
    }
    return lines.result(encoding);
  }

  /** Takes characters one by one. */
  private static final class Collector {
    private final int first;
    private final int most;
    private final int lineChars;
    private final int allChars;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private long number = 1;
    private int chars;
    private int cut;
    private boolean begun;
    private boolean tooLong;
    private boolean full;

    Collector(int first, int most, int lineChars, int allChars) {
      this.first = first;
      this.most = most;
      this.lineChars = lineChars;
      this.allChars = allChars;
    }

    /** True once something behind the window was seen. */
    boolean isFull() {
      return full;
    }

    void add(char c) {
      begun = true;
      if (number < first) {
        return;
      }
      if (lines.size() >= most || chars > allChars) {
        full = true;
      } else if (line.length() < lineChars) {
        line.append(c);
      } else {
        tooLong = true;
      }
    }

    void end() {
      if (number >= first) {
        if (lines.size() >= most || (!lines.isEmpty() && chars + line.length() > allChars)) {
          full = true;
          return;
        }
        chars += line.length() + 8;
        cut += tooLong ? 1 : 0;
        lines.add(tooLong ? Clip.head(line + " ", line.length()) : line.toString());
        line.setLength(0);
        tooLong = false;
      }
      number++;
      begun = false;
    }

    LineWindow result(TextFile.Encoding encoding) {
      if (begun && !full) {
        end();
      }
      return new LineWindow(first, lines, cut, full, number - 1, encoding);
    }
  }
}
