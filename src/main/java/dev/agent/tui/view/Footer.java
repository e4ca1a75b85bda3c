package dev.agent.tui.view;

import dev.agent.permission.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the last row says.
 *
 * @param hints what can be done now, most important first; two are shown
 * @param flash said for a moment in the place of the hints, such as {@code copied 812 chars}; empty
 *     for nothing
 * @param contextPercent how full the context is; empty when not known
 * @param compactPercent where the conversation is shortened by itself; empty when it is not
 * @param cost of the session in dollars; empty when some model has no known price
 * @param editing the mode of the editor such as {@code -- NORMAL --}; empty for none
 * @param backgroundTasks shells and agents that run beside the turn
 */
public record Footer(
    List<Hint> hints,
    String flash,
    String model,
    Optional<Integer> contextPercent,
    Optional<Integer> compactPercent,
    Optional<BigDecimal> cost,
    Mode mode,
    String editing,
    int backgroundTasks) {
  public Footer {
    hints = List.copyOf(hints);
  }

  /** The same with this hint alone, which goes before what is said for a moment. */
  public Footer hinting(String hint) {
    return new Footer(
        List.of(Hint.of(hint)),
        "",
        model,
        contextPercent,
        compactPercent,
        cost,
        mode,
        editing,
        backgroundTasks);
  }

  /** A hint, and its form for narrow screens. */
  public record Hint(String text, String brief) {
    /** A hint that is short already. */
    public static Hint of(String text) {
      return new Hint(text, text);
    }
  }
}
