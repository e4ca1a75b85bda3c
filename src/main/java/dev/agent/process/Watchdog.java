package dev.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small shell beside the agent that outlives it: it waits for the end of a pipe that only the
 * agent holds, and then ends what the agent could not. Costs about a megabyte and no time while it
 * waits. Says nothing and is asked nothing; where it can't be started, the next start of the agent
 * sweeps. Thread-safe.
 */
final class Watchdog {
  private static final String SHELL = "/bin/sh";

  private final List<String> ownSession;
  private final String mark;
  private @Nullable Process process;
  private boolean tried;

  /**
   * @param ownSession words that give a program a session of its own, so that no signal from the
   *     terminal reaches it
   * @param mark the beginning of the mark of all children
   */
  Watchdog(List<String> ownSession, String mark) {
    this.ownSession = ownSession;
    this.mark = mark;
  }

  /** Starts it, the first time. */
  synchronized void start() {
    if (tried) {
      return;
    }
    tried = true;
    try {
      List<String> command = new java.util.ArrayList<>(ownSession);
      command.addAll(List.of(SHELL, "-c", script(), "agent-watchdog", mark));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(new java.io.File("/"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.put("PATH", "/usr/bin:/bin");
      process = builder.start();
    } catch (IOException e) {
      process = null;
    }
  }

  private static String script() throws IOException {
    try (InputStream text = Watchdog.class.getResourceAsStream("watchdog.sh")) {
      if (text == null) {
        throw new IllegalStateException("watchdog.sh is missing from the build");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A command began, whose process group has this number. */
  void began(long group) {
    tell("+" + group);
  }

  /** The first process of a group has ended; the number may soon be somebody else's. */
  void ended(long group) {
    tell("-" + group);
  }

  /** The agent has cleaned up itself. A later {@link #start} begins anew. */
  synchronized void dismiss() {
    tell("bye");
    process = null;
    tried = false;
  }

  private synchronized void tell(String line) {
    Process told = process;
    if (told == null) {
      return;
    }
    try {
      OutputStream out = told.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      process = null; // someone ended it
    }
  }
}
