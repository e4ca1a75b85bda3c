package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.Launch;
import dev.agent.process.Processes;
import dev.agent.sandbox.Confinement;
import dev.agent.sandbox.SandboxProbe;
import dev.agent.sandbox.SandboxSettings;
import dev.agent.sandbox.SessionSandbox;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The sandbox of a run, from its settings and flags. */
final class Fences {
  private final RunBasis run;
  private final SandboxSettings settings;
  private final Map<String, String> environment;

  Fences(RunBasis run, Settings settings) {
    this.run = run;
    this.settings = SandboxSettings.of(settings, run.places().home());
    this.environment = settings.variables(run.world().environment());
  }

  static SandboxProbe probe(
      Launch.World world,
      SandboxSettings settings,
      Places places,
      Map<String, String> environment,
      Processes processes) {
    return new SandboxProbe(
        processes,
        environment,
        places.cache(),
        world.platform(),
        world.userName(),
        settings.weakerNested());
  }

  /** Nothing is looked for or made before the first command asks. */
  Confinement confinement(List<Path> roots, Path scratch) {
    return new Confinement(
        settings,
        run.launch().readOnly(),
        maker(roots, scratch),
        text -> run.events().accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text)));
  }

  /** Lets the fences of a session follow its settings, where these differ from what they were. */
  static Reload.Part following(RunBasis run, Workbench bench) {
    AtomicReference<Fences> held = new AtomicReference<>(new Fences(run, run.settings()));
    return now -> {
      Fences next = new Fences(run, now);
      if (!next.isLike(held.get())) {
        bench.confinement().change(next.settings, next.maker(bench.roots(), bench.scratch()));
        held.set(next);
      }
      return List.of();
    };
  }

  private boolean isLike(Fences other) {
    return settings.equals(other.settings) && environment.equals(other.environment);
  }

  private SessionSandbox maker(List<Path> roots, Path scratch) {
    Places places = run.places();
    return new SessionSandbox(
        settings.protecting(movedInside(roots, scratch)),
        run.launch().readOnly(),
        probe(run.world(), settings, places, environment, run.processes()),
        environment,
        roots,
        places.home(),
        ownSecrets(),
        scratch,
        places.cache());
  }

  /** Where variables have moved settings of agents to a place that commands may write. */
  private List<Path> movedInside(List<Path> roots, Path scratch) {
    List<Path> writable = new ArrayList<>(roots);
    writable.addAll(settings.allowWrite());
    return run.places().personal().stream()
        .map(run.world().cwd()::resolve)
        .filter(path -> writable.stream().anyMatch(path::startsWith))
        .filter(path -> !scratch.startsWith(path))
        .toList();
  }

  private List<Path> ownSecrets() {
    Places places = run.places();
    return List.of(
        places.config().resolve("credentials.json"),
        places.config().resolve(".credentials.json"),
        places.foreignConfig().resolve(".credentials.json"));
  }
}
