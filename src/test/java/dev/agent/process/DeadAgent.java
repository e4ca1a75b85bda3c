package dev.agent.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** An agent that starts a command, says so, and waits to be killed. */
final class DeadAgent {
  private DeadAgent() {}

  public static void main(String[] arguments) throws Exception {
    Processes processes = new Processes(System.getenv(), arguments[0]);
    CountDownLatch up = new CountDownLatch(1);
    processes.start(
        new Processes.Launch(
            List.of("bash", "--noprofile", "--norc", "-c", arguments[1]),
            Path.of("/"),
            Map.of(),
            1000,
            OutputSink.NONE,
            _ -> up.countDown()));
    up.await();
    System.out.println("up");
    Thread.sleep(600_000);
  }
}
