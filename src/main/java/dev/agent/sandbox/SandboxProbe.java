package dev.agent.sandbox;

import dev.agent.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which sandbox works on this machine by running a command in it, and remembers the
 * answer in the cache for as long as the program, the kernel and its switches stay the same.
 * Thread-safe.
 */
public final class SandboxProbe {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final String FILE = "sandbox-probe";
  private static final Path SEATBELT = Path.of("/usr/bin/sandbox-exec");

  /** Switches that forbid the namespaces a sandbox is made of. */
  private static final List<String> SWITCHES =
      List.of(
          "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
          "/proc/sys/kernel/unprivileged_userns_clone",
          "/proc/sys/user/max_user_namespaces");

  private final Processes processes;
  private final Map<String, String> environment;
  private final Path cache;
  private final String platform;
  private final String user;
  private final boolean weakerNested;
  private final String first;

  /**
   * @param cache directory for what can be made again
   * @param platform the system's name in lower case
   * @param user part of what the answer depends on
   */
  public SandboxProbe(
      Processes processes,
      Map<String, String> environment,
      Path cache,
      String platform,
      String user,
      boolean weakerNested) {
    this(processes, environment, cache, platform, user, weakerNested, "/usr/bin:/bin");
  }

  /**
   * @param first directories where the system's own program would be
   */
  SandboxProbe(
      Processes processes,
      Map<String, String> environment,
      Path cache,
      String platform,
      String user,
      boolean weakerNested,
      String first) {
    this.first = first;
    this.processes = processes;
    this.environment = environment;
    this.cache = cache;
    this.platform = platform;
    this.user = user;
    this.weakerNested = weakerNested;
  }

  /**
   * What was found.
   *
   * @param program what makes the sandbox, where there is one
   * @param why what is missing and what would help; empty when all holds
   */
  public record Found(Optional<Path> program, Sandbox.Level level, String why) {}

  /** The remembered answer, or a new one. */
  public Found look() throws InterruptedException {
    Optional<Found> known = remembered();
    return known.isPresent() ? known.get() : lookAgain();
  }

  /** A new answer, which is remembered. */
  public Found lookAgain() throws InterruptedException {
    Found found = find();
    remember(found);
    return found;
  }

  private Found find() throws InterruptedException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return new Found(
          program,
          Sandbox.Level.NONE,
          isMac()
              ? "There is no " + SEATBELT + "."
              : "bubblewrap is not installed. Install the package \"bubblewrap\".");
    }
    if (isMac()) {
      Answer answer =
          run(List.of(SEATBELT.toString(), "-p", "(version 1)(allow default)", "/usr/bin/true"));
      return answer.works()
          ? new Found(
              program, Sandbox.Level.FILES, "Seatbelt profiles were not tried on a Mac yet.")
          : new Found(program, Sandbox.Level.NONE, answer.text());
    }
    Answer full = run(with(BubblewrapSandbox.base(program.get(), true, weakerNested)));
    if (full.works()) {
      return new Found(program, Sandbox.Level.FULL, "");
    }
    Answer files = run(with(BubblewrapSandbox.base(program.get(), false, weakerNested)));
    return files.works()
        ? new Found(program, Sandbox.Level.FILES, "The network can't be closed: " + full.text())
        : new Found(program, Sandbox.Level.NONE, full.text() + " " + advice());
  }

  private static List<String> with(List<String> base) {
    List<String> words = new java.util.ArrayList<>(base);
    words.addAll(List.of("--tmpfs", "/tmp", "--", "/bin/sh", "-c", ":"));
    return words;
  }

  private record Answer(boolean works, String text) {}

  private Answer run(List<String> command) throws InterruptedException {
    return processes
        .run(command, Path.of("/"), LIMIT)
        .map(output -> new Answer(output.exitCode() == 0, output.text().strip()))
        .orElse(new Answer(false, "it did not end within " + LIMIT.toSeconds() + " seconds."));
  }

  private static String advice() {
    if (value(SWITCHES.get(0)).equals("1")) {
      return "AppArmor forbids it to ordinary users: install a profile for bwrap (package"
          + " apparmor-profiles), or set kernel.apparmor_restrict_unprivileged_userns=0.";
    }
    if (value(SWITCHES.get(1)).equals("0")) {
      return "Set kernel.unprivileged_userns_clone=1.";
    }
    if (value(SWITCHES.get(2)).equals("0")) {
      return "Set user.max_user_namespaces to more than 0.";
    }
    return "In a container allow user namespaces (seccomp and AppArmor profiles), or set"
        + " sandbox.enableWeakerNestedSandbox.";
  }

  private boolean isMac() {
    return platform.startsWith("mac") || platform.startsWith("darwin");
  }

  /** The system's own one first: profiles of AppArmor name its path. */
  private Optional<Path> program() {
    if (isMac()) {
      return Optional.of(SEATBELT).filter(Files::isExecutable);
    }
    for (String place : (first + ":" + environment.getOrDefault("PATH", "")).split(":")) {
      if (place.startsWith("/") && Files.isExecutable(Path.of(place, "bwrap"))) {
        return Optional.of(Path.of(place, "bwrap"));
      }
    }
    return Optional.empty();
  }

  private String key() {
    StringBuilder key = new StringBuilder("2\t").append(user).append('\t').append(weakerNested);
    program()
        .ifPresent(
            path -> {
              try {
                key.append('\t').append(path).append('\t').append(Files.size(path));
                key.append('\t').append(Files.getLastModifiedTime(path).toMillis());
              } catch (IOException e) {
                key.append("\t?");
              }
            });
    key.append('\t').append(value("/proc/sys/kernel/osrelease"));
    SWITCHES.forEach(file -> key.append('\t').append(value(file)));
    return key.toString();
  }

  private static String value(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private Optional<Found> remembered() {
    try {
      List<String> lines = Files.readAllLines(cache.resolve(FILE), StandardCharsets.UTF_8);
      if (lines.size() < 3 || !lines.getFirst().equals(key())) {
        return Optional.empty();
      }
      return Optional.of(new Found(program(), Sandbox.Level.valueOf(lines.get(1)), lines.get(2)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Not being able to remember costs only the time of the next look. */
  private void remember(Found found) {
    try {
      Files.createDirectories(cache);
      Path fresh = Files.createTempFile(cache, FILE, ".new");
      Files.writeString(
          fresh, key() + "\n" + found.level() + "\n" + found.why().replace('\n', ' ') + "\n");
      Files.move(
          fresh,
          cache.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      return;
    }
  }
}
