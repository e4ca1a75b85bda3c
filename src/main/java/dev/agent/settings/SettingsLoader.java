package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings of all sources. In each place our own directory and the compatible one are
 * read, ours wins.
 */
public final class SettingsLoader {
  private static final List<String> DIRECTORIES = List.of(".claude", ".agent"); // weakest first

  private final SettingsSources sources;
  private final Settings last;
  private final Trust.Standing standing;
  private final List<Settings.Layer> layers = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Settings.Dropped> dropped = new ArrayList<>();
  private final List<Contribution> contributions = new ArrayList<>();
  private final Map<Path, Stamp> consulted = new LinkedHashMap<>();

  private SettingsLoader(SettingsSources sources, Settings last) {
    this.sources = sources;
    this.last = last;
    Trust trust = new Trust(sources.places());
    consulted.put(trust.file(), Stamp.of(trust.file()));
    this.standing = trust.standing(sources.root());
  }

  /**
   * Reads all sources.
   *
   * @throws UserError when the value of {@code --settings} is neither a file nor JSON, or the
   *     administrator's settings can't be read
   */
  public static Settings load(SettingsSources sources) {
    return read(sources, Settings.none()).settings();
  }

  /**
   * Settings, and how every file stood just before it was read.
   *
   * @param consulted files and directories, also those that do not exist
   */
  record Loaded(Settings settings, Map<Path, Stamp> consulted) {}

  /**
   * Reads all sources; of a file that is broken now the text of last time counts.
   *
   * @throws UserError as {@link #load}
   */
  static Loaded read(SettingsSources sources, Settings last) {
    SettingsLoader loader = new SettingsLoader(sources, last);
    loader.files();
    loader.commandLine();
    loader.policy();
    loader.variables();
    loader.layers.sort(Comparator.comparing(Settings.Layer::source));
    Settings settings =
        new Settings(
            loader.layers,
            loader.problems,
            loader.dropped,
            loader.contributions,
            loader.standing.trusted());
    return new Loaded(settings, loader.consulted);
  }

  private void files() {
    Places places = sources.places();
    List<Path> personal =
        places.personal().stream().map(it -> it.resolve("settings.json")).toList();
    if (sources.chosen().contains(Source.USER)) {
      personal.forEach(file -> file(Source.USER, file, file.resolveSibling("")));
    }
    if (sources.chosen().contains(Source.PROJECT)) {
      toolServers(sources.root().resolve(".mcp.json"));
      for (String directory : DIRECTORIES) {
        Path file = sources.root().resolve(directory).resolve("settings.json");
        // In the home directory the person's own file is no project's.
        if (personal.stream().noneMatch(own -> isSame(own, file))) {
          file(Source.PROJECT, file, sources.root());
        }
      }
    }
    if (sources.chosen().contains(Source.LOCAL)) {
      for (String directory : DIRECTORIES) {
        Path file = sources.root().resolve(directory).resolve("settings.local.json");
        file(Source.LOCAL, file, sources.root());
      }
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.equals(other) || Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** What {@code .mcp.json} says counts as the project's {@code mcpServers}. */
  private void toolServers(Path file) {
    text(Source.PROJECT, file)
        .ifPresent(
            text -> {
              ObjectNode values = Json.object();
              values.set("mcpServers", text.values().path("mcpServers"));
              if (!values.path("mcpServers").isMissingNode()) {
                add(Source.PROJECT, file.toString(), sources.root(), values, text.text());
              }
            });
  }

  private void commandLine() {
    sources.flag().ifPresent(this::flag);
    if (!sources.commandLine().isEmpty()) {
      // Said by the person just now and checked where it is used.
      layers.add(
          new Settings.Layer(
              Source.FLAG, "the command line", sources.root(), sources.commandLine(), ""));
    }
  }

  private void flag(String value) {
    String text = value.strip();
    if (text.startsWith("{")) {
      try {
        add(Source.FLAG, "--settings", sources.root(), SettingsText.parse(text), text);
      } catch (SettingsText.UnreadableException e) {
        throw new UserError(
            "--settings is no JSON: " + e.why() + ".", "Give a file's path or a JSON object.");
      }
      return;
    }
    Path file = text.indexOf('\0') >= 0 ? Path.of("") : Path.of(text);
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          "--settings: there is no file \"" + text + "\".", "Give a file's path or a JSON object.");
    }
    file(Source.FLAG, file, sources.root());
  }

  private void policy() {
    for (Path directory : sources.places().managed()) {
      file(Source.POLICY, directory.resolve("managed-settings.json"), Path.of("/"));
      Path more = directory.resolve("managed-settings.d");
      consulted.put(more, Stamp.of(more));
      if (Files.isDirectory(more)) {
        dropIns(more).forEach(file -> file(Source.POLICY, file, Path.of("/")));
      }
    }
  }

  private static List<Path> dropIns(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.json")) {
      for (Path file : all) {
        if (!String.valueOf(file.getFileName()).startsWith(".")) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw noPolicy(directory, "it can't be listed (" + e.getClass().getSimpleName() + ")");
    }
    files.sort(Comparator.comparing(Path::getFileName));
    return files;
  }

