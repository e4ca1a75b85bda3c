package dev.agent.tools.search;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells where in bytes an expression may fit, in one pass with one look-up per byte: a
 * deterministic automaton for a {@link CoarseExpression}, made as far as the text needs it. What it
 * lets through has to be looked at by the true matcher. Owned by one thread.
 */
final class Sieve {
  private static final int MAX_PLACES = 2_000;
  private static final int MAX_STATES = 500;
  private static final int MAX_RENEWALS = 20;
  private static final int UNKNOWN = -1;
  private static final int FITS = -2;
  private static final BitSet BEYOND_ASCII = new BitSet(256);

  static {
    BEYOND_ASCII.set(128, 256);
  }

  /** Places in the expression: a set of bytes and what follows, or two ways on without a byte. */
  private record Place(Optional<BitSet> bytes, int next, int other) {}

  private final List<Place> places = new ArrayList<>();
  private final int[] start;

  // Bytes that no place tells apart are one column.
  private final byte[] columns = new byte[256];
  private final int[] sampleOfColumn = new int[256];
  private int width;

  private final Map<IntBuffer, Integer> states = new HashMap<>();
  private final List<int[]> placesOfState = new ArrayList<>();
  private int[] table = new int[0];
  private int renewals;

  private static final int END = 0;

  private Sieve(CoarseExpression expression) {
    places.add(new Place(Optional.empty(), END, END));
    int first = add(expression, END);
    this.start = closure(new int[] {first});
    nameColumns();
    renew();
  }

  /** Empty when every text would pass, or the expression is beyond what is thought through. */
  static Optional<Sieve> of(String source, boolean ignoreCase, boolean multiline) {
    return CoarseExpression.of(source, ignoreCase, multiline)
        .filter(expression -> size(expression) < MAX_PLACES)
        .map(Sieve::new)
        .filter(sieve -> sieve.start[0] != END);
  }

  private static long size(CoarseExpression expression) {
    return switch (expression) {
      case CoarseExpression.OneOf _ -> 5;
      case CoarseExpression.InOrder(var parts) -> parts.stream().mapToLong(Sieve::size).sum();
      case CoarseExpression.Either(var parts) ->
          parts.stream().mapToLong(Sieve::size).sum() + parts.size();
      case CoarseExpression.Repeated(var part, int min, int max) ->
          Math.min(MAX_PLACES, (size(part) + 1) * Math.max(1L, Math.max(min, max)) + 1);
    };
  }

  private int place(Optional<BitSet> bytes, int next, int other) {
    places.add(new Place(bytes, next, other));
    return places.size() - 1;
  }

  /** Where the expression begins when {@code next} comes after it. */
  private int add(CoarseExpression expression, int next) {
    switch (expression) {
      case CoarseExpression.OneOf(BitSet bytes, boolean orBeyondAscii) -> {
        int one = place(Optional.of(bytes), next, next);
        if (!orBeyondAscii) {
          return one;
        }
        int run = loop(next);
        int beyond = place(Optional.of(BEYOND_ASCII), run, run);
        places.set(run, new Place(Optional.empty(), next, beyond));
        return place(Optional.empty(), one, beyond);
      }
      case CoarseExpression.InOrder(var parts) -> {
        int first = next;
        for (CoarseExpression part : parts.reversed()) {
          first = add(part, first);
        }
        return first;
      }
      case CoarseExpression.Either(var parts) -> {
        int first = add(parts.getLast(), next);
        for (CoarseExpression part : parts.subList(0, parts.size() - 1)) {
          first = place(Optional.empty(), add(part, next), first);
        }
        return first;
      }
      case CoarseExpression.Repeated(var part, int min, int max) -> {
        int first = next;
        if (max == CoarseExpression.UNBOUNDED) {
          first = loop(next);
          places.set(first, new Place(Optional.empty(), next, add(part, first)));
        }
        for (int i = min; i < max; i++) {
          first = place(Optional.empty(), next, add(part, first));
        }
        for (int i = 0; i < min; i++) {
          first = add(part, first);
        }
        return first;
      }
    }
  }

