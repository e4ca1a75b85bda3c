package dev.agent.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the sandbox of a session together from settings, places and what the probe found. */
public final class SessionSandbox implements Confinement.Maker {
  /** Keys and sessions of other programs: commands have no business with them. */
  private static final List<String> HIDDEN_IN_HOME =
      List.of(
          ".ssh",
          ".gnupg",
          ".aws",
          ".azure",
          ".kube",
          ".config/gcloud",
          ".config/op",
          ".config/sops",
          ".docker/run",
          ".colima",
          ".1password",
          ".password-store",
          ".local/share/keyrings",
          ".mozilla",
          ".config/google-chrome",
          ".config/chromium",
          ".bash_history",
          ".zsh_history");

  /** Files with keys that programs look for at each start. */
  private static final List<String> BLANK_IN_HOME =
      List.of(
          ".netrc",
          ".git-credentials",
          ".config/git/credentials",
          ".npmrc",
          ".pypirc",
          ".docker/config.json",
          ".config/gh/hosts.yml",
          ".config/hub",
          ".cargo/credentials",
          ".cargo/credentials.toml",
          ".gem/credentials",
          ".m2/settings-security.xml",
          ".claude/.credentials.json");

  private static final List<String> SECRET_ENDINGS =
      List.of("_TOKEN", "_KEY", "_SECRET", "_PASSWORD", "_PASSWD", "_CREDENTIALS", "_APIKEY");

  /** Ways to have somebody else act. */
  private static final Set<String> WAYS_OUT =
      Set.of(
          "SSH_AUTH_SOCK", "SSH_AGENT_PID", "DBUS_SESSION_BUS_ADDRESS", "GPG_AGENT_INFO", "TMUX");

  private final SandboxSettings settings;
  private final boolean readOnly;
  private final SandboxProbe probe;
  private final Map<String, String> environment;
  private final List<Path> roots;
  private final Path home;
  private final List<Path> ownSecrets;
  private final Path scratch;
  private final Path cache;

  /**
   * @param readOnly nothing of the workspace may change
   * @param roots the workspace
   * @param ownSecrets files of ours that commands must not read
   * @param scratch an existing directory of the session
   * @param cache a directory that all agents of the person share
   */
  public SessionSandbox(
      SandboxSettings settings,
      boolean readOnly,
      SandboxProbe probe,
      Map<String, String> environment,
      List<Path> roots,
      Path home,
      List<Path> ownSecrets,
      Path scratch,
      Path cache) {
    this.settings = settings;
    this.readOnly = readOnly;
    this.probe = probe;
    this.environment = Map.copyOf(environment);
    this.roots = List.copyOf(roots);
    this.home = home;
    this.ownSecrets = List.copyOf(ownSecrets);
    this.scratch = scratch;
    this.cache = cache;
  }

  @Override
  public Confinement.Made make() throws IOException, InterruptedException {
    SandboxProbe.Found found = probe.look();
    if (found.level() == Sandbox.Level.NONE || found.program().isEmpty()) {
      return new Confinement.Made(
          new NoSandbox(), found.why(), Optional.empty(), Optional.empty(), () -> {});
    }
    Path base = real(scratch).resolve("sandbox");
    Path exchange = directory(base.resolve("exchange"), "rwx------");
    Path temporary = directory(base.resolve("tmp"), "rwx------");
    Profile.Covers covers =
        new Profile.Covers(
            file(base.resolve("hidden-file"), "---------"),
            directory(base.resolve("hidden"), "---------"),
            file(base.resolve("empty"), "r--r--r--"));
    boolean filtered =
        !readOnly
            && found.level() == Sandbox.Level.FULL
            && (!settings.allowedDomains().isEmpty() || settings.httpProxyPort().isPresent());
    Optional<List<String>> relay = filtered ? relay(base) : Optional.empty();
    Optional<FilterProxy> proxy =
        relay.isPresent() ? Optional.of(FilterProxy.open(settings)) : Optional.empty();
    Profile.Way way =
        found.level() == Sandbox.Level.FILES && !isSeatbelt(found)
            ? new Profile.Way.Open()
            : proxy.isPresent()
                ? new Profile.Way.Filtered(proxy.get().directory(), relay.orElse(List.of()))
                : new Profile.Way.Closed();
    Profile profile = profile(exchange, temporary, covers, way);
    AbsentNames absent = new AbsentNames(base.resolve("quarantine"), new PlaceholderRecord(cache));
    Sandbox sandbox =
        isSeatbelt(found)
            ? new SeatbeltSandbox(profile)
            : new BubblewrapSandbox(
                found.program().get(), found.level(), profile, settings.weakerNested(), absent);
    return new Confinement.Made(
        sandbox,
        filtered && proxy.isEmpty()
            ? "The network is closed altogether: sandbox.network.allowedDomains needs socat or"
                + " perl. Install the package \"socat\"."
            : found.why(),
        Optional.of(exchange),
        proxy,
        () -> {
          absent.endAll();
          Confinement.removeTree(temporary);
        });
  }

