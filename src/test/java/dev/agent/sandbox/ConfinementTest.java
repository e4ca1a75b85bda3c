package dev.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.process.Processes;
import dev.agent.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who runs where, by settings and what works; no real sandbox is needed. */
class ConfinementTest {
  @TempDir Path dir;
  private final List<String> notices = new ArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  private static Sandbox sandbox(Sandbox.Level level) {
    return new Sandbox() {
      @Override
      public Level level() {
        return level;
      }

      @Override
      public Confined wrap(List<String> command, Path cwd) {
        return new Confined(command, Set.of(), List::of);
      }
    };
  }

  private Confinement confinement(String sandbox, Sandbox.Level level, boolean readOnly) {
    Settings settings = SandboxFixture.settings("{\"sandbox\": " + sandbox + "}", dir);
    return new Confinement(
        SandboxSettings.of(settings, dir),
        readOnly,
        () -> {
          made.incrementAndGet();
          return new Confinement.Made(
              sandbox(level), "It is missing.", Optional.empty(), Optional.empty(), () -> {});
        },
        notices::add);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; FULL; false; make; false; Outside; false",
        "{\"enabled\": false}; FULL; false; make; false; Outside; false",
        "{\"enabled\": true}; FULL; false; make; false; Inside; true",
        "{\"enabled\": true}; FILES; false; make; false; Inside; false",
        "{\"enabled\": true}; NONE; false; make; false; Outside; false",
        "{\"enabled\": true, \"failIfUnavailable\": true}; NONE; false; make; false; Refused;"
            + " false",
        "{\"enabled\": true, \"required\": true}; NONE; false; make; false; Refused; false",
        "{\"enabled\": true, \"autoAllowBashIfSandboxed\": false}; FULL; false; make; false;"
            + " Inside; false",
        "{\"enabled\": true}; FULL; false; make; true; Outside; false",
        "{\"enabled\": true, \"allowUnsandboxedCommands\": false}; FULL; false; make; true; Inside;"
            + " true",
        "{\"enabled\": true, \"excludedCommands\": [\"docker\"]}; FULL; false; docker ps; false;"
            + " Outside; false",
        "{\"enabled\": true, \"excludedCommands\": [\"docker *\"]}; FULL; false; docker ps; false;"
            + " Outside; false",
        "{\"enabled\": true, \"excludedCommands\": [\"docker\"]}; FULL; false; docker ps && rm x;"
            + " false; Inside; true",
        "{\"enabled\": true, \"excludedCommands\": [\"docker\"]}; FULL; false; docker $(rm x);"
            + " false; Inside; true",
        "{\"enabled\": true, \"excludedCommands\": [\"docker\"]}; FULL; false; dockerx; false;"
            + " Inside; true",
        "{\"enabled\": true, \"excludedCommands\": [\"docker\"]}; FULL; true; docker ps; false;"
            + " Inside; true",
        "{}; FULL; true; make; false; Inside; true",
        "{}; FULL; true; make; true; Inside; true",
        "{}; FILES; true; make; false; Refused; false",
        "{}; NONE; true; make; false; Refused; false"
      })
  void each_command_has_its_place(
      String settings,
      Sandbox.Level level,
      boolean readOnly,
      String command,
      boolean outside,
      String place,
      boolean free)
      throws Exception {
    Confinement confinement = confinement(settings, level, readOnly);
    assertThat(confinement.plan(command, outside).getClass().getSimpleName()).isEqualTo(place);
    assertThat(confinement.needsNoQuestion(command, outside)).isEqualTo(free);
  }

  @Test
  void a_sandbox_that_does_not_work_is_told_once() throws Exception {
    Confinement confinement = confinement("{\"enabled\": true}", Sandbox.Level.NONE, false);
    for (int i = 0; i < 3; i++) {
      confinement.plan("make", false);
    }
    assertThat(notices).containsExactly("Commands run without a sandbox: It is missing.");
    assertThat(made.get()).isEqualTo(1);
  }

  @Test
  void nothing_is_looked_for_before_the_first_command() throws Exception {
    Confinement off = confinement("{}", Sandbox.Level.FULL, false);
    off.plan("make", false);
    var _ = confinement("{\"enabled\": true}", Sandbox.Level.FULL, false);
    assertThat(made.get()).isZero();
  }

  private SandboxProbe probe(Path bin) {
    return new SandboxProbe(
        new Processes(Map.of("PATH", "/usr/bin:/bin"), UUID.randomUUID().toString()),
        Map.of("PATH", bin.toString()),
        dir.resolve("cache"),
        "linux",
        "somebody",
        false,
        "");
  }

  @Test
  void an_answer_is_remembered_until_the_program_changes() throws Exception {
    Path bin = Files.createDirectories(dir.resolve("bin"));
    Path program = Files.writeString(bin.resolve("bwrap"), "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(probe(bin).look().level()).isEqualTo(Sandbox.Level.FULL);
    FileTime time = Files.getLastModifiedTime(program);
    Files.writeString(program, "#!/bin/sh\nexit 1\n");
    Files.setLastModifiedTime(program, time);
    assertThat(probe(bin).look().level()).as("remembered").isEqualTo(Sandbox.Level.FULL);
    Files.setLastModifiedTime(program, FileTime.fromMillis(time.toMillis() + 5000));
    assertThat(probe(bin).look().level()).isEqualTo(Sandbox.Level.NONE);
  }

  @Test
  void a_damaged_memory_is_no_answer() throws Exception {
    Path cache = Files.createDirectories(dir.resolve("cache"));
    SandboxProbe.Found found = probe(dir).look();
    for (String text : List.of("", "FULL\n", "x\ny\nz\n", "\0\0\0")) {
      Files.writeString(cache.resolve("sandbox-probe"), text);
      assertThat(probe(dir).look()).isEqualTo(found);
    }
  }

  @Test
  void a_cache_that_can_not_be_written_costs_only_time() throws Exception {
    Files.writeString(dir.resolve("cache"), "a file");
    assertThat(probe(dir).look()).isEqualTo(probe(dir).lookAgain());
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "//a/b, /a/b",
    "~/x, /home/me/x",
    "~, /home/me",
    "./x, /base/x",
    "x/y, /base/x/y",
    "../x, /x",
    "~/.ssh/**, /home/me/.ssh",
    "/a/*, /a",
    "'', none",
    "**/*.env, none",
    "/a/*/b, none"
  })
  void paths_are_read_as_the_contract_says(String written, String path) {
    assertThat(
            SandboxSettings.path(written, Path.of("/base"), Path.of("/home/me"))
                .map(Path::toString)
                .orElse("none"))
        .isEqualTo(path);
  }

  @Test
  void deny_rules_name_places_too() {
    Settings settings =
        SandboxFixture.settings(
            "{\"permissions\": {\"deny\": [\"Read(./.env)\", \"Read(~/.ssh/**)\", \"Read(/top)\","
                + " \"Read(//etc/x)\", \"Edit(src/gen/**)\", \"Bash(rm *)\", \"Read(*.pem)\","
                + " \"WebFetch\"]}}",
            Path.of("/base"));
    SandboxSettings read = SandboxSettings.of(settings, Path.of("/home/me"));
    assertThat(read.denyRead().stream().map(Path::toString))
        .containsExactly("/base/.env", "/home/me/.ssh", "/base/top", "/etc/x");
    assertThat(read.denyWrite().stream().map(Path::toString)).containsExactly("/base/src/gen");
  }
}
