package dev.agent.tui.markup;

import dev.agent.tui.theme.Token;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which parts of code are keywords, strings, comments. Immutable; a {@link Session}
 * belongs to one text and one thread.
 *
 * <p>Colour is worth little time: a text beyond 200,000 characters or 5 ms of work goes on plain.
 */
public final class Highlighter {
  private static final int MAX_CHARS = 200_000;
  private static final Duration MAX_TIME = Duration.ofMillis(5);

  /** So many lines are coloured before time counts: a short text looks the same on a cold start. */
  private static final int LINES_BEFORE_CLOCK = 64;

  private final InstantSource clock;

  /** A highlighter that takes its time from this clock. */
  public Highlighter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A part of a line that has a class; what no part covers is plain.
   *
   * @param start its first index
   * @param end the index behind it
   */
  public record Run(int start, int end, Token token) {}

  /** A session for the word behind a code fence, such as {@code java} or {@code js {1,3}}. */
  public Session session(String info) {
    String name = info.strip().toLowerCase(Locale.ROOT).split("[\\s{,:]", 2)[0];
    return new Session(Languages.byName(name), clock);
  }

  /** A session for a file. */
  public Session sessionForPath(String path) {
    return new Session(Languages.byPath(path), clock);
  }

  /** Reads one text line after line. */
  public static final class Session {
    private final @Nullable Language language;
    private final InstantSource clock;
    private Duration spent = Duration.ZERO;
    private int chars;
    private int lines;
    private int state;

    private Session(Optional<Language> language, InstantSource clock) {
      this.language = language.orElse(null);
      this.clock = clock;
    }

    /** The runs of the next line, from left to right. */
    public List<Run> line(String line) {
      Language known = language;
      chars += line.length() + 1;
      if (known == null || isSpent()) {
        return List.of();
      }
      List<Run> runs = new ArrayList<>();
      if (lines++ < LINES_BEFORE_CLOCK) {
        state = known.read(line, state, runs);
      } else {
        Instant before = clock.instant();
        state = known.read(line, state, runs);
        spent = spent.plus(Duration.between(before, clock.instant()));
      }
      return runs;
    }

    /** The runs that the next line would have; it is not taken as read. */
    public List<Run> preview(String line) {
      Language known = language;
      if (known == null || isSpent() || chars + line.length() >= MAX_CHARS) {
        return List.of();
      }
      List<Run> runs = new ArrayList<>();
      known.read(line, state, runs);
      return runs;
    }

    private boolean isSpent() {
      return chars > MAX_CHARS || spent.compareTo(MAX_TIME) > 0;
    }
  }
}
