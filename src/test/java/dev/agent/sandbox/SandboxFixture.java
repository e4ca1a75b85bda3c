package dev.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.json.Json;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.process.RunningProcess;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A workspace, a home and a real sandbox around commands in it. */
final class SandboxFixture implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);

  final Path home;
  final Path project;
  final Path outside;
  final Path scratch;
  final List<String> notices = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>(System.getenv());
  final Processes processes;

  private final Path base;

  /** Not in a temporary directory: the sandbox has one of its own in the place of all of them. */
  SandboxFixture() throws IOException {
    Path target = Files.createDirectories(Path.of("target")).toRealPath();
    boolean temporary =
        target.startsWith("/tmp") || target.startsWith("/var/tmp") || target.startsWith("/run");
    base =
        Files.createTempDirectory(
            temporary ? Path.of(System.getProperty("user.home")) : target, ".sandbox-test-");
    Path real = base.toRealPath();
    home = Files.createDirectories(real.resolve("home"));
    project = Files.createDirectories(home.resolve("project"));
    outside = Files.createDirectories(real.resolve("outside"));
    scratch = Files.createDirectories(real.resolve("scratch"));
    environment.put("HOME", home.toString());
    environment.put("DEPLOY_TOKEN", "canary-token");
    environment.put("SSH_AUTH_SOCK", "/run/nothing");
    processes = new Processes(environment, UUID.randomUUID().toString());
  }

  /** Skips the test where this machine lets no sandbox be made. */
  static void requireSandbox(Path dir) throws Exception {
    SandboxProbe probe =
        new SandboxProbe(
            new Processes(System.getenv(), UUID.randomUUID().toString()),
            System.getenv(),
            dir.resolve("probe-cache"),
            System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
            "test",
            false);
    SandboxProbe.Found found = probe.look();
    assumeTrue(
        found.level() == Sandbox.Level.FULL,
        () -> "no sandbox works here, so nothing is proven about it: " + found.why());
  }

  static Settings settings(String json, Path base) {
    return new Settings(
        List.of(
            new Settings.Layer(
                Source.USER,
                "test",
                base,
                (com.fasterxml.jackson.databind.node.ObjectNode) parse(json),
                "")),
        List.of(),
        List.of(),
        List.of(),
        false);
  }

  private static com.fasterxml.jackson.databind.JsonNode parse(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  SandboxProbe probe() {
    return new SandboxProbe(
        processes,
        environment,
        scratch.resolve("cache"),
        System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
        "test",
        false);
  }

  Confinement confinement(String json, boolean readOnly) {
    SandboxSettings settings = SandboxSettings.of(settings(json, project), home);
    return new Confinement(
        settings,
        readOnly,
        new SessionSandbox(
            settings,
            readOnly,
            probe(),
            environment,
            List.of(project),
            home,
            List.of(),
            scratch,
            scratch.resolve("cache")),
        notices::add);
  }

  /** What a command printed, its exit code, and what had to be undone. */
  record Ran(int code, String output, List<String> said) {}

  Ran run(Confinement confinement, String script) throws Exception {
    Confinement.Plan plan = confinement.plan(script, false);
    assertThat(plan).isInstanceOf(Confinement.Plan.Inside.class);
    Sandbox sandbox = ((Confinement.Plan.Inside) plan).sandbox();
    return run(sandbox, script);
  }

  Ran run(Sandbox sandbox, String script) throws Exception {
    Sandbox.Confined confined =
        sandbox.wrap(List.of("bash", "--noprofile", "--norc", "-c", script), project);
    RunningProcess process =
        processes.start(
            new Processes.Launch(
                confined.command(), project, Map.of(), 30_000, OutputSink.NONE, _ -> {}),
            confined.without());
    assertThat(process.await(LONG)).as(script).isTrue();
    return new Ran(process.exitCode(), process.output(), confined.finish().get());
  }

  void git(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of(words));
    assertThat(processes.run(command, project, LONG).orElseThrow().exitCode())
        .as(String.join(" ", words))
        .isZero();
  }

  @Override
  public void close() {
    processes.killAll();
    Confinement.removeTree(base);
  }
}
