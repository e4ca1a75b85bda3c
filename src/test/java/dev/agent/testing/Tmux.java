package dev.agent.testing;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A program in a real terminal, which tmux is: keys go in, the screen comes out. Each one has a
 * server of its own. It is asked through tmux's control mode, which tells when the program wrote
 * something, so that waiting costs no time. For one thread.
 */
public final class Tmux implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String SOCKET = "socket";
  private static final String SETTINGS = "settings";
  private static final String PASTE = "paste";

  /** Names of keys as {@link #press} takes them, besides {@code C-x} and {@code M-x}. */
  public static final String ENTER = "Enter";

  /** Esc. */
  public static final String ESC = "Escape";

  /** What a command answered. */
  private record Answer(boolean failed, String text) {}

  private final Path directory;
  private final Process client;
  private final BufferedWriter commands;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream(); // guarded by itself
  private boolean gone; // guarded by written

  private Tmux(Path directory, Process client) {
    this.directory = directory;
    this.client = client;
    this.commands = client.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("tmux").start(() -> listen(client.getInputStream()));
  }

  /** Whether there is a tmux that can be used; from 3.2 on. */
  public static boolean isAvailable() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(it -> Files.isExecutable(Path.of(it, "tmux")));
  }

  /**
   * Starts a program.
   *
   * @param environment what it sees besides the terminal's own variables
   * @param line for {@code sh}
   */
  public static Tmux start(
      int columns, int rows, Map<String, String> environment, Path directory, String line) {
    try {
      // The socket's path must be short.
      Path own = Files.createTempDirectory("tmux");
      Files.writeString(
          own.resolve(SETTINGS),
          """
          set -g remain-on-exit on
          set -g status off
          set -g escape-time 0
          set -g history-limit 20000
          set -g default-terminal %s
          """
              .formatted(environment.getOrDefault("TERM", "tmux-256color")));
      Process server =
          tmux(own, List.of("new-session", "-d", "-x", "" + columns, "-y", "" + rows, "true"))
              .redirectErrorStream(true)
              .start();
      String problem = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (server.waitFor() != 0) {
        throw new AssertionError("tmux: " + problem);
      }
      Tmux tmux = new Tmux(own, tmux(own, List.of("-C", "attach", "-f", "ignore-size")).start());
      tmux.answer(); // to the attaching itself
      // Only now, so that nothing that it writes is missed.
      List<String> program =
          new ArrayList<>(List.of("respawn-pane", "-k", "-c", directory.toString()));
      environment.forEach((name, value) -> program.addAll(List.of("-e", name + "=" + value)));
      program.addAll(List.of("sh", "-c", line));
      tmux.tell(program.toArray(String[]::new));
      return tmux;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while tmux started", e);
    }
  }

  private static ProcessBuilder tmux(Path own, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "tmux",
                "-u",
                "-S",
                own.resolve(SOCKET).toString(),
                "-f",
                own.resolve(SETTINGS).toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("SHELL", "/bin/sh");
    return builder;
  }

  // What the person does

  /** Types a text; line ends are Enter. */
  public void type(String text) {
    for (String line : text.splitWithDelimiters("\n", 0)) {
      if (line.equals("\n")) {
        press(ENTER);
      } else if (!line.isEmpty()) {
        tell("send-keys", "-l", "--", line);
      }
    }
  }

  /** Presses keys, by tmux's names. */
  public void press(String... keys) {
    tell(Stream.concat(Stream.of("send-keys", "--"), Stream.of(keys)).toArray(String[]::new));
  }

  /** Pastes a text as terminals do, in brackets where the program has asked for them. */
  public void paste(String text) {
    try {
      Path file = Files.writeString(directory.resolve(PASTE), text);
      tell("load-buffer", file.toString());
      tell("paste-buffer", "-p");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the terminal another size. */
  public void resize(int columns, int rows) {
    tell("resize-window", "-x", "" + columns, "-y", "" + rows);
  }

  /** Gives the terminal another background, {@code #ffffff}, which it tells to who asks for it. */
  public void background(String colour) {
    tell("set-option", "-g", "window-style", "bg=" + colour);
  }

  /** Closes the window while the program runs. */
  public void closeWindow() {
    tell("kill-pane");
  }

  // What is to be seen

  /** The screen, its rows without blanks at their ends. */
  public String screen() {
    return ask("capture-pane", "-p");
  }

  /** The screen with its colours and styles as escape sequences. */
  public String styledScreen() {
    return ask("capture-pane", "-p", "-e");
  }

  /** The screen and all that was scrolled out of it. */
  public String scrollback() {
    return ask("capture-pane", "-p", "-S", "-");
  }

  /** What a format of tmux stands for, {@code #{cursor_x}} or {@code #{alternate_on}}. */
  public String state(String format) {
    return ask("display-message", "-p", format);
  }

  /** The process that was started. */
  public ProcessHandle process() {
    return ProcessHandle.of(Long.parseLong(state("#{pane_pid}").strip())).orElseThrow();
  }

  /** All that was written to the terminal since the start. */
  public String written() {
    synchronized (written) {
      return written.toString(StandardCharsets.UTF_8);
    }
  }

  /** Waits until a text is on the screen; the screen. */
  public String await(String text) {
    return await("\"" + text + "\"", screen -> screen.contains(text));
  }

  /** Waits until a text is on the screen no more; the screen. */
  public String awaitGone(String text) {
    return await("the end of \"" + text + "\"", screen -> !screen.contains(text));
  }

  /**
   * Waits until the screen is as it should be, and rests: tmux takes long frames in pieces, and
   * between two of them it shows half a frame.
   *
   * @param what is waited for, for the message
   * @return the screen
   * @throws AssertionError when it does not become so within a minute
   */
  public String await(String what, Predicate<String> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      int seen = size();
      String screen = screen();
      if (wanted.test(screen)) {
        if (rests(seen, screen) || System.nanoTime() >= end) {
          return screen;
        }
      } else if (!awaitWritten(seen, end)) {
        screen = screen();
        if (wanted.test(screen)) {
          return screen;
        }
        throw new AssertionError(what + " did not come. The screen:\n" + screen);
      }
    }
  }

  /** Whether nothing more came for as long as a question takes. */
  private boolean rests(int seen, String screen) {
    return screen().equals(screen) && size() == seen;
  }

  private int size() {
    synchronized (written) {
      return written.size();
    }
  }

  private boolean awaitWritten(int seen, long end) {
    synchronized (written) {
      while (written.size() == seen && !gone) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        try {
          written.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting", e);
        }
      }
      return written.size() != seen;
    }
  }

  // Control mode

  private void tell(String... words) {
    ask(words);
  }

  private String ask(String... words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.isEmpty() ? "" : " ");
      line.append('\'').append(word.replace("'", "'\\''")).append('\'');
    }
    try {
      commands.write(line.append('\n').toString());
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("tmux is gone", e);
    }
    Answer answer = answer();
    if (answer.failed()) {
      throw new AssertionError("tmux: " + line + answer.text());
    }
    return answer.text();
  }

  private Answer answer() {
    try {
      Answer answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new AssertionError("tmux does not answer");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while tmux was asked", e);
    }
  }

  /** Reads what tmux says: answers between marks, and notes of what the program writes. */
  private void listen(InputStream in) {
    try (var reader = new java.io.BufferedInputStream(in)) {
      for (byte[] line = line(reader); line.length > 0; line = line(reader)) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.startsWith("%begin ")) {
          answers.add(read(reader, text.substring("%begin".length())));
        } else if (text.startsWith("%output ")) {
          keep(line, text.indexOf(' ', "%output ".length()) + 1);
        }
      }
    } catch (IOException e) {
      // The server was killed.
    }
    synchronized (written) {
      gone = true;
      written.notifyAll();
    }
    answers.add(new Answer(false, ""));
  }

  private static Answer read(InputStream in, String mark) throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      byte[] bytes = line(in);
      String line = new String(bytes, StandardCharsets.UTF_8);
      if (bytes.length == 0 || line.equals("%end" + mark) || line.equals("%error" + mark)) {
        return new Answer(line.startsWith("%error"), text.toString());
      }
      text.append(line);
    }
  }

  /** A line with its end; empty when there is none. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  /** Controls and the backslash come as three octal digits behind a backslash. */
  private void keep(byte[] line, int from) {
    synchronized (written) {
      for (int i = from; i < line.length - 1; i++) {
        if (line[i] == '\\') {
          written.write((line[i + 1] - '0') * 64 + (line[i + 2] - '0') * 8 + line[i + 3] - '0');
          i += 3;
        } else {
          written.write(line[i]);
        }
      }
      written.notifyAll();
    }
  }

  /** Ends the server and with it the program. */
  @Override
  public void close() {
    try {
      tmux(directory, List.of("kill-server")).redirectErrorStream(true).start().waitFor();
      client.destroyForcibly().waitFor();
      Files.deleteIfExists(directory.resolve(PASTE));
      Files.deleteIfExists(directory.resolve(SOCKET));
      Files.deleteIfExists(directory.resolve(SETTINGS));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
