package dev.agent.mode.screen;

import dev.agent.tools.file.InlinePicture;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Knows the names of pictures in what terminals paste when files are dropped on them: paths that
 * are bare, quoted or with escaped blanks, or {@code file:} addresses, with blanks or line ends
 * between several.
 */
final class DroppedFiles {
  /** A longer paste is a text. */
  private static final int MAX_CHARS = 10_000;

  private DroppedFiles() {}

  /**
   * The picture files of a paste; none unless the whole paste is the names of picture files that
   * are there. Relative names are words like others.
   *
   * @param home for names that begin with {@code ~/}
   */
  static List<Path> pictures(String paste, Path home) {
    String text = paste.strip();
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return List.of();
    }
    Optional<Path> whole = picture(text, home);
    if (whole.isPresent()) {
      return List.of(whole.get());
    }
    List<Path> found = new ArrayList<>();
    for (String word : words(text)) {
      Optional<Path> file = picture(word, home);
      if (file.isEmpty()) {
        return List.of();
      }
      found.add(file.get());
    }
    return found;
  }

  private static Optional<Path> picture(String name, Path home) {
    if (!InlinePicture.isNamedLikeOne(name)) {
      return Optional.empty();
    }
    try {
      Path path =
          name.startsWith("file:")
              ? address(name)
              : name.startsWith("~/") ? home.resolve(name.substring(2)) : Path.of(name);
      return path.isAbsolute() && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (IllegalArgumentException | URISyntaxException e) {
      return Optional.empty(); // no name of a file of this machine
    }
  }

  private static Path address(String text) throws URISyntaxException {
    URI uri = new URI(text);
    String host = uri.getHost();
    if (host != null && !host.equals("localhost") || uri.getPath() == null) {
      throw new InvalidPathException(text, "no file of this machine");
    }
    return Path.of(uri.getPath());
  }

  /**
   * Words as a shell takes them, but nothing is put in their place; none when a quote stays open.
   */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '\'' ? c != '\'' : c == '\\' && i + 1 < text.length()) {
        word.append(quote == '\'' ? c : text.charAt(++i));
        begun = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return quote == 0 ? words : List.of();
  }
}
