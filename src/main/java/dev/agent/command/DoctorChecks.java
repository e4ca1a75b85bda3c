package dev.agent.command;

import dev.agent.command.Doctor.Finding;
import dev.agent.command.Doctor.World;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The checks of {@link Doctor}: each looks at one thing. */
final class DoctorChecks {
  private static final int MIN_JAVA = 25;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long LOW_BYTES = 1L << 30;
  private static final long EMPTY_BYTES = 100L << 20;
  private static final int MAX_PROBLEMS = 5;

  private DoctorChecks() {}

  static Finding version(World world) {
    return Finding.good("agent " + world.version() + " on " + world.machine().platform());
  }

  static Finding java(World world) {
    String text = world.machine().java() + " in " + world.machine().javaHome();
    int feature = leadingNumber(world.machine().java());
    return feature >= MIN_JAVA
        ? Finding.good(text)
        : Finding.bad(text, "Use Java " + MIN_JAVA + " or newer: set JAVA_HOME.");
  }

  static Finding startUpCache(World world) {
    List<String> arguments = world.machine().arguments();
    if (arguments.isEmpty()) {
      return Finding.note("the system does not tell how the JVM was started");
    }
    for (String argument : arguments) {
      if (argument.startsWith("-XX:AOTCache=")) {
        return Finding.good(argument.substring("-XX:AOTCache=".length()));
      }
    }
    return world.variable("AGENT_AOT").equals("off")
        ? Finding.note("switched off by AGENT_AOT")
        : Finding.warning(
            "none in use: a start takes about twice as long",
            "It is made beside the first runs of a new version; the next start should have it.");
  }

  static Finding terminal(World world) {
    String term = world.variable("TERM");
    List<String> facts = new ArrayList<>();
    facts.add("TERM=" + (term.isEmpty() ? "(not set)" : term));
    for (String name : List.of("TERM_PROGRAM", "COLORTERM")) {
      if (!world.variable(name).isEmpty()) {
        facts.add(name + "=" + world.variable(name));
      }
    }
    if (!world.variable("TMUX").isEmpty()) {
      facts.add("inside tmux");
    }
    if (!world.variable("SSH_CONNECTION").isEmpty()) {
      facts.add("over SSH");
    }
    if (!world.variable("NO_COLOR").isEmpty()) {
      facts.add("NO_COLOR is set");
    }
    if (!world.isTerminal()) {
      facts.add("input or output is no terminal");
      return Finding.note(String.join(", ", facts));
    }
    return term.isEmpty() || term.equals("dumb")
        ? Finding.warning(
            String.join(", ", facts),
            "Only plain text is shown; set TERM to what your terminal is, such as xterm-256color.")
        : Finding.good(String.join(", ", facts));
  }

