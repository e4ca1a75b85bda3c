package dev.agent.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The directories that a session works in, and the way from a name that a person or a model wrote
 * to a path. Thread-safe.
 */
public final class Workspace {
  private final Path start;
  private final List<Path> roots;
  private final Path home;
  private final Supplier<Path> cwd;

  /**
   * @param start where the session began, absolute
   * @param added further directories that belong to it
   * @param cwd where relative names start now; moves with the shell
   */
  public Workspace(Path start, List<Path> added, Path home, Supplier<Path> cwd) {
    this.start = start;
    this.home = home;
    this.cwd = cwd;
    List<Path> all = new ArrayList<>();
    all.add(start);
    all.addAll(added);
    this.roots = List.copyOf(all);
  }

  /** Where the session began. */
  public Path start() {
    return start;
  }

  /** What a leading tilde stands for. */
  public Path home() {
    return home;
  }

  /** The start and the added directories. */
  public List<Path> roots() {
    return roots;
  }

  /** Where relative names start. */
  public Path cwd() {
    return cwd.get();
  }

  /**
   * The absolute, normalised path of a name; links are not followed.
   *
   * @throws InvalidPathException when the name can't be one
   */
  public Path resolve(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new InvalidPathException(name.replace("\0", "\\0"), "holds a NUL character");
    }
    String text = name.startsWith("file://") ? name.substring(7) : name;
    if (text.equals("~")) {
      return home;
    }
    if (text.startsWith("~/")) {
      return home.resolve(text.substring(2)).normalize();
    }
    return cwd.get().resolve(text).normalize();
  }

  /**
   * Whether a path and what it leads to lie in the workspace. A path that does not exist is judged
   * by its nearest directory that does.
   */
  public boolean contains(Path path) {
    if (!isBelowRoot(path, roots)) {
      return false;
    }
    Optional<Path> real = realPath(path);
    return real.isPresent()
        && isBelowRoot(
            real.get(), roots.stream().map(root -> realPath(root).orElse(root)).toList());
  }

  private static boolean isBelowRoot(Path path, List<Path> roots) {
    for (Path root : roots) {
      if (path.startsWith(root)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The path with all links followed, also for one that does not exist yet; empty when links run in
   * circles or can't be read.
   */
  public static Optional<Path> realPath(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    List<Path> missing = new ArrayList<>();
    for (Path existing = absolute; existing != null; existing = existing.getParent()) {
      try {
        Path real = existing.toRealPath();
        for (Path name : missing.reversed()) {
          real = real.resolve(name);
        }
        return Optional.of(real);
      } catch (java.nio.file.NoSuchFileException e) {
        Path name = existing.getFileName();
        if (name == null) {
          return Optional.empty();
        }
        if (Files.isSymbolicLink(existing)) {
          return throughDanglingLink(existing, missing);
        }
        missing.add(name);
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * The path that a write would reach.
   *
   * @throws IOException when it can't be found: links in circles, a file where a directory should
   *     be, no access
   */
  static Path writeTarget(Path path) throws IOException {
    Optional<Path> real = realPath(path);
    if (real.isPresent()) {
      return real.get();
    }
    for (Path part = path.toAbsolutePath().normalize(); part != null; part = part.getParent()) {
      Optional<FileSystemException> fault = fault(part);
      if (fault.isPresent()) {
        throw fault.get();
      }
    }
    throw new FileSystemException(path.toString(), null, "has links that run in circles");
  }

  /** Why a path can't be followed; that it does not exist is no fault of its own. */
  private static Optional<FileSystemException> fault(Path path) throws IOException {
    try {
      Path _ = path.toRealPath();
      return Optional.empty();
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "is not accessible" : e.getReason();
      return Optional.of(new FileSystemException(path.toString(), null, reason));
    }
  }

  /**
   * A link to something that does not exist: a write would create its target, so that is what
   * counts.
   */
  private static Optional<Path> throughDanglingLink(Path link, List<Path> missing) {
    try {
      Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
      Path rest = target;
      for (Path name : missing.reversed()) {
        rest = rest.resolve(name);
      }
      return target.equals(link) ? Optional.empty() : realPath(rest);
    } catch (IOException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** The path as it is shown: relative inside the working directory. */
  public String shown(Path path) {
    Path here = cwd.get();
    return path.startsWith(here) && !path.equals(here)
        ? here.relativize(path).toString()
        : path.toString();
  }

  /** What a failed access means, in words for the model or the person. */
  public static String explain(IOException failure, Path path) {
    String reason =
        failure instanceof FileSystemException fs && fs.getReason() != null ? fs.getReason() : "";
    return switch (failure) {
      case java.nio.file.NoSuchFileException _ -> path + " does not exist.";
      case FileWriter.ChangedUnderneathException changed ->
          changed.getFile() + " " + changed.getReason() + ".";
      case java.nio.file.AccessDeniedException _ -> "Access to " + path + " is denied.";
      case java.nio.file.FileAlreadyExistsException _ -> path + " exists and is no directory.";
      default ->
          reason.contains("No space left")
                  || String.valueOf(failure.getMessage()).contains("No space left")
              ? "The disk is full; " + path + " was left as it was."
              : reason.contains("Read-only")
                  ? path + " lies on a read-only file system."
                  : path
                      + ": "
                      + (reason.isEmpty() ? String.valueOf(failure.getMessage()) : reason)
                      + ".";
    };
  }
}
