package dev.agent.mode.replay;

import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * {@code agent replay-server}: plays a script or a recording until it is told to stop, then prints
 * its counts.
 */
public final class ReplayMode {
  private ReplayMode() {}

  /**
   * What to play and how.
   *
   * @param faultSeed seed and rate of faults by chance
   */
  public record Options(
      Path file, int port, double speed, Optional<Long> faultSeed, double faultRate) {}

  /** Runs until cancelled; the first line of output is the address. */
  public static int run(Options options, Launch.World world, Cancellation cancellation) {
    String text;
    try {
      text = Files.readString(options.file());
    } catch (IOException e) {
      throw new UserError(
          "agent replay-server: " + options.file() + " can't be read (" + e.getMessage() + ").",
          "Give the path of a script or a recording.");
    }
    Function<Exchange, Reply> responder =
        Script.parse(options.file().toString(), text, options.speed());
    if (options.faultSeed().isPresent()) {
      responder = new Faults(responder, options.faultSeed().get(), options.faultRate());
    }
    try (ReplayServer server = new ReplayServer(options.port(), responder)) {
      print(world, "listening on " + server.url() + "\n");
      CountDownLatch stopped = new CountDownLatch(1);
      try (var _ = cancellation.onCancel(stopped::countDown)) {
        stopped.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      print(world, Json.pretty(server.stats()) + "\n");
      server.violations().forEach(violation -> print(world, violation + "\n"));
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UserError(
          "agent replay-server: port " + options.port() + " can't be had (" + e.getMessage() + ").",
          "Choose another --port, or 0 for any.");
    }
  }

  private static void print(Launch.World world, String text) {
    try {
      world.out().write(text.getBytes(StandardCharsets.UTF_8));
      world.out().flush();
    } catch (IOException e) {
      // Nobody listens; the server serves on.
    }
  }
}
