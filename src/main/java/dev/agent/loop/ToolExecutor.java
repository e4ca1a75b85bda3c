package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the calls of one answer while the answer still streams. Reads run side by side, anything
 * else runs alone: it waits for all that came before, and all that comes after waits for it. The
 * order is settled on the loop's thread at the moment of {@link #submit}, so it follows from the
 * order of calls alone; only then does a virtual thread start. Results are taken in the order of
 * calls.
 *
 * <p>{@code submit}, {@code results} and {@code discard} belong to the loop's thread; slots run on
 * their own.
 */
final class ToolExecutor {
  /** How many reads run at once. */
  static final int PARALLEL_READS = 10;

  /**
   * How long an interrupt waits for calls to wind down before their results are made up for them.
   */
  private static final Duration GRACE = Duration.ofMillis(150);

  /** How long a call that must not be stopped half-way is waited for. */
  private static final Duration FINISH_GRACE = Duration.ofSeconds(5);

  private final ToolRunner runner;
  private final Cancellation group;
  private final Semaphore readPermits = new Semaphore(PARALLEL_READS, true);
  private final List<Slot> slots = new ArrayList<>();
  private final Object effects = new Object();
  private final Object settled = new Object();
  private boolean windingDown;
  private long cancelledAt;
  private boolean effectStarted;
  private boolean discarded;

  // The whole schedule: what a read waits for, and what anything else waits for besides.
  private List<Slot> readsSinceBarrier = new ArrayList<>();
  private List<Slot> barrier = List.of();

  ToolExecutor(ToolRunner runner, Cancellation turn) {
    this.runner = runner;
    this.group = turn.child();
    group.onCancel(
        () -> {
          synchronized (settled) {
            settled.notifyAll();
          }
        });
  }

  /** One call in its place in the order. */
  private final class Slot {
    final ToolRunner.Prepared prepared;
    final List<Slot> waitsFor;
    final Cancellation cancellation = group.child();
    final CountDownLatch done = new CountDownLatch(1);
    final AtomicReference<ContentBlock.ToolResult> result = new AtomicReference<>();
    volatile boolean running;
    volatile boolean endsTurn;

    Slot(ToolRunner.Prepared prepared, List<Slot> waitsFor) {
      this.prepared = prepared;
      this.waitsFor = waitsFor;
    }

    boolean isRead() {
      return !(prepared instanceof ToolRunner.Prepared.Ready ready)
          || ready.effect().kind() == Effect.Kind.READS;
    }

    boolean mustFinish() {
      return running
          && prepared instanceof ToolRunner.Prepared.Ready ready
          && ready.tool().spec().interrupt() == ToolSpec.Interrupt.FINISH;
    }

    void run() {
      long began = System.nanoTime();
      ToolRunner.Ended ended;
      try {
        ended = runInTurn();
      } catch (InterruptedException e) {
        ended = ToolRunner.notBegun(cancellation.reason().orElse(Cancellation.Reason.INTERRUPTED));
      }
      finish(ended, Duration.ofNanos(System.nanoTime() - began));
      if (ended.endTurn()) {
        group.cancel(Cancellation.Reason.INTERRUPTED); // who stops the work is asked nothing more
      }
      if (ended.status() == AgentEvent.ToolStatus.FAILED
          && prepared instanceof ToolRunner.Prepared.Ready ready
          && ready.tool().spec().onFailure() == ToolSpec.OnFailure.CANCELS_SIBLINGS) {
        cancelRunningSiblings(this);
      }
    }

    private ToolRunner.Ended runInTurn() throws InterruptedException {
      Thread self = Thread.currentThread();
      if (prepared instanceof ToolRunner.Prepared.Faulty(_, String why)) {
        return new ToolRunner.Ended(
            dev.agent.tool.ToolResult.error(why), AgentEvent.ToolStatus.FAILED, false);
      }
      ToolRunner.Prepared.Ready ready = (ToolRunner.Prepared.Ready) prepared;
      boolean finishes = ready.tool().spec().interrupt() == ToolSpec.Interrupt.FINISH;
      try (var _ = cancellation.onCancel(() -> wake(self, finishes))) {
        for (Slot earlier : waitsFor) {
          earlier.done.await();
        }
        Permits permits = new Permits();
        if (isRead()) {
          permits.take(1);
        } else if (!mayTakeEffect()) {
          return ToolRunner.cancelled(Cancellation.Reason.DISCARDED);
        }
        try {
          cancellation.check();
          running = true;
          return runner.run(ready, permits, cancellation);
        } finally {
          running = false;
          permits.giveBack();
        }
      } finally {
        Thread.interrupted(); // a late wake-up must not hit what follows
      }
    }

    /**
     * What a call holds of the room for reads. One that was let in as a read and turns out to be
     * none takes all of it: later calls wait for this slot anyway, reads beside it have to end.
     */
    private final class Permits implements ToolRunner.Alone {
      private int held;

