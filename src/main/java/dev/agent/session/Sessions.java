package dev.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All sessions of a person: {@code <data>/projects/<working directory with - for everything but
 * letters and digits>/<id>.jsonl}. The files are the only truth.
 */
public final class Sessions {
  private static final int HEAD_BYTES = 64 * 1024;
  private static final String SUFFIX = ".jsonl";

  private final Path projects;

  public Sessions(Path data) {
    this.projects = data.resolve("projects");
  }

  /**
   * A session in a list.
   *
   * @param title the beginning of its first prompt; empty when it has none
   */
  public record Summary(
      String id, Path file, String cwd, String title, Instant modified, long bytes) {}

  /** Where a session's file is or will be. */
  public Path file(Path cwd, String id) {
    return directory(cwd).resolve(id + SUFFIX);
  }

  /** The directory for a session's further files. */
  public Path filesOf(Path sessionFile) {
    String name = sessionFile.getFileName().toString();
    return sessionFile.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
  }

  private Path directory(Path cwd) {
    StringBuilder name = new StringBuilder();
    for (char c : cwd.toString().toCharArray()) {
      name.append(c < 128 && Character.isLetterOrDigit(c) ? c : '-');
    }
    return projects.resolve(
        name.length() > 200
            ? name.substring(0, 150) + "-" + Integer.toHexString(cwd.toString().hashCode())
            : name.toString());
  }

  /** The sessions of a directory, or of all when none is given; newest first. */
  public List<Summary> list(Optional<Path> cwd) {
    List<Path> directories =
        cwd.map(path -> List.of(directory(path))).orElseGet(() -> entries(projects));
    List<Summary> found = new ArrayList<>();
    for (Path directory : directories) {
      for (Path file : entries(directory)) {
        if (file.toString().endsWith(SUFFIX)) {
          summary(file).ifPresent(found::add);
        }
      }
    }
    found.sort(Comparator.comparing(Summary::modified).reversed());
    return found;
  }

  private static List<Path> entries(Path directory) {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        stream.forEach(all::add);
      } catch (IOException | java.nio.file.DirectoryIteratorException e) {
        return all;
      }
    }
    return all;
  }

  private static Optional<Summary> summary(Path file) {
    String name = file.getFileName().toString();
    String cwd = "";
    String title = "";
    try (InputStream in = Files.newInputStream(file)) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new java.io.ByteArrayInputStream(in.readNBytes(HEAD_BYTES)),
                  StandardCharsets.UTF_8));
      for (String line = lines.readLine();
          line != null && (title.isEmpty() || cwd.isEmpty());
          line = lines.readLine()) {
        try {
          JsonNode node = Json.MAPPER.readTree(line);
          cwd = cwd.isEmpty() ? node.path("cwd").asText("") : cwd;
          if (node.path("origin").asText("").equals("prompt")) {
            title = title(node.path("message").path("content"));
          }
        } catch (IOException e) {
          // a damaged line has no title
        }
      }
      return Optional.of(
          new Summary(
              name.substring(0, name.length() - SUFFIX.length()),
              file,
              cwd,
              title,
              Files.getLastModifiedTime(file).toInstant(),
              Files.size(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The last text of a prompt: what stands before it are reminders. */
  private static String title(JsonNode content) {
    String text = content.isTextual() ? content.asText() : "";
    for (JsonNode block : content) {
      String here = block.path("text").asText("");
      if (!here.isBlank() && !here.startsWith("<system-reminder>")) {
        text = here;
      }
    }
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }

  /** The newest session of a directory. */
  public Optional<Path> latest(Path cwd) {
    return list(Optional.of(cwd)).stream().findFirst().map(Summary::file);
  }

  /**
   * A session by its id or the beginning of it, in this directory first, then anywhere; also by its
   * file's path.
   */
  public Optional<Path> find(Path cwd, String wanted) {
    if (wanted.endsWith(SUFFIX) && Files.isRegularFile(Path.of(wanted))) {
      return Optional.of(Path.of(wanted));
    }
    for (Optional<Path> where : List.of(Optional.of(cwd), Optional.<Path>empty())) {
      List<Summary> fits =
          list(where).stream()
              .filter(
                  summary ->
                      summary.id().equals(wanted)
                          || wanted.length() >= 4 && summary.id().startsWith(wanted))
              .toList();
      if (!fits.isEmpty()) {
        return Optional.of(fits.getFirst().file());
      }
    }
    return Optional.empty();
  }

  /**
   * Copies a session under a new id; the old one is left as it is.
   *
   * @throws IOException when it can't be copied
   */
  public Path fork(Path from, Path cwd, String newId) throws IOException {
    Path to = file(cwd, newId);
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    return to;
  }
}
