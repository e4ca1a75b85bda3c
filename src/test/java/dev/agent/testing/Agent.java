package dev.agent.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packaged launcher as a person would and captures what comes out.
 *
 * <p>Immutable: every {@code with…} returns a changed copy. The child sees nothing of this
 * process's environment but {@code PATH}, plus what was set here; {@code AGENT_JAVA_HOME} is the
 * JVM that runs the test. Whole-product tests ({@code *IT}) run after {@code package}, so the
 * product is there.
 */
public final class Agent {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path directory;
  private final byte[] stdin;

  private Agent(
      List<String> command, Map<String, String> environment, Path directory, byte[] stdin) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.stdin = stdin.clone();
  }

  /** What a run left behind; the texts are decoded as UTF-8. */
  public record Result(int exitCode, String stdout, String stderr) {}

  /** The product that the build made. */
  public static Agent packaged() {
    return at(product().resolve("bin/agent").toString());
  }

  /** The launcher called as {@code command}, a path or (with a PATH that has it) a name. */
  public static Agent at(String... command) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("AGENT_JAVA_HOME", System.getProperty("java.home"));
    environment.put("LANG", "C.UTF-8");
    return new Agent(List.of(command), environment, Path.of("").toAbsolutePath(), new byte[0]);
  }

  /** The directory of the packaged product. */
  public static Path product() {
    Path product = Path.of(System.getProperty("agent.product", "target/agent")).toAbsolutePath();
    if (!Files.isExecutable(product.resolve("bin/agent"))) {
      throw new IllegalStateException("no product in " + product + ": run ./mvnw package first");
    }
    return product;
  }

  /** With variable {@code name} set to {@code value}. */
  public Agent with(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return new Agent(command, changed, directory, stdin);
  }

  /** Without variable {@code name}. */
  public Agent without(String name) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.remove(name);
    return new Agent(command, changed, directory, stdin);
  }

  /** With {@code directory} as working directory. */
  public Agent in(Path directory) {
    return new Agent(command, environment, directory, stdin);
  }

  /** With {@code text} on stdin, followed by its end; without this stdin is empty. */
  public Agent stdin(String text) {
    return new Agent(command, environment, directory, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs to the end; a run of more than a minute is killed and fails the test. */
  public Result run(String... arguments) {
    try {
      Path out = Files.createTempFile("agent-out", ".txt");
      Path err = Files.createTempFile("agent-err", ".txt");
      try {
        ProcessBuilder builder = builder(arguments);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        feed(process);
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              "no end after " + TIMEOUT + ": " + builder.command() + "\n" + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the agent ran", e);
    }
  }

  /**
   * Starts and returns at once; stdout and stderr are pipes, stdin stays open. The caller ends it.
   */
  public Process start(String... arguments) {
    try {
      return builder(arguments).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> line = new ArrayList<>(command);
    line.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private void feed(Process process) throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin);
    } catch (IOException e) {
      // A run that ends without reading its stdin is none of our business here.
      if (process.isAlive() && stdin.length == 0) {
        throw e;
      }
    }
  }
}
