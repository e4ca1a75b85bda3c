package dev.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What agents left behind that were ended without a chance to clean up and whose watchdog was ended
 * as well. Found by the mark in the environment, which names the agent; children of agents that
 * live, or that live in another container, are left alone.
 */
public final class Leftovers {
  private static final Path PROC = Path.of("/proc");

  private Leftovers() {}

  /**
   * Ends all of them. Reads the environment of each process of the machine: some milliseconds that
   * belong beside the work, not before it.
   *
   * @return how many dead agents had left something
   */
  public static int sweep() {
    Set<String> marks = new LinkedHashSet<>();
    if (!Files.isDirectory(PROC)) {
      return 0;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        String mark = mark(entry.resolve("environ"));
        int owner = mark.indexOf(';');
        if (owner > 0 && Owner.parse(mark.substring(owner + 1)).filter(Owner::isDead).isPresent()) {
          marks.add(mark.substring(owner));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What was found so far is ended; the next start looks again.
    }
    marks.forEach(ProcessTree::sweep);
    return marks.size();
  }

  /** The value of the mark in an environment; empty when there is none. */
  private static String mark(Path environ) {
    try {
      String name = "\0" + Processes.MARKER + "=";
      String all = "\0" + new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
      int at = all.indexOf(name);
      if (at < 0) {
        return "";
      }
      int from = at + name.length();
      int end = all.indexOf('\0', from);
      return all.substring(from, end < 0 ? all.length() : end);
    } catch (IOException e) {
      return ""; // it ended meanwhile, or belongs to someone else
    }
  }
}
