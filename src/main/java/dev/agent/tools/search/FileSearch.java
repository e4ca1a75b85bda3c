package dev.agent.tools.search;

import dev.agent.tools.search.SearchQuery.FileHits;
import dev.agent.tools.search.SearchQuery.HitLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;

/**
 * Searches one file after another with one buffer. A certain text of the expression is looked for
 * in the bytes first, so that most files never become characters. Owned by one thread.
 */
final class FileSearch {
  /** Larger files are data, not sources. */
  static final long MAX_FILE = 256L * 1024 * 1024;

  private static final int MAX_LINE_CHARS = 500;
  private static final int FIRST_LOOK = 8 * 1024;
  private static final long MATCH_NANOS = 2_000_000_000L;

  private final SearchQuery query;
  private final BooleanSupplier stop;
  private final byte @org.jspecify.annotations.Nullable [] literal;
  private final boolean fold;
  private final Matcher matcher;
  private byte[] buffer = new byte[64 * 1024];
  private int length;

  FileSearch(SearchQuery query, BooleanSupplier stop) {
    this.query = query;
    this.stop = stop;
    // Folding beyond ASCII is the expression's business: then no bytes are certain.
    boolean ascii = query.literal().map(text -> text.chars().allMatch(c -> c < 128)).orElse(false);
    this.fold = query.ignoreCase();
    boolean foldable =
        query
            .literal()
            .map(text -> text.chars().noneMatch(c -> c == 'k' || c == 'K' || c == 's' || c == 'S'))
            .orElse(false);
    this.literal =
        query.literal().isPresent() && (!fold || ascii && foldable)
            ? (fold ? query.literal().get().toLowerCase(Locale.ROOT) : query.literal().get())
                .getBytes(StandardCharsets.UTF_8)
            : null;
    this.matcher = query.pattern().matcher("");
  }

  /** What the file holds of it; empty when nothing, or when it is binary or too large. */
  Optional<FileHits> search(Path file, long modified) throws IOException {
    if (!load(file)) {
      return Optional.empty();
    }
    if (literal != null && indexOf(0) < 0) {
      return Optional.empty();
    }
    if (literal != null && query.isLiteral() && !query.wantsLines() && !query.multiline()) {
      int count = countLines();
      return count == 0
          ? Optional.empty()
          : Optional.of(new FileHits(file, modified, count, List.of()));
    }
    String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
    return query.multiline() ? wholeText(file, modified, text) : lines(file, modified, text);
  }

