package dev.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps commands from making what did not exist. Directories that no command may make are made
 * empty by us for as long as a command runs, so that something read-only can lie over them.
 * Whatever else must not appear is looked for when the command has ended, and moved into
 * quarantine. Thread-safe: commands run side by side, and the last one puts away.
 */
final class AbsentNames {
  private final Path quarantine;
  private final PlaceholderRecord record;
  private final Map<Path, Guarded> guarded = new HashMap<>();

  /** A name that did not exist when the first of some commands began. */
  private static final class Guarded {
    private int commands;

    /** Our empty directory; null when there is none and the name must simply not appear. */
    private @Nullable String placeholder;
  }

  /**
   * @param quarantine where to move what appeared; made when it is needed
   * @param record where our directories are written down, lest they outlive us
   */
  AbsentNames(Path quarantine, PlaceholderRecord record) {
    this.quarantine = quarantine;
    this.record = record;
    record.tidy();
  }

  /**
   * What one command has to leave absent.
   *
   * @param placeholders empty directories that must be covered
   * @param links names that are links, with where they lead: nothing can lie over a link itself
   */
  record Watch(List<Path> placeholders, List<Path> absent, Map<Path, Path> links) {}

  /**
   * Begins to guard.
   *
   * @param neverMade directories to hold an empty place for
   * @param neverAppear names to look for afterwards
   * @param kept names that stay the links they are, if they are links
   */
  synchronized Watch begin(List<Path> neverMade, List<Path> neverAppear, List<Path> kept)
      throws IOException {
    List<Path> placeholders = new ArrayList<>();
    Map<Path, Path> links = new HashMap<>();
    for (Path path : kept) {
      if (Files.isSymbolicLink(path)) {
        links.put(path, Files.readSymbolicLink(path));
      }
    }
    List<Path> absent = new ArrayList<>();
    try {
      for (Path path : neverMade) {
        Guarded known = guarded.get(path);
        if (known == null && isAbsent(path)) {
          record.note(path);
          Files.createDirectory(path);
          known = new Guarded();
          known.placeholder = key(path).orElse("");
          guarded.put(path, known);
        }
        if (known != null) {
          known.commands++;
          placeholders.add(path);
        }
      }
    } catch (IOException e) {
      end(new Watch(placeholders, absent, Map.of()));
      throw e;
    }
    for (Path path : neverAppear) {
      Guarded known = guarded.get(path);
      if (known == null && isAbsent(path)) {
        known = new Guarded();
        guarded.put(path, known);
      }
      if (known != null) {
        known.commands++;
        absent.add(path);
      }
    }
    return new Watch(placeholders, absent, links);
  }

  /** Ends it; gives a sentence for each thing that had to be taken away. */
  synchronized List<String> end(Watch watch) {
    List<String> said = new ArrayList<>();
    for (Path path : watch.placeholders()) {
      release(path, said);
    }
    for (Path path : watch.absent()) {
      release(path, said);
    }
    watch.links().forEach((path, target) -> restore(path, target, said));
    return said;
  }

  /** Ends it for all commands that may still be there: the session is over. */
  synchronized void endAll() {
    for (Map.Entry<Path, Guarded> entry : List.copyOf(guarded.entrySet())) {
      entry.getValue().commands = 1;
      release(entry.getKey(), new ArrayList<>());
    }
    record.clear();
  }

  private void restore(Path path, Path target, List<String> said) {
    try {
      if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(target)) {
        return;
      }
      String where = isAbsent(path) ? "" : " What it made was moved to " + remove(path) + ".";
      Files.createSymbolicLink(path, target);
      said.add(
          "The command replaced the link " + path + "; it leads to " + target + " again." + where);
    } catch (IOException e) {
      said.add(
          "The command replaced the link "
              + path
              + ", and it could not be restored ("
              + e.getMessage()
              + ").");
    }
  }

  private void release(Path path, List<String> said) {
    Guarded known = guarded.get(path);
    if (known == null) {
      return;
    }
    known.commands--;
    try {
      String placeholder = known.placeholder;
      boolean ours = placeholder != null && key(path).filter(placeholder::equals).isPresent();
      if (known.commands == 0) {
        guarded.remove(path);
        if (ours) {
          removeEmpty(path);
        }
      }
      // A directory that is not ours any more lay open: someone removed the one that was covered.
      if (!ours && !isAbsent(path)) {
        said.add(
            "The command made "
                + path
                + ", which decides what others run. It was moved to "
                + remove(path)
                + ".");
      }
    } catch (IOException e) {
      said.add(
          "The command made "
              + path
              + ", which decides what others run, and it could not be moved away ("
              + e.getMessage()
              + "). Look at it before you go on.");
    }
  }

  private static boolean isAbsent(Path path) {
    return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** What a directory is known by, whatever it is called. */
  private static Optional<String> key(Path path) {
    try {
      Object key =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return Optional.ofNullable(key).map(Object::toString);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is in it by now came from outside of the sandbox, where it may. */
  private static void removeEmpty(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (java.nio.file.DirectoryNotEmptyException e) {
      return;
    }
  }

  private Path remove(Path path) throws IOException {
    Files.createDirectories(quarantine);
    for (int i = 1; ; i++) {
      Path target = quarantine.resolve(i + "-" + path.getFileName());
      if (isAbsent(target)) {
        return move(path, target);
      }
    }
  }

  /** Renamed where that can be; else (another disk) it is put out of effect where it is. */
  private static Path move(Path from, Path to) throws IOException {
    try {
      return Files.move(from, to);
    } catch (IOException e) {
      for (int i = 1; ; i++) {
        Path beside = from.resolveSibling(from.getFileName() + ".quarantine-" + i);
        if (isAbsent(beside)) {
          return Files.move(from, beside);
        }
      }
    }
  }
}
