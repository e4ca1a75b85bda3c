package dev.agent.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sends signals to process groups. Through the program {@code kill}: it costs a few milliseconds
 * where a native call would cost its first use a quarter of a second.
 */
final class Signals {
  private Signals() {}

  /** To all processes of a group; nobody left to take it is no error. */
  static void send(String name, long group) {
    try {
      Process kill =
          new ProcessBuilder("/bin/kill", "-" + name, "--", "-" + group)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(1, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      // No kill program: descendants are ended one by one instead.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