  /** A place to be completed when what leads back to it is known. */
  private int loop(int next) {
    return place(Optional.empty(), next, next);
  }

  /** All places that can be reached without a byte and wait for one, in order; END first. */
  private int[] closure(int[] from) {
    BitSet seen = new BitSet();
    BitSet waiting = new BitSet();
    int[] open = Arrays.copyOf(from, Math.max(16, from.length * 2));
    int count = from.length;
    while (count > 0) {
      int at = open[--count];
      if (seen.get(at)) {
        continue;
      }
      seen.set(at);
      Place place = places.get(at);
      if (at == END || place.bytes().isPresent()) {
        waiting.set(at);
        continue;
      }
      if (count + 2 > open.length) {
        open = Arrays.copyOf(open, open.length * 2);
      }
      open[count++] = place.next();
      open[count++] = place.other();
    }
    return waiting.stream().toArray();
  }

  private void nameColumns() {
    Map<BitSet, Integer> known = new HashMap<>();
    for (int b = 0; b < 256; b++) {
      BitSet fitting = new BitSet();
      for (int i = 0; i < places.size(); i++) {
        int value = b;
        fitting.set(i, places.get(i).bytes().filter(bytes -> bytes.get(value)).isPresent());
      }
      Integer column = known.putIfAbsent(fitting, known.size());
      columns[b] = (byte) (column == null ? known.size() - 1 : column);
      sampleOfColumn[columns[b] & 255] = b;
    }
    width = known.size();
  }

  private void renew() {
    states.clear();
    placesOfState.clear();
    table = new int[0];
    stateOf(start);
  }

  /** The state's first cell in the table. */
  private int stateOf(int[] of) {
    Integer known = states.get(IntBuffer.wrap(of));
    if (known != null) {
      return known;
    }
    int row = placesOfState.size() * width;
    placesOfState.add(of);
    states.put(IntBuffer.wrap(of), row);
    if (row + width > table.length) {
      int old = table.length;
      table = Arrays.copyOf(table, Math.max(16 * width, old * 2));
      Arrays.fill(table, old, table.length, UNKNOWN);
    }
    return row;
  }

  private int step(int row, int column) {
    int[] targets = new int[placesOfState.get(row / width).length + 1];
    int count = 0;
    int sample = sampleOfColumn[column];
    for (int at : placesOfState.get(row / width)) {
      Place place = places.get(at);
      if (place.bytes().filter(bytes -> bytes.get(sample)).isPresent()) {
        targets[count++] = place.next();
      }
    }
    int[] reached = closure(Arrays.copyOf(targets, count));
    if (reached.length > 0 && reached[0] == END) {
      table[row + column] = FITS;
      return FITS;
    }
    if (placesOfState.size() >= MAX_STATES) {
      renewals++;
      renew();
      return renewals > MAX_RENEWALS ? FITS : stateOf(union(reached, start));
    }
    int next = stateOf(union(reached, start));
    table[row + column] = next;
    return next;
  }

  private static int[] union(int[] a, int[] b) {
    BitSet all = new BitSet();
    Arrays.stream(a).forEach(all::set);
    Arrays.stream(b).forEach(all::set);
    return all.stream().toArray();
  }

  /**
   * The place of the first byte in {@code [from, to)} with which the expression may have come to
   * its end; −1 = it certainly does not fit in there.
   */
  int indexIn(byte[] in, int from, int to) {
    if (renewals > MAX_RENEWALS) {
      return from < to ? from : -1; // too many states for this to be any use
    }
    int[] cells = table;
    byte[] column = columns;
    int state = 0;
    for (int i = from; i < to; i++) {
      int next = cells[state + (column[in[i] & 255] & 255)];
      if (next < 0) {
        if (next == UNKNOWN) {
          next = step(state, column[in[i] & 255] & 255);
          cells = table;
        }
        if (next == FITS) {
          return i;
        }
      }
      state = next;
    }
    return -1;
  }
}
