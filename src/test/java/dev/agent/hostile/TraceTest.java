package dev.agent.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
  private static final Path START = Path.of("/w/shop");
  private static final List<Path> OWN = List.of(Path.of("/h/.local/share/agent"));

  private static Trace.Found found(String... lines) {
    return Trace.of(List.of(lines), START, OWN, 4711);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 openat(AT_FDCWD</w/shop>, \"m\", O_WRONLY|O_CREAT, 0666) = 3</w/shop/m>",
        "7 openat(AT_FDCWD</w/shop>, \"/etc/x\", O_RDWR) = -1 EROFS (Read-only file system)",
        "7 open(\"m\", O_RDONLY|O_TRUNC) = 3</w/shop/m>",
        "7 openat(4</h/.local/share/agent>, \"../../../x\", O_WRONLY) = 3</h/x>",
        "7 mkdir(\"/h/.local/share/agent-evil\", 0755) = 0",
        "7 rename(\"/h/.local/share/agent/a\", \"/h/x\") = 0",
        "7 renameat2(3</h>, \"a\", AT_FDCWD</h/.local/share/agent>, \"b\", 0) = 0",
        "7 unlinkat(3</w>, \"shop\", AT_REMOVEDIR) = 0",
        "7 symlink(\"/h/.local/share/agent\", \"/w/l\") = 0",
        "7 linkat(AT_FDCWD</h/.local/share/agent>, \"a\", AT_FDCWD</w>, \"b\", 0) = 0",
        "7 fchmod(3</w/shop/a>, 0600) = 0",
        "7 ftruncate(3</w/shop/a>, 0) = 0",
        "7 utimensat(3</w/shop/a>, NULL, NULL, 0) = 0",
        "7 utimensat(AT_FDCWD</w/shop>, \"a\\303\\244 \\\"b\", NULL, 0) = 0",
        "7 openat(AT_FDCWD</w>, \"/proc/self/cwd/m\", O_WRONLY|O_CREAT, 0666) = 3</w/shop/m>",
        "7 bind(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/w/socket\"}, 20) = 0",
        "7 mount(\"tmpfs\", \"/w\", \"tmpfs\", 0, NULL) = -1 EPERM (Operation not permitted)",
      })
  void writesElsewhereAreFound(String line) {
    assertThat(found(line).writes()).as(line).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 openat(AT_FDCWD</w/shop>, \"README.md\", O_RDONLY|O_CLOEXEC) = 3</w/shop/README.md>",
        "7 openat(AT_FDCWD</w/shop>, \"/dev/null\", O_WRONLY|O_CREAT, 0666) = 3</dev/null>",
        "7 openat(AT_FDCWD</w/shop>, \"/h/.local/share/agent/a\", O_RDWR|O_CREAT, 0600) = 3",
        "7 openat(AT_FDCWD</w/shop>, \"/proc/self/coredump_filter\", O_RDWR) = 3",
        "7 mkdir(\"/h/.local/share/agent/x\", 0700) = 0",
        "7 chdir(\"/w\") = 0",
        "+++ exited with 0 +++",
        "",
        "7 exit_group(0) = ?",
      })
  void whatTheAgentMayDoIsNot(String line) {
    assertThat(found(line).writes()).as(line).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80),"
            + " sin_addr=inet_addr(\"127.0.0.1\")}, 16) = -1 ECONNREFUSED (Connection refused)",
        "7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(4711),"
            + " sin_addr=inet_addr(\"10.0.0.1\")}, 16) = 0",
        "7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0),"
            + " inet_pton(AF_INET6, \"2001:db8::1\", &sin6_addr), sin6_scope_id=0}, 28) = -1"
            + " ENETUNREACH (Network is unreachable)",
        "7 sendto(3<socket:[1]>, \"x\", 1, 0, {sa_family=AF_INET, sin_port=htons(53),"
            + " sin_addr=inet_addr(\"8.8.8.8\")}, 16) = 1",
        "7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/run/docker.sock\"}, 20) = 0",
      })
  void connectionsToOthersAreFound(String line) {
    assertThat(found(line).connections()).as(line).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(4711),"
            + " sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0",
        "7 connect(3, {sa_family=AF_INET6, sin6_port=htons(4711), sin6_flowinfo=htonl(0),"
            + " inet_pton(AF_INET6, \"::ffff:127.0.0.1\", &sin6_addr), sin6_scope_id=0}, 28) = 0",
        "7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"/var/run/nscd/socket\"}, 110) = -1"
            + " ENOENT (No such file or directory)",
        "7 sendto(3<socket:[1]>, \"sa_family\", 9, 0, NULL, 0) = 9",
      })
  void thatToTheModelIsNot(String line) {
    assertThat(found(line).connections()).as(line).isEmpty();
  }

  @Test
  void aCallThatOthersInterruptIsPutTogether() {
    assertThat(
            found(
                    "12    mkdir(\"/w/a\", 0755 <unfinished ...>",
                    "7     chdir(\"/w\") = 0",
                    "12    <... mkdir resumed>) = 0")
                .writes())
        .containsOnlyKeys("mkdir /w/a = 0");
  }

  @Test
  void relativeNamesFollowTheDirectoryOfTheProcessAndItsParents() {
    assertThat(
            found(
                    "7 chdir(\"/h/.local\") = 0",
                    "7 clone(child_stack=NULL, flags=SIGCHLD) = 8",
                    "8 chdir(\"share/agent\") = 0",
                    "8 unlink(\"mine\") = 0",
                    "8 unlink(\"../other\") = 0",
                    "7 unlink(\"x\") = 0")
                .writes())
        .containsOnlyKeys("unlink /h/.local/share/other = 0", "unlink /h/.local/x = 0");
  }

  @Test
  void whatFailsInTheSandboxIsNoFindingWhatSucceedsIs() {
    String[] lines = {
      "7 clone(child_stack=NULL, flags=SIGCHLD) = 8",
      "8 execve(\"/usr/bin/bwrap\", [\"bwrap\"], 0x7ff /* 1 var */) = 0",
      "8 clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD) = 2 /* 9 in strace's PID NS */",
      "9 mkdir(\"/newroot/x\", 0755) = 0",
      "9 mkdir(\"/w/shop/refused\", 0755) = -1 EROFS (Read-only file system)",
      "9 mkdir(\"/w/shop/made\", 0755) = 0",
      "9 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}, 16)"
          + " = 0",
      "9 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"10.0.0.1\")}, 16)"
          + " = 0",
      "7 mkdir(\"/newroot\", 0755) = -1 EROFS (Read-only file system)",
    };
    assertThat(found(lines).writes())
        .containsOnlyKeys(
            "mkdir /w/shop/made = 0", "mkdir /newroot = -1 EROFS (Read-only file system)");
    assertThat(found(lines).connections()).containsOnlyKeys("connect 10.0.0.1:80 = 0");
  }
}
