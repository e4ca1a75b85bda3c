package dev.agent.mode.screen;

import dev.agent.process.ForegroundProgram;
import dev.agent.process.SearchPath;
import dev.agent.workspace.ScratchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The person's own editor: {@code VISUAL}, {@code EDITOR}, or what is installed. It has the
 * terminal while it runs, so the screen is given away before and taken again behind. Blocks until
 * the editor ends.
 */
final class ExternalEditor {
  /** Tried where the person named none. */
  private static final List<String> USUAL = List.of("vi", "nano");

  private final Map<String, String> environment;
  private final ForegroundProgram program;
  private final SearchPath path;
  private final Path temporary;

  /** What came of an edit. */
  sealed interface Edited {
    /** There is another text now. */
    record Changed(String text) implements Edited {}

    record Unchanged() implements Edited {}

    /** Nothing changed, because of this. */
    record Failed(String why) implements Edited {}
  }

  /**
   * @param temporary a directory for texts that are being edited
   */
  ExternalEditor(Map<String, String> environment, ForegroundProgram program, Path temporary) {
    this.environment = environment;
    this.program = program;
    this.path = new SearchPath(environment);
    this.temporary = temporary;
  }

  /** The words of a shell that start it; empty when there is none. */
  Optional<String> words() {
    for (String variable : List.of("VISUAL", "EDITOR")) {
      String words = environment.getOrDefault(variable, "").strip();
      if (!words.isEmpty()) {
        return Optional.of(words);
      }
    }
    return USUAL.stream().filter(name -> path.find(name).isPresent()).findFirst();
  }

  /**
   * Lets the person edit a text.
   *
   * @param suffix of the file's name, by which editors know the language, such as {@code .md}
   */
  Edited edit(String text, String suffix) throws InterruptedException {
    String name = "text" + (suffix.matches("\\.[A-Za-z0-9]+") ? suffix : ".txt");
    try (ScratchFile file = ScratchFile.create(temporary, name, text)) {
      Optional<String> fault = open(file.path());
      if (fault.isPresent()) {
        return new Edited.Failed(fault.get() + " The text is as it was.");
      }
      String edited = file.read();
      // Editors end the last line; who wrote none there meant none.
      String ended =
          !text.endsWith("\n") && edited.endsWith("\n")
              ? edited.substring(0, edited.length() - 1)
              : edited;
      return ended.equals(text) ? new Edited.Unchanged() : new Edited.Changed(ended);
    } catch (IOException e) {
      return new Edited.Failed(
          "The text could not be edited: " + e.getMessage() + ". It is as it was.");
    }
  }

  /**
   * Lets the person edit a file.
   *
   * @return what went wrong, in one sentence; empty when nothing did
   */
  Optional<String> open(Path file) throws InterruptedException {
    Optional<String> words = words();
    return words.isEmpty()
        ? Optional.of("No editor was found. Set EDITOR to one.")
        : program.run(words.get(), file.toString());
  }
}
