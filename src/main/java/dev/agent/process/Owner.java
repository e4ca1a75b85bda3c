package dev.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The agent that a child belongs to, so that a later one can tell whether it still lives. Only
 * Linux tells enough about processes.
 *
 * @param namespace the numbering of processes that the pid is from: in a container the same number
 *     is somebody else
 * @param started ticks since the machine started: a number may be given to a new process
 */
record Owner(String namespace, long pid, String started) {
  private static final Path PROC = Path.of("/proc");

  /** Fields of the status line after the name, which may itself hold blanks and parentheses. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  /** This process; empty where the system does not tell. */
  static Optional<Owner> self() {
    long pid = ProcessHandle.current().pid();
    return numbering().flatMap(names -> started(pid).map(at -> new Owner(names, pid, at)));
  }

  private static Optional<String> numbering() {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** When a process that lives was started; empty when there is none of this number. */
  private static Optional<String> started(long pid) {
    try {
      String line = Files.readString(PROC.resolve(pid + "/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
      boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return dead || fields.length <= START_TIME
          ? Optional.empty()
          : Optional.of(fields[START_TIME]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What {@link #parse} reads. */
  String text() {
    return namespace + "," + pid + "," + started;
  }

  static Optional<Owner> parse(String text) {
    String[] parts = text.split(",", -1);
    try {
      return parts.length == 3
          ? Optional.of(new Owner(parts[0], Long.parseLong(parts[1]), parts[2]))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it is known to have ended. Of other numberings nothing is known. */
  boolean isDead() {
    return numbering().filter(namespace::equals).isPresent()
        && !started(pid).filter(started::equals).isPresent();
  }
}
