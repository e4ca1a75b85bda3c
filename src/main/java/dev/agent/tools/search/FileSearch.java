package dev.agent.tools.search;

import dev.agent.tools.search.SearchQuery.FileHits;
import dev.agent.tools.search.SearchQuery.HitLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;

/**
 * Searches one file after another. A certain text of the expression is looked for in the bytes
 * first, so that most files never become characters. Owned by one thread.
 */
final class FileSearch {
  private static final int MAX_LINE_CHARS = 500;
  private static final long MATCH_NANOS = 2_000_000_000L;

  private final SearchQuery query;
  private final BooleanSupplier stop;
  private final Optional<Needle> needle;
  private final boolean needleIsAll;
  private final Matcher matcher;
  private final FileBytes bytes = new FileBytes();

  FileSearch(SearchQuery query, BooleanSupplier stop) {
    this.query = query;
    this.stop = stop;
    String certain = query.literal().orElse("");
    String part = query.ignoreCase() ? longestFoldable(certain) : certain;
    this.needle =
        part.isEmpty() ? Optional.empty() : Optional.of(new Needle(part, query.ignoreCase()));
    this.needleIsAll = query.isLiteral() && part.equals(query.source());
    this.matcher = query.pattern().matcher("");
  }

  /**
   * The longest part in which each letter has two spellings at most: beyond ASCII, and for k and s
   * which have a third one there, case is the expression's business.
   */
  private static String longestFoldable(String text) {
    String best = "";
    for (String part : text.split("[^\\x00-\\x7F]|[kKsS]")) {
      best = part.length() > best.length() ? part : best;
    }
    return best;
  }

  /** What the file holds of it; empty when nothing, or when it is binary or too large. */
  Optional<FileHits> search(WalkedFile file) throws IOException {
    if (!bytes.load(file)) {
      return Optional.empty();
    }
    int first = 0;
    if (needle.isPresent()) {
      first = needle.get().indexIn(bytes.bytes(), 0, bytes.length());
      if (first < 0) {
        return Optional.empty();
      }
    }
    if (!bytes.isText()) {
      return Optional.empty();
    }
    if (needle.isPresent() && needleIsAll && !query.wantsLines() && !query.multiline()) {
      return Optional.of(hits(file, countLines(needle.get(), first), List.of()));
    }
    String text = bytes.text();
    return query.multiline() ? wholeText(file, text) : lines(file, text);
  }

  /** Hits in a file; only an answer of names alone is in the order of time. */
  private FileHits hits(WalkedFile file, int count, List<HitLine> lines) throws IOException {
    return new FileHits(file.path(), query.firstOnly() ? file.modified() : 0, count, lines);
  }

  private int countLines(Needle needle, int first) {
    byte[] in = bytes.bytes();
    int length = bytes.length();
    int count = 0;
    int at = first;
    while (at >= 0) {
      count++;
      if (query.firstOnly()) {
        return 1;
      }
      int end = at;
      while (end < length && in[end] != '\n') {
        end++;
      }
      at = needle.indexIn(in, end + 1, length);
    }
    return count;
  }

  private Optional<FileHits> lines(WalkedFile file, String text) throws IOException {
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
    return count == 0 ? Optional.empty() : Optional.of(hits(file, count, out));
  }

  private boolean contains(String text, int start, int end) {
    int at = text.indexOf(query.source(), start, end);
    return at >= 0;
  }

  private Optional<FileHits> wholeText(WalkedFile file, String text) throws IOException {
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
    return Optional.of(hits(file, matched.cardinality(), out));
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
