package dev.agent.context;

import dev.agent.context.OutputStyle.Origin;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.text.Clip;
import dev.agent.text.FrontMatter;
import dev.agent.text.Visible;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The output styles that can be chosen: the built-in ones and {@code output-styles/*.md} of the
 * person's directories and of {@code .agent} and {@code .claude} in the working directory and those
 * above it, up to the project's root. Of two with one name the person's goes first, then the
 * built-in one, then the nearer directory, then {@code .agent}: a project never changes what a name
 * means that is known without it. A style is a part of the system prompt, so those of a project
 * count only where the person trusts its directory. A file that can't be used is told and left out.
 *
 * @param styles {@code default} first
 * @param untrusted whether the project has styles that don't count because nobody trusts it
 * @param problems one sentence each, with the file
 */
public record OutputStyles(List<OutputStyle> styles, boolean untrusted, List<String> problems) {
  /** The setting that chooses one by its name. */
  public static final String SETTING = "outputStyle";

  private static final List<String> BUILT_IN = List.of("explanatory", "learning");
  private static final String DIRECTORY = "output-styles";
  private static final int MAX_FILES = 200;
  private static final long MAX_BYTES = 64 * 1024;
  private static final int MAX_NAME = 60;
  private static final int MAX_DESCRIPTION = 200;

  public OutputStyles {
    styles = List.copyOf(styles);
    problems = List.copyOf(problems);
  }

  /**
   * Reads all of them; takes as long as reading the files takes.
   *
   * @param trusted whether the person trusts the project's directory
   */
  public static OutputStyles load(Places places, Path projectRoot, Path cwd, boolean trusted) {
    Loader loader = new Loader();
    loader.add(OutputStyle.DEFAULT, "the agent itself");
    for (Path directory : places.personal().reversed()) {
      loader.directory(directory.resolve(DIRECTORY), Origin.PERSONAL, directory);
    }
    BUILT_IN.forEach(loader::builtIn);
    boolean withheld = false;
    for (Path at = cwd; at != null && at.startsWith(projectRoot); at = at.getParent()) {
      for (String own : List.of(".agent", ".claude")) {
        Path directory = at.resolve(own);
        // Where the home directory is the project, these are the person's own, already read.
        if (places.personal().contains(directory)) {
          continue;
        }
        if (trusted) {
          loader.directory(directory.resolve(DIRECTORY), Origin.PROJECT, projectRoot);
        } else {
          withheld |= Files.isDirectory(directory.resolve(DIRECTORY));
        }
      }
    }
    List<OutputStyle> styles = new ArrayList<>(loader.found.values());
    styles.sort(Comparator.comparing(OutputStyle::origin));
    return new OutputStyles(styles, withheld, loader.problems);
  }

  /** The style of a name; case does not matter. */
  public Optional<OutputStyle> find(String name) {
    return styles.stream().filter(style -> style.isNamed(name)).findFirst();
  }

  /** The style that settings choose; {@code default} where they choose none that is there. */
  public OutputStyle chosen(Settings settings) {
    return settings.text(SETTING).flatMap(this::find).orElse(OutputStyle.DEFAULT);
  }

  /** Their names, one behind the other. */
  public String names() {
    return styles.stream().map(OutputStyle::name).collect(Collectors.joining(", "));
  }

  /** What to tell someone who wants a style that is not there. */
  public String unknown(String name) {
    return "There is no output style \""
        + Clip.head(Visible.of(name), MAX_NAME)
        + "\". There are "
        + names()
        + "."
        + (untrusted
            ? " Those of this project don't count, because its directory is not trusted (agent"
                + " trust)."
            : "");
  }

  /** Collects styles, the ones that go first in front. */
  private static final class Loader {
    private final Map<String, OutputStyle> found = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    void builtIn(String name) {
      String text = resource("styles/" + name + ".md");
      OutputStyle style = style(FrontMatter.of(text), name, Origin.BUILT_IN);
      // The person's own style of this name goes before it, and that is no fault.
      if (!found.containsKey(key(style))) {
        add(style, "the agent itself");
      }
    }

    void add(OutputStyle style, String place) {
      found.put(key(style), style);
      places.put(key(style), place);
    }

    private static String key(OutputStyle style) {
      return style.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param base where the directory lies; files of a project that lead out of it don't count
     */
    void directory(Path directory, Origin origin, Path base) {
      if (!Files.isDirectory(directory)) {
        return;
      }
      List<Path> files = new ArrayList<>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.md")) {
        for (Path file : all) {
          if (Files.isRegularFile(file)) {
            files.add(file);
          }
          if (files.size() > MAX_FILES) {
            files.removeLast();
            problem(
                directory, "There are more than " + MAX_FILES + " files; the rest is left out.");
            break;
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        problem(directory, "The directory can't be read (" + e.getMessage() + ").");
      }
      Collections.sort(files);
      files.forEach(file -> file(file, origin, base));
    }

    private void file(Path file, Origin origin, Path base) {
      try {
        if (origin == Origin.PROJECT && !file.toRealPath().startsWith(base.toRealPath())) {
          problem(file, "It leads out of the project, so it is left out.");
        } else if (Files.size(file) > MAX_BYTES) {
          problem(file, "It is larger than " + MAX_BYTES / 1024 + " KiB, so it is left out.");
        } else {
          read(file, Files.readString(file), origin);
        }
      } catch (CharacterCodingException e) {
        problem(file, "It is no UTF-8 text, so it is left out.");
      } catch (IOException e) {
        problem(file, Workspace.explain(e, file) + " It is left out.");
      }
    }

    private void read(Path file, String text, Origin origin) {
      FrontMatter front = FrontMatter.of(text);
      front.problems().forEach(it -> problem(file, "Line " + it.line() + ": " + it.sentence()));
      String fileName = String.valueOf(file.getFileName());
      OutputStyle style =
          style(front, fileName.substring(0, fileName.length() - ".md".length()), origin);
      String other = places.get(key(style));
      if (style.text().isEmpty()) {
        problem(file, "There is no text for the model, so it is left out.");
      } else if (other != null) {
        problem(
            file,
            "\"" + style.name() + "\" is a style of " + other + " too, which goes before this.");
      } else {
        add(style, file.toString());
      }
    }

    private static OutputStyle style(FrontMatter front, String otherwise, Origin origin) {
      String name = front.text("name").strip();
      return new OutputStyle(
          Clip.head(Visible.of(name.isEmpty() ? otherwise : name), MAX_NAME),
          Clip.head(Visible.of(front.text("description").strip()), MAX_DESCRIPTION),
          front.body().strip(),
          front.find("keep-coding-instructions").filter(FrontMatter.Value::isTrue).isPresent(),
          origin);
    }

    private void problem(Path file, String sentence) {
      problems.add(Visible.of(file + ": " + sentence));
    }
  }

  private static String resource(String name) {
    try (InputStream in = OutputStyles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