      void take(int wanted) throws InterruptedException {
        readPermits.acquire(wanted);
        held = wanted;
      }

      void giveBack() {
        readPermits.release(held);
        held = 0;
      }

      @Override
      public boolean claim() throws InterruptedException {
        giveBack();
        take(PARALLEL_READS);
        return mayTakeEffect();
      }
    }

    private void wake(Thread thread, boolean finishes) {
      if (!(finishes && running)) {
        thread.interrupt();
      }
    }

    /**
     * Only the first result counts: a call that was given up on may still come to its end later.
     */
    void finish(ToolRunner.Ended ended, Duration took) {
      synchronized (result) {
        if (result.get() != null) {
          return;
        }
        endsTurn = ended.endTurn();
        result.set(runner.conclude(prepared.use(), ended, took));
      }
      done.countDown();
      cancellation.detach();
      synchronized (settled) {
        settled.notifyAll();
      }
    }
  }

  private boolean mayTakeEffect() {
    synchronized (effects) {
      if (discarded) {
        return false;
      }
      effectStarted = true;
      return true;
    }
  }

  /** Takes a call into the order and starts it as soon as its turn comes. */
  void submit(ContentBlock.ToolUse use) {
    ToolRunner.Prepared prepared = runner.prepare(use);
    Slot slot;
    if (prepared instanceof ToolRunner.Prepared.Ready(_, _, _, Effect effect)
        && effect.kind() != Effect.Kind.READS) {
      List<Slot> before = new ArrayList<>(barrier);
      before.addAll(readsSinceBarrier);
      slot = new Slot(prepared, before);
      barrier = List.of(slot);
      readsSinceBarrier = new ArrayList<>();
    } else {
      slot = new Slot(prepared, barrier);
      readsSinceBarrier.add(slot);
    }
    slots.add(slot);
    runner.queued(use);
    Thread.ofVirtual().name("tool-" + use.id()).start(slot::run);
  }

  private void cancelRunningSiblings(Slot failed) {
    for (Slot slot : List.copyOf(slots)) {
      if (slot != failed && slot.running) {
        slot.cancellation.cancel(Cancellation.Reason.SIBLING_FAILED);
      }
    }
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** What came of all calls. */
  record Results(List<ContentBlock> blocks, boolean endTurn) {}

  /**
   * Waits for all calls and gives their results in the order of calls. When the turn is cancelled
   * meanwhile, calls that don't wind down in time are given up on with a result that says so: there
   * is always one result per call.
   */
  Results results() {
    List<ContentBlock> blocks = new ArrayList<>(slots.size());
    boolean endTurn = false;
    boolean interrupted = false;
    for (Slot slot : slots) {
      boolean ended = false;
      while (!ended) {
        try {
          ended = awaitEnd(slot);
          if (!ended) {
            slot.finish(abandoned(slot), Duration.ZERO);
          }
        } catch (InterruptedException e) {
          interrupted = true;
          group.cancel(Cancellation.Reason.INTERRUPTED);
        }
      }
      blocks.add(slot.result.get());
      endTurn |= slot.endsTurn;
    }
    group.detach();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Results(blocks, endTurn);
  }

  /** False when the group was cancelled and the slot's time to wind down passed. */
  private boolean awaitEnd(Slot slot) throws InterruptedException {
    synchronized (settled) {
      while (slot.result.get() == null) {
        if (!group.isCancelled()) {
          settled.wait();
        } else {
          if (!windingDown) {
            windingDown = true;
            cancelledAt = System.nanoTime();
          }
          Duration grace = slot.mustFinish() ? FINISH_GRACE : GRACE;
          long leftMillis = (cancelledAt + grace.toNanos() - System.nanoTime()) / 1_000_000;
          if (leftMillis <= 0) {
            return false;
          }
          settled.wait(leftMillis);
        }
      }
      return true;
    }
  }

  private static ToolRunner.Ended abandoned(Slot slot) {
    if (!slot.running) {
      return ToolRunner.notBegun(Cancellation.Reason.INTERRUPTED);
    }
    String text =
        "The user interrupted this call; it was asked to stop and has not confirmed yet."
            + " Whether it took effect is unknown: check before repeating it.";
    return new ToolRunner.Ended(
        dev.agent.tool.ToolResult.error(text), AgentEvent.ToolStatus.ABANDONED, false);
  }

  /**
   * Throws the answer's calls away, because the answer broke off. Not possible once a call with
   * effects has begun: then what was done must stay in the conversation.
   *
   * @return whether all was thrown away
   */
  boolean discard() {
    synchronized (effects) {
      if (effectStarted) {
        return false;
      }
      discarded = true;
    }
    group.cancel(Cancellation.Reason.DISCARDED);
    results();
    return true;
  }

  /** Stops everything that runs. */
  void interrupt() {
    group.cancel(Cancellation.Reason.INTERRUPTED);
  }
}
