package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrontierTest {
  /** Numbers that make two halves of themselves, down to 1. */
  private static Runnable halving(Frontier<Integer> frontier, AtomicInteger ones, int fatal) {
    return () -> {
      for (Integer next = frontier.take(); next != null; next = frontier.take()) {
        if (next == fatal) {
          throw new IllegalArgumentException("met " + fatal);
        }
        List<Integer> more = new ArrayList<>();
        if (next == 1) {
          ones.incrementAndGet();
        } else {
          more.add(next / 2);
          more.add(next - next / 2);
        }
        frontier.done(more);
      }
    };
  }

  @Test
  void doesEachPieceOnce() {
    AtomicInteger ones = new AtomicInteger();
    Frontier<Integer> frontier = new Frontier<>(5_000);

    frontier.work(4, () -> halving(frontier, ones, 0));

    assertThat(ones.get()).isEqualTo(5_000);
  }

  @Test
  void aWorkerThatFailsEndsTheOthersAndIsHeardOf() {
    Frontier<Integer> frontier = new Frontier<>(5_000);

    assertThatThrownBy(() -> frontier.work(4, () -> halving(frontier, new AtomicInteger(), 39)))
        .hasMessage("met 39");
  }

  @Test
  void anInterruptEndsTheWorkAndStays() {
    Frontier<Integer> frontier = new Frontier<>(1);
    Runnable endless =
        () -> {
          for (Integer next = frontier.take(); next != null; next = frontier.take()) {
            frontier.done(List.of(next));
          }
        };
    Thread.currentThread().interrupt();

    frontier.work(2, () -> endless);

    assertThat(Thread.interrupted()).isTrue();
  }
}
