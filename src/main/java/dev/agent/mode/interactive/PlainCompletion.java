package dev.agent.mode.interactive;

import dev.agent.command.Completion;
import dev.agent.command.Screen;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;

/** What Tab lists: files behind {@code @}. */
final class PlainCompletion {
  private static final int MAX_CANDIDATES = 100;

  private final Controller controller;

  PlainCompletion(Controller controller) {
    this.controller = controller;
  }

  /** Adds candidates for the word before the cursor. */
  void complete(String before, List<Candidate> candidates) {
    int start = wordStart(before);
    String word = before.substring(start);
    if (before.startsWith("/")) {
      Screen screen = new PlainScreen(controller);
      controller
          .commandContext(screen)
          .ifPresent(
              context ->
                  Completion.of(before, context.commands(), List.of(), context)
                      .forEach(found -> candidates.add(command(found, start))));
    } else if (word.startsWith("@")) {
      files(word.substring(1), candidates);
    }
  }

  private static int wordStart(String before) {
    int start = before.length();
    while (start > 0 && !Character.isWhitespace(before.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** JLine completes the word, not the line. */
  private static Candidate command(Completion.Candidate found, int start) {
    String value = found.text().substring(Math.min(start, found.text().length())).stripTrailing();
    String description =
        found.description().isEmpty() ? null : PlainText.brief(found.description());
    return new Candidate(
        value, PlainText.exact(found.label()), null, description, null, null, true);
  }

  private void files(String typed, List<Candidate> candidates) {
    int slash = typed.lastIndexOf('/');
    String directory = typed.substring(0, slash + 1);
    String name = typed.substring(slash + 1);
    try {
      Path cwd = controller.session().map(OpenSession::cwd).orElse(Path.of(""));
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(cwd.resolve(directory), it -> fits(it, name))) {
        for (Path entry : entries) {
          if (candidates.size() >= MAX_CANDIDATES) {
            break;
          }
          boolean inner = Files.isDirectory(entry);
          String value = "@" + directory + entry.getFileName() + (inner ? "/" : "");
          candidates.add(
              new Candidate(value, PlainText.exact(value), null, null, null, null, !inner));
        }
      }
    } catch (IOException | InvalidPathException e) {
      // Nothing there to complete with.
    }
  }

  private static boolean fits(Path entry, String name) {
    String file = String.valueOf(entry.getFileName());
    return file.startsWith(name) && (name.startsWith(".") || !file.startsWith("."));
  }
}
