package dev.agent.mode.interactive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lines from a stream, printed lines to another: for terminals whose output goes elsewhere. The
 * terminal itself edits and echoes lines.
 */
final class StreamInput implements PlainInput {
  private final OutputStream out;
  private final Interrupts interrupts;
  private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();

  /**
   * @param interrupts tells of Ctrl+C, which the terminal makes a signal of
   */
  StreamInput(InputStream in, OutputStream out, Interrupts interrupts) {
    this.out = out;
    this.interrupts = interrupts;
    interrupts.tell(() -> reads.add(new Read.Break("")));
    // A platform thread: nothing ends a read but the input itself.
    Thread.ofPlatform().daemon().name("lines").start(() -> pump(in));
  }

  private void pump(InputStream in) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reads.add(new Read.Line(line));
      }
    } catch (IOException e) {
      // The terminal is gone, which is the end of the input too.
    }
    reads.add(new Read.End());
  }

  @Override
  public Read read() {
    try {
      return reads.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Read.End();
    }
  }

  @Override
  public void prompt(String text, boolean remembers) {
    // Nobody would see it in its place.
  }

  @Override
  public synchronized void print(String text) {
    try {
      out.write(PlainText.named(text).getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      stop(); // nobody reads it any more
    }
  }

  @Override
  public boolean showsPrompts() {
    return false;
  }

  @Override
  public void stop() {
    reads.add(new Read.End());
  }

  @Override
  public void close() {
    interrupts.forget();
  }
}
