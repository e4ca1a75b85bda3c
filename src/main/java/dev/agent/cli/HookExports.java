package dev.agent.cli;

import dev.agent.hook.HookListener;
import dev.agent.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Variables that hooks export when a session starts: the file that they wrote is read by a shell
 * once, and commands get what it changed.
 */
record HookExports(Processes processes, Path file, Path cwd, HookListener listener) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String SCRIPT = "set -a; . \"$1\" >/dev/null 2>&1; env -0";

  /** What a shell changes by itself. */
  private static final Set<String> OF_THE_SHELL = Set.of("_", "SHLVL", "PWD", "OLDPWD");

  void take() throws InterruptedException {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        return;
      }
    } catch (IOException e) {
      return; // it went away: nothing is exported
    }
    Optional<Processes.Output> shown =
        processes.run(List.of("/bin/bash", "-c", SCRIPT, "bash", file.toString()), cwd, LIMIT);
    if (shown.isEmpty() || shown.get().exitCode() != 0) {
      listener.failed(
          "The variables that SessionStart hooks wrote into " + file + " could not be read.");
      return;
    }
    Map<String, String> before = processes.environment();
    Map<String, String> changed = new HashMap<>();
    for (String entry : shown.get().text().split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        String name = entry.substring(0, equals);
        String value = entry.substring(equals + 1);
        if (!OF_THE_SHELL.contains(name) && !value.equals(before.get(name))) {
          changed.put(name, value);
        }
      }
    }
    processes.export(changed);
  }
}
