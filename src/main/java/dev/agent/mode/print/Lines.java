package dev.agent.mode.print;

import dev.agent.text.Ansi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes lines to standard output, whole ones only. When the reader has gone away it says so and
 * drops the rest. Thread-safe.
 */
final class Lines {
  private final OutputStream out;
  private final boolean forPeople;
  private final Runnable onBroken;
  private boolean broken;

  /**
   * @param forPeople whether it is read on a terminal, which must not obey what is printed
   */
  Lines(OutputStream out, boolean forPeople, Runnable onBroken) {
    this.out = out;
    this.forPeople = forPeople;
    this.onBroken = onBroken;
  }

  void print(String line) {
    boolean justBroke = false;
    synchronized (this) {
      if (broken) {
        return;
      }
      try {
        String text = forPeople ? Ansi.shown(line.replace("\r\n", "\n")) : line;
        out.write((text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8));
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
