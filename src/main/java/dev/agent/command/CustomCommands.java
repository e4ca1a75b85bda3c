package dev.agent.command;

import dev.agent.command.CommandInfo.Origin;
import dev.agent.permission.Rule;
import dev.agent.settings.Places;
import dev.agent.text.Clip;
import dev.agent.text.FrontMatter;
import dev.agent.text.Visible;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the commands that people and projects wrote: {@code commands/**.md} in {@code .agent} and
 * {@code .claude}, of the person and of each directory from the working directory up to the
 * project's root. The file's path is the name: {@code commands/web/page.md} is {@code /web:page}.
 * Of two with one name the person's wins, then the nearer directory, then {@code .agent}. A file
 * that can't be used is told and left out.
 */
public final class CustomCommands {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_FILES = 1_000;
  private static final long MAX_BYTES = 256 * 1024;
  private static final int MAX_SUMMARY = 200;

  private final Map<String, CustomCommand> found = new HashMap<>();
  private final List<CustomCommand> commands = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private CustomCommands() {}

  /**
   * What was found.
   *
   * @param problems one sentence each, with file and line
   */
  public record Loaded(List<SlashCommand> commands, List<String> problems) {
    public Loaded {
      commands = List.copyOf(commands);
      problems = List.copyOf(problems);
    }
  }

  /** Reads all of them; takes as long as reading the files takes. */
  public static Loaded load(Places places, Path projectRoot, Path cwd) {
    CustomCommands loader = new CustomCommands();
    for (Path directory : places.personal().reversed()) {
      loader.directory(directory.resolve("commands"), Origin.PERSONAL, directory);
    }
    for (Path at = cwd; at != null && at.startsWith(projectRoot); at = at.getParent()) {
      for (String own : List.of(".agent", ".claude")) {
        Path directory = at.resolve(own);
        // Where the home directory is the project, these are the person's own, already read.
        if (!places.personal().contains(directory)) {
          loader.directory(directory.resolve("commands"), Origin.PROJECT, projectRoot);
        }
      }
    }
    return new Loaded(List.copyOf(loader.commands), loader.problems);
  }

  /**
   * @param base where the directory lies; files of a project that lead out of it don't count
   */
  private void directory(Path directory, Origin origin, Path base) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(directory, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      walk.filter(path -> path.toString().endsWith(".md") && Files.isRegularFile(path))
          .limit(MAX_FILES + 1L)
          .sorted()
          .forEach(files::add);
    } catch (IOException | UncheckedIOException e) {
      problem(directory, 0, "The directory can't be read (" + e.getMessage() + ").");
    }
    if (files.size() > MAX_FILES) {
      problem(directory, 0, "There are more than " + MAX_FILES + " files; the rest is left out.");
      files.removeLast();
    }
    for (Path file : files) {
      file(file, directory, origin, base);
    }
  }

  private void file(Path file, Path directory, Origin origin, Path base) {
    try {
      if (origin == Origin.PROJECT && !file.toRealPath().startsWith(base.toRealPath())) {
        problem(file, 0, "It leads out of the project, so it is left out.");
        return;
      }
      if (Files.size(file) > MAX_BYTES) {
        problem(file, 0, "It is larger than " + Figures.bytes(MAX_BYTES) + ", so it is left out.");
        return;
      }
      command(file, name(directory.relativize(file)), Files.readString(file), origin);
    } catch (CharacterCodingException e) {
      problem(file, 0, "It is no UTF-8 text, so it is left out.");
    } catch (IOException e) {
      problem(file, 0, Workspace.explain(e, file) + " It is left out.");
    }
  }

  private static String name(Path relative) {
    String name = relative.toString().replace(java.io.File.separatorChar, ':');
    return name.substring(0, name.length() - ".md".length());
  }

  private void command(Path file, String name, String text, Origin origin) {
    FrontMatter front = FrontMatter.of(text);
    front.problems().forEach(it -> problem(file, it.line(), it.sentence()));
    if (front.find("user-invocable").filter(FrontMatter.Value::isFalse).isPresent()) {
      return;
    }
    if (!CommandRouter.isName(name)) {
      problem(
          file,
          0,
          "\""
              + name
              + "\" can't be a command's name; use letters, digits, dots, dashes and underscores."
              + " It is left out.");
      return;
    }
    if (front.body().isBlank()) {
      problem(file, front.bodyLine(), "There is no text to send, so it is left out.");
      return;
    }
    CustomCommand other = found.get(name);
    if (other != null) {
      problem(file, 0, "/" + name + " stands in " + other.file() + " too, which goes before this.");
      return;
    }
    CommandInfo info = new CommandInfo(name, List.of(), summary(front), hint(front), origin, false);
    CustomCommand command =
        new CustomCommand(
            info,
            file,
            new CommandTemplate(front.body(), names(front)),
            rules(file, front, origin),
            model(front));
    found.put(name, command);
    commands.add(command);
  }

  private static String summary(FrontMatter front) {
    String given = front.text("description");
    String text =
        given.isEmpty()
            ? front.body().strip().lines().findFirst().orElse("").replaceFirst("^#+\\s*", "")
            : given;
    return Clip.head(Visible.of(text.strip().replaceAll("\\s+", " ")), MAX_SUMMARY);
  }

  private static String hint(FrontMatter front) {
    return Clip.head(Visible.of(front.text("argument-hint")), MAX_SUMMARY);
  }

  private static String model(FrontMatter front) {
    String model = front.text("model").strip();
    return model.equals("inherit") ? "" : Visible.of(model);
  }

  private static List<String> names(FrontMatter front) {
    return front.find("arguments").map(FrontMatter.Value::items).orElse(List.of());
  }

  private List<Rule> rules(Path file, FrontMatter front, Origin origin) {
    List<Rule> rules = new ArrayList<>();
    FrontMatter.Value value = front.find("allowed-tools").orElse(null);
    if (value == null) {
      return rules;
    }
    Path base = file.toAbsolutePath().getParent();
    for (String text : value.items()) {
      try {
        Rule rule = Rule.parse(text, file.toString(), base == null ? file : base);
        rules.add(origin == Origin.PROJECT ? rule.ofProject() : rule);
      } catch (Rule.InvalidRuleException e) {
        problem(
            file,
            value.line(),
            "allowed-tools: \""
                + text
                + "\" is not a rule: "
                + e.getMessage()
                + ". It is left out.");
      }
    }
    return rules;
  }

  private void problem(Path file, int line, String sentence) {
    problems.add(
        Visible.of(line > 0 ? file + ", line " + line : file.toString())
            + ": "
            + Visible.of(sentence));
  }
}
