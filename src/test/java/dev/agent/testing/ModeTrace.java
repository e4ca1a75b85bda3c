package dev.agent.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which modes a program switched in a terminal, read from all that it wrote. */
public final class ModeTrace {
  /** Frames switch these back and forth: the cursor, wrapping, frames in one piece. */
  private static final Set<String> OF_FRAMES = Set.of("?25", "?7", "?2026");

  private static final Pattern SEQUENCE =
      Pattern.compile("\u001b\\[([?><]?)([0-9;]*)( ?)([hlsrumtq])");

  /** A stack of titles, of keys, a mode kept aside: on, off. */
  private static final List<List<String>> PAIRS =
      List.of(List.of("[22;0t", "[23;0t"), List.of("[>1u", "[<u"), List.of("[>4;1m", "[>4;0m"));

  private final List<String> set = new ArrayList<>();
  private final List<String> everSet = new ArrayList<>();
  private final List<String> disorder = new ArrayList<>();
  private boolean hidden;
  private boolean unwrapped;
  private boolean held;
  private String shape = "0";
  private String region = "";
  private boolean styled;

  private ModeTrace() {}

  /** Reads what a program wrote. */
  public static ModeTrace of(String written) {
    ModeTrace trace = new ModeTrace();
    Matcher sequences = SEQUENCE.matcher(written);
    while (sequences.find()) {
      trace.take(sequences);
    }
    return trace;
  }

  private void take(Matcher sequence) {
    String whole = sequence.group().substring(1);
    for (List<String> pair : PAIRS) {
      if (whole.equals(pair.get(0))) {
        on(pair.get(0));
        return;
      } else if (whole.equals(pair.get(1))) {
        off(pair.get(0));
        return;
      }
    }
    boolean isPrivate = sequence.group(1).equals("?");
    switch (sequence.group(4)) {
      case "h", "l" -> {
        for (String number : sequence.group(2).split(";")) {
          mode(sequence.group(1) + number, sequence.group(4).equals("h"));
        }
      }
      case "s" -> {
        if (isPrivate) {
          on("kept " + sequence.group(2));
        }
      }
      case "r" -> {
        if (isPrivate) {
          off("kept " + sequence.group(2));
        } else {
          region = sequence.group(2);
        }
      }
      case "q" -> shape = sequence.group(2);
      case "m" -> styled = !sequence.group(2).isEmpty() && !sequence.group(2).equals("0");
      default -> {}
    }
  }

  private void mode(String name, boolean isOn) {
    if (OF_FRAMES.contains(name)) {
      switch (name) {
        case "?25" -> hidden = !isOn;
        case "?7" -> unwrapped = !isOn;
        default -> held = isOn;
      }
    } else if (isOn) {
      on(name);
    } else if (!set.contains("kept " + name.substring(1))) {
      off(name);
    }
  }

  private void on(String name) {
    everSet.add(name);
    if (!set.contains(name)) {
      set.add(name);
    }
  }

  private void off(String name) {
    int at = set.indexOf(name);
    if (at >= 0 && at < set.size() - 1) {
      disorder.add(name + " ended before " + set.subList(at + 1, set.size()));
    }
    if (at >= 0) {
      set.remove(at);
    }
  }

  /** Modes that were ever switched on, in order. */
  public List<String> everSet() {
    return List.copyOf(everSet);
  }

  /** What is still not as a program found it; empty when it left nothing behind. */
  public List<String> left() {
    List<String> left = new ArrayList<>(set);
    if (hidden) {
      left.add("the cursor is hidden");
    }
    if (unwrapped) {
      left.add("lines don't wrap");
    }
    if (held) {
      left.add("the screen is held");
    }
    if (!shape.isEmpty() && !shape.equals("0")) {
      left.add("the cursor has shape " + shape);
    }
    if (!region.isEmpty()) {
      left.add("a region scrolls: " + region);
    }
    if (styled) {
      left.add("a style goes on");
    }
    return left;
  }

  /** Modes that were ended while one was on that was set after them. */
  public List<String> disorder() {
    return List.copyOf(disorder);
  }
}
