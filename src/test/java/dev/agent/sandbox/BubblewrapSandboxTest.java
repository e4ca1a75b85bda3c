package dev.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.sandbox.SandboxFixture.Ran;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real commands in the real sandbox of this machine. */
@EnabledOnOs(OS.LINUX)
class BubblewrapSandboxTest {
  private static final String ON = "{\"sandbox\": {\"enabled\": true}}";

  @TempDir Path dir;
  private SandboxFixture fixture;

  @BeforeEach
  void begin() throws Exception {
    SandboxFixture.requireSandbox(dir);
    fixture = new SandboxFixture();
  }

  @AfterEach
  void end() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private Ran run(String script) throws Exception {
    try (Confinement confinement = fixture.confinement(ON, false)) {
      return fixture.run(confinement, script);
    }
  }

  @Test
  void the_workspace_and_the_temporary_directory_can_be_written() throws Exception {
    Ran ran = run("echo a > a.txt && echo b > /tmp/b && cat a.txt /tmp/b && echo $TMPDIR");
    assertThat(ran).isEqualTo(new Ran(0, "a\nb\n/tmp\n", List.of()));
    assertThat(fixture.project.resolve("a.txt")).hasContent("a");
  }

  @Test
  void the_temporary_directory_lives_on_between_commands_of_a_session() throws Exception {
    String x = "/tmp/" + UUID.randomUUID(); // of no other program
    try (Confinement confinement = fixture.confinement(ON, false)) {
      fixture.run(confinement, "echo kept > " + x + "; echo too > /var" + x + "y");
      assertThat(fixture.run(confinement, "cat " + x + " " + x + "y").output())
          .isEqualTo("kept\ntoo\n");
      assertThat(Path.of(x)).doesNotExist();
    }
    assertThat(fixture.scratch.resolve("sandbox/tmp")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > \"$OUT/f\"",
        "ln -s \"$OUT\" link && echo x > link/f",
        "ln -s \"$OUT/f\" flink && echo x > flink",
        "cp /etc/hostname \"$OUT/f\"",
        "mkdir \"$OUT/d\"",
        "touch /usr/f || touch /etc/f || touch /f",
        "echo x > ~/f",
        "echo 'evil' >> ~/.bashrc",
        "mount -o remount,rw / && echo x > \"$OUT/f\"",
        "mount -o bind,rw \"$OUT\" \"$OUT\" && echo x > \"$OUT/f\"",
        "unshare -Urm sh -c 'mount -o remount,rw,bind / && echo x > \"$OUT/f\"'",
        "unshare -Urm sh -c 'umount -l \"$OUT\"; umount -R /; echo x > \"$OUT/f\"'",
        "nsenter -t 1 -m -- sh -c 'echo x > \"$OUT/f\"'",
        "chroot / sh -c 'echo x > \"$OUT/f\"'",
        "echo x > /proc/1/root/\"$OUT/f\"",
        "kill -9 1; kill -9 -1",
        "echo x > /sys/kernel/uevent_helper",
        "echo 1 > /proc/sys/kernel/sysrq",
        "mknod disk b 8 0 && cat disk"
      })
  void nothing_outside_can_be_written(String script) throws Exception {
    Path bashrc = Files.writeString(fixture.home.resolve(".bashrc"), "mine\n");
    Files.createDirectory(fixture.outside.resolve("kept"));
    Ran ran = run("OUT=" + fixture.outside + "; export OUT; " + script);
    assertThat(ran.code()).as(ran.output()).isNotZero();
    assertThat(fixture.outside.toFile().list()).containsExactly("kept");
    assertThat(bashrc).hasContent("mine");
    assertThat(fixture.home.resolve("f")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo evil > .git/hooks/pre-commit",
        "git config core.fsmonitor 'touch /tmp/x'",
        "echo evil >> .git/config",
        "rm -rf .git/hooks",
        "mv .git .g2 && mkdir -p .git/hooks && echo evil > .git/hooks/pre-commit",
        "mv .git/hooks .git/h2 && mkdir .git/hooks",
        "mv .git/config .git/c2",
        "cp .git/config c && echo evil >> c && mv c .git/config",
        "ln -f .git/config alias && echo evil >> alias",
        "unshare -Urm sh -c 'umount .git/hooks && echo evil > .git/hooks/pre-commit'",
        "unshare -Urm sh -c 'mount --bind . /mnt && echo evil > /mnt/.git/hooks/pre-commit'",
        "echo evil > .claude/settings.json",
        "mv .claude c2 && mkdir .claude && echo evil > .claude/settings.json",
        "rm -rf .claude",
        "echo evil > .mcp.json"
      })
  void what_gives_power_later_stays_as_it_is(String script) throws Exception {
    fixture.git("init", "-q");
    Path hooks = fixture.project.resolve(".git/hooks");
    Path config = fixture.project.resolve(".git/config");
    Path settings = fixture.project.resolve(".claude/settings.json");
    Files.createDirectories(settings.getParent());
    Files.writeString(settings, "{}");
    Path mcp = Files.writeString(fixture.project.resolve(".mcp.json"), "{}");
    String before = Files.readString(config);
    List<String> hooksBefore = List.of(hooks.toFile().list());
    Ran ran = run(script);
    assertThat(ran.code()).as(ran.output()).isNotZero();
    assertThat(config).hasContent(before);
    assertThat(hooks.toFile().list()).containsExactlyInAnyOrderElementsOf(hooksBefore);
    assertThat(settings).hasContent("{}");
    assertThat(mcp).hasContent("{}");
  }

