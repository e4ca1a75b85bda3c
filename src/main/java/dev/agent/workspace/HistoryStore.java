package dev.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory of a {@link FileHistory}: copies of files, and an index of one line of text for
 * each thing that is known. Its owner lets one thread at a time use it.
 */
record HistoryStore(Path directory) {
  /** In place of a file's mode, where there is none. */
  static final String NO_MODE = "-";

  private static final String INDEX = "index";

  /** In place of a copy: the file did not exist. */
  private static final String ABSENT = "absent";

  /** In place of a checkpoint: this line says what the agent was about to write. */
  private static final String WRITES = "=";

  /** A line of the index. */
  sealed interface Line {
    /** The line as it is written, with its end. */
    String text();
  }

  /** A copy's name: the hash of the file's path, and a number that counts from 1. */
  record Copy(String key, int version) {
    @Override
    public String toString() {
      return key + "@v" + version;
    }
  }

  /**
   * What a file held when the checkpoint began.
   *
   * @param copy empty when it did not exist
   * @param mode its permissions, or {@link #NO_MODE}
   */
  record State(String checkpoint, Path file, Optional<Copy> copy, String mode) implements Line {
    @Override
    public String text() {
      String stored = copy.map(Copy::toString).orElse(ABSENT);
      return line(escaped(checkpoint), stored, mode, file);
    }
  }

  /** A file with a content of this hash is the agent's doing. */
  record Writing(Path file, String hash) implements Line {
    @Override
    public String text() {
      return line(WRITES, hash, NO_MODE, file);
    }
  }

  private static String line(String first, String second, String third, Path file) {
    return first + "\t" + second + "\t" + third + "\t" + escaped(file.toString()) + "\n";
  }

  /** What the index says; lines that make no sense are left out. */
  List<Line> lines() throws IOException {
    Path index = directory.resolve(INDEX);
    List<Line> lines = new ArrayList<>();
    if (Files.isRegularFile(index)) {
      String text = new String(Files.readAllBytes(index), StandardCharsets.UTF_8);
      if (!text.isEmpty() && !text.endsWith("\n")) {
        // A last line that was cut off gets its end, so that the next one stands alone.
        Files.writeString(index, "\n", StandardOpenOption.APPEND);
      }
      for (String line : text.split("\n", -1)) {
        parse(line.split("\t", 4)).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private static Optional<Line> parse(String[] parts) {
    if (parts.length < 4) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(unescaped(parts[3]));
      if (parts[0].equals(WRITES)) {
        return Optional.of(new Writing(file, parts[1]));
      }
      Optional<Copy> copy = copy(parts[1]);
      return copy.isEmpty() && !parts[1].equals(ABSENT)
          ? Optional.empty()
          : Optional.of(new State(unescaped(parts[0]), file, copy, parts[2]));
    } catch (InvalidPathException | NumberFormatException e) {
      return Optional.empty(); // a line that was torn when the agent was killed
    }
  }

  private static Optional<Copy> copy(String stored) {
    int at = stored.lastIndexOf("@v");
    return at <= 0
        ? Optional.empty()
        : Optional.of(
            new Copy(stored.substring(0, at), Integer.parseInt(stored.substring(at + 2))));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = text.charAt(i) == 'n' ? '\n' : text.charAt(i) == 't' ? '\t' : text.charAt(i);
      }
      out.append(c);
    }
    return out.toString();
  }

  /** Adds a line to the index. */
  void append(Line line) throws IOException {
    makeDirectory();
    Files.writeString(
        directory.resolve(INDEX),
        line.text(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Makes a copy of a file, readable for nobody else. */
  void keep(Path file, Copy as) throws IOException {
    makeDirectory();
    Path copy = directory.resolve(as.toString());
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    restrict(copy, "rw-------");
  }

  private void makeDirectory() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      restrict(directory, "rwx------");
    }
  }

  /** What the file held; empty when it did not exist. */
  Optional<byte[]> bytes(State state) throws IOException {
    return state.copy().isEmpty()
        ? Optional.empty()
        : Optional.of(Files.readAllBytes(directory.resolve(state.copy().get().toString())));
  }

  /** Removes the copies of what is gone, and writes the index anew with what is left. */
  void replace(List<Line> left, List<State> gone) throws IOException {
    for (State state : gone) {
      if (state.copy().isPresent()) {
        Files.deleteIfExists(directory.resolve(state.copy().get().toString()));
      }
    }
    if (!Files.isDirectory(directory)) {
      return;
    }
    StringBuilder index = new StringBuilder();
    left.forEach(line -> index.append(line.text()));
    Path fresh = directory.resolve(INDEX + ".new");
    Files.writeString(fresh, index);
    Files.move(
        fresh,
        directory.resolve(INDEX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Copies of private files must not be readable for more people than the files. */
  static void restrict(Path path, String mode) throws IOException {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (UnsupportedOperationException e) {
      return; // a file system without modes
    }
  }

  /** A file's permissions, or {@link #NO_MODE}. */
  static String mode(Path file) throws IOException {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (UnsupportedOperationException e) {
      return NO_MODE;
    }
  }
}
