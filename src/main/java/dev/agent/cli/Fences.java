package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.EventHub;
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
import java.util.function.Function;

/** The sandbox of a run, from its settings and flags. */
final class Fences {
  private final Launch launch;
  private final Places places;
  private final Map<String, String> environment;
  private final SandboxSettings settings;
  private final Processes processes;

  /**
   * @param environment what children get, before cleaning
   */
  Fences(
      Launch launch,
      Settings settings,
      Places places,
      Map<String, String> environment,
      Processes processes) {
    this.launch = launch;
    this.places = places;
    this.environment = environment;
    this.settings = SandboxSettings.of(settings, places.home());
    this.processes = processes;
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
  Confinement confinement(List<Path> roots, Path scratch, EventHub events) {
    return new Confinement(
        settings,
        launch.readOnly(),
        maker(roots, scratch),
        text -> events.accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text)));
  }

  /**
   * Lets other settings hold for a confinement that these were made for, where they differ.
   *
   * @param other makes the fences of settings
   */
  Reload.Part following(
      Confinement confinement, Function<Settings, Fences> other, List<Path> roots, Path scratch) {
    AtomicReference<Fences> held = new AtomicReference<>(this);
    return now -> {
      Fences next = other.apply(now);
      if (!next.isLike(held.get())) {
        confinement.change(next.settings, next.maker(roots, scratch));
        held.set(next);
      }
      return List.of();
    };
  }

  private boolean isLike(Fences other) {
    return settings.equals(other.settings) && environment.equals(other.environment);
  }

  private SessionSandbox maker(List<Path> roots, Path scratch) {
    return new SessionSandbox(
        settings.protecting(movedInside(roots, scratch)),
        launch.readOnly(),
        probe(launch.world(), settings, places, environment, processes),
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
    return places.personal().stream()
        .map(launch.world().cwd()::resolve)
        .filter(path -> writable.stream().anyMatch(path::startsWith))
        .filter(path -> !scratch.startsWith(path))
        .toList();
  }

  private List<Path> ownSecrets() {
    return List.of(
        places.config().resolve("credentials.json"),
        places.config().resolve(".credentials.json"),
        places.foreignConfig().resolve(".credentials.json"));
  }
}