  @Test
  void git_itself_works_inside() throws Exception {
    fixture.git("init", "-q");
    Ran ran =
        run(
            "echo a > a && git add -A && git -c user.name=t -c user.email=t@t commit -qm one &&"
                + " git log --format=%s && git status --short");
    assertThat(ran).isEqualTo(new Ran(0, "one\n", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir -p .claude && echo evil > .claude/settings.json",
        "rmdir .claude; mkdir .claude && echo evil > .claude/settings.json",
        "mv .claude x && mkdir .claude && echo evil > .claude/settings.json",
        "git init -q .",
        "mkdir -p .git/hooks && echo evil > .git/hooks/pre-commit",
        "ln -s /tmp .agent/x || ln -sfn /tmp .agent && echo evil > .agent/settings.json"
      })
  void directories_of_agents_and_git_that_do_not_exist_can_not_be_made(String script)
      throws Exception {
    Ran ran = run(script);
    assertThat(ran.code()).as(ran.output()).isNotZero();
    for (String name : List.of(".claude", ".git", ".agent")) {
      assertThat(fixture.project.resolve(name)).as("nothing is left behind").doesNotExist();
    }
  }

  @Test
  void a_file_of_power_that_appears_is_taken_away_and_told() throws Exception {
    fixture.git("init", "-q");
    Ran ran =
        run(
            "echo '{}' > .mcp.json; mkdir .vscode; echo {} > .vscode/tasks.json; echo /tmp >"
                + " .git/commondir");
    assertThat(ran.said())
        .hasSize(3)
        .allMatch(said -> said.startsWith("The command made ") && said.contains("quarantine"));
    assertThat(fixture.project.resolve(".mcp.json")).doesNotExist();
    assertThat(fixture.project.resolve(".vscode")).doesNotExist();
    assertThat(fixture.project.resolve(".git/commondir")).doesNotExist();
  }

  @Test
  void a_directory_that_someone_outside_uncovers_is_taken_away_afterwards() throws Exception {
    try (Confinement confinement = fixture.confinement(ON, false)) {
      Sandbox sandbox = ((Confinement.Plan.Inside) confinement.plan("x", false)).sandbox();
      Sandbox.Confined confined = sandbox.wrap(List.of("true"), fixture.project);
      Path claude = fixture.project.resolve(".claude");
      assertThat(claude).isEmptyDirectory();
      Files.delete(claude);
      Files.createDirectory(fixture.project.resolve("keeps-the-number"));
      Files.createDirectory(claude);
      Files.writeString(claude.resolve("settings.json"), "evil");
      assertThat(confined.finish().get()).singleElement().asString().contains("moved to");
      assertThat(claude).doesNotExist();
    }
  }

  @Test
  void the_last_of_several_commands_puts_away_what_held_the_place() throws Exception {
    try (Confinement confinement = fixture.confinement(ON, false)) {
      Sandbox sandbox = ((Confinement.Plan.Inside) confinement.plan("x", false)).sandbox();
      Sandbox.Confined first = sandbox.wrap(List.of("true"), fixture.project);
      Sandbox.Confined second = sandbox.wrap(List.of("true"), fixture.project);
      Path claude = fixture.project.resolve(".claude");
      assertThat(first.finish().get()).isEmpty();
      assertThat(claude).isEmptyDirectory();
      assertThat(second.finish().get()).isEmpty();
      assertThat(claude).doesNotExist();
    }
  }

  @Test
  void the_end_of_the_session_puts_away_what_commands_still_hold() throws Exception {
    try (Confinement confinement = fixture.confinement(ON, false)) {
      Sandbox sandbox = ((Confinement.Plan.Inside) confinement.plan("x", false)).sandbox();
      var _ = sandbox.wrap(List.of("true"), fixture.project);
      assertThat(fixture.project.resolve(".claude")).exists();
    }
    assertThat(fixture.project).isEmptyDirectory();
  }

  @Test
  void the_next_agent_removes_the_places_that_a_killed_one_held() throws Exception {
    Path left = Files.createDirectories(fixture.project.resolve(".agent"));
    Path used = Files.createDirectories(fixture.project.resolve("used"));
    Path other = Files.createDirectories(fixture.project.resolve("other"));
    Files.writeString(used.resolve("f"), "theirs");
    Path cache = Files.createDirectories(fixture.scratch.resolve("cache"));
    Path record = cache.resolve("placeholders-999999-1");
    Files.writeString(record, left + "\0" + used + "\0relative\0" + other.resolve("torn"));
    run("true");
    assertThat(left).doesNotExist();
    assertThat(used).exists();
    assertThat(other).exists();
    assertThat(cache.toFile().list()).containsExactly("sandbox-probe");
  }

  @Test
  void a_protected_name_that_is_a_link_leads_where_it_led() throws Exception {
    Path shared = Files.createDirectories(fixture.home.resolve("shared"));
    Files.createSymbolicLink(fixture.project.resolve(".claude"), shared);
    Ran ran = run("rm .claude; mkdir .claude; echo evil > .claude/settings.json");
    assertThat(ran.said()).singleElement().asString().contains("replaced the link");
    assertThat(fixture.project.resolve(".claude")).isSymbolicLink();
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void nothing_outlives_a_command_however_it_slips_away() throws Exception {
    Ran ran =
        run(
            "sleep 311 & (setsid -f sleep 311; nohup sleep 311 & disown) >/dev/null 2>&1; env -i"
                + " setsid sleep 311 >/dev/null 2>&1 & echo up");
    assertThat(ran.output()).contains("up");
    // Outside the processes have other numbers; their command line is what can be seen.
    long until = System.nanoTime() + SandboxFixture.LONG.toNanos();
    while (sleepers() > 0 && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    assertThat(sleepers()).isZero();
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .filter(words -> List.of(words).contains("311"))
                    .isPresent())
        .count();
  }

  @Test
  void there_is_no_network_and_no_socket_of_a_service() throws Exception {
    Path socket = fixture.outside.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        java.net.ServerSocket tcp = new java.net.ServerSocket(0)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Ran ran =
          run(
              "(echo > /dev/tcp/127.0.0.1/"
                  + tcp.getLocalPort()
                  + ") && echo reached; ls /run | grep -v -e systemd -e resolvconf -e"
                  + " NetworkManager; ls -A /var/tmp; cat /proc/net/dev | grep -c :");
      assertThat(ran.output()).doesNotContain("reached").endsWith("\n1\n");
    }
  }

  @Test
  void secrets_of_the_person_are_not_readable_and_not_in_the_environment() throws Exception {
    Files.createDirectories(fixture.home.resolve(".ssh"));
    Files.writeString(fixture.home.resolve(".ssh/id_rsa"), "canary-key");
    Files.createDirectories(fixture.home.resolve(".aws"));
    Files.writeString(fixture.home.resolve(".aws/credentials"), "canary-aws");
    Files.writeString(fixture.home.resolve(".netrc"), "canary-netrc");
    Files.writeString(fixture.home.resolve("notes.txt"), "plain");
    Ran ran =
        run(
            "cat ~/.ssh/id_rsa; ls ~/.ssh; cat ~/.aws/*; cat ~/.netrc; env; tr '\\0' '\\n' <"
                + " /proc/1/environ; cat ~/notes.txt; cat /etc/shadow; mv ~/.ssh ~/s2; cp -r ~/.ssh"
                + " copy; tar cf - ~/.aws | strings");
    assertThat(ran.output()).contains("plain").doesNotContain("canary").doesNotContain("root:");
  }

  @Test
  void deny_rules_hold_for_every_program() throws Exception {
    Files.writeString(fixture.project.resolve(".env"), "SECRET=canary");
    Files.createDirectories(fixture.project.resolve("a/b"));
    Files.writeString(fixture.project.resolve("a/b/locked.txt"), "old");
    String settings =
        "{\"sandbox\": {\"enabled\": true, \"filesystem\": {\"denyWrite\":"
            + " [\"./a/b/locked.txt\"]}}, \"permissions\": {\"deny\": [\"Read(./.env)\"]}}";
    try (Confinement confinement = fixture.confinement(settings, false)) {
      String read =
          fixture
              .run(
                  confinement,
                  "cat .env; grep -r . .env; cp .env e; cat e; mv .env e2; cat e2; tar cf - .; dd"
                      + " if=.env")
              .output();
      assertThat(read).doesNotContain("canary");
      fixture.run(confinement, "echo new > a/b/locked.txt; rm a/b/locked.txt");
      fixture.run(confinement, "mv a a2; mkdir -p a/b; echo new > a/b/locked.txt");
      fixture.run(confinement, "mv a/b a/c; mkdir -p a/b; echo new > a/b/locked.txt");
    }
    assertThat(fixture.project.resolve("a/b/locked.txt")).hasContent("old");
    assertThat(fixture.project.resolve(".env")).hasContent("SECRET=canary");
  }

  @Test
  void a_home_that_is_hidden_as_a_whole_leaves_the_workspace_in_it() throws Exception {
    Files.writeString(fixture.home.resolve("notes.txt"), "canary");
    Path shown = Files.createDirectories(fixture.home.resolve("shown"));
    Files.writeString(shown.resolve("f"), "visible");
    String settings =
        "{\"sandbox\": {\"enabled\": true, \"filesystem\": {\"denyRead\": [\"~/\"], \"allowRead\":"
            + " [\"~/shown\"], \"allowWrite\": [\"~/cache\"]}}}";
    Files.createDirectories(fixture.home.resolve("cache"));
    try (Confinement confinement = fixture.confinement(settings, false)) {
      Ran ran =
          fixture.run(
              confinement,
              "cat ~/notes.txt; cat ~/shown/f; echo x > in.txt; echo y > ~/cache/f; echo z >"
                  + " ~/shown/g; ls -A ~ | sort");
      assertThat(ran.output())
          .doesNotContain("canary")
          .contains("visible")
          .endsWith("cache\nproject\nshown\n");
    }
    assertThat(fixture.project.resolve("in.txt")).exists();
    assertThat(fixture.home.resolve("cache/f")).exists();
    assertThat(shown.resolve("g")).doesNotExist();
  }

  @Test
  void a_session_that_only_reads_changes_nothing_but_its_own_temporary_files() throws Exception {
    Files.writeString(fixture.project.resolve("a.txt"), "old");
    try (Confinement confinement = fixture.confinement("{}", true)) {
      Ran ran =
          fixture.run(
              confinement,
              "cat a.txt; echo new > a.txt; rm a.txt; touch b; chmod 777 a.txt; mv a.txt c; echo t"
                  + " > /tmp/t && cat /tmp/t; mkdir .claude");
      assertThat(ran.output()).startsWith("old").contains("t\n");
    }
    assertThat(fixture.project.resolve("a.txt")).hasContent("old");
    assertThat(fixture.project.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void a_thousand_attempts_of_a_hostile_model_change_nothing_in_a_session_that_only_reads()
      throws Exception {
    fixture.git("init", "-q");
    for (String name : List.of("a.txt", "sub/b.txt", ".env", ".claude/settings.json")) {
      Path file = fixture.project.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    String before = state(fixture.project) + state(fixture.outside);
    try (Confinement confinement = fixture.confinement("{}", true)) {
      Ran ran =
          fixture.run(
              confinement,
              "n=0; for f in a.txt sub/b.txt sub .git/config .git/hooks/pre-commit .git/HEAD .env"
                  + " .claude/settings.json new.txt new/x "
                  + fixture.outside
                  + "/f ../up.txt ~/.bashrc; do for how in 'echo x > $f' 'echo x >> $f' 'rm -rf $f'"
                  + " 'mv $f $f.old' 'cp /etc/hostname $f' 'ln -sf /etc/hostname $f' 'ln $f"
                  + " $f.hard' 'chmod 777 $f' 'touch -d 2000-01-01 $f' 'truncate -s 0 $f' 'mkdir -p"
                  + " $f' 'sed -i s/a/b/ $f' 'dd if=/dev/zero of=$f count=1' 'tee $f </dev/null'"
                  + " 'chown 1:1 $f' 'mkfifo $f.p' 'git add -A' 'git checkout -- .' 'cd sub && echo"
                  + " x > ../$f' 'setsid sh -c \"echo x > $f\"' 'mount -o remount,rw . && echo x >"
                  + " $f' 'unshare -Urm sh -c \"mount -o remount,rw,bind . ; echo x > $f\"' 'exec"
                  + " 3<>$f' 'cat <$f >$f.copy' 'install -m 777 /etc/hostname $f' 'rsync"
                  + " /etc/hostname $f' 'perl -e \"open(F, q(>), q($f))\" $f'; do for again in 1 2"
                  + " 3; do n=$((n+1)); (eval \"$how\") >/dev/null 2>&1 & done; wait; done; done;"
                  + " echo $n");
      assertThat(Integer.parseInt(ran.output().strip())).isGreaterThan(1000);
    }
    assertThat(state(fixture.project) + state(fixture.outside)).isEqualTo(before);
    assertThat(fixture.home.toFile().list()).containsExactly("project");
  }

  /** Names, kinds, contents, modes and times. */
  private static String state(Path directory) throws Exception {
    StringBuilder state = new StringBuilder();
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted().toList()) {
        state.append(path).append(' ').append(Files.getLastModifiedTime(path)).append(' ');
        state.append(Files.getPosixFilePermissions(path)).append(' ');
        state.append(
            Files.isRegularFile(path) ? java.util.Arrays.hashCode(Files.readAllBytes(path)) : 0);
        state.append('\n');
      }
    }
    return state.toString();
  }

  @Test
  void a_workspace_in_a_temporary_directory_is_seen() throws Exception {
    Path project = Files.createDirectories(dir.toRealPath().resolve("project"));
    Files.writeString(project.resolve("a.txt"), "seen");
    SandboxSettings settings = SandboxSettings.of(SandboxFixture.settings("{}", project), project);
    for (boolean readOnly : new boolean[] {true, false}) {
      Sandbox sandbox =
          new SessionSandbox(
                  settings,
                  readOnly,
                  fixture.probe(),
                  fixture.environment,
                  List.of(project),
                  fixture.home,
                  List.of(),
                  fixture.scratch,
                  fixture.scratch.resolve("cache"))
              .make()
              .sandbox();
      Ran ran = fixture.run(sandbox, "cd " + project + " && cat a.txt; echo x >> a.txt");
      assertThat(ran.output()).startsWith("seen");
      assertThat(ran.code() == 0).isEqualTo(!readOnly);
    }
  }

  @Test
  void exit_codes_come_through() throws Exception {
    assertThat(run("exit 42").code()).isEqualTo(42);
    assertThat(run("kill -TERM $$").code()).isEqualTo(143);
  }
}
