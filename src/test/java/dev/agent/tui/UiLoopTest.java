package dev.agent.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UiLoopTest {
  private static final long STEP = 1_000_000;

  /** A millisecond goes by between two looks at it. */
  private final AtomicLong clock = new AtomicLong();

  private final UiLoop loop = new UiLoop(() -> clock.addAndGet(STEP));
  private final List<Long> frames = new ArrayList<>();
  private final List<Boolean> early = new ArrayList<>();

  /** Does one thing behind each frame, and ends behind the last one. */
  private void run(Runnable... behindFrames) throws InterruptedException {
    loop.post(loop::changed);
    loop.run(
        new UiLoop.Screen() {
          @Override
          public void draw(long now) {
            frames.add(now);
            early.add(loop.isEarly());
            int next = frames.size() - 1;
            loop.post(next < behindFrames.length ? behindFrames[next] : loop::stop);
          }

          @Override
          public boolean canDraw() {
            return true;
          }

          @Override
          public long due(long now) {
            return UiLoop.NEVER;
          }

          @Override
          public void tick(long now) {}

          @Override
          public void failed(Throwable fault) {
            throw new AssertionError(fault);
          }
        });
  }

  private void text() {
    loop.changed();
  }

  private void key() {
    loop.hurry();
    loop.changed();
  }

  private long between(int frame) {
    return frames.get(frame) - frames.get(frame - 1);
  }

  @Test
  void textWaitsForTheTimeOfTheNextFrame() throws InterruptedException {
    run(this::text);

    assertThat(between(1)).isGreaterThanOrEqualTo(UiLoop.FRAME);
  }

  @Test
  void whatThePersonDidIsDrawnAtOnceBehindAFrameOfText() throws InterruptedException {
    run(this::text, this::key);

    assertThat(between(2)).isLessThan(UiLoop.FRAME);
  }

  @Test
  void textWaitsBehindAKeyAsBehindText() throws InterruptedException {
    run(this::key, this::text);

    assertThat(between(2)).isGreaterThanOrEqualTo(UiLoop.FRAME);
  }

  @Test
  void keysThatRepeatGetNoMoreFramesThanText() throws InterruptedException {
    run(this::key, this::key);

    assertThat(between(2)).isGreaterThanOrEqualTo(UiLoop.FRAME);
  }

  @Test
  void onlyAFrameBeforeItsTurnIsEarly() throws InterruptedException {
    run(this::text, this::key, this::text);

    assertThat(early).containsExactly(false, false, true, false);
  }

  @Test
  void framesOfAStormAreFartherApart() throws InterruptedException {
    run(
        () -> {
          loop.changed();
          loop.calm();
        },
        this::text);

    assertThat(between(1)).isGreaterThanOrEqualTo(2 * UiLoop.FRAME);
    assertThat(between(2)).isLessThan(2 * UiLoop.FRAME);
  }
}
