package dev.agent.tui.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All themes that there are: those of the product, and the user's. Reads a theme when it is first
 * asked for. Belongs to one thread.
 */
public final class Themes {
  /** The theme that suits the terminal's background. */
  public static final String AUTO = "auto";

  /** The theme without colours, also that of {@code NO_COLOR}. */
  public static final String MONO = "mono";

  private static final String SUFFIX = ".json";
  private static final long MAX_BYTES = 256 * 1024;

  private static final List<String> BUILT_IN =
      List.of("dark", "light", "dark-daltonized", "light-daltonized", "ansi16", MONO);

  private final TreeMap<String, String> files;
  private final Map<String, Theme> read = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** The product's themes alone. */
  public Themes() {
    this(Map.of());
  }

  /**
   * The product's themes and the user's.
   *
   * @param files the JSON of the user's themes by name; one with the name of a theme of the product
   *     is left out: whoever asks for "mono" must get no colours
   */
  public Themes(Map<String, String> files) {
    this.files = new TreeMap<>(files);
    for (String taken : names(List.of())) {
      if (this.files.remove(taken) != null) {
        problems.add(
            "theme \""
                + taken
                + "\": the product has a theme of that name. Give the file another name; it is"
                + " ignored until then.");
      }
    }
  }

  /**
   * The product's themes and those of a directory: each {@code name.json} is a theme. What can't be
   * read is told among the problems; a directory that isn't there holds none.
   */
  public static Themes of(Path directory) {
    Map<String, String> files = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
        for (Path file : found) {
          read(file, files, unreadable);
        }
      } catch (IOException | DirectoryIteratorException e) {
        unreadable.add("themes: " + directory + " can't be listed (" + e.getMessage() + ").");
      }
    }
    Themes themes = new Themes(files);
    themes.problems.addAll(unreadable);
    return themes;
  }

  private static void read(Path file, Map<String, String> files, List<String> unreadable) {
    String name = file.getFileName().toString();
    try {
      if (Files.size(file) > MAX_BYTES) {
        unreadable.add("themes: " + file + " is larger than 256 KB. It is ignored.");
        return;
      }
      files.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
    } catch (IOException e) {
      unreadable.add("themes: " + file + " can't be read (" + e.getMessage() + "). It is ignored.");
    }
  }

  /** What can be chosen: auto, the product's themes, the user's by name. */
  public List<String> names() {
    return names(files.keySet());
  }

  private static List<String> names(Collection<String> more) {
    List<String> names = new ArrayList<>();
    names.add(AUTO);
    names.addAll(BUILT_IN);
    names.addAll(more);
    return List.copyOf(names);
  }

  /**
   * The theme of that name; {@code auto} is dark or light as the background is. Empty when there is
   * none of that name.
   */
  public Optional<Theme> find(String name, Background background) {
    return find(name.equals(AUTO) ? background == Background.LIGHT ? "light" : "dark" : name);
  }

  /** What was wrong in the user's themes that were read so far, one sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private Optional<Theme> find(String name) {
    Theme known = read.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    String file = files.get(name);
    Optional<Theme> found;
    if (file == null) {
      found = builtIn(name);
    } else {
      ThemeReader.Reading reading = ThemeReader.read(name, file, Themes::builtIn);
      problems.addAll(reading.problems());
      found = Optional.of(reading.theme());
    }
    found.ifPresent(theme -> read.put(name, theme));
    return found;
  }

  private static Optional<Theme> builtIn(String name) {
    if (!BUILT_IN.contains(name)) {
      return Optional.empty();
    }
    try (InputStream in = Themes.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("theme \"" + name + "\" is missing from the build");
      }
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(ThemeReader.read(name, json, Themes::plainOrBuiltIn).theme());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A theme of the product without a base says everything itself. */
  private static Optional<Theme> plainOrBuiltIn(String name) {
    return name.equals("none") ? Optional.of(new Theme("none", Map.of())) : builtIn(name);
  }
}
