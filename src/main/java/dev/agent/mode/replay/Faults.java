package dev.agent.mode.replay;

import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Puts faults in front of and into answers, by chance with a seed: the same seed gives the same
 * faults for the same order of requests. The answer that a fault spoils is given to the next
 * request that gets one, so nothing of the script is lost. Never more than four faults in a row.
 * Thread-safe.
 */
public final class Faults implements Function<Exchange, Reply> {
  private static final int MAX_IN_A_ROW = 4;
  private static final long STALL_MILLIS = 1_500;

  /** What can go wrong. */
  public enum Kind {
    RATE_LIMIT("429"),
    OVERLOADED("529"),
    API_ERROR("500"),
    DROP("drop"),
    RESET("reset"),
    STALL("stall"),
    MALFORMED("malformed"),
    ERROR_EVENT("error");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The name in a profile. */
    public String word() {
      return word;
    }
  }

  /**
   * How often what goes wrong.
   *
   * @param shares share of requests per kind; together at most 1
   */
  public record Profile(long seed, Map<Kind, Double> shares) {
    public Profile {
      shares = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }

    /** Every kind as often as the others, together in this share of requests. */
    public static Profile even(long seed, double rate) {
      Map<Kind, Double> shares = new LinkedHashMap<>();
      for (Kind kind : Kind.values()) {
        shares.put(kind, rate / Kind.values().length);
      }
      return new Profile(seed, shares);
    }

    /**
     * Reads {@code SEED}, {@code SEED:RATE} or {@code SEED:KIND=SHARE,KIND=SHARE…}.
     *
     * @throws UserError when it can't be understood
     */
    public static Profile parse(String text) {
      int colon = text.indexOf(':');
      long seed;
      try {
        seed = Long.parseLong(colon < 0 ? text : text.substring(0, colon));
      } catch (NumberFormatException e) {
        throw wrong(text, "the seed is a whole number");
      }
      if (colon < 0) {
        return even(seed, 0.3);
      }
      String rest = text.substring(colon + 1);
      if (!rest.contains("=")) {
        return even(seed, share(text, rest));
      }
      Map<Kind, Double> shares = new LinkedHashMap<>();
      double sum = 0;
      for (String part : rest.split(",", -1)) {
        int equals = part.indexOf('=');
        String word = equals < 0 ? part : part.substring(0, equals).strip();
        Kind kind = kind(text, word);
        double share = share(text, equals < 0 ? "" : part.substring(equals + 1));
        sum += share;
        if (shares.put(kind, share) != null) {
          throw wrong(text, "\"" + word + "\" stands twice");
        }
      }
      if (sum > 1.000_001) {
        throw wrong(text, "the shares are more than 1 together");
      }
      return new Profile(seed, shares);
    }

    private static Kind kind(String text, String word) {
      List<String> words = new ArrayList<>();
      for (Kind kind : Kind.values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
        words.add(kind.word());
      }
      throw wrong(text, "\"" + word + "\" is none of " + String.join(", ", words));
    }

    private static double share(String text, String number) {
      try {
        double share = Double.parseDouble(number.strip());
        if (share >= 0 && share <= 1) {
          return share;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw wrong(text, "\"" + number + "\" is no share between 0 and 1");
    }

    private static UserError wrong(String text, String what) {
      return new UserError(
          "--faults: \"" + text + "\" is not valid: " + what + ".",
          "Write SEED, SEED:RATE or SEED:KIND=SHARE,KIND=SHARE, such as 7:429=0.1,drop=0.2.");
    }
  }

  private final Function<Exchange, Reply> inner;
  private final Profile profile;
  private final Random random;
  private Optional<Reply> spoiled = Optional.empty();
  private int inARow;

  /** Faults over the answers of another responder. */
  public Faults(Function<Exchange, Reply> inner, Profile profile) {
    this.inner = inner;
    this.profile = profile;
    this.random = new Random(profile.seed());
  }

  /**
   * Every kind of fault as often as the others.
   *
   * @param rate share of requests that get a fault, 0 to 1
   */
  public Faults(Function<Exchange, Reply> inner, long seed, double rate) {
    this(inner, Profile.even(seed, rate));
  }

  @Override
  public synchronized Reply apply(Exchange exchange) {
    Optional<Kind> kind = choose();
    if (kind.isEmpty() || inARow >= MAX_IN_A_ROW) {
      inARow = 0;
      Reply reply = spoiled.orElseGet(() -> inner.apply(exchange));
      spoiled = Optional.empty();
      return reply;
    }
    inARow++;
    return switch (kind.get()) {
      case RATE_LIMIT ->
          new Reply.Failure(
              429, "rate_limit_error", "played by chance", Map.of("retry-after", "0.02"));
      case OVERLOADED -> Reply.failure(529, "overloaded_error");
      case API_ERROR -> Reply.failure(500, "api_error");
      case DROP, RESET, STALL, MALFORMED, ERROR_EVENT -> broken(exchange, kind.get());
    };
  }

  private Optional<Kind> choose() {
    double drawn = random.nextDouble();
    double sum = 0;
    for (Map.Entry<Kind, Double> each : profile.shares().entrySet()) {
      sum += each.getValue();
      if (drawn < sum) {
        return Optional.of(each.getKey());
      }
    }
    return Optional.empty();
  }

  /**
   * The true answer, broken before its first call is complete: what a client starts while it
   * streams it would otherwise start twice. An answer that can't be broken so gives way to a text.
   */
  private Reply broken(Exchange exchange, Kind kind) {
    Reply truth = spoiled.orElseGet(() -> inner.apply(exchange));
    spoiled = Optional.of(truth);
    Reply.Message message =
        truth instanceof Reply.Message it
            ? it.inDeltasOf(8)
            : Reply.text("A piece of an answer that breaks off " + exchange.number());
    int safe = SseMessage.eventsBeforeFirstCallEnds(message);
    int at = random.nextInt(Math.max(1, safe));
    boolean flip = random.nextBoolean();
    return message.with(
        switch (kind) {
          case RESET -> new Reply.Fault.Reset(at);
          case STALL -> new Reply.Fault.Stall(at, STALL_MILLIS);
          case MALFORMED -> new Reply.Fault.Malformed(at);
          case ERROR_EVENT ->
              new Reply.Fault.ErrorEvent(at, flip ? "overloaded_error" : "api_error");
          case DROP, RATE_LIMIT, OVERLOADED, API_ERROR -> new Reply.Fault.Drop(at);
        });
  }
}
