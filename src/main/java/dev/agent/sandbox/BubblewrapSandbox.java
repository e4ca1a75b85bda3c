package dev.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Linux namespaces through bubblewrap: all is read-only but the workspace and a temporary directory
 * of the session; own processes, no capabilities. What comes later on the command line lies over
 * what came before.
 */
public final class BubblewrapSandbox implements Sandbox {
  /** Parts of /run without which programs do not start; the rest is sockets of services. */
  private static final List<String> NEEDED_IN_RUN =
      List.of(
          "/run/systemd/resolve",
          "/run/resolvconf",
          "/run/NetworkManager/resolv.conf",
          "/run/current-system",
          "/run/wrappers",
          "/run/opengl-driver");

  private static final String PROXY_IN_SANDBOX = "/tmp/.agent-proxy";
  private static final int PROXY_PORT = 3128;

  /** Starts the relay, waits until it listens (a second at most), and becomes the command. */
  private static final String WITH_RELAY =
      "n=$1; shift; i=0; c=; while [ $i -lt $n ]; do c=\"$c \\\"\\${$((i+1))}\\\"\"; i=$((i+1));"
          + " done; eval \"$c >/dev/null 2>&1 &\"; shift $n; i=0; while [ $i -lt 200 ] && ! grep -q"
          + " ':0C38 00000000:0000 0A' /proc/net/tcp; do sleep 0.005; i=$((i+1)); done; exec"
          + " \"$@\"";

  private final Path program;
  private final Level level;
  private final Profile profile;
  private final boolean weakerNested;
  private final AbsentNames absent;

  /**
   * @param level what the probe found to work
   * @param weakerNested keep the surrounding view of processes
   * @param absent keeps away what does not exist
   */
  BubblewrapSandbox(
      Path program, Level level, Profile profile, boolean weakerNested, AbsentNames absent) {
    this.program = program;
    this.level = level;
    this.profile = profile;
    this.weakerNested = weakerNested;
    this.absent = absent;
  }

  @Override
  public Level level() {
    return level;
  }

