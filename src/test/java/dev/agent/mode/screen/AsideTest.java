package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsideTest {
  private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
  private final List<String> said = new ArrayList<>();
  private final Aside aside = new Aside(ui::add, said::add);

  private void next() throws InterruptedException {
    Runnable task = ui.poll(30, TimeUnit.SECONDS);
    assertThat(task).isNotNull();
    task.run();
  }

  @Test
  void theResultComesBackToTheScreensThread() throws Exception {
    List<String> got = new ArrayList<>();
    aside.run(() -> Thread.currentThread().isVirtual() ? "done" : "", got::add);
    next();
    assertThat(got).containsExactly("done");
  }

  @Test
  void whatThePersonCanMendIsSaid() throws Exception {
    aside.run(
        () -> {
          throw new UserError("It is wrong.", "Do that.");
        },
        _ -> said.add("never"));
    next();
    assertThat(said).hasSize(1).allMatch(it -> it.startsWith("It is wrong."));
  }

  @Test
  void aFaultIsThrownOnTheScreensThread() {
    aside.run(
        () -> {
          throw new IllegalStateException("broken");
        },
        _ -> {});
    assertThatThrownBy(this::next).isInstanceOf(IllegalStateException.class);
    assertThat(said).isEmpty();
  }
}
