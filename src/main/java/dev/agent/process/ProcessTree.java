package dev.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything that a command started, however far it has wandered off. Ended in this order: TERM to
 * the group, a short wait, KILL to the group, to all descendants, and to whoever carries the
 * command's marker in the environment (daemons that left group and parent behind), until none is
 * left.
 */
final class ProcessTree {
  private static final Duration TERM_GRACE = Duration.ofMillis(200);
  private static final int SWEEPS = 3;

  /** How long the kernel gets to take down what a sweep killed, before the next one looks. */
  private static final Duration SWEEP_GRACE = Duration.ofMillis(100);

  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final Path PROC = Path.of("/proc");

  private final Process leader;
  private final String marker;
  private final boolean ownGroup;

  /**
   * @param marker {@code NAME=value} that only this command's processes have in their environment
   * @param ownGroup whether the leader's pid is the id of a group of its own
   */
  ProcessTree(Process leader, String marker, boolean ownGroup) {
    this.leader = leader;
    this.marker = marker;
    this.ownGroup = ownGroup;
  }

  /** Safe to call more than once and side by side: whoever comes second waits for the first. */
  synchronized void kill() {
    List<ProcessHandle> descendants = new ArrayList<>(leader.descendants().toList());
    signal("TERM");
    descendants.forEach(ProcessHandle::destroy);
    try {
      leader.waitFor(TERM_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    descendants.addAll(leader.descendants().toList());
    signal("KILL");
    leader.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    sweep(marker);
  }

  /**
   * Ends whoever carries the marker, again and again until nobody is left, three times at most.
   * Looks at the environment instead of asking whether the process lives: one that ended and that
   * nobody has collected counts as alive for ever, but has no environment.
   */
  static void sweep(String marker) {
    List<ProcessHandle> left = marked(marker);
    for (int i = 0; i < SWEEPS && !left.isEmpty(); i++) {
      left.forEach(ProcessHandle::destroyForcibly);
      long until = System.nanoTime() + SWEEP_GRACE.toNanos();
      left = marked(marker);
      while (!left.isEmpty() && System.nanoTime() < until) {
        LockSupport.parkNanos(PAUSE.toNanos());
        left = marked(marker);
      }
    }
  }

  private void signal(String name) {
    if (ownGroup) {
      Signals.send(name, leader.pid());
    } else if (name.equals("TERM")) {
      leader.destroy();
    }
  }

  /**
   * The processes whose environment holds the marker. Only Linux tells; elsewhere none are found.
   */
  static List<ProcessHandle> marked(String marker) {
    List<ProcessHandle> found = new ArrayList<>();
    byte[] wanted = marker.getBytes(StandardCharsets.UTF_8);
    long self = ProcessHandle.current().pid();
    if (!Files.isDirectory(PROC)) {
      return found;
    }
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(PROC, entry -> isNumber(entry.getFileName().toString()))) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid != self && contains(entry.resolve("environ"), wanted)) {
          Optional<ProcessHandle> handle = ProcessHandle.of(pid);
          handle.ifPresent(found::add);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return found;
    }
    return found;
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty()
        && name.length() < 10
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean contains(Path file, byte[] wanted) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      outer:
      for (int i = 0; i + wanted.length <= bytes.length; i++) {
        for (int j = 0; j < wanted.length; j++) {
          if (bytes[i + j] != wanted[j]) {
            continue outer;
          }
        }
        return true;
      }
      return false;
    } catch (IOException e) {
      return false; // it ended meanwhile, or belongs to someone else
    }
  }
}
