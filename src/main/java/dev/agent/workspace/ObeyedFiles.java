package dev.agent.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which programs run what a project's files say even when they are asked for nothing but their
 * version: {@code obeyed-files.txt}. Read when the first command is judged.
 */
final class ObeyedFiles {
  private static final long MAX_BYTES = 1_000_000;

  private final Map<String, List<Obeyed>> byProgram;

  /**
   * @param path from the directory of the call, or one above
   * @param word only when the file's text holds it; empty: whatever it holds
   */
  private record Obeyed(String path, String word) {}

  private ObeyedFiles(Map<String, List<Obeyed>> byProgram) {
    this.byProgram = byProgram;
  }

  static ObeyedFiles shipped() {
    Map<String, List<Obeyed>> all = new HashMap<>();
    try (InputStream in = ObeyedFiles.class.getResourceAsStream("obeyed-files.txt")) {
      if (in == null) {
        throw new IllegalStateException("obeyed-files.txt is missing from the build");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n  ", " ");
      text.lines()
          .filter(line -> !line.isBlank() && line.charAt(0) != '#')
          .forEach(line -> entry(line, all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ObeyedFiles(all);
  }

  private static void entry(String line, Map<String, List<Obeyed>> all) {
    int colon = line.indexOf(':');
    List<Obeyed> files = new ArrayList<>();
    for (String token : line.substring(colon + 1).strip().split(" +", -1)) {
      int mark = token.indexOf('~');
      files.add(
          mark < 0
              ? new Obeyed(token, "")
              : new Obeyed(token.substring(0, mark), token.substring(mark + 1)));
    }
    for (String name : line.substring(0, colon).split(", *", -1)) {
      all.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(files);
    }
  }

  /** A file that the program obeys in a directory; empty when there is none. */
  Optional<Path> of(String program, Path directory) {
    List<Obeyed> files = byProgram.getOrDefault(program, List.of());
    for (Path at = files.isEmpty() ? null : directory; at != null; at = at.getParent()) {
      for (Obeyed file : files) {
        Path path = at.resolve(file.path());
        if (Files.exists(path) && holds(path, file.word())) {
          return Optional.of(path);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path path, String word) {
    if (word.isEmpty()) {
      return true;
    }
    try {
      return Files.size(path) > MAX_BYTES
          || new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException e) {
      return true; // what can't be read may say anything
    }
  }
}