  /** What every command gets, whatever the profile: also what the probe tries. */
  static List<String> base(Path program, boolean closedNetwork, boolean weakerNested) {
    List<String> words =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--die-with-parent",
                "--unshare-user",
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--unshare-cgroup-try",
                "--cap-drop",
                "ALL"));
    if (closedNetwork) {
      words.add("--unshare-net");
    }
    words.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev"));
    words.addAll(
        weakerNested ? List.of("--ro-bind", "/proc", "/proc") : List.of("--proc", "/proc"));
    return words;
  }

  @Override
  public Confined wrap(List<String> command, Path cwd) throws IOException {
    boolean closed = !(profile.network().way() instanceof Profile.Way.Open);
    List<String> words = new ArrayList<>();
    words.addAll(base(program, closed, weakerNested));
    sockets(words);
    bind(words, "--bind", profile.temporary(), Path.of("/tmp"));
    if (Files.isDirectory(Path.of("/var/tmp"), LinkOption.NOFOLLOW_LINKS)) {
      bind(words, "--bind", profile.temporary(), Path.of("/var/tmp"));
    }
    hide(words, true);
    profile.seen().forEach(path -> readOnly(words, path));
    for (Path path : profile.writable()) {
      writable(words, path);
    }
    for (Path path : profile.roots()) {
      writable(words, path);
    }
    writable(words, profile.exchange());
    AbsentNames.Watch watch = absent.begin(neverMade(), neverAppear(), kept());
    try {
      protect(words, watch);
      hide(words, false);
      words.addAll(List.of("--setenv", "TMPDIR", "/tmp"));
      words.addAll(List.of("--chdir", cwd.toString(), "--"));
      if (profile.network().way() instanceof Profile.Way.Filtered filtered) {
        relay(words, filtered);
      }
      words.addAll(command);
    } catch (IOException e) {
      absent.end(watch);
      throw e;
    }
    return new Confined(words, profile.without(), () -> absent.end(watch));
  }

  private static void bind(List<String> words, String how, Path from, Path to) {
    words.addAll(List.of(how, from.toString(), to.toString()));
  }

  private static void writable(List<String> words, Path path) {
    if (Files.exists(path)) {
      bind(words, "--bind", path, path);
    }
  }

  /** Services listen in /run: who reaches one may have it do what the sandbox forbids. */
  private void sockets(List<String> words) {
    if (profile.network().allSockets()) {
      return;
    }
    Set<Path> places = new LinkedHashSet<>();
    for (String place : List.of("/run", "/var/run")) {
      if (Files.isDirectory(Path.of(place))) {
        real(Path.of(place)).ifPresent(places::add);
      }
    }
    places.forEach(place -> words.addAll(List.of("--tmpfs", place.toString())));
    for (String needed : NEEDED_IN_RUN) {
      if (Files.exists(Path.of(needed))) {
        bind(words, "--ro-bind", Path.of(needed), Path.of(needed));
      }
    }
    for (Path socket : profile.network().sockets()) {
      real(socket).ifPresent(it -> bind(words, "--ro-bind", it, socket));
    }
    places.forEach(place -> words.addAll(List.of("--remount-ro", place.toString())));
  }

  private List<Path> neverMade() {
    return profile.roots().stream()
        .flatMap(root -> ProtectedNames.in(root, ProtectedNames.NEVER_MADE).stream())
        .toList();
  }

  private List<Path> neverAppear() {
    List<Path> names = new ArrayList<>();
    for (Path root : profile.roots()) {
      names.addAll(ProtectedNames.in(root, ProtectedNames.NEVER_APPEAR));
    }
    names.addAll(profile.readOnly());
    // Names of a directory that does not exist: the directory itself is what must not appear.
    return names.stream().filter(name -> parentExists(name)).distinct().toList();
  }

  private List<Path> kept() {
    List<Path> names = new ArrayList<>(profile.readOnly());
    for (Path root : profile.roots()) {
      names.addAll(ProtectedNames.in(root, ProtectedNames.NEVER_MADE));
      names.addAll(ProtectedNames.in(root, ProtectedNames.DIRECTORIES));
      names.addAll(ProtectedNames.in(root, ProtectedNames.FILES));
      names.addAll(ProtectedNames.in(root.resolve(".git"), ProtectedNames.IN_GIT));
    }
    return names.stream().distinct().toList();
  }

  private static boolean parentExists(Path name) {
    return name.getParent() != null && Files.isDirectory(name.getParent());
  }

  private void protect(List<String> words, AbsentNames.Watch watch) throws IOException {
    for (Path root : profile.roots()) {
      Path git = root.resolve(".git");
      if (Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)
          && !watch.placeholders().contains(git)) {
        // A mount of its own first: otherwise renaming it would take the protection away.
        bind(words, "--bind", git, git);
        for (Path path : ProtectedNames.in(git, ProtectedNames.IN_GIT)) {
          readOnly(words, path);
        }
        modules(words, git.resolve("modules"));
        modules(words, git.resolve("worktrees"));
      } else {
        readOnly(words, git);
      }
      ProtectedNames.in(root, ProtectedNames.DIRECTORIES).forEach(path -> readOnly(words, path));
      ProtectedNames.in(root, ProtectedNames.FILES).forEach(path -> readOnly(words, path));
    }
    for (Path path : profile.readOnly()) {
      anchorParents(words, path);
      readOnly(words, path);
    }
  }

  /** As for git: a directory above that could be renamed would take the protection with it. */
  private void anchorParents(List<String> words, Path path) {
    List<Path> parents = new ArrayList<>();
    for (Path root : profile.roots()) {
      for (Path at = path.getParent();
          at != null && at.startsWith(root) && !at.equals(root);
          at = at.getParent()) {
        if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
          parents.addFirst(at);
        }
      }
    }
    parents.stream().distinct().forEach(it -> bind(words, "--bind", it, it));
  }

  /** Submodules and worktrees have configuration and hooks of their own. */
  private static void modules(List<String> words, Path directory) {
    if (Files.isDirectory(directory)) {
      readOnly(words, directory);
    }
  }

  private static void readOnly(List<String> words, Path path) {
    real(path).ifPresent(it -> bind(words, "--ro-bind", it, it));
  }

  /**
   * @param above whether to hide what lies above the workspace, before that is laid over it; else
   *     everything besides
   */
  private void hide(List<String> words, boolean above) {
    for (Path path : profile.hidden()) {
      Optional<Path> real = real(path).filter(it -> it.getNameCount() > 0);
      if (real.isPresent() && isAboveWritable(real.get()) == above) {
        hide(words, real.get(), above);
      }
    }
    if (!above) {
      for (Path path : profile.blank()) {
        real(path).ifPresent(it -> bind(words, "--ro-bind", profile.covers().empty(), it));
      }
    }
  }

  private void hide(List<String> words, Path path, boolean above) {
    boolean directory = Files.isDirectory(path);
    List<Path> shown =
        profile.shown().stream().filter(it -> it.startsWith(path) && Files.exists(it)).toList();
    if (shown.contains(path)) {
      return;
    }
    if (directory && (above || !shown.isEmpty())) {
      // Something in it is to be seen, so it can't be without all rights.
      words.addAll(List.of("--tmpfs", path.toString()));
      shown.forEach(it -> bind(words, "--ro-bind", it, it));
      if (!above) {
        words.addAll(List.of("--remount-ro", path.toString()));
      }
    } else {
      bind(
          words,
          "--ro-bind",
          directory ? profile.covers().directory() : profile.covers().file(),
          path);
    }
  }

  private boolean isAboveWritable(Path path) {
    List<Path> all = new ArrayList<>(profile.roots());
    all.addAll(profile.writable());
    all.add(profile.exchange());
    return all.stream().anyMatch(it -> it.startsWith(path));
  }

  private static void relay(List<String> words, Profile.Way.Filtered filtered) {
    String socket = PROXY_IN_SANDBOX + "/proxy";
    String url = "http://127.0.0.1:" + PROXY_PORT;
    int end = words.lastIndexOf("--");
    List<String> before = new ArrayList<>();
    bind(before, "--ro-bind", filtered.directory(), Path.of(PROXY_IN_SANDBOX));
    for (String name :
        List.of(
            "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")) {
      before.addAll(List.of("--setenv", name, url));
    }
    before.addAll(List.of("--setenv", "NO_PROXY", "localhost,127.0.0.1,::1"));
    before.addAll(List.of("--setenv", "no_proxy", "localhost,127.0.0.1,::1"));
    before.addAll(List.of("--setenv", "NODE_USE_ENV_PROXY", "1"));
    words.addAll(end, before);
    words.addAll(List.of("/bin/sh", "-c", WITH_RELAY, "agent-relay"));
    words.add(String.valueOf(filtered.relay().size()));
    filtered.relay().stream()
        .map(word -> word.replace("{port}", "" + PROXY_PORT).replace("{socket}", socket))
        .forEach(words::add);
  }

  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