  private static UserError noPolicy(Path file, String why) {
    return new UserError(
        "The administrator's settings " + file + " can't be used: " + why + ".",
        "Nothing runs without them; ask the administrator to correct them.");
  }

  /** The environment, with what the settings add to it, stands for some settings. */
  private void variables() {
    Settings soFar = new Settings(layers, List.of(), List.of(), List.of(), false);
    Map<String, String> variables = soFar.variables(sources.environment());
    for (Setting setting : SettingsSchema.shipped().all()) {
      String text =
          setting.variable().isEmpty()
              ? ""
              : variables.getOrDefault(setting.variable(), "").strip();
      if (text.isEmpty()) {
        continue;
      }
      boolean number = setting.types().contains("integer") && text.matches("-?[0-9]{1,9}");
      ObjectNode values = Json.object();
      JsonNode value = number ? values.numberNode(Integer.parseInt(text)) : values.textNode(text);
      values.set(setting.key(), value);
      String name = "the environment variable " + setting.variable();
      add(Source.ENVIRONMENT, name, sources.root(), values, "");
    }
  }

  private record Read(String text, ObjectNode values) {}

  private void file(Source source, Path file, Path base) {
    text(source, file)
        .ifPresent(read -> add(source, file.toString(), base, read.values(), read.text()));
  }

  private Optional<Read> text(Source source, Path file) {
    Stamp stamp = Stamp.of(file);
    consulted.put(file, stamp);
    if (!stamp.isFile()) {
      return Optional.empty();
    }
    try {
      String text = SettingsText.of(file);
      return Optional.of(new Read(text, SettingsText.parse(text)));
    } catch (SettingsText.UnreadableException e) {
      return instead(source, file, e);
    }
  }

  /** A broken file: what it held before, or nothing where that can be borne. */
  private Optional<Read> instead(
      Source source, Path file, SettingsText.UnreadableException broken) {
    for (Settings.Layer layer : last.layers()) {
      if (layer.file().equals(file.toString())) {
        problems.add(
            new Problem(
                file.toString(),
                broken.line(),
                broken.why() + "; what it said before counts until it is corrected."));
        try {
          return Optional.of(new Read(layer.text(), SettingsText.parse(layer.text())));
        } catch (SettingsText.UnreadableException e) {
          throw new IllegalStateException("this text was read before", e);
        }
      }
    }
    switch (source) {
      case POLICY -> throw noPolicy(file, broken.why());
      case FLAG ->
          throw new UserError(
              "--settings: " + file + ": " + broken.why() + ".", "Correct the file.");
      case USER, PROJECT, LOCAL, ENVIRONMENT ->
          problems.add(
              new Problem(
                  file.toString(),
                  broken.line(),
                  broken.why() + " and is ignored as a whole. Correct it there."));
    }
    return Optional.empty();
  }

  private void add(Source source, String file, Path base, ObjectNode values, String text) {
    for (Checks.Finding finding : Checks.clean(values)) {
      int line = line(text, finding.path(), finding.index());
      problems.add(new Problem(file, line, finding.sentence()));
      if (finding.ignored()) {
        dropped.add(
            new Settings.Dropped(
                source, file, line, finding.key(), finding.value(), Settings.Dropped.Why.INVALID));
      }
    }
    boolean personal = source == Source.LOCAL && !isFromRepository(Path.of(file));
    ProjectRules rules = new ProjectRules(source, personal, standing);
    rules.apply(values);
    for (ProjectRules.Removed removed : rules.removed()) {
      String key = String.join(".", removed.path());
      int line = line(text, removed.path(), removed.index());
      dropped.add(new Settings.Dropped(source, file, line, key, removed.value(), removed.why()));
      refusal(key, removed).ifPresent(sentence -> problems.add(new Problem(file, line, sentence)));
    }
    rules
        .items()
        .forEach(
            item ->
                contributions.add(
                    new Contribution(
                        item.key(), item.value(), file, item.hash(), item.approved())));
    layers.add(new Settings.Layer(source, file, base, values, text));
  }

  private static Optional<String> refusal(String key, ProjectRules.Removed removed) {
    return switch (removed.why()) {
      case NEVER_FROM_PROJECT ->
          Optional.of(
              "\""
                  + key
                  + (removed.value().isTextual() && key.endsWith("Mode")
                      ? "\" may not be \"" + removed.value().asText() + "\" in a project"
                      : "\" may not be set by a project")
                  + " and is ignored. Put it into your own settings.");
      case NOT_FROM_THERE ->
          Optional.of(
              "\""
                  + key
                  + "\" counts only in your own settings or the administrator's and is ignored.");
      case NOT_APPROVED, INVALID -> Optional.empty();
    };
  }

  private static int line(String text, List<String> path, int index) {
    if (text.isEmpty()) {
      return 0;
    }
    return index < 0 ? Outline.line(text, path) : Outline.line(text, path, index, Optional.empty());
  }

  /** Whether local settings came with the repository: git tracks them, or a link leads to them. */
  private boolean isFromRepository(Path file) {
    Path directory = file.resolveSibling("");
    return Files.isSymbolicLink(file)
        || Files.isSymbolicLink(sources.root().resolve(directory.getFileName()))
        || TrackedFiles.mayTrack(sources.root(), sources.root().relativize(file).toString());
  }
}