  /** Reads the file into the buffer; false for binary and oversized ones. */
  private boolean load(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      if (size > MAX_FILE) {
        return false;
      }
      if (size + 1 > buffer.length) {
        buffer = new byte[(int) Math.max(size + 1, Math.min(buffer.length * 2L, MAX_FILE))];
      }
      length = 0;
      boolean looked = false;
      while (length < buffer.length) {
        int n =
            channel.read(
                ByteBuffer.wrap(
                    buffer,
                    length,
                    looked
                        ? buffer.length - length
                        : Math.min(FIRST_LOOK, buffer.length - length)));
        if (n <= 0) {
          break;
        }
        length += n;
        if (!looked) {
          looked = true;
          if (isUtf16()) {
            continue;
          }
          if (hasNul(0, length)) {
            return false;
          }
        }
      }
    }
    if (isUtf16()) {
      // The mark at the beginning names the byte order and is dropped by this very decoder.
      String text = new String(buffer, 0, length, StandardCharsets.UTF_16);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      buffer = bytes.length > buffer.length ? bytes : copyInto(bytes);
      length = bytes.length;
      return true;
    }
    if (length > FIRST_LOOK && hasNul(FIRST_LOOK, length)) {
      return false;
    }
    if (length >= 3
        && (buffer[0] & 255) == 0xEF
        && (buffer[1] & 255) == 0xBB
        && (buffer[2] & 255) == 0xBF) {
      length -= 3; // the mark of UTF-8 is no text
      System.arraycopy(buffer, 3, buffer, 0, length);
    }
    return true;
  }

  private byte[] copyInto(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, 0, bytes.length);
    return buffer;
  }

  private boolean isUtf16() {
    return length >= 2
        && ((buffer[0] & 255) == 0xFF && (buffer[1] & 255) == 0xFE
            || (buffer[0] & 255) == 0xFE && (buffer[1] & 255) == 0xFF);
  }

  private boolean hasNul(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The next place of the literal, compared from its rarest end: the last byte decides how far to
   * move on.
   */
  private int indexOf(int from) {
    byte[] wanted = java.util.Objects.requireNonNull(literal);
    int last = wanted.length - 1;
    byte end = wanted[last];
    byte first = wanted[0];
    byte[] in = buffer;
    int limit = length;
    for (int i = from + last; i < limit; i++) {
      byte b = in[i];
      if (fold ? lower(b) != end : b != end) {
        continue;
      }
      int start = i - last;
      if ((fold ? lower(in[start]) : in[start]) == first && equalsAt(wanted, start, last)) {
        return start;
      }
    }
    return -1;
  }

  private boolean equalsAt(byte[] wanted, int start, int last) {
    for (int j = 1; j < last; j++) {
      byte b = buffer[start + j];
      if ((fold ? lower(b) : b) != wanted[j]) {
        return false;
      }
    }
    return true;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  private int countLines() {
    int count = 0;
    int at = indexOf(0);
    while (at >= 0) {
      count++;
      if (query.firstOnly()) {
        return 1;
      }
      int end = at;
      while (end < length && buffer[end] != '\n') {
        end++;
      }
      at = indexOf(end + 1);
    }
    return count;
  }

  private Optional<FileHits> lines(Path file, long modified, String text) {
    matcher.reset(new Guarded(text, stop));
    List<HitLine> out = new ArrayList<>();
    int count = 0;
    int number = 0;
    int lastShown = 0;
    int owed = 0;
    int start = 0;
    List<int[]> recent = new ArrayList<>();
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      number++;
      int contentEnd = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      boolean hit =
          query.isLiteral() && !query.ignoreCase()
              ? contains(text, start, end)
              : matcher.region(start, contentEnd).find();
      if (hit) {
        count++;
        if (query.firstOnly()) {
          break;
        }
        if (query.wantsLines()) {
          for (int[] line : recent) {
            if (line[0] > lastShown) {
              out.add(new HitLine(line[0], cut(text, line[1], line[2]), false));
            }
          }
          out.add(new HitLine(number, cut(text, start, contentEnd), true));
          lastShown = number;
          owed = query.after();
        }
      } else if (owed > 0) {
        out.add(new HitLine(number, cut(text, start, contentEnd), false));
        lastShown = number;
        owed--;
      }
      if (query.before() > 0) {
        recent.add(new int[] {number, start, contentEnd});
        if (recent.size() > query.before()) {
          recent.removeFirst();
        }
      }
      start = end + 1;
    }
    return count == 0 ? Optional.empty() : Optional.of(new FileHits(file, modified, count, out));
  }

  private boolean contains(String text, int start, int end) {
    int at = text.indexOf(query.source(), start, end);
    return at >= 0;
  }

  private Optional<FileHits> wholeText(Path file, long modified, String text) {
    matcher.reset(new Guarded(text, stop));
    java.util.BitSet matched = new java.util.BitSet();
    int count = 0;
    int line = 0;
    int position = 0;
    while (matcher.find()) {
      while (position < matcher.start()) {
        line += text.charAt(position++) == '\n' ? 1 : 0;
      }
      count++;
      int span = line;
      for (int i = matcher.start(); i < Math.max(matcher.start(), matcher.end() - 1); i++) {
        span += text.charAt(i) == '\n' ? 1 : 0;
      }
      matched.set(line, span + 1);
      if (query.firstOnly() || matcher.end() >= text.length()) {
        break;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    List<HitLine> out = new ArrayList<>();
    if (query.wantsLines()) {
      String[] all = text.split("\r?\n", -1);
      int end = text.endsWith("\n") ? all.length - 1 : all.length;
      for (int i = 0; i < end; i++) {
        boolean hit = matched.get(i);
        int next = matched.nextSetBit(i);
        int previous = matched.previousSetBit(i);
        if (hit
            || next >= 0 && next - i <= query.before()
            || previous >= 0 && i - previous <= query.after()) {
          out.add(new HitLine(i + 1, cut(all[i], 0, all[i].length()), hit));
        }
      }
    }
    return Optional.of(new FileHits(file, modified, matched.cardinality(), out));
  }

  private static String cut(String text, int start, int end) {
    return end - start <= MAX_LINE_CHARS
        ? text.substring(start, end)
        : text.substring(start, start + MAX_LINE_CHARS) + "…";
  }

  /** Text that ends a match which goes on for ever: expressions can take exponential time. */
  private static final class Guarded implements CharSequence {
    private final String text;
    private final BooleanSupplier stop;
    private final long until = System.nanoTime() + MATCH_NANOS;
    private int reads;

    Guarded(String text, BooleanSupplier stop) {
      this.text = text;
      this.stop = stop;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if ((++reads & 0xFFFFF) == 0 && (stop.getAsBoolean() || System.nanoTime() > until)) {
        throw new TooSlowException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The expression takes too long on some text. */
  static final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super(null, null, false, false);
    }
  }
}
