package dev.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The text of the profile; nobody has run it on a Mac yet. */
class SeatbeltSandboxTest {
  private static Profile profile(Profile.Network network, String root) {
    return new Profile(
        List.of(Path.of(root)),
        List.of(),
        List.of(Path.of("/cache")),
        List.of(Path.of(root, "locked")),
        List.of(Path.of("/Users/me/.ssh")),
        List.of(),
        List.of(),
        Path.of("/exchange"),
        Path.of("/private/tmp/session"),
        new Profile.Covers(Path.of("/f"), Path.of("/d"), Path.of("/e")),
        network,
        Set.of("DEPLOY_TOKEN"));
  }

  @Test
  void what_forbids_stands_after_what_allows() {
    String text = new SeatbeltSandbox(profile(Profile.Network.off(), "/w")).text();
    assertThat(text)
        .startsWith("(version 1)\n(allow default)\n(deny file-write*)\n")
        .contains("(allow file-write* (subpath \"/w\"))", "(deny network*)")
        .contains("(deny file-write-unlink (literal \"/w/.git\"))")
        .contains("(deny file-read* (subpath \"/Users/me/.ssh\"))");
    int allowed = text.indexOf("(allow file-write* (subpath \"/w\"))");
    for (String denied :
        List.of(
            "(deny file-write* (subpath \"/w/.git/hooks\"))",
            "(deny file-write* (subpath \"/w/.claude\"))",
            "(deny file-write* (literal \"/w/.mcp.json\"))",
            "(deny file-write* (subpath \"/w/locked\"))")) {
      assertThat(text.indexOf(denied)).as(denied).isGreaterThan(allowed);
    }
  }

  @Test
  void names_can_not_break_out_of_their_quotes() {
    String text =
        new SeatbeltSandbox(profile(Profile.Network.off(), "/w\")(allow network*)\\x")).text();
    assertThat(text).contains("(subpath \"/w\\\")(allow network*)\\\\x\")");
  }

  @Test
  void a_command_is_wrapped_without_a_shell_and_without_secrets() {
    Sandbox.Confined confined =
        new SeatbeltSandbox(profile(Profile.Network.off(), "/w"))
            .wrap(List.of("bash", "-c", "a b"), Path.of("/w"));
    assertThat(confined.command())
        .startsWith("/usr/bin/env", "TMPDIR=/private/tmp/session", "/usr/bin/sandbox-exec")
        .endsWith("--", "bash", "-c", "a b");
    assertThat(confined.without()).containsExactly("DEPLOY_TOKEN");
  }

  @Test
  void it_never_counts_as_complete() {
    assertThat(new SeatbeltSandbox(profile(Profile.Network.off(), "/w")).level())
        .isEqualTo(Sandbox.Level.FILES);
  }
}
