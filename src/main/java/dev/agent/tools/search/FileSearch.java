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
 * Searches one file after another. A certain text of the expression, or where there is none a
 * {@link Sieve} for it, is looked for in the bytes first, so that most lines never become
 * characters. Owned by one thread.
 */
final class FileSearch {
  private static final long MATCH_NANOS = 2_000_000_000L;

  private final SearchQuery query;
  private final BooleanSupplier stop;
  private final Optional<Needle> needle;
  private final boolean needleIsAll;
  private final Optional<Sieve> sieve;
  private final Matcher matcher;
  private final FileBytes bytes = new FileBytes();

  FileSearch(SearchQuery query, BooleanSupplier stop) {
    this.query = query;
    this.stop = stop;
    String certain = query.literal().orElse("");
    String part = query.ignoreCase() ? longestFoldable(certain) : certain;
    this.needle =
        part.isEmpty() ? Optional.empty() : Optional.of(new Needle(part, query.ignoreCase()));
    // A line's text has no line end, so what holds one fits nowhere.
    this.needleIsAll = query.isLiteral() && part.equals(query.source()) && part.indexOf('\n') < 0;
    this.sieve =
        needle.isPresent()
            ? Optional.empty()
            : Sieve.of(query.source(), query.ignoreCase(), query.multiline());
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
    int first = candidate(0);
    if (first < 0 || !bytes.isText()) {
      return Optional.empty();
    }
    return query.multiline() ? wholeText(file, bytes.text()) : lines(file, first);
  }

  /** A byte of the first line, at or after this place, that may hold a match; −1 = none does. */
  private int candidate(int from) {
    if (needle.isPresent()) {
      return needle.get().indexIn(bytes.bytes(), from, bytes.length());
    }
    if (sieve.isPresent()) {
      return sieve.get().indexIn(bytes.bytes(), from, bytes.length());
    }
    return from < bytes.length() ? from : -1;
  }

  /** Hits in a file; only an answer of names alone is in the order of time. */
  private FileHits hits(WalkedFile file, int count, List<HitLine> lines) throws IOException {
    return new FileHits(file.path(), query.firstOnly() ? file.modified() : 0, count, lines);
  }

  private Optional<FileHits> lines(WalkedFile file, int first) throws IOException {
    byte[] in = bytes.bytes();
    int length = bytes.length();
    long until = System.nanoTime() + MATCH_NANOS;
    HitLines out = new HitLines(in, length, query.before(), query.after());
    int count = 0;
    int next = 0;
    int at = first;
    while (at >= 0) {
      int start = at;
      while (start > next && in[start - 1] != '\n') {
        start--;
      }
      int end = HitLines.endOfLine(in, at, length);
      if (needleIsAll || matches(HitLines.text(in, start, end), until)) {
        count++;
        if (query.firstOnly()) {
          break;
        }
        if (query.wantsLines()) {
          out.add(start, end);
        }
      }
      next = end + 1;
      at = candidate(next);
    }
    return count == 0 ? Optional.empty() : Optional.of(hits(file, count, out.finish()));
  }

  private boolean matches(String line, long until) {
    return matcher.reset(new Guarded(line, stop, until)).find();
  }

  private Optional<FileHits> wholeText(WalkedFile file, String text) throws IOException {
    matcher.reset(new Guarded(text, stop, System.nanoTime() + MATCH_NANOS));
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
          out.add(new HitLine(i + 1, HitLines.cut(all[i]), hit));
        }
      }
    }
    return Optional.of(hits(file, matched.cardinality(), out));
  }

  /** Text that ends a match which goes on for ever: expressions can take exponential time. */
  private static final class Guarded implements CharSequence {
    private final String text;
    private final BooleanSupplier stop;
    private final long until;
    private int reads;

    Guarded(String text, BooleanSupplier stop, long until) {
      this.text = text;
      this.stop = stop;
      this.until = until;
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
