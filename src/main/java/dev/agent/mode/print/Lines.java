package dev.agent.mode.print;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes lines to standard output, whole ones only. When the reader has gone away it says so and
 * drops the rest. Thread-safe.
 */
final class Lines {
  private final OutputStream out;
  private final Runnable onBroken;
  private boolean broken;

  Lines(OutputStream out, Runnable onBroken) {
    this.out = out;
    this.onBroken = onBroken;
  }

  void print(String line) {
    boolean justBroke = false;
    synchronized (this) {
      if (broken) {
        return;
      }
      try {
        out.write((line.endsWith("\n") ? line : line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        broken = true;
        justBroke = true;
      }
    }
    if (justBroke) {
      onBroken.run();
    }
  }

  synchronized boolean isBroken() {
    return broken;
  }
}
