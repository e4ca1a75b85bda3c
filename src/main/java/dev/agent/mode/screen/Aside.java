package dev.agent.mode.screen;

import dev.agent.runtime.UserError;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work that may block, away from the thread that owns the screen; what comes of it comes back to
 * that thread. Any thread.
 */
final class Aside {
  private final Consumer<Runnable> ui;
  private final Consumer<String> failed;

  /**
   * @param ui runs something on the thread of the screen
   * @param failed hears there what went wrong and what to do about it
   */
  Aside(Consumer<Runnable> ui, Consumer<String> failed) {
    this.ui = ui;
    this.failed = failed;
  }

  /** Does it and passes its result on. */
  <T> void run(Supplier<T> work, Consumer<T> then) {
    run(work, then, failed);
  }

  /** The same, with its own ear for errors. */
  <T> void run(Supplier<T> work, Consumer<T> then, Consumer<String> otherwise) {
    Thread.ofVirtual()
        .name("aside")
        .start(
            () -> {
              try {
                T result = work.get();
                ui.accept(() -> then.accept(result));
              } catch (UserError e) {
                ui.accept(() -> otherwise.accept(String.valueOf(e.getMessage())));
              } catch (RuntimeException e) {
                // A fault is told where all faults of the screen are.
                ui.accept(
                    () -> {
                      throw e;
                    });
              }
            });
  }
}
