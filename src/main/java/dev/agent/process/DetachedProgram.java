package dev.agent.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Gives a program something to read, and leaves alone what that keeps running: tools for the
 * clipboard stay to hand out what they got, also when the agent has ended. So this is the one kind
 * of child that nobody ends later. Immutable.
 */
public final class DetachedProgram {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Map<String, String> environment;

  /**
   * @param environment what programs inherit, before our secrets are taken out
   */
  public DetachedProgram(Map<String, String> environment) {
    this.environment = Processes.childEnvironment(environment);
  }

  /**
   * Runs a program until it ends or goes on in the background. Blocks; what it prints is lost.
   *
   * @return what went wrong, in one sentence; empty when nothing did
   * @throws InterruptedException when interrupted; the program is ended
   */
  public Optional<String> feed(List<String> command, Map<String, String> extra, byte[] input)
      throws InterruptedException {
    String name = command.getFirst();
    List<String> words = new ArrayList<>(Processes.ownSession());
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(extra);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.of(name + " can't be started.");
    }
    Thread.ofVirtual().name("feed-" + process.pid()).start(() -> write(process, input));
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.of(name + " took longer than " + LIMIT.toSeconds() + " s.");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
    return process.exitValue() == 0
        ? Optional.empty()
        : Optional.of(name + " ended with exit code " + process.exitValue() + ".");
  }

  private static void write(Process process, byte[] input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    } catch (IOException e) {
      // It ended before it read everything; its exit code says whether that was meant.
      return;
    }
  }
}