  static Finding encoding(World world) {
    String locale = "";
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      if (locale.isEmpty()) {
        locale = world.variable(name);
      }
    }
    String shown = locale.isEmpty() ? "no locale is set" : "locale " + locale;
    String upper = locale.toUpperCase(Locale.ROOT);
    boolean utf8 = upper.contains("UTF-8") || upper.contains("UTF8");
    if (utf8 || Charset.defaultCharset().name().equals("UTF-8") && locale.isEmpty()) {
      return Finding.good(shown + (utf8 ? "" : ", Java uses UTF-8"));
    }
    return Finding.warning(
        shown, "Signs are drawn in ASCII; set LANG to a UTF-8 locale such as C.UTF-8.");
  }

  static Finding key(World world) {
    for (String name : List.of("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY")) {
      if (!world.variable(name).isBlank()) {
        return Finding.good("from " + name);
      }
    }
    if (world.settings().text("apiKeyHelper").isPresent()) {
      return Finding.good("from the apiKeyHelper of the settings (not run now)");
    }
    return Finding.bad("there is none", "Set ANTHROPIC_API_KEY, or apiKeyHelper in your settings.");
  }

  static Finding settings(World world) {
    return problems(
        world.settings().problems().stream().map(Object::toString).toList(),
        Figures.count(world.settings().layers().size(), "source") + " read",
        "agent config shows what counts and where it comes from.");
  }

  static Finding trust(World world) {
    Optional<String> withheld = world.settings().withheld();
    if (withheld.isPresent()) {
      return Finding.warning(withheld.get(), "");
    }
    return world.settings().trusted()
        ? Finding.good("this directory is trusted")
        : Finding.note("this directory is not trusted; its files want nothing that needs it");
  }

  static Finding hooks(World world) {
    return problems(
        world.hooks().problems().stream().map(Object::toString).toList(),
        world.hooks().handlers().isEmpty()
            ? "none"
            : Figures.count(world.hooks().handlers().size(), "hook"),
        "agent hooks shows all of them.");
  }

  static Finding commands(World world) {
    return problems(world.commandProblems(), "nothing is wrong with them", "");
  }

  private static Finding problems(List<String> problems, String otherwise, String remedy) {
    if (problems.isEmpty()) {
      return Finding.good(otherwise);
    }
    List<String> shown =
        new ArrayList<>(problems.subList(0, Math.min(MAX_PROBLEMS, problems.size())));
    if (problems.size() > MAX_PROBLEMS) {
      shown.add((problems.size() - MAX_PROBLEMS) + " more.");
    }
    return Finding.warning(String.join("\n", shown), remedy);
  }

  static Finding git(World world) throws InterruptedException {
    Optional<String> version = answer(world, "git", "--version");
    return version
        .map(Finding::good)
        .orElseGet(
            () ->
                Finding.warning(
                    "git is not found",
                    "Install it: without it there is no state of the repository and no /diff"
                        + " git."));
  }

  static Finding ripgrep(World world) throws InterruptedException {
    if (world.variable("AGENT_RIPGREP").equals("off")) {
      return Finding.note("switched off by AGENT_RIPGREP; the built-in search is used");
    }
    return answer(world, "rg", "--version")
        .map(Finding::good)
        .orElseGet(() -> Finding.note("not found; the built-in search is used"));
  }

  static Finding sandbox(World world) throws InterruptedException {
    boolean wanted = world.settings().flag("sandbox.enabled", false);
    boolean mac = world.machine().platform().startsWith("mac");
    String name = mac ? "sandbox-exec" : "bwrap";
    Optional<Path> program = find(world, name);
    if (program.isEmpty()) {
      String text = name + " is not found: commands can't run in a sandbox";
      return wanted
          ? Finding.bad(text, mac ? "It belongs to the system." : "Install the package bubblewrap.")
          : Finding.note(text);
    }
    String version = mac ? "" : answer(world, name, "--version").map(it -> ", " + it).orElse("");
    return Finding.good(
        program.get()
            + version
            + (wanted ? ", sandbox.enabled is set" : ", not in use (sandbox.enabled is not set)")
            + "; agent sandbox probe tries it");
  }

  static Finding data(World world) {
    Path data = world.places().data();
    Path existing = existing(data);
    if (Files.isDirectory(existing) && Files.isWritable(existing)) {
      return Finding.good(data.toString());
    }
    return Finding.bad(
        data + " can't be written: sessions are not kept",
        "Make it writable, or set AGENT_DATA_DIR to another directory.");
  }

  static Finding disk(World world) {
    Path data = existing(world.places().data());
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String text = Figures.bytes(free) + " free for " + world.places().data();
      if (free < EMPTY_BYTES) {
        return Finding.bad(text, "Make room: sessions and results can't be saved on a full disk.");
      }
      return free < LOW_BYTES ? Finding.warning(text, "Make room soon.") : Finding.good(text);
    } catch (IOException e) {
      return Finding.warning(
          "the space on " + data + " can't be told (" + e.getMessage() + ")", "");
    }
  }

  private static Path existing(Path path) {
    Path at = path.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /** The first line that a program on the path prints; empty when it is not there or fails. */
  private static Optional<String> answer(World world, String name, String argument)
      throws InterruptedException {
    Optional<Path> program = find(world, name);
    if (program.isEmpty()) {
      return Optional.empty();
    }
    return world
        .programs()
        .run(List.of(program.get().toString(), argument), world.places().home().getRoot(), LIMIT)
        .filter(it -> it.exitCode() == 0)
        .flatMap(it -> it.output().lines().findFirst());
  }

  /** Only absolute entries of the path: others would find what a repository puts there. */
  private static Optional<Path> find(World world, String name) {
    for (String directory : world.variable("PATH").split(":")) {
      if (directory.startsWith("/")) {
        Path program = Path.of(directory, name);
        if (Files.isRegularFile(program) && Files.isExecutable(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  private static int leadingNumber(String text) {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == 0 ? 0 : Integer.parseInt(text.substring(0, Math.min(end, 6)));
  }
}
