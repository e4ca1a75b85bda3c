package dev.agent.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * macOS: a profile for {@code sandbox-exec}. Written from its documentation and examples; the text
 * is tested, the effect was not tried on a Mac yet, so it never counts as {@link Level#FULL} and no
 * question is left out because of it. In such profiles the last rule that matches decides.
 */
public final class SeatbeltSandbox implements Sandbox {
  private final Profile profile;

  public SeatbeltSandbox(Profile profile) {
    this.profile = profile;
  }

  @Override
  public Level level() {
    return Level.FILES;
  }

  @Override
  public Confined wrap(List<String> command, Path cwd) {
    List<String> words = new ArrayList<>(List.of("/usr/bin/env"));
    words.add("TMPDIR=" + profile.temporary());
    words.addAll(List.of("/usr/bin/sandbox-exec", "-p", text(), "--"));
    words.addAll(command);
    return new Confined(words, profile.without(), List::of);
  }

  /** The profile. */
  String text() {
    StringBuilder text = new StringBuilder("(version 1)\n(allow default)\n");
    text.append("(deny file-write*)\n");
    allow(text, "file-write*", Path.of("/dev/null"));
    allow(text, "file-write*", Path.of("/dev/tty"));
    allow(text, "file-write*", profile.temporary());
    allow(text, "file-write*", profile.exchange());
    profile.writable().forEach(path -> allow(text, "file-write*", path));
    for (Path root : profile.roots()) {
      allow(text, "file-write*", root);
      deny(text, "file-write-unlink", "literal", root.resolve(".git"));
      for (Path path : ProtectedNames.in(root.resolve(".git"), ProtectedNames.IN_GIT)) {
        deny(text, "file-write*", "subpath", path);
      }
      ProtectedNames.in(root, ProtectedNames.DIRECTORIES)
          .forEach(path -> deny(text, "file-write*", "subpath", path));
      ProtectedNames.in(root, ProtectedNames.FILES)
          .forEach(path -> deny(text, "file-write*", "literal", path));
    }
    profile.readOnly().forEach(path -> deny(text, "file-write*", "subpath", path));
    profile.hidden().forEach(path -> deny(text, "file-read*", "subpath", path));
    profile.shown().forEach(path -> allow(text, "file-read*", path));
    // Programs that are asked to start others would start them outside.
    text.append("(deny appleevent-send)\n");
    text.append("(deny mach-lookup (global-name \"com.apple.coreservices.launchservicesd\"))\n");
    if (!(profile.network().way() instanceof Profile.Way.Open)) {
      text.append("(deny network*)\n");
      if (profile.network().allSockets()) {
        text.append("(allow network* (remote unix-socket))\n");
      }
      profile
          .network()
          .sockets()
          .forEach(
              path ->
                  text.append("(allow network-outbound (literal ")
                      .append(quoted(path))
                      .append("))\n"));
    }
    return text.toString();
  }

  private static void allow(StringBuilder text, String what, Path path) {
    text.append("(allow ").append(what).append(" (subpath ").append(quoted(path)).append("))\n");
  }

  private static void deny(StringBuilder text, String what, String how, Path path) {
    text.append("(deny ").append(what).append(" (").append(how).append(' ');
    text.append(quoted(path)).append("))\n");
  }

  private static String quoted(Path path) {
    return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