  private static boolean isSeatbelt(SandboxProbe.Found found) {
    return found.program().filter(path -> path.endsWith("sandbox-exec")).isPresent();
  }

  private Profile profile(Path exchange, Path temporary, Profile.Covers covers, Profile.Way way) {
    List<Path> hidden = new ArrayList<>(settings.denyRead());
    HIDDEN_IN_HOME.forEach(name -> hidden.add(home.resolve(name)));
    hidden.add(Path.of("/etc/shadow"));
    hidden.add(Path.of("/etc/gshadow"));
    List<Path> blank = new ArrayList<>(ownSecrets);
    BLANK_IN_HOME.forEach(name -> blank.add(home.resolve(name)));
    blank.removeAll(settings.allowRead());
    hidden.removeAll(settings.allowRead());
    List<Path> workspace = roots.stream().map(SessionSandbox::real).distinct().toList();
    return new Profile(
        readOnly ? List.of() : workspace,
        readOnly ? workspace : List.of(),
        readOnly ? List.of() : settings.allowWrite().stream().map(SessionSandbox::real).toList(),
        settings.denyWrite(),
        hidden,
        blank,
        settings.allowRead().stream().map(SessionSandbox::real).toList(),
        exchange,
        temporary,
        covers,
        readOnly
            ? Profile.Network.off()
            : new Profile.Network(way, settings.unixSockets(), settings.allUnixSockets()),
        without());
  }

  private Set<String> without() {
    Set<String> names = new HashSet<>();
    for (String name : environment.keySet()) {
      String upper = name.toUpperCase(Locale.ROOT);
      boolean secret =
          upper.contains("PASSWORD")
              || SECRET_ENDINGS.stream().anyMatch(upper::endsWith)
              || WAYS_OUT.contains(upper);
      if (secret && !settings.keepVariables().contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Words of a program that leads a port to a socket; empty where there is none. */
  private static Optional<List<String>> relay(Path base) throws IOException {
    for (String socat : List.of("/usr/bin/socat", "/bin/socat", "/usr/local/bin/socat")) {
      if (Files.isExecutable(Path.of(socat))) {
        return Optional.of(
            List.of(
                socat,
                "TCP4-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,backlog=64",
                "UNIX-CONNECT:{socket}"));
      }
    }
    if (Files.isExecutable(Path.of("/usr/bin/perl"))) {
      Path script = base.resolve("relay.pl");
      try (InputStream text = SessionSandbox.class.getResourceAsStream("relay.pl")) {
        if (text == null) {
          throw new IllegalStateException("relay.pl is missing from the build");
        }
        Files.write(script, text.readAllBytes());
      }
      return Optional.of(List.of("/usr/bin/perl", script.toString(), "{port}", "{socket}"));
    }
    return Optional.empty();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path; // not there: it is passed over where it would be bound
    }
  }

  private static Path directory(Path path, String mode) throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path;
  }

  private static Path file(Path path, String mode) throws IOException {
    if (!Files.exists(path)) {
      Files.write(path, "".getBytes(StandardCharsets.US_ASCII));
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path;
  }
}
